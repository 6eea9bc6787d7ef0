"""The interface document, built when the program is set up and served as it lies there."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from comuna.web.settings import PACKAGE

DOCUMENT = PACKAGE / "web" / "static" / "openapi.json"


def document(request: HttpRequest) -> HttpResponseBase:
    if not DOCUMENT.exists():
        raise Http404
    response = FileResponse(DOCUMENT.open("rb"), content_type="application/json")
    response.headers["Cache-Control"] = "max-age=3600"
    return response
