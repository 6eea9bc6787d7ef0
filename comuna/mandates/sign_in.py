"""Who is at the keyboard: the cookie of a device made into ``request.person``.

A stranger costs no statement, a signed-in reader one. What a person may do is never kept here: the door
asks for the mandate at every act.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from comuna.mandates import accounts
from comuna.mandates.models import SignIn

COOKIE = "comuna_sign_in"

Answer = Callable[[HttpRequest], HttpResponse]


class SignInMiddleware:
    """Sets ``request.person`` (UUID or None) and ``request.sign_in`` (SignIn or None)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.COOKIES.get(COOKIE)
        session = accounts.found_by(token) if token else None
        request.person = session.person if session else None  # type: ignore[attr-defined]  # ours, read by look.actor_of
        request.sign_in = session  # type: ignore[attr-defined]  # ours
        response = self.get_response(request)
        if session is not None:
            accounts.seen(session)
            response.headers.setdefault("Cache-Control", "no-store")
        elif token and COOKIE not in response.cookies:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response


def session_of(request: HttpRequest) -> SignIn | None:
    """The session of the device that asks."""
    return getattr(request, "sign_in", None)


def person_of(request: HttpRequest) -> UUID | None:
    session = session_of(request)
    return session.person if session else None


def keep(request: HttpRequest, response: HttpResponse, entered: accounts.Entered) -> HttpResponse:
    """Hand the token to the device."""
    response.set_cookie(
        COOKIE,
        entered.token,
        max_age=int(accounts.SIGN_IN_LASTS.total_seconds()),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def device_words(request: HttpRequest) -> str:
    """``Firefox, Android``: enough to tell one's own devices apart."""
    agent = request.headers.get("User-Agent", "")
    browsers = (("Firefox", "Firefox"), ("OPR", "Opera"), ("Edg", "Edge"), ("Chrom", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    found = [next((words for mark, words in kind if mark in agent), "") for kind in (browsers, systems)]
    return ", ".join(filter(None, found))


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
