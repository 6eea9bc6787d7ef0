"""Opening a book with the accounts of the statute's chart, more accounts beneath those, and what was there before."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import AccountCode, Amount, Day, Id, Label, PublicLine, Row, Slug, StatuteLine, To, UnitCode
from comuna.acts.refusal import Refused, refuse_if
from comuna.journal.queries import commune_here
from comuna.statutes import queries as statutes
from comuna.statutes.bookkeeping import AccountKind, AccountUse, ChartAccount
from comuna.statutes.statute import in_books
from comuna.treasury import effects, queries
from comuna.treasury.acts.bearing import (
    LineRow,
    Unit,
    account_of,
    bearable,
    lines_of,
    new_unit,
    open_day,
    rows_of,
    used_account,
)
from comuna.treasury.models import Account, Book
from comuna.treasury.rules import Draft, Line

ACCOUNTS_MAX = 1_000  # of one book
OPENING_MAX = 200


class AccountRow(Row):
    """An account of the chart, as it was called that day."""

    code: AccountCode
    kind: AccountKind
    use: AccountUse | None = None
    name: StatuteLine


class OpenBook(Act):
    """Open a book that the statute names: from its first day on everything that comes and goes is entered in it."""

    verb = "treasury.open_book"
    power = Power.SEAT
    label = _("Open a book")
    said = _("{seat} opened the book “{name}”, from {day} on")
    undo = None  # an empty book says nothing; entries are taken back one by one

    kind: Annotated[Slug, Label(_("Book"))]
    day: Annotated[Day, Label(_("First day"), help=_("From this day on everything is entered"))]

    class Facts(ActFacts):
        name: StatuteLine
        organ: Slug
        council: Slug | None = None
        unit: UnitCode
        accounts: tuple[AccountRow, ...]

    def in_organ(self) -> str | None:
        commune = commune_here()
        return statutes.organ_of_book_kind(commune, self.kind) if commune else None

    def check(self, world: World) -> Facts:
        kind = statutes.in_force(world.commune, world.day).money.book(self.kind)
        if kind is None:
            raise Refused("treasury.no-such-book", _("The statute in force has no such book."), field="kind")
        refuse_if(
            queries.book_of_kind(world.commune, self.kind) is not None,
            "treasury.opened-already",
            _("This book is open already."),
            citation=kind.rule.source,
            field="kind",
        )
        refuse_if(self.day > world.day, "treasury.day-to-come", _("This day has not come yet."), field="day")
        return self.Facts(
            name=in_books(kind.name),
            organ=kind.organ,
            council=kind.council,
            unit=kind.unit,
            accounts=tuple(
                AccountRow(code=one.code, kind=one.kind, use=one.use, name=in_books(one.name))
                for one in kind.chart.accounts
            ),
        )

    def apply(self, record: Performed) -> None:
        facts = record.facts
        effects.open_book(record, self.kind, facts.organ, facts.council or "", facts.unit, self.day)
        for one in facts.accounts:
            effects.open_account(
                record, record.id, one.code, one.kind.value, one.use.value if one.use else "", one.name
            )


class OpenAccount(Act):
    """Open an account beneath one of the book's: a second bank account, the store of another street, a kind of expense
    of your own; or one that a later statute has added to the chart, wherever it stands."""

    verb = "treasury.open_account"
    power = Power.SEAT
    label = _("Open an account")
    said = _("{seat} opened the account {code} “{name}”")
    undo = None  # an account that nobody uses says nothing

    beneath: Annotated[Id, To(Account), Label(_("Beneath"))]
    code: Annotated[
        AccountCode, Label(_("Code"), help=_("That of the account above, a point, and a number: 1.1.02.01"))
    ]
    name: Annotated[PublicLine, Label(_("What it is called"))]

    class Facts(ActFacts):
        book: Id
        kind: AccountKind
        use: AccountUse | None = None

    def in_organ(self) -> str | None:
        return queries.organ_of_account(self.beneath)

    def check(self, world: World) -> Facts:
        above = world.get(Account, self.beneath, field="beneath")
        kind = statutes.in_force(world.commune, world.day).money.book(above.book.kind)
        of_chart = kind.chart.account(self.code) if kind else None
        self._refuse_place(above, of_chart)
        refuse_if(
            queries.account_with_code(above.book_id, self.code) is not None,
            "treasury.code-taken",
            _("The book has an account with this code."),
            field="code",
        )
        refuse_if(
            len(queries.accounts(above.book_id)) >= ACCOUNTS_MAX,
            "treasury.too-many-accounts",
            _("A book has a thousand accounts at most."),
            field="code",
        )
        if of_chart is None:
            return self.Facts(book=above.book_id, kind=AccountKind(above.kind))
        refuse_if(
            of_chart.use is not None and queries.account_for_use(above.book_id, of_chart.use.value) is not None,
            "treasury.use-taken",
            _("The book has another account that entries use by themselves for this."),
            field="code",
        )
        return self.Facts(book=above.book_id, kind=of_chart.kind, use=of_chart.use)

    def _refuse_place(self, above: Account, of_chart: ChartAccount | None) -> None:
        if of_chart is not None:
            refuse_if(
                self.name != in_books(of_chart.name),
                "treasury.named-by-the-statute",
                _("The statute has this account and calls it “{name}”.").format(name=in_books(of_chart.name)),
                field="name",
            )
            return
        refuse_if(
            not self.code.startswith(f"{above.code}."),
            "treasury.code-not-beneath",
            _("The code begins with that of the account above: {code}.").format(code=f"{above.code}."),
            field="code",
        )
        refuse_if(
            above.use != "",
            "treasury.account-of-its-own",
            _("Entries use this account by themselves; nothing stands beneath it."),
            field="beneath",
        )

    def apply(self, record: Performed) -> None:
        facts = record.facts
        use = facts.use.value if facts.use else ""
        effects.open_account(record, facts.book, self.code, facts.kind.value, use, self.name, id=record.id)


class OpeningRow(Row):
    account: Annotated[Id, To(Account), Label(_("Account"))]
    amount: Annotated[Amount, Label(_("Amount"))]


class RecordOpening(Act):
    """Enter what was there when the book was opened: money counted, goods in the store, what others owed and what was
    owed to them."""

    verb = "treasury.record_opening"
    power = Power.SEAT
    label = _("Enter the opening balance")
    said = _("{seat} entered what was there when the book was opened (accounts: {rows})")
    undo = "treasury.reverse"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    unit: Unit
    rows: Annotated[tuple[OpeningRow, ...], Label(_("What was there"))]

    class Facts(ActFacts):
        lines: tuple[LineRow, ...]
        day: Day

    def in_organ(self) -> str | None:
        return queries.organ_of_book(self.book)

    def check(self, world: World) -> Facts:
        book = world.get(Book, self.book, field="book")
        new_unit(world, self.unit)
        open_day(world, book, book.day, field="book")
        refuse_if(not self.rows, "treasury.nothing-there", _("Write down one amount at least."), field="rows")
        refuse_if(
            len(self.rows) > OPENING_MAX,
            "treasury.too-many-lines",
            _("Too many lines at once; at most: {n}.").format(n=OPENING_MAX),
            field="rows",
        )
        used = used_account(book, AccountUse.OPENING)
        kinds = (AccountKind.ASSET, AccountKind.LIABILITY)
        lines = []
        for number, row in enumerate(self.rows):
            account = account_of(world, book, row.account, f"rows.{number}.account", kinds)
            sign = 1 if account.kind == AccountKind.ASSET.value else -1
            lines.append(Line(account.id, self.unit, sign * int(row.amount)))
        refuse_if(
            len({line.account for line in lines}) < len(lines),
            "treasury.account-twice",
            _("An account stands twice."),
            field="rows",
        )
        rest = -sum(line.amount for line in lines)
        whole = (*lines, Line(used.id, self.unit, rest)) if rest else tuple(lines)
        bearable(whole, field="rows")
        return self.Facts(lines=rows_of(whole), day=book.day)

    def apply(self, record: Performed) -> None:
        lines = lines_of(record.facts.lines)
        effects.post(record, [Draft(record.id, self.book, record.facts.day, "", lines)])
