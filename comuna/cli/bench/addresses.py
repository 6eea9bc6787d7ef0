"""The program's addresses and the peer of its pages: an empty view, behind the same middleware."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from comuna.web import urls


@never_cache  # or the page cache would answer in its place
def empty(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse()


urlpatterns = [path("bench/empty/", empty), *urls.urlpatterns]
