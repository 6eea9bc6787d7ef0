"""An anonymous reader's page is a function of (journal head, local day, language, address with its host).

That tuple is its ETag and the key under which the finished page is kept: one act makes all of them new,
and nothing is ever stale. Pages of somebody who is signed in, and every form, are never kept. An answer that says
``is_one_of_many`` has its ETag and is not kept either: what people search for would push out all other pages.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from comuna import __version__
from comuna.acts.clock import now
from comuna.acts.moment import day_now
from comuna.journal import sql
from comuna.journal.lock import reading
from comuna.journal.queries import commune_here
from comuna.mandates.sign_in import COOKIE as SIGN_IN_COOKIE
from comuna.web.language import language_of

BYTES_MAX = 256 * 1024  # a page larger than this is made anew each time, and has its tag all the same
ALL_BYTES_MAX = 8 * 1024 * 1024  # of all pages that are kept: some 500, and no more memory in books of many councils

_pages: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
_bytes = 0  # of them
_of_head = b""  # the head of the journal for which the pages are kept: with the next act all of them go
_lock = Lock()


class ReadingMiddleware:
    """What a page asks several times it asks once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with reading():
            return self.get_response(request)


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or SIGN_IN_COOKIE in request.COOKIES:
            return _private(self.get_response(request))
        tag = _tag(request)
        if f'"{tag}"' in request.headers.get("If-None-Match", "").replace("W/", ""):
            return _tagged(HttpResponseNotModified(), tag, request)
        kept = _kept(tag)
        if kept is not None:
            size = {"Content-Length": str(len(kept[0]))}  # CommonMiddleware, which adds it, stands further in
            return _tagged(HttpResponse(kept[0], content_type=kept[1], headers=size), tag, request)
        response = self.get_response(request)
        if not _is_for_everybody(response):
            return _private(response)
        if tag == _tag(request):  # no act came between
            if len(response.content) <= BYTES_MAX and not getattr(response, "is_one_of_many", False):
                _keep(tag, response)
            return _tagged(response, tag, request)
        return _private(response)


def _tag(request: HttpRequest) -> str:
    commune = commune_here()
    newest = sql.one("SELECT seq, digest FROM journal_record ORDER BY seq DESC LIMIT 1") if commune else None
    witnessed = sql.one("SELECT MAX(size) FROM journal_checkpoint") if commune else (0,)
    day = day_now(commune) if commune else now().date()
    head = bytes(newest[1]) if newest else b""
    _forget_older_than(head)
    key = (
        __version__,
        head,
        witnessed,
        day,
        language_of(request),
        request.build_absolute_uri(),
        request.method == "HEAD",
    )
    return sha256(repr(key).encode()).hexdigest()[:32]


def _is_for_everybody(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def _forget_older_than(head: bytes) -> None:
    """Pages of an older head are never asked for again, and after an erasure nothing of them stays in memory."""
    global _of_head
    if head != _of_head:
        forget_pages()
        _of_head = head


def forget_pages() -> None:
    global _bytes
    with _lock:
        _pages.clear()
        _bytes = 0


def _kept(tag: str) -> tuple[bytes, str] | None:
    with _lock:
        kept = _pages.get(tag)
        if kept is not None:
            _pages.move_to_end(tag)
        return kept


def _keep(tag: str, response: HttpResponse) -> None:
    global _bytes
    with _lock:
        _bytes -= len(_pages.pop(tag, (b"", ""))[0])
        _pages[tag] = (response.content, response.headers["Content-Type"])
        _bytes += len(response.content)
        while _bytes > ALL_BYTES_MAX:
            _tag, (content, _type) = _pages.popitem(last=False)
            _bytes -= len(content)


def _tagged(response: HttpResponse, tag: str, request: HttpRequest) -> HttpResponse:
    response.headers["ETag"] = f'W/"{tag}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Language, Cookie, Accept-Encoding"
    return response


def _private(response: HttpResponse) -> HttpResponse:
    if not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-store"
    return response
