"""Every word of a statute is heard in a commune that lives by it: change it, and other things happen there.

The other half of ``test_statute_words``: each case founds a commune under the statute as it is, and under
the statute with one word changed, and does the same in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from comuna.acts.refusal import Refused
from comuna.elections.acts import BallotForm
from comuna.mandates.rules import MandateStatus
from comuna.statutes.tests.samples import HANDOVER
from comuna.territory.acts.people import Where
from conftest import Books
from tests.looks import (
    Look,
    adopted,
    adopting_alone,
    asked,
    asking,
    asking_for_a_letter,
    convening,
    deciding,
    electing,
    entering,
    entitled_in,
    held_from_the_start,
    issued,
    members_of_the_board,
    on_the_roll,
    petitioned,
    petitioning,
    promoters_after,
    proposing,
    rule_of_a_proposal,
    second_call,
    signing,
    unsigned,
    voting_after_many_left,
)
from tests.process_words import PROCESSES
from tests.town import TODAY, founded
from tests.words import IMPERATIVE, base, changed

EVERYBODYS_BOARD = {
    'members = "seats"\ndecision = "small.decision"\n\n[[organ.call]]\nnumber = 1\nquorum = "small.board.quorum"': (
        'members = "everyone"\nroll = "small.roll"\ndecision = "small.decision"\n\n'
        '[[organ.call]]\nnumber = 1\nquorum = "small.quorum.call1"'
    ),
    'part = "1/2"\nbase = "members"': 'part = "1/2"\nbase = "roll"',
    'quorum = "small.quorum.call2"': 'quorum = "small.board.quorum"',
    'rule = "small.quorum.call2"\nsource = "By-laws, art. 2"\nmark = "U"\npeople = 50\n\n[[share]]\n': "",
    IMPERATIVE: "",
}
ELDERS = {'rule = "small.roll"': 'rule = "small.old"', 'roll = "small.roll"': 'roll = "small.old"', "= 15\n": "= 60\n"}
FOUNDED_BY_AUDITORS = {
    'seat = "promoter"': 'seat = "auditor"',
    "count = 2": "count = 5",
    'seats = ["promoter", "secretary"]': 'seats = ["promoter", "secretary", "auditor"]',
}
SECRETARYS = 'alternates = {n}\nchosen_by = "assembly"\nballot = "either"'
NO_SUBSTITUTE = {SECRETARYS.format(n=1): SECRETARYS.format(n=0)}
UNTIL_THE_SECRETARY = {"months = 6\n": f'months = 6\n\n{HANDOVER}["secretary"]\n'}
UNTIL_AN_AUDITOR_TOO = {"months = 6\n": f'months = 6\n\n{HANDOVER}["secretary", "auditor"]\n'}
JULY, AUGUST = date(2026, 7, 9), date(2026, 8, 9)
AT_VOTES = {"notice_days = 3\n": "notice_days = 3\nquorum_at_votes = true\n"}
OTHER_ACT = {
    'acts = ["assemblies.convene"]': 'acts = ["assemblies.add_item"]',
    '"assemblies.add_item", ': "",
}

ASSEMBLYS_TREASURER = (
    'chosen_by = "assembly"\nballot = "secret"\nterm = "small.term"\neligibility = "small.eligibility"\nsucc'
)
SWAPPED = {
    'petition = "small.recall.ask"': 'petition = "small.quorum.call1"',
    'quorum = "small.quorum.call1"\nmajority': 'quorum = "small.recall.ask"\nmajority',
}
RECALL_ASK = """[[share]]
rule = "small.recall.ask"
source = "By-laws, art. 9"
mark = "O"
part = "1/10"
base = "roll"

"""
BY_THE_BOARD = {
    'decided_by = "assembly"': 'decided_by = "board"',
    'petition = "small.recall.ask"': 'petition = "small.board.quorum"',
    'quorum = "small.quorum.call1"\nmajority': 'quorum = "small.board.quorum"\nmajority',
    RECALL_ASK: "",
}
STRICTER = """[[majority]]
rule = "small.strict"
source = "By-laws, art. 3"
mark = "O"
kind = "two-thirds"
base = "present"

[[rhythm]]
"""
BY_TWO_THIRDS = {"[[rhythm]]\n": STRICTER, 'majority = "small.decision"': 'majority = "small.strict"'}
LAPSE = '[recall.lapse]\nrule = "small.recall.lapse"\nsource = "By-laws, art. 9"\nmark = "O"\ndays = 60\n\n'
FIFTY = {'quorum = "small.quorum.call1"\nmajority': 'quorum = "small.quorum.call2"\nmajority'}
NOT_THE_TREASURER = {'seats = ["secretary", "treasurer", "auditor", "committee"]': 'seats = ["secretary", "auditor"]'}

LIVED: list[tuple[str, Mapping[str, str], Look, object, object]] = [
    # word, what is changed, what is done, what is seen before and after
    ("every.rule", {'"small.signatures"': '"small.two"'}, rule_of_a_proposal, "small.signatures", "small.two"),
    ("statute.id", {'id = "small"': 'id = "tiny"'}, adopted, ("small", "1"), ("tiny", "1")),
    ("statute.version", {'version = "1"': 'version = "2"'}, adopted, ("small", "1"), ("small", "2")),
    ("founding.seat", FOUNDED_BY_AUDITORS, held_from_the_start, [("promoter", JULY)], [("auditor", JULY)]),
    (
        "founding.until",
        UNTIL_THE_SECRETARY,
        promoters_after("secretary"),
        MandateStatus.ACTIVE,
        MandateStatus.RELIEVED,
    ),
    (
        "founding.until.seats",
        UNTIL_AN_AUDITOR_TOO,
        lambda town: (promoters_after("secretary")(town), promoters_after("auditor")(town)),
        (MandateStatus.ACTIVE, MandateStatus.ACTIVE),
        (MandateStatus.ACTIVE, MandateStatus.RELIEVED),
    ),
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
    ("organ.quorum_at_votes", AT_VOTES, voting_after_many_left, "done", "assemblies.quorum-lost"),
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
    (
        "seat.chosen_by",
        {ASSEMBLYS_TREASURER: ASSEMBLYS_TREASURER.replace("assembly", "board")},
        electing(BallotForm.SECRET),
        "done",
        "elections.other-organ",
    ),
    ("seat.ballot", {'"secret"': '"hands"'}, electing(BallotForm.SECRET), "done", "elections.ballot-form"),
    ("recall.seats", NOT_THE_TREASURER, petitioning, "done", "elections.not-recallable"),
    ("recall.petition", SWAPPED, lambda town: petitioned(town).petition.needed, 1, 3),
    ("recall.asked_by", {'by = ["auditor"]': 'by = ["secretary"]'}, asking, "done", "elections.asks-with-signatures"),
    (
        "recall.desk",
        {'desk = "auditor"': 'desk = "promoter"'},
        lambda town: petitioned(town).petition.desk,
        "auditor",
        "promoter",
    ),
    (
        "recall.desk_when_own",
        {'desk_when_own = "secretary"': 'desk_when_own = "promoter"'},
        lambda town: asked(town).petition.desk,
        "secretary",
        "promoter",
    ),
    (
        "recall.report_days",
        {"report_days = 15": "report_days = 5"},
        lambda town: asked(town).due_on,
        date(2026, 1, 25),
        date(2026, 1, 15),
    ),
    (
        "recall.lapse",
        {LAPSE: ""},
        lambda town: unsigned(town).lapses_on,
        date(2026, 3, 11),
        None,
    ),
    (
        "recall.lapse.days",
        {"days = 60": "days = 20"},
        lambda town: unsigned(town, date(2026, 2, 1)).stage,
        "collecting",
        "lapsed",
    ),
    (
        "letter.id",
        {'id = "residence"': 'id = "address"'},
        asking_for_a_letter(),
        "done",
        "letters.no-such-letter",
    ),
    ("letter.attests", {'es = "vive aquí"': 'es = "es de aquí"'}, issued("attests"), "vive aquí", "es de aquí"),
    (
        "letter.seats",
        {'seats = ["secretary"]\nneeded': 'seats = ["auditor"]\nneeded'},
        signing,
        "done",
        "letters.other-seat",
    ),
    (
        "letter.needed",
        {'seats = ["secretary"]\nneeded = 1': 'seats = ["secretary", "auditor"]\nneeded = 2'},
        issued("number"),
        1,
        None,
    ),
    ("letter.days", {"days = 30": "days = 60"}, issued("last_day"), date(2026, 2, 9), date(2026, 3, 11)),
    (
        "letter.residence_months",
        {"residence_months = 12\naway": "residence_months = 400\naway"},
        asking_for_a_letter(),
        "done",
        "letters.too-short",
    ),
    (
        "letter.away_counts",
        {"months = 12\naway_counts = false": "months = 12\naway_counts = true"},
        asking_for_a_letter(Where.ABROAD),
        "letters.away",
        "done",
    ),
    ("recall.decided_by", BY_THE_BOARD, deciding, "recalled", "elections.other-organ"),
    ("recall.quorum", FIFTY, deciding, "recalled", "elections.recall-quorum"),
    ("recall.majority", BY_TWO_THIRDS, deciding, "recalled", "active"),
    *PROCESSES,
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
