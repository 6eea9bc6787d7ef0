"""Typing people: by the codes of a printed sheet, or by a part of their name. For sheets of any kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comuna.assemblies import queries, rules
from comuna.look.act_page import NotDone
from comuna.look.frame import Words
from comuna.look.parts import Choice, Notice, Part, Sign
from comuna.look.reading import Unreadable, read_hour
from comuna.territory.queries import names
from comuna.territory.reading.text import fold
from comuna.territory.rules import alphabetical

TICKED_UP_TO = 60  # people; a larger roll is typed by code
FOUND_MAX = 30
NAMED_MAX = 8  # people of the same name


@dataclass(frozen=True)
class OnSheet:
    """Somebody who can be on the sheet, as it and the page show them."""

    person: UUID
    code: str
    name: str
    seat: str = ""


def on_sheet(commune: UUID, people: Collection[UUID], seats: Mapping[UUID, str] | None = None) -> list[OnSheet]:
    """These people with their codes, in the order of their names: two statements."""
    numbers = queries.sheet_numbers(commune)
    known = names(people, knows=True)
    said = seats or {}
    found = [
        OnSheet(person, rules.sheet_code(numbers[person], person), known[person], said.get(person, ""))
        for person in people
    ]
    return sorted(found, key=lambda one: (alphabetical(one.name), one.code))


@dataclass(frozen=True)
class EntryForm(Part):
    """The sheet's codes, and boxes to tick for those found by name. Its fields: codes, wanted, look, also."""

    template = "assemblies/entry_form.html"
    id: UUID
    button: Words
    typed: str
    choices: Sequence[Choice]
    ticked: frozenset[str]
    wanted: str
    small: bool  # everybody fits on the page: no looking up
    faults: Sequence[str]
    propose: bool
    cancel: str
    hidden: Sequence[tuple[str, str]] = ()
    tick: Words = ""  # over the boxes, where the people are on no sheet
    hour_label: Words = ""  # "": no hour is asked
    hour_help: Words = ""
    hour: str = ""


def asks_for_names(request: HttpRequest) -> bool:
    """Whether the form came back only to look somebody up."""
    return "look" in request.POST


def typed_people(request: HttpRequest, people: Sequence[OnSheet]) -> tuple[list[UUID], list[str]]:
    """Who was typed by code or ticked, each in that order, and everything that is wrong: what cannot be read, and who
    stands there twice."""
    typed: list[UUID] = []
    faults: list[str] = []
    for code in rules.typed_codes(request.POST.get("codes", "")):
        person, fault = read_code(code, people)
        if person is None:
            faults.append(fault)
        elif person in typed:
            faults.append(_("{text}: stands on this sheet twice.").format(text=code.text))
        else:
            typed.append(person)
    known = {str(one.person): one.person for one in people}
    ticked = [known[value] for value in request.POST.getlist("also") if value in known]
    typed += [person for person in ticked if person not in typed]
    if not typed and not faults:
        faults.append(_("Nobody is on this sheet yet."))
    return typed, faults


def taken_out(request: HttpRequest, people: Sequence[OnSheet], but: Collection[UUID]) -> list[Notice]:
    """Names those who were typed or ticked though they are on an earlier sheet: ``entry_form`` comes back without
    them, so that pressing again records the rest. For two who type halves of one sheet with lines in common."""
    ticked = request.POST.getlist("also")
    codes = [read_code(code, people)[0] for code in rules.typed_codes(request.POST.get("codes", ""))]
    found = [one for one in people if one.person in but and (one.person in codes or str(one.person) in ticked)]
    if not found:
        return []
    named = ", ".join(f"{one.code} {one.name}" for one in found)
    return [Notice(Sign.WAITING, _("Already recorded, and taken out here: {people}.").format(people=named))]


def _codes_without(text: str, people: Sequence[OnSheet], but: Collection[UUID]) -> str:
    """As it was typed, where nobody of ``but`` is in it."""
    typed = rules.typed_codes(text)
    kept = [code.text for code in typed if read_code(code, people)[0] not in but]
    return text if len(kept) == len(typed) else " ".join(kept)


def typed_hour(request: HttpRequest) -> tuple[str | None, list[str]]:
    """The hour in the field, None where it is empty, and what is wrong with it."""
    text = request.POST.get("hour", "").strip()
    try:
        return (read_hour(text) if text else None), []
    except Unreadable as unreadable:
        return None, [str(unreadable.words)]


def read_code(code: rules.TypedCode, people: Sequence[OnSheet]) -> tuple[UUID | None, str]:
    """Whose code it is, or what is wrong with it."""
    if code.number is None:
        return None, _("“{text}” is no code: a code is a number and a letter.").format(text=code.text[:40])
    found = next((one for one in people if one.code[:-1] == str(code.number)), None)
    if found is None:
        return None, _("{text}: nobody who can be on this sheet has this number.").format(text=code.text)
    if found.code[-1] != code.letter:
        words = _("{text}: the letter does not fit the number. Look at the sheet again.")
        return None, words.format(text=code.text)
    return found.person, ""


def whom(words: str, people: Sequence[OnSheet]) -> tuple[UUID | None, str]:
    """Whom a code of the sign-in sheet means, or a name or a part of it that only one person has; else why not."""
    codes = rules.typed_codes(words)
    if len(codes) == 1 and codes[0].number is not None:
        return read_code(codes[0], people)
    parts = fold(words).split()
    called = [one for one in people if parts and all(part in fold(one.name) for part in parts)]
    if len(called) == 1:
        return called[0].person, ""
    if not called:
        return None, _("{words}: nobody here is called so, and it is no code such as 17K.").format(words=words[:80])
    shown = ", ".join(f"{one.code} {one.name}" for one in called[:NAMED_MAX])
    return None, _("Several are called so: {who}. Write the code of the one who is meant.").format(
        who=shown if len(called) <= NAMED_MAX else f"{shown}…"
    )


def entry_form(
    request: HttpRequest,
    people: Sequence[OnSheet],
    *,
    button: Words,
    cancel: str,
    but: Collection[UUID] = (),
    faults: Sequence[str] = (),
    propose: bool = False,
    hidden: Sequence[tuple[str, str]] = (),
    tick: Words = "",
    hour: tuple[Words, Words, str] = ("", "", ""),
) -> EntryForm:
    """The form with what was typed so far, without ``but``, who are on an earlier sheet already. ``hour`` is its label,
    its help and what stands there before anything was typed."""
    small = len(people) <= TICKED_UP_TO
    ticked = frozenset(request.POST.getlist("also"))
    wanted = request.POST.get("wanted", "").strip()[:100]
    left = [one for one in people if one.person not in but]
    shown = [one for one in left if small or str(one.person) in ticked or _is_called(one, wanted)]
    return EntryForm(
        id=uuid4(),
        button=button,
        typed=_codes_without(request.POST.get("codes", "")[:50_000], people, but),
        choices=[
            Choice(str(one.person), ", ".join(filter(None, [f"{one.code} {one.name}", one.seat])))
            for one in shown[: FOUND_MAX + len(ticked) + (TICKED_UP_TO if small else 0)]
        ],
        ticked=ticked,
        wanted=wanted,
        small=small,
        faults=faults,
        propose=propose,
        cancel=cancel,
        hidden=hidden,
        tick=tick,
        hour_label=hour[0],
        hour_help=hour[1],
        hour=request.POST.get("hour", hour[2])[:20],
    )


def _is_called(one: OnSheet, wanted: str) -> bool:
    return bool(wanted) and wanted.casefold() in one.name.casefold()


def with_name(
    answer: NotDone, field: str, typed: Sequence[UUID], people: Sequence[OnSheet], but: Collection[UUID] = ()
) -> Part | None:
    """A refusal of one row says whose it is; ``field`` names the act's list. None where it is of somebody of ``but``,
    of whom ``taken_out`` tells."""
    parts = answer.field.split(".")
    if parts[0] == field and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < len(typed):
        row = next(one for one in people if one.person == typed[int(parts[1])])
        if row.person in but:
            return None
        return Notice(Sign.REFUSED, f"{row.code} {row.name}", [getattr(answer.part, "words", "")])
    return answer.part
