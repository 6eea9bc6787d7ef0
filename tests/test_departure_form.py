"""The form of a departure says beforehand that it ends a seat, and proposes."""

from __future__ import annotations

from tests.cast import Cast


def test_the_form_of_a_departure_that_ends_a_seat_proposes_and_another_does_not(founded: Cast) -> None:
    secretary = founded.browser(founded.secretary)
    for person, proposes in ((founded.signer, True), (founded.neighbour, False)):
        page = secretary.get(f"/people/departure/?person={person}", headers={"accept-language": "en"})
        assert page.status_code == 200
        assert (b'name="_propose"' in page.content) is proposes
        assert (b"2 seats must sign this." in page.content) is proposes
