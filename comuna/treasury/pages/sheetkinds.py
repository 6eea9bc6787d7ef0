"""Which tables of the accounts have a sheet: the act that each line of it becomes, what is written in a line, and what
may be chosen where it is typed back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from pydantic import BaseModel, ConfigDict, Field as Limits, create_model

from comuna.acts.act import Act
from comuna.acts.fields import Label, Row, UnitCode
from comuna.look.parts import Choice
from comuna.statutes.bookkeeping import AccountKind, AccountUse
from comuna.territory.pages.reader import Reader
from comuna.treasury import queries
from comuna.treasury.acts import Deposit, GiveAdvance, Pay, Receive, Repay, SettleAdvance
from comuna.treasury.acts.moving import SOURCES
from comuna.treasury.models import Book
from comuna.treasury.models.bank import Credit, Savings
from comuna.treasury.pages.acting import accounts, line_choices
from comuna.treasury.pages.advance import in_office, names_of, open_words
from comuna.treasury.pages.banking import whose
from comuna.treasury.pages.words import account_name
from comuna.treasury.queries.advances import advances_of

LINES_MAX = 50  # typed at once


class SheetForm(BaseModel):
    """What the form of a sheet holds: the unit, and a line for each act."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    label: ClassVar[str | Promise]
    unit: Annotated[UnitCode, Label(gettext_lazy("Counted in"))]


@dataclass(frozen=True)
class SheetKind:
    """A table on paper. ``columns`` are fields of the act, in the order of the sheet."""

    slug: str
    name: str | Promise
    act: type[Act]
    columns: tuple[str, ...]
    choices: Callable[[Reader, Book], dict[str, list[Choice]]]
    form: type[SheetForm]
    of_a_bank: bool = False


def _form(act: type[Act], columns: tuple[str, ...]) -> type[SheetForm]:
    """A form whose lines have these fields of the act."""
    fields: dict[str, Any] = {name: (act.model_fields[name].annotation, act.model_fields[name]) for name in columns}
    row = create_model(f"{act.__name__}Row", __base__=Row, **fields)
    marks = Limits(max_length=LINES_MAX), Label(gettext_lazy("Lines of the sheet"))
    lines: Any = GenericAlias(tuple, (row, ...))
    form: type[SheetForm] = create_model(
        f"{act.__name__}Sheet", __base__=SheetForm, rows=(Annotated[lines, *marks], ...)
    )
    form.label = act.label
    return form


def _kind(slug: str, name: str | Promise, act: type[Act], columns: str, choices: Any, **more: Any) -> SheetKind:
    named = tuple(columns.split())
    return SheetKind(slug, name, act, named, choices, _form(act, named), **more)


def _places(reader: Reader, book: Book) -> list[Choice]:
    return accounts(reader, book, (AccountKind.ASSET,))


def _received(reader: Reader, book: Book) -> dict[str, list[Choice]]:
    return {"into": _places(reader, book), "source": accounts(reader, book, SOURCES)}


def _paid(reader: Reader, book: Book) -> dict[str, list[Choice]]:
    return {"out_of": _places(reader, book), "line": line_choices(reader, book)}


def _given(reader: Reader, book: Book) -> dict[str, list[Choice]]:
    places = _places(reader, book)
    own = queries.account_for_use(book.id, AccountUse.ADVANCES.value)
    into = places if own is None else [Choice(str(own.id), account_name(own, queries.kind_of(book, reader.day)))]
    return {"out_of": places, "into": into, "person": in_office(reader)}


def _accounted(reader: Reader, book: Book) -> dict[str, list[Choice]]:
    waiting = [one for one in advances_of(book.id) if one.open]
    names = names_of(reader, book, waiting)
    found = [Choice(str(one.id), f"{names.get(one.person, '—')}: {open_words(one)}") for one in waiting]
    return {"advance": found, "line": line_choices(reader, book)}


def _saved(reader: Reader, book: Book) -> dict[str, list[Choice]]:
    found = Savings.objects.filter(book=book).order_by("number")
    return {
        "into": _places(reader, book),
        "savings": [Choice(str(one.id), f"{one.number} {whose(one.person)}") for one in found],
    }


def _repaid(reader: Reader, book: Book) -> dict[str, list[Choice]]:
    found = Credit.objects.filter(book=book, paid_out_on__isnull=False, written_off=0).order_by("number")
    return {
        "into": _places(reader, book),
        "credit": [Choice(str(one.id), f"{one.number} {whose(one.person)}") for one in found],
    }


KINDS: Mapping[str, SheetKind] = {
    kind.slug: kind
    for kind in (
        _kind("received", gettext_lazy("What came in"), Receive, "day amount words source into reference", _received),
        _kind("payments", gettext_lazy("Payments"), Pay, "day amount payee words line out_of reference", _paid),
        _kind(
            "advances",
            gettext_lazy("Advances given"),
            GiveAdvance,
            "day amount person words due out_of into",
            _given,
        ),
        _kind(
            "purchases",
            gettext_lazy("Purchases out of advances"),
            SettleAdvance,
            "day amount advance payee words line",
            _accounted,
        ),
        _kind(
            "deposits",
            gettext_lazy("Savings deposits"),
            Deposit,
            "day savings amount into reference",
            _saved,
            of_a_bank=True,
        ),
        _kind(
            "repayments",
            gettext_lazy("Repayments"),
            Repay,
            "day credit amount into reference",
            _repaid,
            of_a_bank=True,
        ),
    )
}


def kinds_of(book: Book) -> list[SheetKind]:
    """The sheets of a book: those of savings and credits where it keeps any."""
    is_bank = queries.account_for_use(book.id, AccountUse.SAVINGS.value) is not None
    return [one for one in KINDS.values() if is_bank or not one.of_a_bank]


def what_it_asks(kind: SheetKind) -> str:
    """In one sentence, above the lines."""
    if kind.act is Pay:
        return _("Each payment waits for its signatures, as on a payment order.")
    return _("All lines are entered, or none.")
