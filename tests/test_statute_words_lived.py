"""Every word of a statute is heard in a commune that lives by it: change it, and other things happen there.

The other half of ``test_statute_words``: each case founds a commune under the statute as it is, and under
the statute with one word changed, and does the same in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from comuna.acts.acts import Propose
from comuna.acts.models import Proposal
from comuna.acts.refusal import Refused
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import AgendaRow, Convene, MakeCall, PresentRow, RecordAttendance
from comuna.journal import files
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory import queries as territory
from comuna.territory.acts.people import Where
from conftest import Books
from tests.town import TODAY, Town, founded
from tests.words import base, changed

Look = Callable[[Town], object]


def held_from_the_start(town: Town) -> list[tuple[str, date | None]]:
    return sorted({(one.kind, one.term.ends) for one in mandates.holders(town.id, TODAY)})


def on_the_roll(**who: object) -> Look:
    """How many count in the assembly: three promoters of unknown age, and one neighbour."""

    def look(town: Town) -> int:
        town.neighbour(**who)  # type: ignore[arg-type]  # the names are those of neighbour
        roll = town.statute.organ("assembly").roll
        assert roll is not None
        return territory.roll(town.id, TODAY, roll).size

    return look


def entitled_in(organ: str) -> Look:
    def look(town: Town) -> int:
        town.neighbour()
        return assemblies.entitled(town.id, town.statute.organ(organ), town.statute, TODAY).size

    return look


def convening(organ: str = "assembly", day: date = date(2026, 1, 17), expired: bool = False) -> Look:
    """What happens when the secretary convenes an organ."""

    def look(town: Town) -> str:
        secretary = town.seated("secretary", ends=date(2025, 12, 31) if expired else None)
        return town.outcome(secretary, convocation(organ, day))

    return look


def convocation(organ: str, day: date) -> Convene:
    return Convene(organ=organ, day=day, hour="10:00", place="Cancha", agenda=(AgendaRow(title="Agua"),))


def second_call(hour: str) -> Look:
    """What happens to a second call at that hour, when a first at ten found one person of many."""

    def look(town: Town) -> str:
        secretary = town.seated("secretary")
        for _number in range(9):
            town.neighbour()
        session = town.do(secretary, convocation("assembly", date(2026, 1, 17))).id
        town.at = "2026-01-17T14:00:00Z"
        town.do(secretary, RecordAttendance(session=session, present=(PresentRow(person=secretary),)))
        town.do(secretary, MakeCall(session=session, number=1, hour="10:00"))
        return town.outcome(secretary, MakeCall(session=session, number=2, hour=hour))

    return look


def entering(kind: str, how_many: int = 1, alternate: bool = False) -> Look:
    """What happens when the last of so many mandates of a kind is entered."""

    def look(town: Town) -> str:
        found = ""
        for _number in range(how_many):
            found = town.outcome(town.promoters[0], town.entry(town.neighbour(), kind, alternate=alternate))
        return found

    return look


def members_of_the_board(town: Town) -> int:
    town.seated("secretary")
    return len(mandates.in_organ(town.id, "board", TODAY))


def adoption(town: Town) -> AdoptStatute:
    text = base().replace('version = "1"', 'version = "9"')
    return AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY)


def adopting_alone(town: Town) -> str:
    return town.outcome(town.promoters[0], adoption(town))


def proposing(town: Town) -> tuple[int, str, date]:
    """What a proposal to adopt a statute asks for."""
    done = town.do(town.promoters[0], Propose(act=adoption(town)))
    proposal = Proposal.objects.get(pk=done.id)
    return proposal.needed, proposal.seats, proposal.expires_on


def adopted(town: Town) -> tuple[str, str]:
    [adoption] = statutes.adoptions(town.id)
    return adoption.statute_id, adoption.version


def citation_of_a_refusal(town: Town) -> str:
    with pytest.raises(Refused) as refused:
        town.do(town.seated("secretary"), convocation("assembly", TODAY))
    return str(refused.value.citation)


def rule_of_a_proposal(town: Town) -> str:
    done = town.do(town.promoters[0], Propose(act=adoption(town)))
    return str(Proposal.objects.get(pk=done.id).rule)


EVERYBODYS_BOARD = {
    'members = "seats"\ndecision = "small.decision"\n\n[[organ.call]]\nnumber = 1\nquorum = "small.board.quorum"': (
        'members = "everyone"\nroll = "small.roll"\ndecision = "small.decision"\n\n'
        '[[organ.call]]\nnumber = 1\nquorum = "small.quorum.call1"'
    ),
    'part = "1/2"\nbase = "members"': 'part = "1/2"\nbase = "roll"',
    'quorum = "small.quorum.call2"': 'quorum = "small.board.quorum"',
    'rule = "small.quorum.call2"\nsource = "By-laws, art. 2"\nmark = "U"\npeople = 50\n\n[[share]]\n': "",
}
ELDERS = {'rule = "small.roll"': 'rule = "small.old"', 'roll = "small.roll"': 'roll = "small.old"', "= 15\n": "= 60\n"}
FOUNDED_BY_AUDITORS = {
    'seat = "promoter"': 'seat = "auditor"',
    "count = 2": "count = 5",
    'seats = ["promoter", "secretary"]': 'seats = ["promoter", "secretary", "auditor"]',
}
SECRETARYS = 'alternates = {n}\nchosen_by = "assembly"\nballot = "either"'
NO_SUBSTITUTE = {SECRETARYS.format(n=1): SECRETARYS.format(n=0)}
JULY, AUGUST = date(2026, 7, 9), date(2026, 8, 9)
OTHER_ACT = {
    'acts = ["assemblies.convene"]': 'acts = ["assemblies.add_item"]',
    '"assemblies.add_item", ': "",
}

LIVED: list[tuple[str, Mapping[str, str], Look, object, object]] = [
    # word, what is changed, what is done, what is seen before and after
    ("every.rule", {'"small.signatures"': '"small.two"'}, rule_of_a_proposal, "small.signatures", "small.two"),
    ("statute.id", {'id = "small"': 'id = "tiny"'}, adopted, ("small", "1"), ("tiny", "1")),
    ("statute.version", {'version = "1"': 'version = "2"'}, adopted, ("small", "1"), ("small", "2")),
    ("founding.seat", FOUNDED_BY_AUDITORS, held_from_the_start, [("promoter", JULY)], [("auditor", JULY)]),
    (
        "founding.months",
        {"months = 6": "months = 7"},
        held_from_the_start,
        [("promoter", JULY)],
        [("promoter", AUGUST)],
    ),
    ("roll.age_years", {"age_years = 15": "age_years = 50"}, on_the_roll(), 4, 3),
    ("roll.unknown_age_counts", {"age_counts = true": "age_counts = false"}, on_the_roll(), 4, 1),
    ("roll.away_counts", {"away_counts = false": "away_counts = true"}, on_the_roll(residence=Where.ABROAD), 3, 4),
    ("organ.id", {'"assembly"': '"meeting"'}, convening(), "done", "assemblies.no-such-organ"),
    ("organ.members", EVERYBODYS_BOARD, entitled_in("board"), 3, 4),
    ("organ.roll", ELDERS, on_the_roll(), 4, 3),
    ("organ.notice_days", {"days = 3": "days = 9"}, convening(), "done", "assemblies.notice"),
    ("organ.call.minutes_after_previous", {"= 60": "= 90"}, second_call("11:00"), "done", "assemblies.too-soon"),
    ("seat.id", {'"treasurer"': '"purser"'}, entering("treasurer"), "done", "mandates.no-such-seat"),
    (
        "seat.organ",
        {'"board"\nrule = "small.secretary"': '"desk"\nrule = "small.secretary"'},
        members_of_the_board,
        4,
        3,
    ),
    ("seat.count", {"count = 2": "count = 1"}, entering("auditor", 2), "done", "mandates.seat-held"),
    (
        "seat.alternates",
        NO_SUBSTITUTE,
        entering("secretary", 1, True),
        "done",
        "mandates.no-such-place",
    ),
    ("power.acts", OTHER_ACT, convening(), "done", "mandates.nobody-may"),
    (
        "power.seats",
        {'["secretary", "committee"]\norgans': '["committee"]\norgans'},
        convening(),
        "done",
        "mandates.other-seat",
    ),
    (
        "power.when_acting",
        {"when_acting = false": "when_acting = true"},
        convening(expired=True),
        "mandates.expired-and-acting",
        "done",
    ),
    (
        "power.organs",
        {'organs = ["assembly"]': 'organs = ["board"]'},
        convening("board", TODAY),
        "mandates.nobody-may",
        "done",
    ),
    (
        "power.own_organ",
        {'organs = ["assembly"]': "own_organ = true"},
        convening("board", TODAY),
        "mandates.nobody-may",
        "done",
    ),
    (
        "signatures.act",
        {'act = "statutes.adopt"': 'act = "acts.confirm_time"'},
        adopting_alone,
        "acts.needs-signatures",
        "done",
    ),
    (
        "signatures.needed",
        {"needed = 2": "needed = 3"},
        proposing,
        (2, "promoter secretary", date(2026, 1, 25)),
        (3, "promoter secretary", date(2026, 1, 25)),
    ),
    (
        "signatures.seats",
        {'needed = 2\nseats = ["promoter", "secretary"]': 'needed = 2\nseats = ["promoter"]'},
        proposing,
        (2, "promoter secretary", date(2026, 1, 25)),
        (2, "promoter", date(2026, 1, 25)),
    ),
    (
        "signatures.days_open",
        {"days_open = 15": "days_open = 5"},
        proposing,
        (2, "promoter secretary", date(2026, 1, 25)),
        (2, "promoter secretary", date(2026, 1, 15)),
    ),
]


@pytest.mark.parametrize(("word", "changes", "look", "before", "after"), LIVED, ids=[case[0] for case in LIVED])
@pytest.mark.parametrize("is_changed", [False, True], ids=["before", "after"])
def test_a_word_changes_what_happens(
    books: Books, word: str, changes: Mapping[str, str], look: Look, before: object, after: object, is_changed: bool
) -> None:
    town = founded(changed(changes) if is_changed else base())
    assert look(town) == (after if is_changed else before)


def test_too_few_promoters_begin_nothing(books: Books) -> None:
    """``founding.promoters_min``: with two more than come, the founding itself is refused."""
    with pytest.raises(Refused) as refused:
        founded(changed({"promoters_min = 3": "promoters_min = 5"}))
    assert (refused.value.rule, refused.value.citation) == ("mandates.too-few-promoters", "By-laws, art. 1")
