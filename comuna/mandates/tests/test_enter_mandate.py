"""Starting in the middle of life: mandates that began before the books."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.refusal import Refused
from comuna.mandates import queries
from comuna.mandates.acts import EnterMandate, UndoEntry
from comuna.mandates.models import Mandate
from comuna.mandates.rules import MandateStatus
from tests.cast import TODAY, Cast, refused

ENTERED = date(2025, 6, 1)


def entry(person: UUID, kind: str, begins: date = ENTERED, **more: Any) -> EnterMandate:
    values = {"person": person, "kind": kind, "begins": begins, "origin_words": "Acta 4, folio 12"} | more
    return EnterMandate.model_validate(values)


def refusal(cast: Cast, act: EnterMandate) -> Refused:
    with pytest.raises(Refused) as caught:
        cast.signed(act)
    return caught.value


def test_the_term_comes_from_the_statute_where_the_paper_gives_no_end(founded: Cast) -> None:
    assert founded.holding(founded.signer).term.ends == date(2028, 5, 31)


def test_one_whose_term_is_over_is_shown_as_expired_and_acting(founded: Cast) -> None:
    acting = founded.holding(founded.acting_signer)
    assert (acting.status, acting.term.ends) == (MandateStatus.EXPIRED_ACTING, date(2025, 10, 31))


def test_two_people_cannot_hold_one_seat(founded: Cast) -> None:
    no = refusal(founded, entry(founded.neighbour, "cc.secretary"))
    assert (no.rule, no.field) == ("mandates.seat-held", "act.kind")
    assert "31/05/2028" in str(no.words)


def test_whoever_comes_after_an_expired_holder_replaces_him(founded: Cast) -> None:
    old = founded.holding(founded.acting_signer)
    done = founded.signed(entry(founded.neighbour, "cc.finance", date(2025, 11, 1), number=old.number))
    held = [one for one in queries.holders(founded.commune, TODAY) if one.kind == "cc.finance" and one.number == 2]
    assert [one.person for one in held] == [founded.neighbour]
    assert queries.status_of(old.mandate, TODAY) is MandateStatus.REPLACED
    founded.does(founded.secretary, UndoEntry(mandate=done.id))
    assert queries.status_of(old.mandate, TODAY) is MandateStatus.EXPIRED_ACTING
    assert queries.status_of(done.id, TODAY) is MandateStatus.UNDONE


def test_a_predecessor_may_be_entered_afterwards(founded: Cast) -> None:
    done = founded.signed(entry(founded.neighbour, "cc.secretary", date(2022, 6, 1), ends=date(2025, 5, 31)))
    assert queries.status_of(done.id, date(2024, 1, 1)) is MandateStatus.ACTIVE
    assert queries.status_of(done.id, ENTERED) is MandateStatus.REPLACED
    steps = queries.history_of_seat(founded.commune, "cc.secretary", 1, TODAY)
    assert [(step.day, step.what, step.holding.person) for step in steps] == [
        (date(2022, 6, 1), "began", founded.neighbour),
        (ENTERED, "replaced", founded.neighbour),
        (ENTERED, "began", founded.secretary),
    ]


def test_an_earlier_mandate_of_the_same_person_ends_where_the_next_begins_in_another_number(founded: Cast) -> None:
    past = entry(founded.signer, "cc.finance", date(2019, 6, 1), ends=date(2022, 5, 31), number=4)
    done = founded.signed(past)
    assert queries.status_of(done.id, date(2025, 5, 31)) is MandateStatus.EXPIRED_ACTING
    assert queries.status_of(done.id, ENTERED) is MandateStatus.REPLACED
    overlapping = entry(founded.signer, "cc.finance", date(2024, 6, 1), ends=date(2025, 6, 1), number=5)
    assert refusal(founded, overlapping).rule == "mandates.holds-already"


def test_nobody_holds_two_seats_of_one_kind(founded: Cast) -> None:
    assert refusal(founded, entry(founded.signer, "cc.finance")).rule == "mandates.holds-already"


def test_finance_and_comptroller_are_never_one_person(founded: Cast) -> None:
    no = refusal(founded, entry(founded.signer, "cc.comptroller"))
    assert no.rule == "mandates.incompatible"
    assert no.citation


def test_since_the_books_began_an_election_is_recorded_as_one(founded: Cast) -> None:
    no = refusal(founded, entry(founded.neighbour, "cc.electoral", date(2026, 1, 10)))
    assert (no.rule, no.field) == ("mandates.not-before-the-books", "act.begins")


@pytest.mark.parametrize(
    ("kind", "more", "rule"),
    [
        ("cc.king", {}, "mandates.no-such-seat"),
        ("cc.secretary", {"number": 2}, "mandates.no-such-place"),
        ("cc.electoral", {"ends": date(2025, 5, 31)}, "mandates.ends-too-early"),
    ],
)
def test_what_the_statute_does_not_have_cannot_be_held(
    founded: Cast, kind: str, more: dict[str, Any], rule: str
) -> None:
    assert refusal(founded, entry(founded.neighbour, kind, **more)).rule == rule


def test_only_an_entry_from_paper_can_be_undone(founded: Cast) -> None:
    promoter = founded.holding(founded.promoter).mandate
    with refused("mandates.not-from-paper"):
        founded.does(founded.secretary, UndoEntry(mandate=promoter))


def test_what_something_has_happened_to_since_is_not_undone(founded: Cast) -> None:
    with refused("mandates.cannot-undo-entry"):
        founded.does(founded.secretary, UndoEntry(mandate=founded.mandate(founded.recalled)))


def test_the_name_is_public_with_the_seat_and_nowhere_else(founded: Cast) -> None:
    assert founded.holding(founded.signer).name == "Carmen Teresa Blanco"
    row = Mandate.objects.get(pk=founded.mandate(founded.signer))
    assert row.person.public_name == ""


def test_a_holders_name_can_be_erased_and_the_seat_keeps_its_history(founded: Cast) -> None:
    act = ErasePrivate(subject=founded.signer, audiences=(ErasableAudience.PUBLIC,), reason="A petición suya")
    founded.signed(act)
    holder = founded.holding(founded.signer)
    assert "Carmen" not in holder.name
    assert holder.status is MandateStatus.ACTIVE


def test_no_mandate_on_paper_lasts_for_ever(founded: Cast) -> None:
    """Nor one that goes on until the last day that an act may name."""
    act = EnterMandate(
        person=founded.neighbour,
        kind="cc.electoral",
        begins=date(2025, 6, 1),
        ends=date(2200, 12, 31),
        origin_words="Acta, folio 12",
    )
    with refused("mandates.ends-too-late"):
        founded.signed(act)


def test_no_paper_makes_a_promoter(founded: Cast) -> None:
    act = EnterMandate(
        person=founded.neighbour, kind="cc.promoter", begins=date(2025, 6, 1), origin_words="Acta, folio 13"
    )
    with refused("mandates.by-founding-only"):
        founded.signed(act)


def test_no_paper_gives_more_than_the_statutes_term(founded: Cast) -> None:
    act = EnterMandate(
        person=founded.neighbour,
        kind="cc.electoral",
        begins=date(2025, 6, 1),
        ends=date(2035, 6, 1),
        origin_words="Acta, folio 14",
    )
    with refused("mandates.longer-than-the-term"):
        founded.signed(act)
