"""Who holds which seat and what was voted, for programs of others (Popolo: organizations, people, motions, votes).

Only what the public pages say: people by the name that they accepted to be public under, else by their initials.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from comuna.acts.authority import authority
from comuna.assemblies.acts.by_name import SILENT
from comuna.assemblies.models import Motion, Tally
from comuna.assemblies.pages.popolo_past import add_past
from comuna.assemblies.pages.words import session_words
from comuna.assemblies.queries import motions_ever, seat_votes_ever, seats_taken
from comuna.assemblies.queries.announced import Announced, announced
from comuna.assemblies.rules import minutes_into
from comuna.look.paper import url_of
from comuna.mandates.pages.reader import here, today_in
from comuna.mandates.queries import Holding, ever_held, named, seat_words
from comuna.statutes import queries as statutes
from comuna.statutes.statute import SeatKind, Statute
from comuna.territory.queries import commune as commune_of

Thing = dict[str, Any]


def document(request: HttpRequest) -> JsonResponse:
    """One file with everything."""
    commune = here()
    zone, day = authority().time_zone(commune), today_in(commune)
    adopted = statutes.ever_adopted(commune)
    now = statutes.in_force(commune, day)
    held, sessions = ever_held(commune, day), announced(commune)
    starts = {one.session.id: _start(one, zone) for one in sessions}
    motions, votes = motions_ever(commune), _votes_by_name(commune, held, [*adopted, now])
    found: dict[str, list[Thing]] = {
        "organizations": _organizations(commune, adopted),
        "persons": _persons(held),
        "posts": _posts(now, adopted, held),
        "memberships": [_membership(one) for one in held],
        "events": [_event(request, one, starts[one.session.id]) for one in sessions],
        "motions": [_motion(request, one, starts[one.session_id]) for one in motions],
        "vote_events": [
            _vote_event(request, one, starts[one.session_id], votes) for one in motions if hasattr(one, "tally")
        ],
    }
    add_past(found, request, commune, zone)
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _organizations(commune: UUID, adopted: list[Statute]) -> list[Thing]:
    """The commune, its councils, and every organ that one of its statutes had."""
    councils = {one.slug: one for one in statutes.councils(commune)}
    whole = commune_of(commune)
    found: list[Thing] = [
        {
            "id": str(commune),
            "name": whole.name,
            "classification": "commune",
            "parent_id": None,
            "founding_date": whole.founded_on.isoformat(),
        }
    ]
    for one in councils.values():
        said = {"id": str(one.id), "name": one.name or one.slug, "classification": "council"}
        found.append({**said, "parent_id": str(commune), "founding_date": one.since.isoformat()})
    for organ in {organ.id: organ for statute in reversed(adopted) for organ in statute.organs}.values():
        parent = councils[organ.council].id if organ.council in councils else commune
        said = {"id": organ.id, "name": named(organ.name), "classification": "organ", "parent_id": str(parent)}
        found.append({**said, "founding_date": None})
    return found


def _person(one: Holding) -> str:
    """An id for somebody under one name: a seat that goes without a name is not tied to one that has it."""
    return str(uuid5(one.person, one.name))


def _persons(held: list[Holding]) -> list[Thing]:
    return [{"id": id, "name": name} for id, name in {_person(one): one.name for one in held}.items()]


def _post(kind: str, number: int) -> str:
    return f"{kind}/{number}"


def _posts(now: Statute, adopted: list[Statute], held: list[Holding]) -> list[Thing]:
    """Every seat of the statute in force, vacant ones too, and those that somebody held under an older one."""
    places = {(kind.id, number): kind.organ for kind in now.seats for number in range(1, kind.count + 1)}
    places |= {(one.kind, one.number): one.organ for one in held}
    kinds: dict[str, tuple[Statute, SeatKind]] = {
        kind.id: (statute, kind) for statute in [*reversed(adopted), now] for kind in statute.seats
    }
    found = []
    for (id, number), organ in places.items():
        statute, kind = kinds.get(id, (now, None))
        role = named(kind.name) if kind else id
        label = seat_words(statute, id, number)
        found.append({"id": _post(id, number), "label": label, "role": role, "organization_id": organ})
    return found


def _membership(one: Holding) -> Thing:
    return {
        "id": str(one.mandate),
        "person_id": _person(one),
        "organization_id": one.organ,
        "post_id": _post(one.kind, one.number),
        "label": one.words,
        "role": "alternate" if one.is_alternate else "principal",
        "start_date": one.term.begins.isoformat(),
        "end_date": one.last_day.isoformat() if one.last_day else None,
    }


def _start(one: Announced, zone: ZoneInfo) -> str:
    """When its newest sitting began, by the commune's clock."""
    _number, day, hour = one.times[-1]
    return _moment(day, hour, zone)


def _moment(day: date, hour: str, zone: ZoneInfo) -> str:
    return datetime.combine(day, time.fromisoformat(hour), zone).isoformat()


def _event(request: HttpRequest, one: Announced, start: str) -> Thing:
    session = one.session
    return {
        "id": str(session.id),
        "name": session_words(one.statute, session),
        "classification": "session",
        "organization_id": session.organ,
        "start_date": start,
        "location": session.place or None,
        "status": "cancelled" if one.cancellation else "confirmed",
        "sources": [_page(request, session.id)],
    }


def _page(request: HttpRequest, session: UUID) -> Thing:
    return {"url": url_of(request, reverse("assemblies:session", args=[session]))}


def _motion(request: HttpRequest, motion: Motion, start: str) -> Thing:
    tally, decided = getattr(motion, "tally", None), getattr(motion, "resolution", None)
    return {
        "id": str(motion.id),
        "organization_id": motion.session.organ,
        "legislative_session_id": str(motion.session_id),
        "date": start,
        "classification": _classification(motion),
        "text": (decided.wording.text if decided else motion.text) or None,
        "requirement": (tally.citation or None) if tally else None,
        "result": _result(motion),
        "sources": [_page(request, motion.session_id)],
    }


def _classification(motion: Motion) -> str:
    """Whether those who sent the members could decide on it depends on when the item came onto the agenda."""
    if motion.amends_id is not None:
        return "amendment"
    added = motion.item.added_on is not None and not motion.session.from_paper
    return "motion on an item added after the convocation" if added else "motion"


def _result(motion: Motion) -> str | None:
    tally = getattr(motion, "tally", None)
    return None if tally is None else "pass" if tally.passed else "fail"


_OPTIONS = {"for": "yes", "against": "no", "abstain": "abstain", SILENT: "not voting"}


def _votes_by_name(commune: UUID, held: list[Holding], statutes_ever: list[Statute]) -> dict[UUID, list[Thing]]:
    """By the count that they belong to: how each seat voted, and who sat in it, where that is in the books yet."""
    names = {(one.person, one.kind): _person(one) for one in held}
    sat = seats_taken(commune)
    found: dict[UUID, list[Thing]] = {}
    for one in seat_votes_ever(commune):
        statute = next((each for each in statutes_ever if one.seat in each.seats_by_id), statutes_ever[-1])
        stays = sat.get((one.tally.motion.session_id, one.seat, one.number), [])
        person = next((stay.person for stay in reversed(stays) if stay.was_there_at(one.tally)), None)
        vote = {
            "option": _OPTIONS[one.vote],
            "voter_id": names.get((person, one.seat)) if person else None,
            "role": seat_words(statute, one.seat, one.number),
        }
        found.setdefault(one.tally_id, []).append(vote)
    return found


def _voted_at(tally: Tally, start: str) -> str:
    """The hour of the vote where it was written down, else when the sitting began."""
    begun = datetime.fromisoformat(start)
    later = minutes_into(f"{begun:%H:%M}", tally.hour) if tally.hour else 0
    return (begun + timedelta(minutes=later)).isoformat()


def _vote_event(request: HttpRequest, motion: Motion, start: str, votes: dict[UUID, list[Thing]]) -> Thing:
    """Counts; and votes, where it was voted by name: hands and papers have none."""
    tally, decided = motion.tally, getattr(motion, "resolution", None)
    counted = (("yes", tally.votes_for), ("no", tally.against), ("abstain", tally.abstain))
    return {
        "id": str(tally.id),
        "identifier": f"{decided.number}/{decided.year}" if decided else None,
        "motion_id": str(motion.id),
        "organization_id": motion.session.organ,
        "legislative_session_id": str(motion.session_id),
        "start_date": _voted_at(tally, start),
        "result": _result(motion),
        "counts": [{"option": option, "value": value} for option, value in counted],
        "votes": votes.get(tally.id, []),
        "sources": [_page(request, motion.session_id)],
    }
