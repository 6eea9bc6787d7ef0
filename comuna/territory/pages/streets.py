"""A street and its households, for keepers of the roll."""

from __future__ import annotations

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Empty, Line, Lines, Pages, Section
from comuna.look.words import list_words, number_words
from comuna.territory import queries
from comuna.territory.acts import CorrectPerson, CorrectStreet, RegisterHousehold
from comuna.territory.models import Household, Person, Street
from comuna.territory.pages.reader import Reader, codes_link, reader_of, refused_page, to_sign_in, unstored
from comuna.territory.pages.words import people_words

NAMED = 3  # of a household, on its line


def street(request: HttpRequest, id: UUID) -> HttpResponse:
    """Twenty households a page, by their house numbers, with who lives there."""
    reader = reader_of(request)
    if reader.person is None:
        return to_sign_in(request)
    barred = reader.barred(CorrectPerson)
    if barred is not None:
        return refused_page(request, CorrectPerson, barred)
    found = Street.objects.filter(pk=id, commune=reader.commune).select_related("sector").first()
    if found is None:
        raise Http404
    if not reader.keeps_places_of(found):
        raise Http404
    lying = Household.objects.filter(commune=reader.commune, street=found)
    homes = sorted(lying if reader.council is None else lying.filter(council=reader.council), key=_by_number)
    living = queries.living_in([home.id for home in homes], reader.day)
    pages = Pages.asked(request.GET.get("page", ""), len(homes))
    lines = [_line(home, living.get(home.id, [])) for home in homes[pages.lines]]
    people = people_words(sum(map(len, living.values())))
    said = ngettext("{n} household", "{n} households", len(homes)).format(n=number_words(len(homes)))
    where = ", ".join(part for part in (found.name or "—", found.sector.name if found.sector else "") if part)
    page = Page(
        title=where,
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=Answer(where, f"{said}, {people}"),
        next=_step(found, reader),
        facts=[
            Section(
                _("Households"), [Lines(lines, Empty(_("No household lies on this street yet.")), pages)], wide=True
            )
        ],
    )
    return unstored(show(request, page))


def _line(home: Household, living: list[Person]) -> Line:
    named = [queries.display_name(person, knows=True) for person in living[:NAMED]]
    if len(living) > NAMED:
        named.append(_("{n} more").format(n=len(living) - NAMED))
    words = list_words(named) if named else _("Nobody is named in this household yet.")
    house = home.house or _("without a number")
    if house[0].isdigit():
        house = _("House {number}").format(number=house)
    return Line(house, more=words, href=reverse("territory:household", args=[home.id]))


def _step(found: Street, reader: Reader) -> Do | None:
    if not reader.may(CorrectStreet, found):
        return None
    change = Link(CorrectStreet.label, f"{reverse('territory:correct-street')}?street={found.id}")
    others = (change, *codes_link(reader, found, "street", found.id))
    return Do(RegisterHousehold.label, f"{reverse('territory:register-household')}?street={found.id}", others)


def _by_number(home: Household) -> tuple[int, str, str]:
    """ "9" before "12" before "12-A"; what has no number last."""
    number = re.match(r"\d{1,9}", home.house)
    return (int(number[0]) if number else 10**9, home.house, str(home.id))
