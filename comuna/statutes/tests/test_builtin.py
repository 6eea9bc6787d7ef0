"""The statutes that come with Comuna can be lived by from an empty commune to a recall."""

from __future__ import annotations

import pytest

from comuna.statutes import builtin
from comuna.statutes.checking import placed_rules
from comuna.statutes.loader import check, load
from comuna.statutes.queries import seat_verbs
from comuna.statutes.rules import Counts, needed
from comuna.statutes.statute import Mark, Statute
from comuna.statutes.tests.generate import real_verbs
from comuna.statutes.tests.samples import MINIMAL

BEGINNING = (
    "territory.add_sector",
    "territory.add_street",
    "territory.register_household",
    "territory.register_person",
    "territory.import_census",
    "mandates.issue_code",
    "mandates.enter_mandate",
    "assemblies.convene",
    "assemblies.record_attendance",
    "assemblies.make_call",
    "assemblies.put_motion",
    "assemblies.record_count",
    "assemblies.close_session",
    "elections.record_election",
    "statutes.adopt",
    "acts.confirm_time",
    "acts.begin_epoch",
)
ALL = pytest.mark.parametrize("name", builtin.names())


def built(name: str) -> Statute:
    return load(builtin.text(name))


def test_three_statutes_come_with_the_program() -> None:
    assert builtin.names() == ("neighbourhood-committees", "venezuela-commune", "worker-cooperative")


@ALL
def test_a_built_in_statute_has_no_faults_and_carries_its_name(name: str) -> None:
    assert check(builtin.text(name)) == []
    assert built(name).id == name


@ALL
def test_promoters_can_do_everything_from_an_empty_commune_to_the_first_election(name: str) -> None:
    statute = built(name)
    for verb in BEGINNING:
        assert statute.founding.seat in statute.seats_with_power(verb, statute.highest().id), verb


@ALL
def test_what_promoters_may_do_an_elected_seat_may_do_after_them(name: str) -> None:
    statute = built(name)
    for verb in {verb for power in statute.powers for verb in power.acts}:
        assert set(statute.seats_with_power(verb)) - {statute.founding.seat}, verb


@ALL
def test_every_organ_that_meets_has_somebody_to_convene_it_and_keep_its_minutes(name: str) -> None:
    statute = built(name)
    for organ in statute.organs:
        for verb in ("assemblies.convene", "assemblies.record_attendance", "assemblies.close_session"):
            assert not organ.calls or statute.seats_with_power(verb, organ.id), (organ.id, verb)


@ALL
def test_the_desk_of_a_recall_may_report_and_who_may_ask_can_ask(name: str) -> None:
    statute = built(name)
    assert statute.recalls
    for recall in statute.recalls:
        reporting = statute.seats_with_power("elections.report_recall")
        assert {recall.desk, recall.desk_when_own} <= set(reporting), recall.rule.id
        assert set(recall.asked_by) <= set(statute.seats_with_power("elections.ask_recall")), recall.rule.id


@ALL
def test_no_elected_seat_is_the_only_gate_to_its_own_recall(name: str) -> None:
    """Promoters are left out: they pass away with the first year."""
    statute = built(name)
    for recall in statute.recalls:
        for verb in ("elections.record_signatures", "elections.report_recall", "elections.decide_recall"):
            keepers = set(statute.seats_with_power(verb)) - {statute.founding.seat}
            assert all(keepers - {seat} for seat in recall.seats), (recall.rule.id, verb)


@ALL
def test_every_recall_says_by_when_signatures_are_collected_and_how_sure_that_is(name: str) -> None:
    for recall in built(name).recalls:
        assert recall.lapse is not None
        assert recall.lapse.days >= 30
        assert recall.lapse.rule.mark in (Mark.UNSURE, Mark.OWN), "no law known to us says so"


@ALL
def test_every_seat_that_is_elected_for_a_term_can_be_recalled(name: str) -> None:
    statute = built(name)
    for seat in statute.seats:
        by_assembly = seat.chosen_by == statute.highest().id and not seat.founding
        assert not by_assembly or statute.recall_of(seat.id), seat.id


@ALL
def test_every_rule_says_where_it_is_from_and_how_sure_it_is(name: str) -> None:
    text = builtin.text(name)
    statute = load(text)
    places = {("seat", seat.id): ("seat", number) for number, seat in enumerate(statute.seats)}
    rules = [rule for _path, rule in placed_rules(statute, places)]
    assert len({rule.id for rule in rules}) > 30
    assert all(rule.source and rule.mark in Mark for rule in rules)


def test_what_is_doubtful_in_the_venezuelan_statute_says_so() -> None:
    statute = built("venezuela-commune")
    calls = statute.organ("cc.assembly").calls
    assert [call.quorum.rule.mark for call in calls] == [Mark.MEMORY, Mark.DERIVED]
    assert statute.seat("bank.approver").rule.mark is Mark.UNSURE
    recall = statute.recall_of("ce.parliament")
    assert recall is not None
    assert recall.rule.mark is Mark.UNSURE


def test_the_venezuelan_figures_are_those_of_the_law() -> None:
    statute = built("venezuela-commune")
    calls = statute.organ("cc.assembly").calls
    assert [needed(call.quorum, Counts(roll=640)) for call in calls] == [192, 128]
    counts = {seat: (statute.seat(seat).count, statute.seat(seat).alternates) for seat in SEATS}
    assert counts == SEATS
    terms = [statute.seat(seat).term.months for seat in ("cc.finance", "pc.council", "economy.member")]
    assert terms == [36, 36, 24]
    recall = statute.recall_of("cc.finance")
    assert recall is not None
    assert (recall.report_days, recall.bar_terms, recall.asked_by) == (15, 2, ("cc.comptroller",))
    assert needed(recall.petition, Counts(roll=640)) == 64
    assert needed(recall.quorum, Counts(roll=403)) == 81
    assert statute.seat("cc.finance").eligibility.age_years == 18
    assert statute.seat("cc.committee.water").eligibility.age_years == 15


SEATS = {
    "cc.finance": (5, 5),
    "cc.comptroller": (5, 5),
    "cc.electoral": (5, 5),
    "cc.committee.health": (1, 1),
    "pc.council": (1, 1),
    "pc.osp": (3, 3),
    "pc.bank": (1, 1),
    "ce.parliament": (2, 2),
    "ce.osp": (1, 1),
    "economy.member": (5, 5),
    "comptroller.member": (5, 5),
    "bank.administrator": (3, 0),
    "bank.approver": (5, 0),
    "bank.controller": (3, 0),
}


def test_finance_comptrollership_and_the_electoral_commission_exclude_each_other() -> None:
    statute = built("venezuela-commune")
    for one, other in (("finance", "comptroller"), ("finance", "electoral"), ("comptroller", "electoral")):
        assert statute.incompatible(f"cc.{one}", f"cc.{other}")
    assert statute.incompatible("bank.approver", "bank.controller")


def test_the_collective_is_made_of_the_three_units() -> None:
    statute = built("venezuela-commune")
    sitting = {seat.portfolio_of or seat.id for seat in statute.seats_in("cc.collective")}
    assert sitting == {"cc.secretary", "cc.committee", "cc.finance", "cc.comptroller"}


def test_an_organ_runs_its_own_sessions_and_no_others() -> None:
    statute = built("venezuela-commune")
    convening = statute.seats_with_power("assemblies.convene", "bank.approval")
    assert convening == ("bank.approver",)
    assert "bank.approver" not in statute.seats_with_power("assemblies.convene", "cc.assembly")


ABOUT_COUNCILS = {
    "mandates.register_council",
    "mandates.correct_council",
    "mandates.strike_council",
    "territory.join_council",
}


@ALL
def test_every_act_of_a_seat_is_given_to_one_and_no_other_act_is_named(name: str) -> None:
    statute = built(name)
    asked = set(real_verbs()) - (set() if statute.level else ABOUT_COUNCILS)
    assert {verb for power in statute.powers for verb in power.acts} == asked
    assert check(builtin.text(name), seat_verbs()) == []


def test_a_statute_of_this_installation_names_only_acts_that_seats_perform() -> None:
    assert "statutes.adopt" in seat_verbs()
    assert "acts.sign" not in seat_verbs(), "whoever may do what is proposed may sign it"
    faults = check(MINIMAL, seat_verbs() - {"assemblies.convene"})
    assert any("assemblies.convene" in fault.words for fault in faults)


@ALL
@pytest.mark.parametrize(
    "verb", ["mandates.enter_mandate", "mandates.end_mandate", "mandates.suspend", "acts.erase_private"]
)
def test_nobody_alone_gives_or_ends_a_mandate_or_erases_words(name: str, verb: str) -> None:
    """Also once the promoters are gone, there are seats enough to sign."""
    statute = built(name)
    rule = statute.signatures_for(verb)
    assert rule is not None
    assert rule.needed == 2
    assert sum(statute.seat(seat).count for seat in rule.seats if seat != statute.founding.seat) >= 2
