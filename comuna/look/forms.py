"""The form of any act, drawn from its fields.

``form_of`` turns an act class and the text that stands in its fields (fresh, from typed values, or as it
was handed in) into a ``Form`` that ``look/form.html`` draws. ``decode`` is the way back. A field gets
the input of its kind; nothing nests deeper than rows, and nothing can be plugged in: a page that needs
more lays the fields out itself and names them in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field as dataclass_field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy as _
from pydantic import BaseModel

from comuna.acts.act import Act
from comuna.acts.fields import Field, Kind, fields_of
from comuna.acts.refusal import FieldError
from comuna.look.decode import ID, LINES_MAX, PROPOSE, Decimals, Decoded, decode, encode, nullable
from comuna.look.frame import Words
from comuna.look.parts import Choice, Fact, Part
from comuna.look.reading import NO, YES, Unreadable, read_day, read_hour, tidy
from comuna.look.words import propose_words

__all__ = ["Choices", "Decoded", "Form", "FormPart", "can_be_typed", "decode", "form_of", "help_of"]

Choices = Mapping[str, Sequence[Choice]]
"""Field, or ``list.column``, to what may be chosen for it."""

RADIOS_MAX = 7
BLANK_ROWS = 5


@dataclass(frozen=True)
class Control:
    """One input, or a group of them that answers one question. The widgets ``password`` and ``new-password``
    are for the pages of the sign-in: no act holds a password, and theirs never shows its value."""

    name: str
    widget: str  # line, text, number, day, hour, day-as-typed, hour-as-typed, radios, select, checks, hidden
    label: Words
    help: Words = ""
    optional: bool = False
    values: tuple[str, ...] = ("",)
    choices: tuple[Choice, ...] = ()
    fault: Words = ""
    length_max: int | None = None
    below_nothing: bool = False  # an amount may: phones show the sign only with all their letters
    mostly_needed: bool = False

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def grouped(self) -> bool:
        return self.widget in ("radios", "checks")

    @property
    def described_by(self) -> str:
        ids = [f"{self.id}-help"] if self.help else []
        return " ".join([*ids, *([f"{self.id}-fault"] if self.fault else [])])


@dataclass(frozen=True)
class Rows:
    """A list: the lines that are filled and some blank ones."""

    name: str
    label: Words
    help: Words
    optional: bool
    columns: tuple[Words, ...]
    lines: tuple[tuple[Control, ...], ...]
    fault: Words = ""

    widget = "rows"

    @property
    def id(self) -> str:
        return f"f-{self.name}"


@dataclass(frozen=True)
class Fault:
    """A line of the summary at the top, leading to its field."""

    id: str
    label: Words
    words: Words


@dataclass(frozen=True)
class Form:
    """An act's form, ready to be drawn."""

    id: UUID
    button: Words
    controls: tuple[Control | Rows, ...]
    faults: tuple[Fault, ...] = ()
    fixed: tuple[Fact, ...] = ()
    action: str = ""
    propose: bool = False
    cancel: str = ""
    more: Words = ""  # a second button, which shows the form again with more lines and does nothing
    quiet: bool = False  # its button is not the next thing to do on this page: drawn without a fill

    @property
    def has_rows(self) -> bool:
        return any(isinstance(one, Rows) for one in self.controls)

    @property
    def id_name(self) -> str:
        return ID

    @property
    def propose_name(self) -> str:
        return PROPOSE


@dataclass(frozen=True)
class FormPart(Part):
    """A form as a part of a page; its template asks the request for the token."""

    template = "look/form.html"
    form: Form


def form_of(
    act_class: type[Act],
    *,
    typed: QueryDict | None = None,
    initial: Mapping[str, Any] | None = None,
    choices: Choices | None = None,
    fixed: Mapping[str, Words] | None = None,
    errors: Sequence[FieldError] = (),
    blank_rows: int = BLANK_ROWS,
    propose: bool = False,
    cancel: str = "",
    decimals: Decimals | None = None,
) -> Form:
    """The form of an act under a fresh id.

    ``typed`` is what was handed in and is shown as it came; otherwise ``initial`` gives typed values,
    and fields left out of it show their defaults. Fields in ``fixed`` are shown in those words and
    handed in unseen; without words they are not shown. A list of rows among them is left empty.
    Raises TypeError for an act that no form can hold (an act inside an act).
    """
    drawer = _Drawer(
        texts=_texts(act_class, typed, initial or {}, decimals),
        choices=choices or {},
        errors={error.field: error.words for error in reversed(errors)},
        blank_rows=blank_rows,
    )
    fixed = fixed or {}
    drawn = [field for field in fields_of(act_class) if field.row is None or field.name not in fixed]
    controls = [drawer.draw(act_class, field, hidden=field.name in fixed) for field in drawn]
    labels = {field.name: field.label for field in fields_of(act_class)}
    return Form(
        id=uuid4(),
        button=propose_words(act_class.label) if propose else act_class.label,
        controls=tuple(controls),
        faults=tuple(_faults(errors, controls)),
        fixed=tuple(Fact(labels[name], words) for name, words in fixed.items() if words),
        propose=propose,
        cancel=cancel,
    )


def help_of(act_class: type[Act]) -> str:
    """The docstring in the reader's language; its message is the docstring with single spaces."""
    return gettext(" ".join((act_class.__doc__ or "").split()))


def can_be_typed(act_class: type[Act]) -> bool:
    """Whether somebody can fill the plain form by hand: nothing that is needed refers to something only a
    page of its room could offer (another row, a file, another act)."""
    return not any(_needs_a_page(field) for field in fields_of(act_class))


def _needs_a_page(field: Field) -> bool:
    if field.row is not None:
        return any(column.kind in (Kind.ID, Kind.FILE, Kind.AMOUNT) for column in fields_of(field.row))
    return not field.optional and field.kind in (Kind.ID, Kind.FILE, Kind.ACT, Kind.AMOUNT)


def _texts(
    act_class: type[Act], typed: QueryDict | None, initial: Mapping[str, Any], decimals: Decimals | None
) -> dict[str, list[str]]:
    if typed is not None:
        return {name: typed.getlist(name) for name in typed}
    defaults = {f.name: f.default for f in fields_of(act_class) if f.default is not None and f.name not in initial}
    return encode(act_class, defaults | dict(initial), decimals=decimals)


@dataclass
class _Drawer:
    texts: Mapping[str, list[str]]
    choices: Choices
    errors: Mapping[str, Words]
    blank_rows: int
    lists: dict[str, set[int]] = dataclass_field(init=False)

    def __post_init__(self) -> None:
        self.lists = {}
        for name, texts in self.texts.items():
            head, _dot, rest = name.partition(".")
            number = rest.partition(".")[0]
            if number.isascii() and number.isdigit() and int(number[:5]) < LINES_MAX and any(map(tidy, texts)):
                self.lists.setdefault(head, set()).add(int(number))

    def draw(self, model: type[BaseModel], field: Field, *, hidden: bool) -> Control | Rows:
        if field.kind is Kind.ACT or (field.kind is Kind.ROW and not field.many):
            raise TypeError(f"{model.__name__}.{field.name} has no form")
        choices = self.choices_of(field, field.name)
        if hidden:
            return self.control(model, field, field.name, widget="hidden")
        if field.many and field.row is not None:
            return self.rows(field, field.row)
        if field.many and choices:
            return self.control(model, field, field.name, widget="checks", choices=choices)
        if field.many:
            return self.plain_lines(model, field)
        return self.control(model, field, field.name, choices=choices)

    def control(
        self,
        model: type[BaseModel],
        field: Field,
        name: str,
        *,
        widget: str = "",
        choices: Sequence[Choice] = (),
        in_row: bool = False,
    ) -> Control:
        widget = widget or _widget(field, choices, in_row)
        optional = field.optional or (in_row and field.many)
        if field.kind is Kind.FLAG and not in_row and nullable(model, field.name):
            choices = [*choices, Choice("", _("Not known"))]
        elif widget == "select":
            choices = [Choice("", _("Choose") if not optional else "\u2013"), *choices]
        elif widget == "radios" and optional and nullable(model, field.name) and all(one.value for one in choices):
            choices = [*choices, Choice("", _("None of these"))]
        shown = [_shown(widget, text) for text in self.texts.get(name, ("",))]
        if widget in ("day", "hour") and None in shown:
            widget, shown = f"{widget}-as-typed", list(self.texts[name])
        return Control(
            name=name,
            widget=widget,
            label=field.label,
            help="" if in_row else field.help,
            optional=optional,
            values=tuple(text or "" for text in shown),
            choices=tuple(choices),
            fault=self.errors.get(name, ""),
            length_max=field.length_max,
            below_nothing=field.below_nothing,
            mostly_needed=field.mostly_needed,
        )

    def rows(self, field: Field, row: type[BaseModel]) -> Rows:
        columns = fields_of(row)
        if any(column.many or column.kind in (Kind.ACT, Kind.ROW) for column in columns):
            raise TypeError(f"{row.__name__} nests too deep for a form")
        lines = [
            tuple(
                self.control(
                    row,
                    column,
                    f"{field.name}.{number}.{column.name}",
                    choices=self.choices_of(column, f"{field.name}.{column.name}"),
                    in_row=True,
                )
                for column in columns
            )
            for number in self.numbers(field.name)
        ]
        said = [f"{column.label}: {column.help}." for column in columns if column.help]
        help = " ".join([f"{field.help}." if field.help and said else str(field.help), *said]).strip()
        return self.list_of(field, tuple(column.label for column in columns), lines, help)

    def plain_lines(self, model: type[BaseModel], field: Field) -> Rows:
        """A list of plain values: a row each with one column."""
        given = self.texts.get(field.name, [])
        if given:
            self.texts = {**self.texts, **{f"{field.name}.{i}": [text] for i, text in enumerate(given)}}
            self.lists[field.name] = set(range(len(given)))
        lines = [
            (self.control(model, field, f"{field.name}.{number}", in_row=True),) for number in self.numbers(field.name)
        ]
        return self.list_of(field, (field.label,), lines, field.help)

    def list_of(
        self, field: Field, columns: tuple[Words, ...], lines: Sequence[tuple[Control, ...]], help: Words
    ) -> Rows:
        return Rows(
            name=field.name,
            label=field.label,
            help=help,
            optional=field.optional,
            columns=columns,
            lines=tuple(lines),
            fault=self.errors.get(field.name, ""),
        )

    def numbers(self, name: str) -> list[int]:
        """The filled lines in order, then the blank ones."""
        filled = sorted(self.lists.get(name, ()))
        after = filled[-1] + 1 if filled else 0
        return filled + list(range(after, min(after + self.blank_rows, LINES_MAX)))

    def choices_of(self, field: Field, name: str) -> Sequence[Choice]:
        if field.kind is Kind.FLAG:
            return [Choice(YES, _("Yes")), Choice(NO, _("No"))]
        if name in self.choices:
            return self.choices[name]
        return enum_choices(field.choices) if field.choices else ()


def enum_choices(enum: type[StrEnum]) -> list[Choice]:
    """The members in order, in their own words (``labels``), else their value with spaces."""
    labels: Mapping[Any, Words] = enum.labels() if hasattr(enum, "labels") else {}
    return [Choice(one.value, labels.get(one, one.value.replace("-", " ").replace("_", " "))) for one in enum]


_WIDGETS = {Kind.TEXT: "text", Kind.NUMBER: "number", Kind.DAY: "day", Kind.HOUR: "hour", Kind.AMOUNT: "amount"}


def _widget(field: Field, choices: Sequence[Choice], in_row: bool) -> str:
    if choices:
        return "radios" if len(choices) <= RADIOS_MAX and not in_row else "select"
    if in_row and field.kind is Kind.TEXT:
        return "line" if not field.many else "text"
    return _WIDGETS.get(field.kind, "line")


def _shown(widget: str, text: str) -> str | None:
    """A day or an hour as its input wants it, None where it is neither; anything else as it came."""
    if widget not in ("day", "hour") or not tidy(text):
        return text
    try:
        return read_day(tidy(text)).isoformat() if widget == "day" else read_hour(tidy(text))
    except Unreadable:
        return None


def _faults(errors: Sequence[FieldError], controls: Sequence[Control | Rows]) -> list[Fault]:
    """Each error with the id of the nearest control and its label; no id where the control is handed in unseen."""
    found = []
    for error in errors:
        target: Control | Rows | None = None
        for one in controls:
            if error.field == one.name or error.field.startswith(f"{one.name}."):
                target = one
        label, id = (target.label, target.id) if target else (error.field, "")
        if isinstance(target, Control) and target.widget == "hidden":
            id = ""
        if isinstance(target, Rows):
            for number, line in enumerate(target.lines, start=1):
                for control in line:
                    if error.field == control.name:
                        label, id = f"{target.label} {number}, {control.label}", control.id
        found.append(Fault(id, label, error.words))
    return found
