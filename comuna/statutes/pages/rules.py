"""Every rule of a statute in words, with its source and how sure it is: what the pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import act_of
from comuna.look.parts import Fact, Many, Small
from comuna.look.words import list_words, number_words
from comuna.statutes import words
from comuna.statutes.bookkeeping import AidKind, BookKind, ChartAccount, CreditKind, Schedule, Unit, UnitKind
from comuna.statutes.processes import Begins, Process, ProcessStep
from comuna.statutes.statute import LetterKind, Members, Organ, Recall, Rule, SeatKind, Statute

NAMED_MAX = 3  # of the organs or seats in a heading; the others are counted


@dataclass(frozen=True)
class Said:
    """What a rule says of one thing: ``Assembly``, ``first call``, ``30 % of everybody entitled``."""

    of: str
    aspect: str
    says: str
    rule: Rule


def fact(says: str, rule: Rule) -> Many:
    """A value with its source beneath."""
    return Many([says, Small(words.source(rule))])


def facts_of(all_said: list[Said]) -> list[Fact]:
    """One fact a rule; what several things share is said once."""
    shared: dict[tuple[str, str], list[Said]] = {}
    for said in all_said:
        shared.setdefault((said.rule.id, said.says), []).append(said)
    return [Fact(_named(group), fact(group[0].says, group[0].rule)) for group in shared.values()]


def _named(group: list[Said]) -> str:
    names, aspect = heading([said.of for said in group]), group[0].aspect
    return f"{names}: {aspect[0].lower()}{aspect[1:]}" if aspect else names


def heading(names: Iterable[str]) -> str:
    """A few names, and how many more there are."""
    once = list(dict.fromkeys(names))
    if len(once) > NAMED_MAX:
        once = [*once[: NAMED_MAX - 1], _("{n} more").format(n=number_words(len(once) - NAMED_MAX + 1))]
    return list_words(once)


def said_by(statute: Statute) -> Iterator[Said]:
    """Everything that the statute's rules say, in the order of its parts."""
    yield Said(_("How a commune begins"), "", founding(statute), statute.founding.rule)
    if until := statute.founding.until:
        yield Said(_("When the promoters are done"), "", handover(statute, until.seats), until.rule)
    for organ in statute.organs:
        yield from said_of_organ(statute, organ)
    for seat in statute.seats:
        yield from said_of_seat(statute, seat)
    for power in statute.powers:
        yield Said(_("Power"), "", list_words([act_words(verb) for verb in power.acts]), power.rule)
    for signing in statute.signatures:
        said = [act_words(signing.act), *([words.from_amount(signing)] if signing.from_amount else [])]
        yield Said(_("Signatures"), "", ", ".join(said), signing.rule)
    for recall in statute.recalls:
        yield from said_of_recall(statute, recall)
    for letter in statute.letters:
        yield Said(words.called(letter.name), "", letter_words(statute, letter), letter.rule)
    for unit in statute.money.units:
        yield Said(words.called(unit.name), "", unit_words(unit), unit.rule)
    for chart in statute.money.charts:
        yield Said(_("Accounts"), "", list_words([account_words(one) for one in chart.accounts]), chart.rule)
    for book in statute.money.books:
        yield Said(words.called(book.name), "", book_words(statute, book), book.rule)
    for credit in statute.money.credits:
        yield Said(words.called(credit.name), "", credit_words(statute, credit), credit.rule)
    for aid in statute.money.aids:
        yield Said(words.called(aid.name), "", aid_words(statute, aid), aid.rule)
    for process in statute.processes:
        yield Said(words.called(process.name), "", process_words(process), process.rule)
        for step in process.steps:
            yield from said_of_step(process, step)


def account_words(account: ChartAccount) -> str:
    name = words.called(account.name)
    if account.limit is None:
        return name
    return _("{account} (at most {limit})").format(account=name, limit=number_words(account.limit))


def process_words(process: Process) -> str:
    steps = ngettext("{n} step", "{n} steps", len(process.steps)).format(n=len(process.steps))
    if process.begins is Begins.FOUNDING:
        return _("{steps}; days are counted from its first day on").format(steps=steps)
    return _("{steps}; days are counted back from the day on which the first mandate ends").format(steps=steps)


def said_of_step(process: Process, step: ProcessStep) -> Iterator[Said]:
    name = f"{words.called(process.name)}: {words.called(step.name)}"
    yield Said(name, _("until when"), words.step_days(process, step), step.rule)
    if step.vote:
        yield Said(name, _("how many take part"), words.share(step.vote.share), step.vote.share.rule)
        yield Said(name, _("what decides"), words.majority(step.vote.majority), step.vote.majority.rule)


def letter_words(statute: Statute, letter: LetterKind) -> str:
    """Who signs it, for how long it is good, and what it asks for."""
    signed = ngettext("{n} of these signs: {seats}", "{n} of these sign: {seats}", letter.needed)
    said = [
        signed.format(n=letter.needed, seats=list_words(seat_names(statute, letter.seats))),
        _("good for {time}").format(time=words.days(letter.days)),
    ]
    if letter.residence_months:
        said.append(_("who asks has lived here for {time}").format(time=words.months(letter.residence_months)))
    if letter.away_counts:
        said.append(_("also for who is away or abroad"))
    return "; ".join(said)


def unit_words(unit: Unit) -> str:
    kind = _("currency") if unit.kind is UnitKind.CURRENCY else _("goods")
    decimals = ngettext("{n} decimal", "{n} decimals", unit.decimals).format(n=unit.decimals)
    return f"{unit.id}; {kind}; {decimals}"


def book_words(statute: Statute, book: BookKind) -> str:
    """Who keeps it, who decides over it, what it is counted in."""
    said = _("kept by: {organ}; decided over by: {deciding}; counted in {unit}")
    organ, deciding = (words.called(statute.organ(one).name) for one in (book.organ, book.decides))
    return said.format(organ=organ, deciding=deciding, unit=book.unit)


def aid_words(statute: Statute, aid: AidKind) -> str:
    """Out of which book, who decides, and of lines of the budget for which account it is paid."""
    book = statute.money.book(aid.book)
    said = _("aid to somebody; decided by: {deciding}; book: {book}").format(
        deciding=words.called(statute.organ(aid.decided_by).name), book=words.called(book.name) if book else aid.book
    )
    account = book.chart.account(aid.account) if book else None
    return said + "; " + _("paid for: {account}").format(account=words.called(account.name)) if account else said


def credit_words(statute: Statute, credit: CreditKind) -> str:
    """What it may cost, how long it may last, who approves it and who follows it up."""
    monthly = _("repaid every month") if credit.schedule is Schedule.MONTHLY else _("repaid at once after the harvest")
    said = _(
        "{amount} {unit} at most, for {time} at most, {interest} % a year; {schedule}; approved by: {approving};"
        " followed up by: {following}; book: {book}"
    )
    organs = (words.called(statute.organ(one).name) for one in (credit.approved_by, credit.followed_by))
    book = statute.money.book(credit.book)
    return said.format(
        amount=number_words(credit.amount_max),
        unit=credit.unit,
        time=words.months(credit.months_max),
        interest=credit.interest,
        schedule=monthly,
        approving=next(organs),
        following=next(organs),
        book=words.called(book.name) if book else credit.book,
    )


def founding(statute: Statute) -> str:
    said = _("promoters, at least {n}; they may act for {time}")
    return said.format(n=statute.founding.promoters_min, time=words.months(statute.founding.months))


def handover(statute: Statute, seats: Iterable[str]) -> str:
    said = _("the day after each of these has somebody in office with an account: {seats}")
    return said.format(seats=list_words([words.called(statute.seat(kind).name) for kind in seats]))


def who_sits(statute: Statute, organ: Organ, councils: int = 1) -> str:
    """In books with so many councils, each of which may have seats of its own in an organ of all."""
    if organ.members is Members.EVERYONE:
        return _("everybody")
    times = {True: councils if not organ.each else 1, False: 1}
    places = sum(seat.count * times[seat.each] for seat in statute.seats_in(organ.id))
    return ngettext("{n} seat", "{n} seats", places).format(n=places)


def said_of_organ(statute: Statute, organ: Organ, councils: int = 1) -> Iterator[Said]:
    name = words.called(organ.name)
    yield Said(name, _("who sits in it"), who_sits(statute, organ, councils), organ.rule)
    if organ.roll:
        yield Said(name, _("who counts"), words.roll(organ.roll), organ.roll.rule)
    for call in organ.calls:
        yield Said(name, words.call_name(call.number), words.call(call), call.quorum.rule)
    if organ.quorum_at_votes:
        yield Said(name, _("at each vote"), _("the quorum is asked for again"), organ.calls[0].quorum.rule)
    if organ.decision:
        yield Said(name, _("what decides"), words.majority(organ.decision), organ.decision.rule)
    if organ.rhythm:
        yield Said(name, _("when it meets"), words.rhythm(organ.rhythm), organ.rhythm.rule)
    if organ.ratification:
        by = words.called(statute.organ(organ.ratification.by).name)
        said = _("ratified or rejected by: {organ}").format(organ=by)
        yield Said(name, _("what seats decide whose terms are over"), said, organ.ratification.rule)
    if organ.imperative:
        yield Said(name, _("how its members vote"), words.bound(organ.imperative.how), organ.imperative.rule)


def said_of_seat(statute: Statute, seat: SeatKind) -> Iterator[Said]:
    name = words.called(seat.name)
    yield Said(name, _("seats"), seat_count(seat), seat.rule)
    yield Said(name, _("term"), words.term(seat.term), seat.term.rule)
    yield Said(name, _("who may stand"), words.eligibility(seat.eligibility), seat.eligibility.rule)


def seat_count(seat: SeatKind) -> str:
    return _("principals {n}, alternates {m}").format(n=seat.count, m=seat.alternates)


def said_of_recall(statute: Statute, recall: Recall) -> Iterator[Said]:
    name = _("Recall")
    organ = words.called(statute.organ(recall.decided_by).name)
    summary = _("{organ} decides; report within {days}; terms barred: {m}")
    said = summary.format(organ=organ, days=words.days(recall.report_days), m=recall.bar_terms)
    yield Said(name, "", said, recall.rule)
    yield Said(name, _("who may ask"), words.share(recall.petition), recall.petition.rule)
    if recall.lapse:
        said = ngettext("{n} day", "{n} days", recall.lapse.days).format(n=recall.lapse.days)
        yield Said(name, _("time to sign"), said, recall.lapse.rule)
    yield Said(name, _("quorum"), words.share(recall.quorum), recall.quorum.rule)
    yield Said(name, _("what decides"), words.majority(recall.majority), recall.majority.rule)


def act_words(verb: str) -> str:
    """The act as its button says it; the bare verb where this program no longer has it."""
    try:
        return str(act_of(verb).label)
    except LookupError:
        return verb


def seat_names(statute: Statute, kinds: tuple[str, ...]) -> list[str]:
    """The seats' names; a group whose portfolios are all there by how many they are."""
    found: dict[str, str] = {}
    for kind in kinds:
        seat = statute.seat(kind)
        group = [one.id for one in statute.seats if one.portfolio_of and one.portfolio_of == seat.portfolio_of]
        if len(group) > 1 and set(group) <= set(kinds):
            organ = words.called(statute.organ(seat.organ).name)
            found[seat.portfolio_of or ""] = _("{organ}: all {n} spokespeople").format(organ=organ, n=len(group))
        else:
            found[kind] = words.called(seat.name)
    return list(found.values())
