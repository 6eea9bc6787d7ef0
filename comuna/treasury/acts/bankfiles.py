"""What the bank says of an account, taken from its file and matched with the entries.

The columns of a bank's file are said once; from then on a file is taken by one act, each row of it or why not. A line
of the bank and an entry are matched by an act, since the books and the bank may both be wrong. What stands on one side
alone is public: day, amount and reference. The words of the bank may name who paid, and are for who keeps the book.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from pydantic import Field as Limits, PrivateAttr

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import (
    Audience,
    Count,
    Day,
    FileDigest,
    HexDigest,
    Id,
    Label,
    Line as WordsLine,
    PublicLine,
    Row,
    SignedAmount,
    StatuteLine,
    To,
)
from comuna.acts.refusal import Refused, refuse_if
from comuna.journal import files
from comuna.journal.chain import FileCited
from comuna.statutes.bookkeeping import AccountKind
from comuna.treasury import queries
from comuna.treasury.acts.bank_table import LINES_MAX, MEDIA_TYPE, BankRow, read_bank_table
from comuna.treasury.acts.bearing import Unit, account_of, closed_stays, known_unit
from comuna.treasury.acts.import_table import NotThisTable
from comuna.treasury.effects import bankfiles as effects
from comuna.treasury.models import Account, BankLine, BankStatement, Entry
from comuna.treasury.plaintext.bankfiles import DecimalMark, WhyLeft
from comuna.treasury.queries import bankfiles as asked

PAIRS_MAX = 500
LEFT_MAX = 500  # runs of rows
Head = Annotated[PublicLine | None, Label(_("Column"))]


def _account(world: World, id: Any, unit: str) -> Account:
    account = world.get(Account, id, field="account")
    account_of(world, account.book, account.id, "account", (AccountKind.ASSET,))
    known_unit(world, unit)
    return account


class SayBankColumns(Act):
    """Say which column of the bank's files means what. It is kept: the next file of this account needs none of it."""

    verb = "treasury.say_bank_columns"
    power = Power.SEAT
    label = _("Say what the bank's columns mean")
    said = _("{seat} said what the columns of the bank's files of {account_name} mean")
    undo = None  # said anew

    account: Annotated[Id, To(Account), Label(_("Account"))]
    unit: Unit
    day_head: Annotated[PublicLine, Label(_("Head of the day"), help=_("As it stands above the column"))]
    amount_head: Annotated[
        PublicLine | None, Label(_("Head of the amount"), help=_("Where one column has what came and what went"))
    ] = None
    came_head: Annotated[PublicLine | None, Label(_("Head of what came in"))] = None
    went_head: Annotated[PublicLine | None, Label(_("Head of what went out"))] = None
    reference_head: Annotated[PublicLine | None, Label(_("Head of the reference"))] = None
    words_head: Annotated[PublicLine | None, Label(_("Head of the bank's words"))] = None
    balance_head: Annotated[PublicLine | None, Label(_("Head of the balance"))] = None
    decimal_mark: Annotated[DecimalMark, Label(_("How the bank writes decimals"))]

    class Facts(ActFacts):
        account_name: StatuteLine

    def in_organ(self) -> str | None:
        return queries.organ_of_account(self.account)

    def check(self, world: World) -> Facts:
        account = _account(world, self.account, self.unit)
        one, two = self.amount_head is not None, (self.came_head is not None, self.went_head is not None)
        refuse_if(
            one == all(two) or (one and any(two)),
            "treasury.amount-columns",
            _("Amounts stand in one column, or in two: what came in and what went out."),
            field="amount_head",
        )
        return self.Facts(account_name=account.name or account.code)

    def apply(self, record: Performed) -> None:
        heads = {name: getattr(self, name) or "" for name in type(self).model_fields if name.endswith("_head")}
        effects.say_columns(record, self.account, self.unit, heads | {"decimal_mark": self.decimal_mark.value})


class LeftRow(Row):
    """Rows that follow one another and were not taken for one reason."""

    first: Count
    last: Count
    why: WhyLeft


class TakeBankStatement(Act):
    """Take what the bank says of an account from its file: each row, or why not."""

    verb = "treasury.take_bank_statement"
    power = Power.SEAT
    label = _("Take the bank's statement")
    said = _("{seat} took the bank's statement of {account_name}, {first} to {last} (rows: {rows})")
    undo = "treasury.forget_bank_statement"

    account: Annotated[Id, To(Account), Label(_("Account"))]
    unit: Unit
    table: Annotated[FileDigest, Label(_("Digest of what was read"))]
    original: Annotated[HexDigest, Label(_("Digest of the bank's file"))]
    references: Annotated[tuple[WordsLine, ...], Audience("public"), Limits(max_length=LINES_MAX)] = ()
    words: Annotated[tuple[WordsLine, ...], Audience("household"), Limits(max_length=LINES_MAX)] = ()
    left: Annotated[tuple[LeftRow, ...], Limits(max_length=LEFT_MAX)] = ()

    _rows: list[BankRow] | None = PrivateAttr(default=None)  # once ``check`` has read them

    class Facts(ActFacts):
        account_name: StatuteLine
        rows: Count
        first: Day
        last: Day
        balance: SignedAmount | None = None
        size: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_account(self.account)

    def check(self, world: World) -> Facts:
        account = _account(world, self.account, self.unit)
        rows = self._rows = _table(self.table)
        refuse_if(
            not rows,
            "treasury.nothing-new-of-the-bank",
            _("There is no row in this file that was not taken before."),
            field="table",
        )
        refuse_if(
            (sum(row.reference for row in rows), sum(row.words for row in rows))
            != (len(self.references), len(self.words)),
            "treasury.other-words",
            _("The words and the rows of this import do not belong together. Read the file again."),
            field="words",
        )
        references, known = iter(self.references), asked.said_before(account.id, self.unit)
        for row in rows:
            reference = asked.reference_key(next(references)) if row.reference else ""
            self._judge(world, row, known[row.day, int(row.amount), reference])
        days = [row.day for row in rows]
        newest_last = rows if days[-1] >= days[0] else rows[::-1]
        balances = [row.balance for row in newest_last if row.day == max(days) and row.balance is not None]
        return self.Facts(
            account_name=account.name or account.code,
            rows=len(rows),
            first=min(days),
            last=max(days),
            balance=balances[-1] if balances else None,
            size=len(files.read(self.table)),
        )

    def _judge(self, world: World, row: BankRow, known: int) -> None:
        at = f"table.{row.number}"
        refuse_if(row.day > world.day, "treasury.day-to-come", _("This day has not come yet."), field=at)
        refuse_if(int(row.amount) == 0, "treasury.moves-nothing", _("A line moves nothing."), field=at)
        words = _("Row {row} was taken before: {day}, {amount}.").format(
            row=row.number, day=row.day, amount=queries.amount_said(int(row.amount), self.unit, world.commune)
        )
        refuse_if(row.alike <= known, "treasury.bank-row-known", words, field=at)

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(self.table, facts.size, MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        facts, references, words = record.facts, iter(self.references), iter(self.words)
        balance = None if facts.balance is None else int(facts.balance)
        span = {"first": facts.first, "last": facts.last, "balance": balance}
        lines = [
            {
                "number": row.number,
                "day": row.day,
                "amount": int(row.amount),
                "reference": next(references, "") if row.reference else "",
                "words": next(words, "") if row.words else "",
            }
            for row in self._rows or read_bank_table(self.table)
        ]
        left = [(row.first, row.last, row.why.value) for row in self.left]
        effects.take(record, self.account, self.unit, span, lines, left)


class ForgetBankStatement(Act):
    """Take a statement of the bank out again, with what its lines were matched with. The entries stay. Not where a day
    of it, or of an entry with which a line is matched, is closed."""

    verb = "treasury.forget_bank_statement"
    power = Power.SEAT
    label = _("Take this statement out")
    said = _("{seat} took a statement of the bank out (rows: {rows}): {words}")
    undo = "treasury.take_bank_statement"

    statement: Annotated[Id, To(BankStatement), Label(_("Statement of the bank"))]
    words: Annotated[PublicLine, Label(_("Why"))]

    class Facts(ActFacts):
        rows: Count

    def in_organ(self) -> str | None:
        return asked.organ_of_statement(self.statement)

    def check(self, world: World) -> Facts:
        statement = world.get(BankStatement, self.statement, field="statement")
        closed_stays(statement.account.book_id, asked.shown_since(statement), "statement")
        return self.Facts(rows=statement.lines.count())

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.statement, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        effects.forget(record, self.statement)


class MatchedRow(Row):
    line: Annotated[Id, To(BankLine), Label(_("Line of the bank"))]
    entry: Annotated[Id, To(Entry), Label(_("Entry"))]


class MatchBankLines(Act):
    """Say which lines of the bank are which entries. The amounts must be the same."""

    verb = "treasury.match_bank_lines"
    power = Power.SEAT
    label = _("Match with the bank")
    said = _("{seat} matched lines of the bank with entries of {account_name} (lines: {pairs})")
    undo = "treasury.unmatch_bank_line"

    account: Annotated[Id, To(Account), Label(_("Account"))]
    rows: Annotated[tuple[MatchedRow, ...], Limits(max_length=PAIRS_MAX), Label(_("What is the same"))]

    class Facts(ActFacts):
        account_name: StatuteLine
        pairs: Count

    def in_organ(self) -> str | None:
        return queries.organ_of_account(self.account)

    def check(self, world: World) -> Facts:
        account = world.get(Account, self.account, field="account")
        refuse_if(not self.rows, "treasury.nothing-to-match", _("Nothing was matched."), field="rows")
        refuse_if(
            len({row.line for row in self.rows}) < len(self.rows)
            or len({row.entry for row in self.rows}) < len(self.rows),
            "treasury.matched-twice",
            _("A line or an entry stands twice here."),
            field="rows",
        )
        for at, row in enumerate(self.rows):
            self._judge(world, account, row, f"rows.{at}")
        return self.Facts(account_name=account.name or account.code, pairs=len(self.rows))

    def _judge(self, world: World, account: Account, row: MatchedRow, at: str) -> None:
        line = world.get(BankLine, row.line, field=f"{at}.line")
        entry = world.get(Entry, row.entry, field=f"{at}.entry")
        refuse_if(
            line.account_id != account.id,
            "treasury.other-account",
            _("This account cannot be used here: it is of another book, or of another kind."),
            field=f"{at}.line",
        )
        refuse_if(
            line.entry_id is not None or asked.is_matched(entry.id, account.id),
            "treasury.matched-already",
            _("The line or the entry is matched already."),
            field=f"{at}.line",
        )
        refuse_if(
            entry.reverses_id is not None or queries.is_reversed(entry.id),
            "treasury.matched-with-nothing",
            _("This entry was taken back, or takes another one back: the bank knows nothing of it."),
            field=f"{at}.entry",
        )
        moved = asked.moved_by(entry.id, account.id, line.unit)
        words = _("The bank says {bank}, the entry {books}.").format(
            bank=queries.amount_said(line.amount, line.unit, world.commune),
            books=queries.amount_said(moved, line.unit, world.commune),
        )
        refuse_if(moved != line.amount, "treasury.other-amount", words, field=f"{at}.entry")

    def apply(self, record: Performed) -> None:
        effects.match(record, [(row.line, row.entry) for row in self.rows])


class UnmatchBankLine(Act):
    """Say that a line of the bank and the entry with which it was matched are not the same. What is matched on a day
    that is closed stays so: neighbours saw it with the accounts that were approved."""

    verb = "treasury.unmatch_bank_line"
    power = Power.SEAT
    label = _("Undo the match")
    said = _("{seat} undid the match of a line of the bank with entry {folio}")
    undo = "treasury.match_bank_lines"

    line: Annotated[Id, To(BankLine), Label(_("Line of the bank"))]

    class Facts(ActFacts):
        folio: Count

    def in_organ(self) -> str | None:
        return asked.organ_of_line(self.line)

    def check(self, world: World) -> Facts:
        line = world.get(BankLine, self.line, field="line")
        refuse_if(line.entry_id is None, "treasury.not-matched", _("This line is matched with nothing."), field="line")
        assert line.entry is not None
        closed_stays(line.entry.book_id, min(line.day, line.entry.day), "line")
        return self.Facts(folio=line.entry.folio)

    def apply(self, record: Performed) -> None:
        effects.unmatch(record, self.line)


def _table(digest: str) -> list[BankRow]:
    try:
        return read_bank_table(digest)
    except files.NoSuchFile as error:
        words = _("No file with this code has been handed in.")
        raise Refused("treasury.no-such-file", words, field="table") from error
    except NotThisTable as error:
        words = _("This is no file of what a bank says.")
        raise Refused("treasury.not-a-bank-table", words, field="table") from error
