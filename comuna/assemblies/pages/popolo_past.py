"""Sessions of earlier papers in the open data: in the same lists, and named as what they are."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse

from comuna.assemblies.models import PastMotion, PastSession
from comuna.assemblies.pages.past import past_motion_href
from comuna.assemblies.pages.past_words import counted_tally, recorded_tally
from comuna.assemblies.queries.earlier import past_motions_ever, past_names_ever, past_sessions, past_votes_ever
from comuna.look.paper import url_of
from comuna.territory.reading.text import fold

Thing = dict[str, Any]

_RESULTS = {"passed": "pass", "failed": "fail"}
_OPTIONS = {"for": "yes", "against": "no", "abstain": "abstain", "recused": "not voting", "absent": "absent"}


def add_past(found: dict[str, list[Thing]], request: HttpRequest, commune: UUID, zone: ZoneInfo) -> None:
    """Four statements where there are none, a few more by five hundred names."""
    sessions = past_sessions(commune)
    if not sessions:
        return
    names = past_names_ever(commune)
    voters = {row: str(uuid5(who, name)) for row, (who, name) in names.items()}
    given = past_votes_ever(commune)
    found["organizations"] += _organizations(sessions, commune)
    found["events"] += [_event(request, one, zone) for one in sessions]
    votes = {
        motion: [{"option": _OPTIONS[vote.choice], "voter_id": voters[vote.name_id], "role": None} for vote in each]
        for motion, each in given.items()
    }
    there = {one["id"] for one in found["persons"]}
    named = {voters[vote.name_id]: names[vote.name_id][1] for many in given.values() for vote in many}
    found["persons"] += [{"id": id, "name": name} for id, name in named.items() if id not in there]
    for motion in past_motions_ever(commune):
        found["motions"].append(_motion(request, motion, zone))
        tally = recorded_tally(motion)
        tally = counted_tally(motion) if all(number is None for number in tally) else tally
        if any(number is not None for number in tally):
            found["vote_events"].append(_vote_event(request, motion, tally, votes.get(motion.id, []), zone))


def _organ(session: PastSession) -> str:
    """The statute's; else one of its own for each name that the papers have."""
    words = fold(session.organ_words)
    return session.organ or str(uuid5(session.commune, f"past organ {words}") if words else session.commune)


def _organizations(sessions: list[PastSession], commune: UUID) -> list[Thing]:
    strange = {_organ(one): one.organ_words for one in sessions if not one.organ and fold(one.organ_words)}
    kind = {"classification": "organ of earlier papers", "parent_id": str(commune), "founding_date": None}
    return [{"id": id, "name": name, **kind} for id, name in strange.items()]


def _start(session: PastSession, zone: ZoneInfo) -> str:
    """The day alone where the papers have no hour."""
    if not session.hour:
        return session.day.isoformat()
    return datetime.combine(session.day, time.fromisoformat(session.hour), zone).isoformat()


def _event(request: HttpRequest, one: PastSession, zone: ZoneInfo) -> Thing:
    return {
        "id": str(one.id),
        "name": one.title or one.organ_words or one.day.isoformat(),
        "classification": "session of earlier papers",
        "organization_id": _organ(one),
        "start_date": _start(one, zone),
        "location": one.place or None,
        "status": "confirmed",
        "sources": [{"url": url_of(request, reverse("assemblies:past-session", args=[one.id]))}],
    }


def _about(request: HttpRequest, motion: PastMotion) -> Thing:
    return {
        "organization_id": _organ(motion.session),
        "legislative_session_id": str(motion.session_id),
        "result": _RESULTS.get(motion.result),
        "sources": [{"url": url_of(request, past_motion_href(motion))}],
    }


def _motion(request: HttpRequest, motion: PastMotion, zone: ZoneInfo) -> Thing:
    said = {"classification": None, "text": motion.text or None, "requirement": None}
    return {"id": str(motion.id), "date": _start(motion.session, zone), **said, **_about(request, motion)}


def _vote_event(
    request: HttpRequest, motion: PastMotion, tally: tuple[int | None, ...], votes: list[Thing], zone: ZoneInfo
) -> Thing:
    counted = zip(("yes", "no", "abstain"), tally, strict=True)
    return {
        "id": str(uuid5(motion.id, "vote")),
        "identifier": None,
        "motion_id": str(motion.id),
        "start_date": _start(motion.session, zone),
        "counts": [{"option": option, "value": value} for option, value in counted if value is not None],
        "votes": votes,
        **_about(request, motion),
    }
