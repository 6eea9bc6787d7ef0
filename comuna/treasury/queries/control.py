"""What the books of a commune say of a time, as ``control`` asks for it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from comuna.acts.act import Signing, act_of
from comuna.acts.authority import authority
from comuna.acts.reach import ANYWHERE
from comuna.acts.rules import folded
from comuna.journal import sql
from comuna.journal.models import Record
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.treasury.control import (
    STILL_OPEN,
    Closed,
    Counted,
    Decided,
    Entered,
    Exchanged,
    Finding,
    Imported,
    Lent,
    Numbered,
    OneSided,
    Paid,
    Paper,
    Signer,
    UnderWay,
    doubts_about,
)
from comuna.treasury.models import BankLine, BankStatement, Closing, Entry, Payment, ReceiptBook
from comuna.treasury.models.advances import Advance
from comuna.treasury.models.aid import AidPayment
from comuna.treasury.models.commitments import Drawing
from comuna.treasury.models.counts import Count
from comuna.treasury.models.importing import EntryImport
from comuna.treasury.models.rates import Exchange
from comuna.treasury.models.receipts import Receipt
from comuna.treasury.queries.bankfiles import unmatched_postings
from comuna.treasury.queries.decided import decided_between, uses
from comuna.treasury.queries.receiving import standing
from comuna.treasury.queries.transfers import under_way
from comuna.treasury.rules import RESTS_ON_DECISION

BATCH = 500


class _Made(NamedTuple):
    """What the journal says of the act behind an entry."""

    verb: str
    mandates: tuple[UUID, ...]  # whose holders signed


def doubts(commune: UUID, first: date, last: date, today: date) -> list[Finding]:
    """About everything with a day from ``first`` to ``last``; advances by the day on which they are due."""
    within = {"day__gte": first, "day__lte": last}
    back = _by_its_signers(list(_ever_paid(commune, first, last).exclude(entry__reversal=None)), today)
    counts = Count.objects.filter(commune=commune, **within).values_list("id", "day", "counted", "in_books")
    return doubts_about(
        _paid(commune, list(_payments(commune, first, last)), today),
        [*_entered_afterwards(commune, first, last), *_taken_from_files(commune, first, last)],
        [Counted(id, day, counted - held) for id, day, counted, held in counts],
        _lent(commune, first, last),
        today,
        statutes.decimals(commune),
        transfers=[UnderWay(*one) for one in under_way(commune, first, last)],
        receipts=_numbered(commune, first, last),
        one_sided=_one_sided(commune, first, last),
        taken_back=_paid(commune, back, today),
        closings=_closings(commune, first, last),
        exchanges=_exchanges(commune, first, last),
        imports=_imports(commune, first, last),
        decisions=_decisions(commune, first, last),
    )


def still_open(commune: UUID, before: date, today: date) -> list[Finding]:
    """What of the days before that one waits for somebody to see to it still."""
    first, last = date.min, before - timedelta(days=1)
    waiting = _payments(commune, first, last).filter(entry__receipts=None, entry__aid=None)
    found = doubts_about(
        _paid(commune, list(waiting), today),
        (),
        (),
        _lent(commune, first, last),
        today,
        statutes.decimals(commune),
        transfers=[UnderWay(*one) for one in under_way(commune, first, last)],
        receipts=_numbered(commune, first, last),
        one_sided=_one_sided(commune, first, last),
    )
    return [one for one in found if one.doubt in STILL_OPEN]


def _ever_paid(commune: UUID, first: date, last: date) -> QuerySet[Payment]:
    paid = Payment.objects.filter(commune=commune, entry__day__gte=first, entry__day__lte=last)
    return paid.select_related("entry__book", "entry__reversal", "line")


def _payments(commune: UUID, first: date, last: date) -> QuerySet[Payment]:
    """Those that stand."""
    return _ever_paid(commune, first, last).filter(entry__reversal=None)


def _lent(commune: UUID, first: date, last: date) -> list[Lent]:
    found = Advance.objects.filter(commune=commune, due__gte=first, due__lte=last).values_list("entry", "due", "open")
    return [Lent(entry, due, left) for entry, due, left in found]


def _by_its_signers(taken_back: list[Payment], today: date) -> list[Payment]:
    """Those of these payments that somebody took back who had signed them."""
    made = _made(act for one in taken_back for act in (one.entry.act, one.entry.reversal.act))
    holdings = mandates.holdings({mandate for one in made.values() for mandate in one.mandates}, today)

    def people(act: UUID) -> set[UUID]:
        return {holdings[mandate].person for mandate in made[act].mandates if mandate in holdings}

    return [one for one in taken_back if people(one.entry.act) & people(one.entry.reversal.act)]


def _entered_afterwards(commune: UUID, first: date, last: date) -> list[Entered]:
    """Entries of these days that were made on a later one, but for those out of a file."""
    found = sql.rows(
        "SELECT e.id, CAST(e.day AS TEXT), CAST(r.day AS TEXT) FROM treasury_book b"
        " CROSS JOIN treasury_entry e CROSS JOIN journal_record r LEFT JOIN treasury_entryimport i ON i.id = r.id"
        " WHERE b.commune = %s AND e.book_id = b.id AND e.day BETWEEN %s AND %s AND r.id = e.act AND r.day > e.day"
        " AND i.id IS NULL",  # in this order: the books, their entries of these days, what made each
        *(sql.uuid_value(commune), first.isoformat(), last.isoformat()),
    )
    return [Entered(sql.uuid_of(id), date.fromisoformat(day), date.fromisoformat(made)) for id, day, made in found]


def _taken_from_files(commune: UUID, first: date, last: date) -> list[Entered]:
    found = EntryImport.objects.filter(commune=commune, first__gte=first, first__lte=last)
    return [Entered(*row) for row in found.values_list("id", "first", "day")]


def _one_sided(commune: UUID, first: date, last: date) -> list[OneSided]:
    """Of the accounts that have statements of the bank."""
    lines = BankLine.objects.filter(commune=commune, entry=None, day__gte=first, day__lte=last)
    found = [OneSided(statement, day) for statement, day in lines.values_list("statement", "day")]
    accounts = set(BankStatement.objects.filter(commune=commune).values_list("account", flat=True))
    postings = unmatched_postings(accounts) if accounts else ()
    return found + [OneSided(one.entry_id, one.entry.day) for one in postings if first <= one.entry.day <= last]


def _closings(commune: UUID, first: date, last: date) -> list[Closed]:
    found = Closing.objects.filter(commune=commune, through__gte=first, through__lte=last)
    return [
        Closed(id, through, seen is not None) for id, through, seen in found.values_list("id", "through", "rendering")
    ]


def _exchanges(commune: UUID, first: date, last: date) -> list[Exchanged]:
    found = Exchange.objects.filter(
        commune=commune, entry__day__gte=first, entry__day__lte=last, entry__reversal=None
    ).values_list("entry", "entry__day", "amount", "in_amount", "rate_amount", "rate_in_amount")
    return [
        Exchanged(entry, day, amount, in_amount, (of, to) if of and to else None)
        for entry, day, amount, in_amount, of, to in found
    ]


def _imports(commune: UUID, first: date, last: date) -> list[Imported]:
    """Those by which money of an asset went out for an expense, into books that had entries of their own by then."""
    found = sql.rows(
        "SELECT i.id, CAST(i.first AS TEXT) FROM treasury_entryimport i"
        " WHERE i.commune = %s AND i.first BETWEEN %s AND %s"
        " AND EXISTS (SELECT 1 FROM treasury_entry o WHERE o.book_id = i.book_id AND o.born < i.born"
        " AND NOT EXISTS (SELECT 1 FROM treasury_entryimport f WHERE f.id = o.act)"
        " AND NOT EXISTS (SELECT 1 FROM treasury_posting p JOIN treasury_account a ON a.id = p.account_id"
        " WHERE p.entry_id = o.id AND a.use = %s))"
        " AND EXISTS (SELECT 1 FROM treasury_entry e JOIN treasury_posting p ON p.entry_id = e.id AND p.amount < 0"
        " JOIN treasury_account a ON a.id = p.account_id AND a.kind = %s"
        " JOIN treasury_posting q ON q.entry_id = e.id AND q.amount > 0"
        " JOIN treasury_account b ON b.id = q.account_id AND b.kind = %s"
        " WHERE e.act = i.id AND NOT EXISTS (SELECT 1 FROM treasury_entry r WHERE r.reverses_id = e.id))",
        *(sql.uuid_value(commune), first.isoformat(), last.isoformat(), AccountUse.OPENING.value),
        *(AccountKind.ASSET.value, AccountKind.EXPENSE.value),
    )
    return [Imported(sql.uuid_of(id), date.fromisoformat(day), spends_late=True) for id, day in found]


def _decisions(commune: UUID, first: date, last: date) -> list[Decided]:
    """Those on which something rests that was done in that time and stands, with all that rests on each."""
    tallies = decided_between(commune, RESTS_ON_DECISION, first, last)
    found = []
    for rest in uses(tallies).values():
        standing = [use for use in rest if not use.taken_back]
        days = [use.day for use in standing if first <= use.day <= last]
        if days:
            found.append(Decided(tuple(use.act for use in standing), tuple(use.purpose for use in standing), max(days)))
    return found


def _numbered(commune: UUID, first: date, last: date) -> list[Numbered]:
    """Receipt books that were begun in that time."""
    begun = ReceiptBook.objects.filter(commune=commune, day__gte=first, day__lte=last)
    books = set(begun.values_list("book", flat=True))
    return [
        Numbered(one.receipts.id, one.receipts.day, one.typed)
        for one in (standing(books) if books else ())
        if first <= one.receipts.day <= last
    ]


def _made(acts: Iterable[UUID]) -> dict[UUID, _Made]:
    wanted = sorted(set(acts))
    found: dict[UUID, _Made] = {}
    for start in range(0, len(wanted), BATCH):
        records = Record.objects.filter(pk__in=wanted[start : start + BATCH])
        for id, verb, body in records.values_list("id", "verb", "body"):
            found[id] = _Made(verb, _signed_by(json.loads(bytes(body))))
    return found


def _signed_by(body: dict[str, Any]) -> tuple[UUID, ...]:
    by = body.get("signed_by") or [body.get("by", {}).get("mandate")]
    return tuple(UUID(mandate) for mandate in dict.fromkeys(by) if mandate)


def _paid(commune: UUID, found: list[Payment], today: date) -> list[Paid]:
    made = _made(one.entry.act for one in found)
    holdings = mandates.holdings({m for one in found for m in made[one.entry.act].mandates}, today)
    promised = dict(Drawing.objects.filter(commune=commune).values_list("entry", "commitment__payee"))
    papers = _papers([one.entry_id for one in found])
    aided = set(AidPayment.objects.filter(commune=commune).values_list("entry", flat=True))
    return [
        Paid(
            act=one.entry_id,
            day=one.entry.day,
            line=one.line_id,
            unit=one.line.unit,
            amount=amount,
            payee=_key(one.payee),
            promised_to=_key(promised.get(one.entry_id, "")),
            signers=tuple(
                Signer(_key(held.name), held.term.begins, held.last_day)
                for held in map(holdings.get, made[one.entry.act].mandates)
                if held is not None
            ),
            signatures=_needed(
                commune, made[one.entry.act], one.entry.day, one.entry.book.organ, (one.line.unit, amount)
            ),
            papers=tuple(papers.get(one.entry_id, ())),
            is_aid=one.entry_id in aided,
        )
        for one, amount in zip(found, _amounts(found), strict=True)
    ]


def _amounts(payments: list[Payment]) -> list[int]:
    """What was charged to the line of each."""
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    ids = [one.entry_id for one in payments]
    for start in range(0, len(ids), BATCH):
        rows = Entry.objects.filter(pk__in=ids[start : start + BATCH]).values_list(
            "id", "postings__account", "postings__amount"
        )
        for entry, account, amount in rows:
            found[entry, account] += amount
    return [found[one.entry_id, one.line.account_id] for one in payments]


def _needed(commune: UUID, made: _Made, day: date, organ: str, amount: tuple[str, int]) -> int:
    signing = Signing(amounts=(amount,)) if act_of(made.verb).by_amount else None
    need = authority().signatures(act_of(made.verb), commune, day, organ, ANYWHERE, signing)
    return need.needed if need else 1


def _papers(entries: list[UUID]) -> dict[UUID, list[Paper]]:
    found: dict[UUID, list[Paper]] = defaultdict(list)
    for start in range(0, len(entries), BATCH):
        for one in Receipt.objects.filter(entry__in=entries[start : start + BATCH]).order_by("born"):
            paper = Paper(
                one.id, _key(one.supplier), _number(one.tax_number), _number(one.number), one.unit, one.amount
            )
            found[one.entry_id].append(paper)
    return found


def _key(words: str) -> str:
    """By which a name is known however it was typed."""
    return " ".join(folded(words).replace(",", " ").split())


def _number(words: str) -> str:
    """Letters and digits alone, without zeros in front: ``J-00.12`` is ``j0012`` as ``j 0012`` is."""
    return "".join(letter for letter in folded(words) if letter.isalnum()).lstrip("0")
