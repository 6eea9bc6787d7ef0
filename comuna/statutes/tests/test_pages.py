"""What anybody can read about the statute, and what happens to a file that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from html import unescape
from re import sub
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from comuna.acts.acts import Sign
from comuna.acts.authority import Actor
from comuna.acts.clock import frozen_at
from comuna.acts.door import perform
from comuna.acts.proposals import open_proposals
from comuna.journal import files
from comuna.journal.models import Upload
from comuna.statutes import builtin, queries
from comuna.statutes.acts import AdoptStatute
from comuna.statutes.pages import adopting, reading
from comuna.statutes.tests.samples import changed
from comuna.statutes.tests.toy import FOUNDED, REAL_VERBS, ana, founded as founded_by_ana, stored
from conftest import Books
from tests.cast import TODAY, Cast

View = Callable[..., HttpResponse]


def words_of(answer: Any) -> str:
    """The page's words without its markup, white space pressed together."""
    text = sub(r"<(style|script).*?</\1>|<[^>]*>", " ", answer.content.decode())
    return " ".join(unescape(text).replace("\u00a0", " ").split())


def got(view: View, *args: str, on: str = "") -> str:
    answer = view(request("get", {"on": on} if on else {}), *args)
    assert answer.status_code == 200
    return words_of(answer)


def request(method: str, data: dict[str, object], person: UUID | None = None) -> HttpRequest:
    made: HttpRequest = getattr(RequestFactory(), method)("/statute/", data)
    made.person = person  # type: ignore[attr-defined]  # put there by the sign-in
    return made


def test_the_statute_shows_its_organs_its_source_and_since_when(commune: UUID) -> None:
    said = got(reading.statute)
    assert "Small statute" in said
    assert "In force since Saturday 10 January 2026, version 1" in said
    assert "Assembly" in said
    assert "By-laws, art. 11 (the commune's own decision)" in said


def test_what_is_doubtful_stands_apart_with_its_source(commune: UUID) -> None:
    said = got(reading.statute)
    doubtful = said[said.index("To be confirmed") :]
    assert "Assembly: second call 50 people, 60 minutes after the call before By-laws, art. 2 (unsure" in doubtful
    assert "30 % of everybody entitled" not in doubtful


def test_an_organ_shows_its_quorums_majority_days_and_seats_with_their_rules(commune: UUID) -> None:
    said = got(reading.organ, "assembly")
    for words in (
        "First call 30 % of everybody entitled By-laws, art. 2",
        "more than half of those present",
        "the first Saturday of every month",
        "from 15 years of age",
        "3 days",
    ):
        assert words in said
    board = got(reading.organ, "board")
    for words in (
        "Holds no sessions.",
        "3 years; then goes on acting until relieved; at most 2 terms in a row By-laws, art. 5",
        "18 years of age and 1 year of residence (not asked of a new commune)",
        "the alternate, the next most voted, a new election",
        "Not together with Treasurer",
    ):
        assert words in board
    with pytest.raises(Http404):
        got(reading.organ, "parliament")


def test_powers_name_the_seats_their_limits_and_the_signatures(commune: UUID) -> None:
    said = got(reading.powers)
    assert "Adopt a statute" in said
    assert "Board: all 2 spokespeople" in said
    assert "in sessions of: Assembly not once the term is over" in said
    assert "2 signatures, within 15 days" in said


def test_recall_says_who_asks_who_reports_and_what_for(commune: UUID) -> None:
    said = got(reading.recall)
    for words in ("10 % of everybody entitled", "report within 15 days; terms barred: 2", "Not accounting in time"):
        assert words in said
    assert "Secretary, when its own seat is concerned" in said


def test_the_statute_of_another_day_is_read_at_its_own_address(commune: UUID) -> None:
    perform(AdoptStatute(file=stored({"people = 50": "people = 40"}), first_day=date(2026, 3, 1)), Actor(ana))
    assert "50 people" in got(reading.organ, "assembly")
    assert "40 people" in got(reading.organ, "assembly", on="2026-03-01")
    assert "Small statute" in got(reading.history)
    with pytest.raises(Http404):
        got(reading.statute, on="soon")


def test_the_file_can_be_taken_along_as_it_was_adopted(commune: UUID) -> None:
    answer = reading.file(request("get", {}))
    assert answer.content.decode() == changed(REAL_VERBS)
    assert answer["Content-Type"].startswith("text/plain")


def test_before_a_commune_is_founded_there_is_no_statute(books: Books) -> None:
    with pytest.raises(Http404):
        got(reading.statute)


@pytest.mark.parametrize("name", builtin.names())
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_built_in_statute_is_readable_on_every_page_in_both_languages(books: Books, name: str, language: str) -> None:
    with founded_by_ana(files.store(builtin.text(name).encode(), queries.MEDIA_TYPE)), translation.override(language):
        pages = [
            view(request("get", {})) for view in (reading.statute, reading.powers, reading.recall, reading.history)
        ]
        highest = queries.text_of(
            queries.adoption_on(reading.commune_and_today()[0], date(2026, 1, 10)).digest
        ).highest()
        pages.append(reading.organ(request("get", {}), highest.id))
        for page in pages:
            said = words_of(page)
            assert "{" not in said
            assert len(page.content) < 60_000
        assert highest.name[language] in words_of(pages[0])
        until = {"es": "el día después de que en cada uno de estos", "en": "the day after each of these"}
        assert until[language] in words_of(pages[0])


# Handing a file in


def hand_in(text: str | bytes, person: UUID | None = ana) -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    return adopting.adopt(request("post", {"statute": SimpleUploadedFile("s.toml", content)}, person))


def test_a_sound_file_leads_to_the_act_with_the_file_filled_in(commune: UUID) -> None:
    answer = hand_in(changed(REAL_VERBS | {'version = "1"': 'version = "2"'}))
    assert answer.status_code == 302
    digest = answer["Location"].partition("file=")[2]
    assert Upload.objects.filter(digest=digest).exists()
    page = adopting.adopt(request("get", {"file": digest}, ana))
    assert "Small statute (small, 2)" in words_of(page)
    assert f'value="{digest}"' in page.content.decode()


def test_a_faulty_file_is_answered_with_every_fault_and_is_not_kept(commune: UUID) -> None:
    answer = hand_in(changed(REAL_VERBS | {"count = 2": "count = 0", "nth = 1": "nth = 9"}))
    assert answer.status_code == 422
    said = words_of(answer)
    assert "nth is 9; it may be 1 to 4" in said
    assert "count is 0; it may be 1 to 500" in said
    assert not Upload.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"x" * 300_000, b"[[[["])
def test_what_is_no_statute_is_answered_and_not_kept(commune: UUID, content: bytes) -> None:
    before = Upload.objects.count()
    assert hand_in(content).status_code == 422
    assert Upload.objects.count() == before


def test_a_built_in_statute_can_be_chosen_by_its_name(commune: UUID) -> None:
    answer = adopting.adopt(request("post", {"name": "../secrets"}, ana))
    assert answer.status_code == 422


def test_who_may_not_adopt_may_not_hand_in_a_file_either(commune: UUID) -> None:
    with frozen_at(FOUNDED):
        answer = hand_in(changed(REAL_VERBS), person=None)
    assert answer.status_code == 403
    assert not Upload.objects.exists()


def test_two_seats_amend_the_statute_from_the_file_in_force(founded: Cast) -> None:
    secretary = founded.browser(founded.secretary)
    taken = secretary.get("/statute/file/").content.decode()
    amended = taken.replace('version = "2026.1"', 'version = "2026.2"').replace('part = "20 %"', 'part = "25 %"')
    answer = secretary.post("/statute/adopt/", {"statute": SimpleUploadedFile("s.toml", amended.encode())})
    place = answer["Location"]
    assert "2 " in words_of(secretary.get(place))
    typed = {"_id": str(uuid4()), "_propose": "1", "file": place.partition("file=")[2], "first_day": "2026-02-11"}
    assert secretary.post(place, typed).status_code == 302
    assert len(queries.adoptions(founded.commune)) == 1, "one signature is not enough"
    [proposal] = open_proposals(founded.commune, TODAY)
    founded.does(founded.comptroller, Sign(proposal=proposal.id))
    second = [
        queries.in_force(founded.commune, day).organ("cc.assembly").calls[1] for day in (TODAY, date(2026, 2, 11))
    ]
    assert [call.quorum.part for call in second] == [Fraction(1, 5), Fraction(1, 4)]
    assert "2026.2" in words_of(secretary.get("/statute/history/"))


def test_a_neighbour_reads_the_statute_and_is_told_who_may_change_it(founded: Cast) -> None:
    neighbour = founded.browser(founded.neighbour)
    assert neighbour.get("/statute/").status_code == 200
    answer = neighbour.get("/statute/adopt/")
    assert answer.status_code == 403
    assert "Secretaría de actas" in words_of(answer)
