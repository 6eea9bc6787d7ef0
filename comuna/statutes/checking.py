"""What must hold of a statute as a whole for a commune to live by it: each fault with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import all_acts
from comuna.statutes.bookwords import book_faults, book_rules
from comuna.statutes.positions import Path
from comuna.statutes.processwords import RECORD_STEP, process_faults, process_rules
from comuna.statutes.reading import Problems
from comuna.statutes.statute import (
    Base,
    Majority,
    MajorityKind,
    Members,
    Organ,
    Recall,
    Rule,
    SeatKind,
    Share,
    Signatures,
    Statute,
    Succession,
)

ADOPT = "statutes.adopt"

_QUORUM_BASES = {Members.EVERYONE: {Base.ROLL}, Members.SEATS: {Base.MEMBERS, Base.SEATS}}
_MAJORITY_BASES = {members: bases | {Base.PRESENT, Base.CAST} for members, bases in _QUORUM_BASES.items()}


@dataclass(frozen=True)
class _Judge:
    """The statute, where its things stand, and the list that faults go to."""

    statute: Statute
    places: Mapping[tuple[str, str], Path]
    problems: Problems

    def note(self, path: Path, words: Promise, **values: object) -> None:
        self.problems.note(path, words, **values)

    def seat_path(self, seat: SeatKind, key: str) -> Path:
        return (*self.places["seat", seat.id], key)


def faults(
    statute: Statute,
    places: Mapping[tuple[str, str], Path],
    verbs: Collection[str] | None,
    problems: Problems,
) -> None:
    """Note everything that is wrong between the parts of a statute whose parts have been read."""
    judge = _Judge(statute, places, problems)
    _founding(judge)
    _highest(judge)
    for number, organ in enumerate(statute.organs):
        _organ(judge, organ, ("organ", number))
    for seat in statute.seats:
        _seat(judge, seat)
    for number, recall in enumerate(statute.recalls):
        _recall(judge, recall, ("recall", number))
    _level(judge)
    _powers(judge)
    _signatures(judge)
    _letters(judge)
    process_faults(statute.processes, statute.seats_with_power(RECORD_STEP), judge.note)
    ids = {*statute.seats_by_id, *(organ.id for organ in statute.organs)}
    book_faults(statute.money, ids, judge.note)
    if verbs is not None:
        _verbs(judge, verbs)
    _one_source_a_rule(judge)


def _founding(judge: _Judge) -> None:
    founding = judge.statute.founding
    seat = judge.statute.seat(founding.seat)
    if founding.promoters_min > seat.count:
        words = _("founding asks for more promoters ({asked}) than {seat} has places ({count})")
        judge.note(("founding", "promoters_min"), words, asked=founding.promoters_min, seat=seat.id, count=seat.count)
    if not any(seat.id in power.seats for power in judge.statute.powers):
        words = _("founding: {seat} has no power over any act, so nothing could ever begin")
        judge.note(("founding", "seat"), words, seat=seat.id)
    if founding.until:
        heirs = {*founding.until.seats, *founding.until.with_councils} - {seat.id}
        left = {verb for power in judge.statute.powers if seat.id in power.seats for verb in power.acts}
        left -= {verb for power in judge.statute.powers if heirs & set(power.seats) for verb in power.acts}
        if left:
            words = _("founding: when {seat} is done, none of the seats that take over may do {acts}")
            judge.note(("founding", "until", "seats"), words, seat=seat.id, acts=", ".join(sorted(left)))


def _highest(judge: _Judge) -> None:
    highest = [number for number, organ in enumerate(judge.statute.organs) if organ.highest]
    if not judge.statute.organs:
        judge.note((), _("the statute has no [[organ]]"))
    elif not highest:
        judge.note(("organ", 0), _("no organ says highest = true; exactly one must"))
    for number in highest[1:]:
        organ = judge.statute.organs[number]
        judge.note(("organ", number, "highest"), _("organ {organ} is a second highest organ"), organ=organ.id)


def _meets(judge: _Judge, id: str) -> bool:
    return any(organ.id == id and organ.calls for organ in judge.statute.organs)


def _organ(judge: _Judge, organ: Organ, path: Path) -> None:
    everyone = organ.members is Members.EVERYONE
    if everyone and organ.roll is None:
        judge.note(path, _("organ {organ}: everyone sits in it, so it needs a roll"), organ=organ.id)
    if not everyone and organ.roll is not None:
        judge.note((*path, "roll"), _("organ {organ}: only seats sit in it, so it has no roll"), organ=organ.id)
    if not everyone and not judge.statute.seats_in(organ.id):
        judge.note(path, _("organ {organ} has no seats"), organ=organ.id)
    if organ.made_of and (everyone or organ.id in organ.made_of):
        words = _("organ {organ}: made_of names other organs whose seats sit in it; everyone's organ has none")
        judge.note((*path, "made_of"), words, organ=organ.id)
    if organ.calls and organ.decision is None:
        judge.note(path, _("organ {organ} meets, so it needs a decision (a majority)"), organ=organ.id)
    if not organ.calls and (organ.rhythm or organ.decision or organ.notice_days or organ.quorum_at_votes):
        judge.note(path, _("organ {organ} has words about its sessions, but no [[organ.call]]"), organ=organ.id)
    if organ.imperative and (everyone or not organ.calls):
        words = _("organ {organ}: only who sits in a seat, and in sessions, votes as those decided who sent them")
        judge.note((*path, "imperative"), words, organ=organ.id)
    if organ.ratification and (everyone or not organ.calls or not _meets(judge, organ.ratification.by)):
        words = _("organ {organ}: what seats decide in its sessions is ratified by another organ that holds sessions")
        judge.note((*path, "ratification"), words, organ=organ.id)
    for number, call in enumerate(organ.calls):
        at = (*path, "call", number)
        if call.number != number + 1:
            words = _("organ {organ}: this is call {number} by its place, but says {said}")
            judge.note((*at, "number"), words, organ=organ.id, number=number + 1, said=call.number)
        if (number > 0) != (call.minutes_after_previous > 0):
            words = _("organ {organ}: every call but the first says how many minutes after the one before it comes")
            judge.note(at, words, organ=organ.id)
        _share_fits(judge, (*at, "quorum"), call.quorum, organ)
    if organ.decision:
        _majority_fits(judge, (*path, "decision"), organ.decision, organ)


def _share_fits(judge: _Judge, path: Path, share: Share, organ: Organ) -> None:
    """A quorum or petition counts the whole organ: its roll where everyone sits, else mandates or seats."""
    fitting = _QUORUM_BASES[organ.members]
    if share.part is not None and share.base not in fitting:
        words = _("organ {organ}: {rule} is a share of {base}; here it can be of {fitting}")
        judge.note(path, words, organ=organ.id, rule=share.rule.id, base=share.base.value, fitting=_listed(fitting))


def _majority_fits(judge: _Judge, path: Path, majority: Majority, organ: Organ) -> None:
    fitting = _MAJORITY_BASES[organ.members]
    if majority.kind is not MajorityKind.PLURALITY and majority.base not in fitting:
        words = _("organ {organ}: {rule} is a majority of {base}; here it can be of {fitting}")
        judge.note(
            path,
            words,
            organ=organ.id,
            rule=majority.rule.id,
            base=majority.base.value,
            fitting=_listed(fitting),
        )


def _listed(bases: Iterable[Base]) -> str:
    return ", ".join(sorted(base.value for base in bases))


def _seat(judge: _Judge, seat: SeatKind) -> None:
    if seat.id in seat.incompatible_with:
        judge.note(
            judge.seat_path(seat, "incompatible_with"),
            _("seat {seat} is incompatible with itself"),
            seat=seat.id,
        )
    if Succession.ALTERNATE in seat.succession and not seat.alternates:
        words = _("seat {seat}: an alternate succeeds, but it has no alternates")
        judge.note(judge.seat_path(seat, "succession"), words, seat=seat.id)
    if seat.chosen_by != seat.id and not judge.statute.organ(seat.chosen_by).calls:
        words = _("seat {seat} is chosen by {organ}, which holds no sessions: it has no [[organ.call]]")
        judge.note(judge.seat_path(seat, "chosen_by"), words, seat=seat.id, organ=seat.chosen_by)


def _recall(judge: _Judge, recall: Recall, path: Path) -> None:
    statute, said = judge.statute, recall.rule.id
    organ = statute.organ(recall.decided_by)
    if not organ.calls:
        words = _("recall {recall} is decided by {organ}, which holds no sessions: it has no [[organ.call]]")
        judge.note((*path, "decided_by"), words, recall=said, organ=organ.id)
    _share_fits(judge, (*path, "petition"), recall.petition, organ)
    _share_fits(judge, (*path, "quorum"), recall.quorum, organ)
    _majority_fits(judge, (*path, "majority"), recall.majority, organ)
    if recall.desk == recall.desk_when_own:
        words = _("recall {recall}: desk and desk_when_own are the same seat; nobody reports on themselves")
        judge.note((*path, "desk_when_own"), words, recall=said)
    for number, other in enumerate(statute.recalls):
        if other is recall:
            break
        for seat in recall.seats:
            if seat in other.seats:
                words = _("recall {recall}: seat {seat} already has the recall {other}")
                judge.note((*path, "seats"), words, recall=said, seat=seat, other=statute.recalls[number].rule.id)
    for kind in recall.seats:
        if recall.bar_terms and statute.seat(kind).term.months is None:
            words = _("recall {recall}: seat {seat} has no term that a bar could be counted in; bar_terms must be 0")
            judge.note((*path, "bar_terms"), words, recall=said, seat=kind)


ID_OF_EACH_MAX = 50
"""So long may an id be that every council has: its slug comes behind it."""


def _level(judge: _Judge) -> None:
    """What every council has, and what the commune has once, do not reach into each other the wrong way."""
    statute = judge.statute
    each = statute.of_each
    if statute.level is not None and not each:
        judge.note(("level",), _("there is a [level], but no organ says each = true"))
    for number, organ in enumerate(statute.organs):
        _organ_of_level(judge, organ, ("organ", number), each)
    for seat in statute.seats:
        if seat.each and len(seat.id) > ID_OF_EACH_MAX:
            _note_long(judge, (*judge.places["seat", seat.id], "id"), seat.id)
        if not seat.each and seat.organ in each:
            words = _("seat {seat}: its organ {organ} is every council's, so the seat is too")
            judge.note(judge.seat_path(seat, "each"), words, seat=seat.id, organ=seat.organ)
        if not seat.each and seat.chosen_by in each:
            words = _("seat {seat} is the whole commune's; {organ}, of which every council has one, cannot choose it")
            judge.note(judge.seat_path(seat, "chosen_by"), words, seat=seat.id, organ=seat.chosen_by)
    for number, power in enumerate(statute.powers):
        if power.with_councils and statute.level is None:
            words = _("power {power} is for books with councils, but there is no [level]")
            judge.note(("power", number, "with_councils"), words, power=power.rule.id)
    for number, recall in enumerate(statute.recalls):
        if all(seat in each for seat in recall.seats):
            continue
        for key in ("desk", "desk_when_own", "decided_by"):
            if getattr(recall, key) in each:
                words = _("recall {recall}: {key} is every council's, but not all its seats are")
                judge.note(("recall", number, key), words, recall=recall.rule.id, key=key)
    if statute.founding.seat in each:
        judge.note(("founding", "seat"), _("founding: promoters begin the whole commune, not one council"))


def _organ_of_level(judge: _Judge, organ: Organ, path: Path, each: Collection[str]) -> None:
    if organ.each and judge.statute.level is None:
        judge.note((*path, "each"), _("organ {organ} says each = true, but there is no [level]"), organ=organ.id)
    if organ.each and organ.highest:
        judge.note(
            (*path, "highest"), _("organ {organ}: every council has one, so none is the highest"), organ=organ.id
        )
    if organ.each and any(part not in each for part in organ.made_of):
        words = _("organ {organ}: every council has one, but it is made of organs of the whole commune")
        judge.note((*path, "made_of"), words, organ=organ.id)
    if organ.ratification and (organ.ratification.by in each) != organ.each:
        words = _("organ {organ}: it and the organ that ratifies are of every council both, or of the commune both")
        judge.note((*path, "ratification"), words, organ=organ.id)
    if organ.before_councils and (organ.each or organ.before_councils not in each):
        words = _("organ {organ}: before_councils names the organ of a council that stands for this one of the commune")
        judge.note((*path, "before_councils"), words, organ=organ.id)
    if organ.each and len(organ.id) > ID_OF_EACH_MAX:
        _note_long(judge, (*path, "id"), organ.id)


def _note_long(judge: _Judge, path: Path, id: str) -> None:
    words = _("{id}: every council has one, so the id has at most so many letters: {most}")
    judge.note(path, words, id=id, most=ID_OF_EACH_MAX)


def _powers(judge: _Judge) -> None:
    if not judge.statute.seats_with_power(ADOPT):
        judge.note((), _("no seat has power over {act}, so this statute could never be changed"), act=ADOPT)


def _signatures(judge: _Judge) -> None:
    signed: set[tuple[str, str | None, int | None]] = set()
    for number, signatures in enumerate(judge.statute.signatures):
        path = ("signatures", number)
        holders = set(judge.statute.seats_with_power(signatures.act))
        for seat in signatures.seats:
            if seat not in holders:
                words = _("signatures {act}: seat {seat} signs, but no [[power]] gives it this act")
                judge.note((*path, "seats"), words, act=signatures.act, seat=seat)
        available = sum(judge.statute.seat(seat).count for seat in signatures.seats)
        if available < signatures.needed:
            words = _("signatures {act}: more must sign ({needed}) than these seats have places ({available})")
            judge.note((*path, "needed"), words, act=signatures.act, needed=signatures.needed, available=available)
        once = (signatures.act, signatures.unit, signatures.from_amount)
        if once in signed:
            judge.note((*path, "act"), _("signatures {act} stands twice"), act=signatures.act)
        signed.add(once)
        _from_amount(judge, signatures, path)


def _from_amount(judge: _Judge, signatures: Signatures, path: Path) -> None:
    unit, said = signatures.unit, signatures.from_amount
    if (unit is None) != (said is None):
        words = _("signatures {act}: from_amount and unit stand together: from how many of what on")
        judge.note((*path, "from_amount" if unit is None else "unit"), words, act=signatures.act)
    if unit is not None and judge.statute.money.unit(unit) is None:
        words = _("signatures {act}: no unit is called {unit}")
        judge.note((*path, "unit"), words, act=signatures.act, unit=unit)
    known = all_acts().get(signatures.act)
    if said is not None and known is not None and not known.by_amount:
        words = _("signatures {act}: no more or fewer sign this for its amount; leave from_amount out")
        judge.note((*path, "from_amount"), words, act=signatures.act)


SIGN_LETTER = "letters.sign"


def _letters(judge: _Judge) -> None:
    """Who signs a letter may sign letters, and there are seats enough of them."""
    statute, ids = judge.statute, set()
    signers = set(statute.seats_with_power(SIGN_LETTER))
    for number, letter in enumerate(statute.letters):
        path = ("letter", number)
        if letter.id in ids:
            judge.note((*path, "id"), _("letter {letter} stands twice"), letter=letter.id)
        ids.add(letter.id)
        for seat in letter.seats:
            if seat not in signers:
                words = _("letter {letter}: seat {seat} signs it, but no [[power]] gives it {act}")
                judge.note((*path, "seats"), words, letter=letter.id, seat=seat, act=SIGN_LETTER)
        available = sum(statute.seat(seat).count for seat in letter.seats)
        if available < letter.needed:
            words = _("letter {letter}: more must sign ({needed}) than these seats have places ({available})")
            judge.note((*path, "needed"), words, letter=letter.id, needed=letter.needed, available=available)


def _verbs(judge: _Judge, verbs: Collection[str]) -> None:
    named: list[tuple[Path, str, str]] = []
    for number, power in enumerate(judge.statute.powers):
        paths = ((("power", number, "acts", place), verb) for place, verb in enumerate(power.acts))
        named += [(path, verb, f"power {power.rule.id}") for path, verb in paths]
    for number, signatures in enumerate(judge.statute.signatures):
        named.append((("signatures", number, "act"), signatures.act, f"signatures {signatures.rule.id}"))
    for path, verb, what in named:
        if verb not in verbs:
            words = _("{what} names the act {said}, which is none that a seat performs")
            judge.problems.note_unknown(path, words, verb, verbs, what=what)


def _one_source_a_rule(judge: _Judge) -> None:
    """The same rule may stand in several tables, but always with the same source and mark."""
    first: dict[str, Rule] = {}
    for path, rule in placed_rules(judge.statute, judge.places):
        if first.setdefault(rule.id, rule) != rule:
            judge.note((*path, "rule"), _("the rule {rule} has another source or mark elsewhere"), rule=rule.id)


def placed_rules(statute: Statute, places: Mapping[tuple[str, str], Path]) -> Iterable[tuple[Path, Rule]]:
    """Every rule of the statute with the table that states or uses it, in the order of reading."""
    yield ("founding",), statute.founding.rule
    if statute.level:
        yield ("level",), statute.level.rule
    if statute.founding.until:
        yield ("founding", "until"), statute.founding.until.rule
    for number, organ in enumerate(statute.organs):
        path: Path = ("organ", number)
        yield path, organ.rule
        shared = (organ.decision, organ.roll, organ.rhythm, *(call.quorum for call in organ.calls))
        yield from ((path, value.rule) for value in shared if value)
        if organ.imperative:
            yield (*path, "imperative"), organ.imperative.rule
        if organ.ratification:
            yield (*path, "ratification"), organ.ratification.rule
    for seat in statute.seats:
        yield from ((places["seat", seat.id], rule) for rule in (seat.rule, seat.term.rule, seat.eligibility.rule))
    by_number: tuple[tuple[str, Iterable[Rule]], ...] = (
        ("power", (power.rule for power in statute.powers)),
        ("signatures", (signatures.rule for signatures in statute.signatures)),
        ("stated", (stated.rule for stated in statute.stated)),
        ("letter", (letter.rule for letter in statute.letters)),
        ("recall", (recall.rule for recall in statute.recalls)),
    )
    for key, rules in by_number:
        yield from (((key, number), rule) for number, rule in enumerate(rules))
    for number, recall in enumerate(statute.recalls):
        shared_by = (recall.petition.rule, recall.quorum.rule, recall.majority.rule)
        yield from ((("recall", number), rule) for rule in shared_by)
        if recall.lapse:
            yield ("recall", number, "lapse"), recall.lapse.rule
    yield from process_rules(statute.processes)
    yield from book_rules(statute.money)
