"""What the loader says of a faulty [[process]], with its line; and what becomes of processes over councils."""

from __future__ import annotations

import pytest

from comuna.statutes import builtin
from comuna.statutes.councils import Council
from comuna.statutes.loader import check, load
from comuna.statutes.processes import Begins, process_of
from comuna.statutes.queries import seat_verbs
from comuna.statutes.spread import spread
from comuna.statutes.statute import Mark
from tests.words import base

VOTE = 'vote = { majority = "small.decision", share = "small.turnout" }'


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ('begins = "lapse"', 'begins = "wedding"', "begins", "wedding"),
        ("days = 90", "days = -1", "days = -1", "-1"),
        ('after = ["charter"]', 'after = ["chart"]', "after", "charter"),
        ('after = ["charter"]', 'after = ["referendum"]', "after", "stand above it"),
        ('after = ["charter"]\nwait_days = 2\nwithin_days = 20', "wait_days = 2", "wait_days", "in after"),
        ('id = "referendum"', 'id = "charter"', 'id = "charter"\nrule', "twice"),
        ('id = "renewal"', 'id = "founding"', 'id = "founding"\nrule', "twice"),
        ('by = ["secretary", "promoter"]', 'by = ["secretario"]', "secretario", "secretary"),
        ('by = ["secretary", "promoter"]', 'by = ["treasurer"]', "treasurer", "processes.record_step"),
        ('share = "small.turnout"', 'share = "small.board.quorum"', "vote", "a share of roll"),
    ],
)
def test_a_fault_of_a_process_is_told_with_its_line(old: str, new: str, at: str, said: str) -> None:
    before, mark, processes = base().partition("[[process]]")
    assert old in processes
    text = before + mark + processes.replace(old, new)
    found = [one for one in check(text, seat_verbs()) if "named nowhere" not in one.words]
    assert [said in one.words for one in found].count(True) == 1, [str(one) for one in found]
    fault = next(one for one in found if said in one.words)
    assert text.split("\n")[fault.line - 1] in text[text.rindex(at) - 80 :]


def test_a_process_without_steps_is_a_fault() -> None:
    text = base()
    faults = check(text[: text.rindex("[[process.step]]")], seat_verbs())
    assert any("has no [[process.step]]" in one.words for one in faults)


def test_a_renewal_is_each_council_s_and_the_founding_the_whole_commune_s() -> None:
    councils = (Council("norte", "Norte"), Council("sur", "Sur"))
    statute = spread(load(builtin.text("venezuela-commune")), councils)
    assert [(one.id, one.council) for one in statute.processes] == [
        ("founding", None),
        ("renewal", "norte"),
        ("renewal", "sur"),
    ]
    renewal = process_of(statute.processes, "renewal", "sur")
    assert renewal is not None and renewal.steps[0].by == ("cc.electoral@sur", "cc.secretary@sur")
    assert process_of(statute.processes, "renewal", None) is None


def test_a_founding_stays_one_where_seats_of_councils_record_a_step_of_it() -> None:
    text = builtin.text("venezuela-commune").replace(
        '"cc.promoter", "ce.parliament"]', '"cc.promoter", "cc.secretary"]'
    )
    founding = spread(load(text), (Council("norte", "Norte"), Council("sur", "Sur"))).processes[0]
    assert founding.council is None
    assert founding.steps[0].by == ("cc.promoter", "cc.secretary@norte", "cc.secretary@sur")


def test_the_built_in_clock_of_a_founding_is_that_of_the_procedure() -> None:
    founding = load(builtin.text("venezuela-commune")).processes[0]
    days = {one.id: (one.days, one.rule.mark) for one in founding.steps}
    assert days["charter"] == (30, Mark.FOUND)
    assert days["publicity"] == (45, Mark.DERIVED)
    assert days["referendum"] == (59, Mark.FOUND)
    vote = next(one.vote for one in founding.steps if one.vote)
    assert (vote.share.rule.id, vote.majority.rule.id) == ("foundation.turnout", "foundation.approval")


def test_the_elected_are_registered_within_ten_days_of_their_proclamation() -> None:
    renewal = load(builtin.text("venezuela-commune")).processes[1]
    assert renewal.begins is Begins.LAPSE
    last = renewal.steps[-1]
    assert (last.after, last.within_days, last.rule.mark) == (("proclaim",), 10, Mark.FOUND)


@pytest.mark.parametrize("name", ["worker-cooperative", "neighbourhood-committees"])
def test_other_built_in_statutes_describe_no_process(name: str) -> None:
    assert load(builtin.text(name)).processes == ()
