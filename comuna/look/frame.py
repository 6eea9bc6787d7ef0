"""What stands around every page: the commune, the reader, the languages.

``web`` fills a ``PageFrame`` for each request and offers it to templates as ``frame`` through a context
processor; this room only draws it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from comuna.acts.authority import Actor

Words = str | Promise


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere. ``current`` where the reader already is there."""

    words: Words
    href: str
    current: bool = False
    lang: str = ""  # of the words, when it is not the page's


@dataclass(frozen=True)
class PageFrame:
    """Where I am and who I am, the same on every page of one reader."""

    commune: Words = ""  # its name; empty before it is founded
    home: str = "/"
    person: Words = ""  # who is signed in, as she calls herself; empty for a stranger
    acting_as: Words = ""  # "finance spokesperson of CC El Mirador, until 14 March"
    rooms: tuple[Link, ...] = ()  # the few doors of the menu
    account: tuple[Link, ...] = ()  # search; sign in, or my mandate and sign out
    languages: tuple[Link, ...] = ()  # each in its own name, ``lang`` set
    warning: Words = ""  # what everybody must know: clock in doubt, books read-only


def actor_of(request: HttpRequest) -> Actor:
    """Who is at the keyboard: the person whom the sign-in put on the request; nobody otherwise."""
    return Actor(getattr(request, "person", None))
