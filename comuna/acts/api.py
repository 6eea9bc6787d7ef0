"""Acts over HTTP: one path an act, an envelope for queues, and a batch that is all or nothing.

Answers: 201 done, 200 done before (the first answer again), 400 not JSON, 401 nobody is signed in where
somebody must be, 404 no such act, 409 the id stands for other words or is somebody else's, 413 too large,
415 not sent as JSON, 422 malformed or refused, each with field, rule and words. 507 and 503 in the same form where the
disk is full or takes no writing (``web/unusable.py``): nothing was done, and the same may be sent again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Router

from comuna.acts.authority import Actor
from comuna.acts.door import Done, Request, perform_all
from comuna.acts.envelope import BYTES_MAX, read_batch, read_envelope
from comuna.acts.refusal import IdTaken, Malformed, Refused

STRANGERS_BYTES_MAX = 64 * 1024  # nothing that nobody in particular does is longer; reading more costs the server

router = Router()


@router.post("/acts/", include_in_schema=False)
def post_envelope(request: HttpRequest) -> HttpResponse:
    return _answer(request, lambda data: [read_envelope(data)], many=False)


@router.post("/acts/batch/", include_in_schema=False)
def post_batch(request: HttpRequest) -> HttpResponse:
    return _answer(request, read_batch, many=True)


@router.post("/acts/{verb}/", include_in_schema=False)
def post_act(request: HttpRequest, verb: str) -> HttpResponse:
    def read(data: bytes) -> list[Request]:
        try:
            body = json.loads(data)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict) or "verb" in body:
            return [read_envelope(data)]
        return [read_envelope(json.dumps(body | {"verb": verb}).encode())]

    return _answer(request, read, many=False)


def _answer(request: HttpRequest, read: Callable[[bytes], list[Request]], *, many: bool) -> HttpResponse:
    if request.content_type != "application/json":
        return _said(415, [_error("body", "acts.not-json", "application/json")])
    try:
        if int(request.headers.get("Content-Length") or 0) > BYTES_MAX:
            return _said(413, [_error("body", "acts.too-large", f"> {BYTES_MAX} bytes")])
        person = getattr(request, "person", None)
        if person is None and len(request.body) > STRANGERS_BYTES_MAX:
            return _said(
                401, [_error("body", "acts.sign-in-first", _("Sign in first: this is too long for a stranger."))]
            )
        requests = read(request.body)
        done = perform_all(requests, Actor(person))
    except Malformed as malformed:
        return _said(_status_of(malformed), [_error(e.field, e.rule, e.words) for e in malformed.errors])
    except IdTaken as taken:
        return _said(409, [_error("id", "acts.id-taken", f"{taken}")])
    except Refused as refused:
        body = _error(refused.field or "", refused.rule, refused.words)
        body |= {"citation": refused.citation, "who": [str(one) for one in refused.who]}
        return _said(422, [body])
    answers = [_done(one) for one in done]
    status = 200 if all(one.repeated for one in done) else 201
    return JsonResponse({"acts": answers} if many else answers[0], status=status)


def _status_of(malformed: Malformed) -> int:
    rules = {error.rule for error in malformed.errors}
    if "acts.no-such-verb" in rules:
        return 404
    return 400 if "acts.json-invalid" in rules else 422


def _error(field: str, rule: str, words: Any) -> dict[str, Any]:
    return {"field": field, "rule": rule, "words": str(words)}


def _said(status: int, errors: list[dict[str, Any]]) -> HttpResponse:
    return JsonResponse({"errors": errors}, status=status)


def _done(done: Done) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": str(done.id),
        "seq": done.seq,
        "day": done.day.isoformat(),
        "repeated": done.repeated,
    }
    if done.performed:
        answer["performed"] = str(done.performed)
    return answer
