"""When a page cannot be given: plain words in the house's own look, never a stack trace."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do
from comuna.web import unusable
from comuna.web.language import language_of


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said(request, 404, _("There is no such page"), _("The address may be old or mistyped."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said(request, 403, _("This is not open to you"), _("Sign in as somebody who may see it."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said(request, 400, _("This could not be read"), _("Go back and try again."))


def failed(request: HttpRequest) -> HttpResponse:
    """The books may be what failed: nothing is asked of them. A full disk and the like are named; the API gets JSON."""
    request.without_books = True  # type: ignore[attr-defined]  # read by web.frame
    found = unusable.of(sys.exc_info()[1]) or _BROKEN
    with translation.override(language_of(request)):  # it may have failed before a language was chosen
        if request.path.startswith("/api/"):
            said = [{"field": "", "rule": found.rule, "words": f"{found.words}. {found.more}"}]
            return JsonResponse({"errors": said}, status=found.status, headers={"Cache-Control": "no-store"})
        return _said(request, found.status, str(found.words), str(found.more))


_BROKEN = unusable.Unusable(
    500,
    "web.broken",
    gettext_lazy("Something in the program broke"),
    gettext_lazy("Nothing was half done. Whoever keeps the computer finds it in its log."),
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    words = _("The form was too old, or cookies are switched off. Nothing was done; open the form again.")
    return _said(request, 403, _("This form cannot be taken"), words)


def _said(request: HttpRequest, status: int, words: str, more: str) -> HttpResponse:
    page = Page(
        title=words, answer=Answer(words, more), next=Do(_("To the first page"), "/", (Link(_("Back"), request.path),))
    )
    response = show(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
