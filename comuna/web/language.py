"""The reader's language: the one chosen (a cookie), else the one the phone asks for, else the commune's Spanish."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

COOKIE = "language"
_YEAR = 365 * 24 * 3600


def language_of(request: HttpRequest) -> str:
    """One of the languages that are complete."""
    known = dict(settings.LANGUAGES)
    asked = request.GET.get("lang") or request.COOKIES.get(COOKIE, "")
    if asked in known:
        return asked
    for part in request.headers.get("Accept-Language", "").split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in known:
            return tag
    return settings.LANGUAGE_CODE


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def choose(request: HttpRequest, language: str) -> HttpResponse:
    """``/language/es/?next=/acts/``: remember it and go back."""
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, language, max_age=_YEAR, samesite="Lax")
    return response
