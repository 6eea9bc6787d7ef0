"""The tables [[unit]], [[chart]], [[book]], [[credit]] and [[aid]] of a statute's file, and what must hold of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from comuna.statutes.bookkeeping import (
    DECIMALS_MAX,
    OF_A_BANK,
    OF_EVERY_CHART,
    AccountKind,
    AccountUse,
    AidKind,
    Bookkeeping,
    BookKind,
    Chart,
    ChartAccount,
    CreditKind,
    Schedule,
    Unit,
    UnitKind,
)
from comuna.statutes.known import Known
from comuna.statutes.positions import Path
from comuna.statutes.processwords import Note
from comuna.statutes.reading import Table
from comuna.statutes.values import Rule

_UNIT = re.compile(r"[A-Z][A-Z0-9-]{0,11}")
CREDIT_MONTHS_MAX, CREDIT_MAX, LIMIT_MAX = 120, 10**9, 10**9
_CODE = re.compile(r"\d{1,4}(\.\d{1,4}){0,5}")


def read_money(top: Table, known: Known) -> Bookkeeping:
    units = tuple(_unit(table) for table in top.tables("unit"))
    charts = _charts(top.tables("chart"))
    books = tuple(_book(table, known, units, charts) for table in top.tables("book"))
    credits = tuple(_credit(table, known, units, books) for table in top.tables("credit"))
    aids = tuple(_aid(table, known, books) for table in top.tables("aid"))
    return Bookkeeping(units, tuple(charts.values()), books, credits, aids)


def _unit(table: Table) -> Unit:
    id = table.text("id")
    if id and not _UNIT.fullmatch(id):
        table.note("id", _("{what}: a unit is called by capital letters, digits and hyphens, as VES; at most 12"))
    unit = Unit(
        rule=table.rule(),
        id=id,
        name=table.names("name"),
        kind=table.choice("kind", UnitKind),
        decimals=table.whole("decimals", 0, DECIMALS_MAX),
    )
    table.finish()
    return unit


def _charts(tables: Iterable[Table]) -> dict[str, Chart]:
    """By their ids."""
    found: dict[str, Chart] = {}
    for table in tables:
        chart = Chart(
            rule=table.rule(), id=table.id("id"), accounts=tuple(_account(one) for one in table.tables("account"))
        )
        if chart.id in found:
            table.note("id", _("{what}: the id stands twice"))
        found[chart.id] = chart
        table.finish()
    return found


def _account(table: Table) -> ChartAccount:
    code = table.text("code")
    if code and not _CODE.fullmatch(code):
        table.note("code", _("{what}: a code is digits in groups, as 1.1.01; at most six groups of four"))
    account = ChartAccount(
        code=code,
        name=table.names("name"),
        kind=table.choice("kind", AccountKind),
        use=table.choice("use", AccountUse) if table.has("use") else None,
        limit=table.whole("limit", 1, LIMIT_MAX) if table.has("limit") else None,
    )
    if account.limit is not None and (account.kind is not AccountKind.ASSET or account.use is not None):
        table.note("limit", _("{what}: only a place for money has a limit: an asset that no act uses by itself"))
    if account.use is AccountUse.ADVANCES and account.kind is not AccountKind.ASSET:
        table.note("kind", _("{what}: advances stand in an asset, since they come back"))
    table.finish()
    return account


def _book(table: Table, known: Known, units: Iterable[Unit], charts: Mapping[str, Chart]) -> BookKind:
    chart = charts.get(table.one_of("chart", charts))
    book = BookKind(
        rule=table.rule(),
        id=table.id("id"),
        name=table.names("name"),
        organ=table.one_of("organ", known.organs),
        decides=table.one_of("decides", known.organs),
        chart=chart or Chart(table.nowhere, "", ()),
        unit=table.one_of("unit", {unit.id for unit in units}),
    )
    table.finish()
    return book


def _credit(table: Table, known: Known, units: Iterable[Unit], books: Iterable[BookKind]) -> CreditKind:
    credit = CreditKind(
        rule=table.rule(),
        id=table.id("id"),
        name=table.names("name"),
        book=table.one_of("book", {book.id for book in books}),
        approved_by=table.one_of("approved_by", known.organs),
        followed_by=table.one_of("followed_by", known.organs),
        interest=table.whole("interest", 0, 100),
        months_max=table.whole("months_max", 1, CREDIT_MONTHS_MAX),
        unit=table.one_of("unit", {unit.id for unit in units}),
        amount_max=table.whole("amount_max", 1, CREDIT_MAX),
        schedule=table.choice("schedule", Schedule),
    )
    table.finish()
    return credit


def _aid(table: Table, known: Known, books: Iterable[BookKind]) -> AidKind:
    aid = AidKind(
        rule=table.rule(),
        id=table.id("id"),
        name=table.names("name"),
        book=table.one_of("book", {book.id for book in books}),
        decided_by=table.one_of("decided_by", known.organs),
        account=table.text("account") if table.has("account") else "",
    )
    table.finish()
    return aid


# Checked once all has been read


def book_faults(money: Bookkeeping, ids: set[str], note: Note) -> None:
    """Note what is wrong; ``ids`` are those of organs and seats, which no book shares."""
    seen: set[str] = set()
    for number, unit in enumerate(money.units):
        if unit.id in seen:
            note(("unit", number, "id"), _("unit {unit} stands twice"), unit=unit.id)
        seen.add(unit.id)
    named = {book.chart.id for book in money.books}
    for number, chart in enumerate(money.charts):
        path: Path = ("chart", number)
        if chart.id not in named:
            note((*path, "id"), _("chart {chart} is named nowhere"), chart=chart.id)
        _chart_faults(chart, path, note)
    taken = set(ids)
    for number, book in enumerate(money.books):
        if book.id in taken:
            note(("book", number, "id"), _("book: the id {book} stands twice"), book=book.id)
        taken.add(book.id)
    for number, credit in enumerate(money.credits):
        at: Path = ("credit", number)
        if credit.id in taken:
            note((*at, "id"), _("credit: the id {credit} stands twice"), credit=credit.id)
        taken.add(credit.id)
        if credit.approved_by == credit.followed_by:
            words = _("credit {credit}: the organ that approves does not follow up")
            note((*at, "followed_by"), words, credit=credit.id)
        book_of = money.book(credit.book)
        for use in OF_A_BANK if book_of else ():
            if book_of and book_of.chart.for_use(use) is None:
                words = _("credit {credit}: the chart of its book has no account for {use} (use = …)")
                note((*at, "book"), words, credit=credit.id, use=use.value)

    _aid_faults(money, taken, note)


def _aid_faults(money: Bookkeeping, taken: set[str], note: Note) -> None:
    deciding: dict[str, str] = {}
    paying: dict[str, str] = {}
    for number, aid in enumerate(money.aids):
        at: Path = ("aid", number)
        if aid.id in taken:
            note((*at, "id"), _("aid: the id {aid} stands twice"), aid=aid.id)
        taken.add(aid.id)
        if deciding.setdefault(aid.book, aid.decided_by) != aid.decided_by:
            note((*at, "decided_by"), _("aid {aid}: one organ decides about all aid of a book"), aid=aid.id)
        if paying.setdefault(aid.book, aid.account) != aid.account:
            note((*at, "account"), _("aid {aid}: all aid of a book is paid out of one account"), aid=aid.id)
        book = money.book(aid.book)
        account = book.chart.account(aid.account) if book else None
        if book and aid.account and (account is None or account.kind is not AccountKind.EXPENSE):
            words = _("aid {aid}: the chart of its book has no account {account} on which money is spent")
            note((*at, "account"), words, aid=aid.id, account=aid.account)


def _chart_faults(chart: Chart, path: Path, note: Note) -> None:
    codes: set[str] = set()
    uses: set[AccountUse] = set()
    for place, account in enumerate(chart.accounts):
        at = (*path, "account", place)
        if account.code in codes:
            note((*at, "code"), _("chart {chart}: {code} stands twice"), chart=chart.id, code=account.code)
        codes.add(account.code)
        if account.use in uses:
            note((*at, "use"), _("chart {chart}: two accounts are for {use}"), chart=chart.id, use=account.use)
        if account.use:
            uses.add(account.use)
    for use in OF_EVERY_CHART:
        if use not in uses:
            note(path, _("chart {chart}: no account is for {use} (use = …)"), chart=chart.id, use=use.value)
    if not any(account.kind is AccountKind.ASSET for account in chart.accounts):
        note(path, _("chart {chart}: no account is an asset, so the book could hold nothing"), chart=chart.id)


def book_rules(money: Bookkeeping) -> Iterable[tuple[Path, Rule]]:
    """Every rule of them with the table in which it stands."""
    for key, rules in (
        ("unit", [one.rule for one in money.units]),
        ("chart", [one.rule for one in money.charts]),
        ("book", [one.rule for one in money.books]),
        ("credit", [one.rule for one in money.credits]),
        ("aid", [one.rule for one in money.aids]),
    ):
        yield from (((key, number), rule) for number, rule in enumerate(rules))
