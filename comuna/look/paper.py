"""The address that printed sheets carry: the one by which the commune is reached, not the one of whoever prints."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.translation import gettext as _

from comuna.journal.home import home

NAME = "address"  # in the home; said with ``comuna serve --public-address``
_THIS_COMPUTER = ("localhost", "127.", "[::1]")


class NoAddress(ValueError):
    """What was given is no address of a web page's host."""


def checked(address: str) -> str:
    """The address as it is printed. Raises NoAddress."""
    said = urlsplit(address.strip().rstrip("/"))
    if said.scheme not in ("http", "https") or not said.hostname or said.path or said.query or said.fragment:
        raise NoAddress(f"{address!r} is no address such as http://example.org:8000")
    return said.geturl()


def keep(address: str) -> None:
    """Print this address from now on. Raises NoAddress."""
    said = checked(address)
    fresh = home() / f"{NAME}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(said + "\n")
        file.flush()
        os.fsync(handle)
    os.replace(fresh, home() / NAME)


def url_of(request: HttpRequest, path: str) -> str:
    """The address of a page for a program to follow: the one that is printed, else the one by which it was asked."""
    try:
        return (home() / NAME).read_text("utf-8").strip() + path
    except FileNotFoundError:
        return request.build_absolute_uri(path)


def link_of(request: HttpRequest, path: str) -> str | None:
    """The whole address of a page for a QR code or a message; None where it would lead nobody else anywhere."""
    return None if _is_unsaid(request) else url_of(request, path)


def host_of(request: HttpRequest) -> str | None:
    """What a person can type from paper to come to the first page: ``example.org:8000``; None where nobody said it."""
    return None if _is_unsaid(request) else urlsplit(url_of(request, "/")).netloc


def _is_unsaid(request: HttpRequest) -> bool:
    return request.get_host().startswith(_THIS_COMPUTER) and not (home() / NAME).exists()


def address_of(request: HttpRequest, path: str) -> str:
    """The whole address of a page, printed to be typed. Where nobody said one and the page is read on the computer
    itself, only the path can be said: "localhost" leads nobody else here."""
    if _is_unsaid(request):
        return _("the address of the commune's computer, and then {path}").format(path=path)
    return url_of(request, path)
