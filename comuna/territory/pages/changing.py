"""The forms of this room's acts, each reached from the entry that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act, Signing
from comuna.acts.door import Done
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.acts.fields import fields_of
from comuna.look.act_page import act_page
from comuna.look.frame import Words
from comuna.look.parts import Choice, Text
from comuna.look.words import day_words
from comuna.statutes import queries as statutes
from comuna.territory import queries
from comuna.territory.acts import (
    AddSector,
    AddStreet,
    CorrectHousehold,
    CorrectSector,
    CorrectStreet,
    JoinCouncil,
    RecordDeparture,
    RecordResidence,
    RegisterHousehold,
    RegisterPerson,
    StrikePerson,
    UndoDeparture,
    UndoImport,
)
from comuna.territory.acts.people import Where
from comuna.territory.acts.whereabouts import ends_seats_of
from comuna.territory.models import CensusImport, Household, Person, Sector, Street
from comuna.territory.pages.reader import Place, Reader, id_in, reader_of


def _form(request: HttpRequest, act: type[Act], back: str, **more: Any) -> HttpResponse:
    if any(field.name == "council" for field in fields_of(act)):
        _ask_for_council(reader_of(request), act, more)
    return act_page(
        request,
        act,
        room=_("People"),
        room_href=reverse("territory:overview"),
        on_done=more.pop("on_done", lambda _done: HttpResponseRedirect(back)),
        cancel=back,
        **more,
    )


def _ask_for_council(reader: Reader, act: type[Act], more: dict[str, Any]) -> None:
    """A choice among those in which she may do it; nothing in books without councils."""
    councils = reader.councils(act)
    if not councils:
        more["fixed"] = {"council": "", **more.get("fixed", {})}
        return
    none = [] if act in (JoinCouncil, RegisterHousehold) or reader.council else [Choice("", _("no council"))]
    choices = [*none, *(Choice(one.slug, one.name) for one in councils)]
    more["choices"] = {"council": choices, **more.get("choices", {})}
    if len(councils) == 1:
        more["initial"] = {"council": councils[0].slug, **more.get("initial", {})}


def join_council(request: HttpRequest) -> HttpResponse:
    """Whoever keeps the roll that she leaves says to which council, and that one signs; or the other way round."""
    reader, found = reader_of(request), found_in(request, Person, "person")
    may = reader.may(JoinCouncil)
    choices = {"household": household_choices(reader) if may else []}
    if not may or not found.council or not reader.may(JoinCouncil, found):
        return about_person(request, JoinCouncil, choices=choices)
    others = [one for one in statutes.councils_of(reader.commune, reader.day) if one.slug != found.council]
    return about_person(
        request,
        JoinCouncil,
        unseen=("household",) if reader.council == found.council else (),
        choices={**choices, "council": [Choice(one.slug, one.name) for one in others]},
        signing=Signing(each=(found.council, others[0].slug)) if others else None,
    )


def _overview() -> str:
    return reverse("territory:overview")


def _sector_choices(reader: Reader) -> list[Choice]:
    none = Choice("", _("no sector"))
    return [none, *(Choice(str(sector.id), sector.name) for sector in queries.sectors(reader.commune, _scope(reader)))]


def _street_choices(reader: Reader) -> list[Choice]:
    none = Choice("", _("no street"))
    return [none, *(Choice(str(s.id), _street_words(s)) for s in queries.streets(reader.commune, _scope(reader)))]


def _scope(reader: Reader) -> str | None:
    return reader.council if reader.is_keeper else None


def _street_words(street: Street) -> str:
    return f"{street.name}, {street.sector.name}" if street.sector else street.name


def household_choices(reader: Reader) -> list[Choice]:
    """Every household by its address: only ever on a form of somebody who may see them."""
    homes = [(queries.address_words(home) or "—", home) for home in queries.households(reader.commune, _scope(reader))]
    ordered = sorted(homes, key=lambda one: (one[0], str(one[1].id)))
    return [Choice(str(home.id), words) for words, home in ordered]


def add_sector(request: HttpRequest) -> HttpResponse:
    reader_of(request)
    return _form(request, AddSector, _overview())


def add_street(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    return _form(request, AddStreet, _overview(), choices={"sector": _sector_choices(reader)})


def correct_sector(request: HttpRequest) -> HttpResponse:
    sector = found_in(request, Sector, "sector")
    known = {"sector": sector.id, "name": sector.name}
    return _form(request, CorrectSector, _overview(), initial=known, fixed={"sector": sector.name})


def correct_street(request: HttpRequest) -> HttpResponse:
    street = found_in(request, Street, "street")
    return _form(
        request,
        CorrectStreet,
        _overview(),
        choices={"sector": _sector_choices(reader_of(request))},
        initial={"street": street.id, "name": street.name, "sector": street.sector_id},
        fixed={"street": street.name},
    )


def register_household(request: HttpRequest) -> HttpResponse:
    """``?street=`` chooses the street beforehand."""
    reader = reader_of(request)
    choices = {"street": _street_choices(reader), "sector": _sector_choices(reader)}
    initial = {"street": id_in(request, "street")} if "street" in request.GET else {}
    return _form(request, RegisterHousehold, _overview(), choices=choices, initial=initial, on_done=_to_household)


def correct_household(request: HttpRequest) -> HttpResponse:
    reader, home = reader_of(request), found_in(request, Household, "household")
    return _form(
        request,
        CorrectHousehold,
        reverse("territory:household", args=[home.id]),
        choices={"street": _street_choices(reader), "sector": _sector_choices(reader)},
        initial={
            "household": home.id,
            "street": home.street_id,
            "sector": home.sector_id,
            "house": home.house or None,
            "people_said": home.people_said,
        },
        fixed={"household": _if_keeper(reader, home, queries.address_words(home))},
    )


def register_person(request: HttpRequest) -> HttpResponse:
    """``?household=`` chooses the household beforehand."""
    reader = reader_of(request)
    initial = {"household": id_in(request, "household")} if "household" in request.GET else {}
    return _form(
        request,
        RegisterPerson,
        _overview(),
        choices={"household": household_choices(reader) if reader.may(RegisterPerson) else []},
        initial=initial,
        on_done=_to_person,
    )


def strike(request: HttpRequest) -> HttpResponse:
    return about_person(request, StrikePerson, on_done=lambda _done: HttpResponseRedirect(_overview()))


def residence(request: HttpRequest) -> HttpResponse:
    found = found_in(request, Person, "person")
    known = {"residence": found.residence or Where.HERE}
    return about_person(request, RecordResidence, known=known if reader_of(request).keeps(found) else {})


def departure(request: HttpRequest) -> HttpResponse:
    return about_person(request, RecordDeparture, signing=ends_seats_of(found_in(request, Person, "person").id))


def undo_departure(request: HttpRequest) -> HttpResponse:
    return about_person(request, UndoDeparture)


def erase_person(request: HttpRequest) -> HttpResponse:
    """Erase somebody's private words; then, where nobody else is in her household, the household's. Which words is not
    chosen beforehand: it cannot be undone."""
    found = found_in(request, Person, "person")
    home = found.household
    words = [_("Her name, number, age and household go from the books for ever, and from every new copy of them.")]
    if home is not None:
        words.append(_("The household's address stays while others live there; otherwise it is asked for next."))
    words.append(_("Without a name she is on no roll. If she lives here and wants to count, she is registered anew."))
    called = queries.display_name(found, knows=reader_of(request).keeps(found))
    return _about_subject(request, found.id, called, (), words, lambda _done: _next(home))


def _next(home: UUID | None) -> HttpResponse:
    if home is not None and not queries.members(home):
        return HttpResponseRedirect(f"{reverse('territory:erase-household')}?household={home}")
    return HttpResponseRedirect(_overview())


def erase_household(request: HttpRequest) -> HttpResponse:
    """Erase where a household lies."""
    home = found_in(request, Household, "household")
    words = [_("Where this household lies goes from the books for ever.")]
    if queries.members(home.id):
        words.append(_("People are still named in it: they stay."))
    return _about_subject(
        request,
        home.id,
        _if_keeper(reader_of(request), home, queries.address_words(home)),
        (ErasableAudience.HOUSEHOLD,),
        words,
        lambda _done: HttpResponseRedirect(_overview()),
    )


def _about_subject(
    request: HttpRequest,
    subject: UUID,
    called: Words,
    audiences: tuple[ErasableAudience, ...],
    before: Sequence[str],
    on_done: Callable[[Done], HttpResponse],
) -> HttpResponse:
    return _form(
        request,
        ErasePrivate,
        _overview(),
        initial={"subject": subject, "audiences": audiences},
        fixed={"subject": called},
        before=[Text("\n\n".join(before))],
        on_done=on_done,
    )


def undo_import(request: HttpRequest) -> HttpResponse:
    imported = found_in(request, CensusImport, "imported")
    words = _("people: {n}, on {day}").format(n=imported.taken, day=day_words(imported.day, weekday=False))
    return _form(
        request,
        UndoImport,
        reverse("territory:imported", args=[imported.id]),
        initial={"imported": imported.id},
        fixed={"imported": words},
        on_done=lambda _done: HttpResponseRedirect(reverse("territory:imports")),
    )


def about_person(
    request: HttpRequest,
    act: type[Act],
    known: Mapping[str, Any] | None = None,
    unseen: Sequence[str] = (),
    **more: Any,
) -> HttpResponse:
    """The form of an act about one entry. ``known`` stands in it beforehand; fields ``unseen`` are not asked."""
    reader, found = reader_of(request), found_in(request, Person, "person")
    return _form(
        request,
        act,
        reverse("territory:person", args=[found.id]),
        initial={"person": found.id, **(known or {})},
        fixed={
            "person": _if_keeper(reader, found, queries.display_name(found, knows=True), queries.display_name(found)),
            **dict.fromkeys(unseen, ""),
        },
        **more,
    )


def _if_keeper(reader: Reader, about: Place, words: str, otherwise: Words = "—") -> Words:
    """Words that only who keeps the roll on which somebody stands reads."""
    return words if reader.keeps(about) else otherwise


def found_in(request: HttpRequest, model: Any, name: str) -> Any:
    row = model.objects.filter(pk=id_in(request, name), commune=reader_of(request).commune).first()
    if row is None:
        raise Http404
    return row


def _to_person(done: Done) -> HttpResponse:
    return HttpResponseRedirect(reverse("territory:person", args=[done.id]))


def _to_household(done: Done) -> HttpResponse:
    return HttpResponseRedirect(reverse("territory:household", args=[done.id]))
