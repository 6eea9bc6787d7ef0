"""``/look/``: every part at once, with short, long, empty, refused and printed contents.

What stands in the parts is invented, in Spanish: the longest language of the house. ``?dir=rtl`` turns
the page round in a pseudo-language. ``script/look`` photographs it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from comuna.look import sample_pages
from comuna.look.page import Page, show
from comuna.look.pseudo import mirrored

PATTERNS: dict[str, Callable[[], Page]] = {
    "parts": sample_pages.parts_page,
    "session": sample_pages.session_page,
    "form": sample_pages.form_page,
    "faults": sample_pages.faulty_form_page,
    "refused": sample_pages.refused_page,
    "minutes": sample_pages.minutes_page,
    "empty": sample_pages.empty_page,
}


def patterns(request: HttpRequest) -> HttpResponse:
    """All parts on one page."""
    return pattern(request, "parts")


def pattern(request: HttpRequest, name: str) -> HttpResponse:
    """One of the pages of patterns."""
    if name not in PATTERNS:
        raise Http404
    response = show(request, PATTERNS[name]())
    if request.GET.get("dir") == "rtl":
        response.content = mirrored(response.content.decode()).encode()
    return response
