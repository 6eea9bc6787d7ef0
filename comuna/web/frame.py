"""What stands around every page: filled here for each request, drawn by ``look``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, pgettext

from comuna.acts.moment import day_now
from comuna.journal import sql
from comuna.journal.queries import commune_here, is_read_only
from comuna.look.frame import Link, PageFrame
from comuna.look.words import day_words
from comuna.mandates.queries import Holding, mandates_of
from comuna.mandates.sign_in import person_of
from comuna.territory.models import Commune
from comuna.territory.queries import names


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``frame``."""
    without_books = getattr(request, "without_books", False)
    return {"frame": PageFrame() if without_books else _frame(request)}


def _frame(request: HttpRequest) -> PageFrame:
    commune_id = commune_here()
    commune = sql.state_row(Commune, commune_id, commune_id) if commune_id else None
    if commune is None:
        return PageFrame(languages=_languages(request))
    person = person_of(request)
    return PageFrame(
        commune=commune.name,
        person=_called(request) if person else "",
        acting_as=_acting_as(commune, person) if person else "",
        rooms=_rooms(request),
        account=_account(request),
        languages=_languages(request),
        warning=_("These books were restored; they can be read, not written, until two seats begin a new epoch.")
        if is_read_only()
        else "",
    )


def _rooms(request: HttpRequest) -> tuple[Link, ...]:
    """The doors of the menu; the one behind which the reader is, is marked."""
    doors = (
        (_("This week"), "home"),
        (_("Assemblies"), "assemblies:sessions"),
        (_("Accounts"), "treasury:board"),
        (_("Who decides"), "mandates:who-decides"),
        (_("Elections"), "elections:board"),
        (pgettext("menu", "Letters"), "letters:board"),
        (_("People"), "territory:overview"),
        (_("The books"), "books:latest"),
        (_("The statute"), "statutes:statute"),
    )
    behind = {"home": ("streets",), "mandates:who-decides": ("mandates:renewal", "processes:board")}
    return tuple(_door(request, words, reverse(name), *map(reverse, behind.get(name, ()))) for words, name in doors)


def _door(request: HttpRequest, words: str, href: str, *behind: str) -> Link:
    """``behind`` are addresses of other pages to which it leads."""
    is_here = request.path == href or request.path.startswith((*behind, *([href] if href != reverse("home") else [])))
    return Link(words, href, current=is_here)


def _account(request: HttpRequest) -> tuple[Link, ...]:
    search = _door(request, _("Search"), reverse("search"))
    if person_of(request) is None:
        return (search, _door(request, _("Sign in"), reverse("mandates:sign-in")))
    mine = _door(request, _("My mandate"), reverse("mandates:my-mandate"))
    return (search, mine, Link(_("Sign out"), reverse("mandates:sign-out")))


def _called(request: HttpRequest) -> str:
    person = person_of(request)
    return names([person], knows=True).get(person, "") if person else ""


def _acting_as(commune: Commune, person: Any) -> str:
    today = day_now(commune.id)
    held = mandates_of(person, today)
    return "; ".join(_seat(one, today) for one in held if one.status.has_power and not one.is_alternate)


def _seat(one: Holding, today: date) -> str:
    """With its last day; of one whose term is over, that it is."""
    if one.term.ends is None:
        return one.words
    words = _("{seat}, until {day}") if one.term.covers(today) else _("{seat}, past its term since {day}")
    return words.format(seat=one.words, day=day_words(one.term.ends, weekday=False))


def _languages(request: HttpRequest) -> tuple[Link, ...]:
    here = request.get_full_path()
    return tuple(
        Link(name, f"{reverse('language', args=[code])}?{urlencode({'next': here})}", lang=code)
        for code, name in settings.LANGUAGES
        if code != getattr(request, "LANGUAGE_CODE", "es")
    )
