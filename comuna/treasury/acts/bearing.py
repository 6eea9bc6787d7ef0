"""What every act that moves money or goods asks of the books before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Signing, World
from comuna.acts.fields import Day, Id, Label, PublicLine, Row, SignedAmount, UnitCode
from comuna.acts.moment import day_now
from comuna.acts.refusal import Refused, refuse_if
from comuna.look.words import day_words
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import KEPT_ONE_BY_ONE, AccountKind, AccountUse, Unit as StatuteUnit
from comuna.treasury import queries
from comuna.treasury.models import Account, Book, BudgetLine, Entry
from comuna.treasury.queries import redenomination
from comuna.treasury.queries.advances import holds_advances
from comuna.treasury.rules import BALANCE_MAX, Line, reversed_lines, unbalanced

EntryDay = Annotated[Day, Label(_("Day"), help=_("On which it happened"))]
Unit = Annotated[UnitCode, Label(_("Counted in"))]
Words = Annotated[
    PublicLine, Label(_("What for"), help=_("Anybody reads this: name no neighbours, only what the money is for"))
]


OUT_OF = (AccountKind.ASSET,)


def over(
    verb: str, book: UUID | None, unit: str, amount: str, day: date, kinds: Sequence[AccountKind] = OUT_OF
) -> Signing:
    """For what a statute may ask more signatures: so much of a unit, with what the same book moved on one day by the
    same kind of act, so that five moves of a little less are not signed by one. Of that day is what happened on it,
    and what was entered on the same day as this: else it would be spread over days that are gone. What was taken back
    counts no more. ``kinds`` are of the accounts that give it."""
    alone, found = int(amount), queries.of_commune(book) if book else None
    if book is None or found is None:
        return Signing(amounts=((unit, alone),))
    today = day_now(found)
    statute = statutes.in_force(found, today)
    if not statute.signatures_by_amount(verb):
        return Signing(amounts=((unit, alone),))
    earlier = queries.moved_that_day(book, verb, unit, (day, today), [one.value for one in kinds])
    amounts, why = ((unit, alone + earlier),), ""
    if statute.signatures_for(verb, amounts) != statute.signatures_for(verb, ((unit, alone),)):
        why = _("{earlier} of the same day count with it: together {total}.").format(
            earlier=queries.amount_said(earlier, unit, found), total=queries.amount_said(alone + earlier, unit, found)
        )
    return Signing(amounts=amounts, why=why)


class LineRow(Row):
    """A posting as it will be written."""

    account: Id
    unit: UnitCode
    amount: SignedAmount


def rows_of(lines: Iterable[Line]) -> tuple[LineRow, ...]:
    return tuple(LineRow(account=one.account, unit=one.unit, amount=str(one.amount)) for one in lines)


def lines_of(rows: Iterable[LineRow]) -> tuple[Line, ...]:
    return tuple(Line(row.account, row.unit, int(row.amount)) for row in rows)


def open_day(world: World, book: Book, day: date, field: str = "day") -> None:
    """Refuses a day that has not come, lies before the book or is closed."""
    refuse_if(day > world.day, "treasury.day-to-come", _("This day has not come yet."), field=field)
    refuse_if(
        day < book.day,
        "treasury.before-the-book",
        _("This book begins later; what was there before is its opening balance."),
        field=field,
    )
    closed = queries.closed_through(book.id)
    refuse_if(
        closed is not None and day <= closed,
        "treasury.closed",
        _("The accounts of that day are approved and closed. Enter it on a later day and say so in words."),
        field=field,
    )


def closed_stays(book: UUID, day: date, field: str) -> None:
    """Refuses to take away what stands with accounts that are closed."""
    closed = queries.closed_through(book)
    refuse_if(
        closed is not None and day <= closed,
        "treasury.stands-with-closed",
        _("The accounts of that day are approved and closed: what was shown with them stays."),
        field=field,
    )


def entry_to_take_back(world: World, id: UUID, day: date) -> tuple[Entry, tuple[Line, ...]]:
    """The entry, which nobody took back yet, and its postings the other way round. Raises Refused."""
    entry = world.get(Entry, id, field="entry")
    refuse_if(
        queries.is_reversed(entry.id), "treasury.reversed-already", _("It was taken back already."), field="entry"
    )
    open_day(world, entry.book, day)
    refuse_if(
        day < entry.day,
        "treasury.reversed-before",
        _("It cannot be taken back before the day on which it stands."),
        field="day",
    )
    return entry, reversed_lines(queries.lines_of(entry.id))


def account_of(
    world: World, book: Book, id: UUID, field: str, kinds: Iterable[AccountKind], *, even_kept: bool = False
) -> Account:
    """An account of the book, of one of these kinds, and unless ``even_kept`` none of which each part is kept one by
    one. Raises Refused."""
    account = world.get(Account, id, field=field)
    refuse_if(
        account.book_id != book.id or account.kind not in {kind.value for kind in kinds},
        "treasury.other-account",
        _("This account cannot be used here: it is of another book, or of another kind."),
        field=field,
    )
    if not even_kept:
        refuse_kept_one_by_one(field, if_so=account.use in KEPT_ONE_BY_ONE or holds_advances(account.id))
    return account


def refuse_kept_one_by_one(field: str, *, if_so: bool) -> None:
    """What only acts of their own enter, since it is kept by member, by credit or by advance too."""
    refuse_if(
        if_so,
        "treasury.kept-one-by-one",
        _("Savings, credits and advances are kept one by one: their own acts enter what comes and goes."),
        field=field,
    )


def not_the_same(one: UUID, other: UUID, field: str) -> None:
    """Refuses what would move nothing: out of an account into itself."""
    refuse_if(one == other, "treasury.same-account", _("These are the same account."), field=field)


def no_more_than_owed(world: World, line: BudgetLine, amount: int) -> None:
    """Refuses to pay back more than is owed, where the line is of a debt."""
    account = queries.account(line.account_id)
    owed = -queries.balance(account.id, line.unit)
    if account.kind == AccountKind.LIABILITY.value and amount > owed:
        raise Refused(
            "treasury.more-than-owed",
            _("{amount} are owed; more is not taken.").format(
                amount=queries.amount_said(max(owed, 0), line.unit, world.commune)
            ),
            field="amount",
        )


def used_account(book: Book, use: AccountUse) -> Account:
    """The account that acts use by themselves: every chart has one for each use."""
    found = queries.account_for_use(book.id, use.value)
    assert found is not None, f"book {book.id} has no account for {use}"
    return found


def new_unit(world: World, unit: str, field: str = "unit") -> None:
    """Refuses what the statute in force does not know, where something comes in from outside of the books."""
    not_retired(world.commune, unit, field)
    _known(statutes.in_force(world.commune, world.day).money.unit(unit), field)


def known_unit(world: World, unit: str, field: str = "unit", *, even_retired: bool = False) -> None:
    """Refuses what no statute ever knew, and unless ``even_retired`` a currency that lost its zeros. What is in the
    books is moved, counted and spent also when the statute in force leaves its unit out."""
    if not even_retired:
        not_retired(world.commune, unit, field)
    _known(statutes.unit(world.commune, unit), field)


def _known(unit: StatuteUnit | None, field: str) -> None:
    refuse_if(
        unit is None,
        "treasury.no-such-unit",
        _("The statute in force knows no such currency or good."),
        field=field,
    )


def within_limit(world: World, book: Book, lines: Iterable[Line], field: str = "amount") -> None:
    """Refuses to put more into an account than the statute lets it hold: whoever brings money chooses where it goes.
    What the books learn afterwards (a count, an entry taken back, what was there before) is entered and shown instead,
    since it is there already. A limit holds for an account and those beneath it together."""
    coming: dict[UUID, int] = defaultdict(int)
    limits: dict[UUID, tuple[Account, int]] = {}
    for account_id, unit, amount in lines:
        if unit == book.unit:
            for account, limit in queries.limits_over(book, queries.account(account_id), world.day):
                coming[account.id] += amount
                limits[account.id] = account, limit
    for account, limit in limits.values():
        if coming[account.id] > 0 and queries.balance_with_beneath(account, book.unit) + coming[account.id] > limit:
            raise Refused(
                "treasury.above-the-limit",
                _("{account} holds {amount} at most, by the statute. Put the rest elsewhere.").format(
                    account=account.name, amount=queries.amount_said(limit, book.unit, world.commune)
                ),
                field=field,
            )


def not_retired(commune: UUID, unit: str, field: str) -> None:
    """Refuses a currency that lost its zeros and became another one."""
    found = redenomination.retired(commune).get(unit)
    if found is not None:
        raise Refused(
            "treasury.unit-retired",
            _("{unit} became {in_unit} on {day}: nothing is entered in it any more.").format(
                unit=unit, in_unit=found.in_unit, day=day_words(found.day, weekday=False)
            ),
            field=field,
        )


def bearable(
    lines: Iterable[Line], *, below_nothing: bool = False, field: str = "amount", new: UUID | None = None
) -> None:
    """Refuses what an asset does not hold, unless ``below_nothing``, and sums that no table could hold. ``new`` is an
    account that the act opens."""
    lines = tuple(lines)
    assert not unbalanced(lines), "what does not balance is no entry"
    for account_id, unit, amount in lines:
        if account_id == new:
            continue
        account = queries.account(account_id)
        not_retired(account.commune, unit, field)
        after = queries.balance(account_id, unit) + amount
        refuse_if(
            abs(after) > BALANCE_MAX or abs(amount) > BALANCE_MAX,
            "treasury.too-large",
            _("An account cannot hold so much; a currency that has lost its worth gets a new unit."),
            field=field,
        )
        if account.kind == AccountKind.ASSET.value and amount < 0 and after < 0 and not below_nothing:
            held = queries.amount_said(after - amount, unit, account.commune)
            raise Refused(
                "treasury.not-enough",
                _("{account} holds {amount}; more cannot go out of it.").format(account=account.name, amount=held),
                field=field,
            )
