"""What a Popolo file of ours may hold, as a JSON Schema of our own: the classes and property names of the specification
(popoloproject.com), narrowed to what we publish. Nothing else may stand in it."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

WORDS: Schema = {"type": "string", "minLength": 1}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
COUNT: Schema = {"type": "integer", "minimum": 0}
ID: Schema = {"type": "string", "format": "uuid"}
SEAT: Schema = {"type": "string", "pattern": "^[a-z0-9][a-z0-9._@-]*/[0-9]+$"}


def either(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def thing(**properties: Schema) -> Schema:
    """Every property is there, and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def many(one: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": one, "minItems": least}


SOURCES = many(thing(url={"type": "string", "format": "uri"}), least=1)
RESULT: Schema = {"enum": ["pass", "fail"]}
OPTION: Schema = {"enum": ["yes", "no", "abstain"]}

PAST_OPTION: Schema = {"enum": ["yes", "no", "abstain", "not voting", "absent"]}
DAY_OR_MOMENT: Schema = {"anyOf": [DAY, MOMENT]}  # papers of earlier years may have no hour


def event(classification: str, statuses: list[str], start: Schema) -> Schema:
    return thing(
        id=ID,
        name=WORDS,
        classification={"const": classification},
        organization_id=WORDS,
        start_date=start,
        location=either(WORDS),
        status={"enum": statuses},
        sources=SOURCES,
    )


def motion(date: Schema, requirement: Schema, classification: Schema) -> Schema:
    return thing(
        id=ID,
        organization_id=WORDS,
        legislative_session_id=ID,
        date=date,
        classification=classification,
        text=either(WORDS),
        requirement=requirement,
        result=either(RESULT),
        sources=SOURCES,
    )


def vote_event(identifier: Schema, start: Schema, result: Schema, counts: Schema, votes: Schema) -> Schema:
    return thing(
        id=ID,
        identifier=identifier,
        motion_id=ID,
        organization_id=WORDS,
        legislative_session_id=ID,
        start_date=start,
        result=result,
        counts=counts,
        votes=votes,
        sources=SOURCES,
    )


NONE: Schema = {"type": "null"}
EVENT = event("session", ["confirmed", "cancelled"], MOMENT)
PAST_EVENT = event("session of earlier papers", ["confirmed"], DAY_OR_MOMENT)
KIND: Schema = {"enum": ["motion", "amendment", "motion on an item added after the convocation"]}
MOTION, PAST_MOTION = motion(MOMENT, either(WORDS), KIND), motion(DAY_OR_MOMENT, NONE, NONE)
COUNTED = thing(option=OPTION, value=COUNT)
VOTE_EVENT = vote_event(
    either({"type": "string", "pattern": "^[0-9]+/[0-9]{4}$"}),
    MOMENT,
    RESULT,
    many(COUNTED, least=3),
    many(thing(option={"enum": [*OPTION["enum"], "not voting"]}, voter_id=either(ID), role=WORDS)),
)
PAST_VOTE_EVENT = vote_event(
    NONE,
    DAY_OR_MOMENT,
    either(RESULT),
    many(COUNTED, least=1),
    many(thing(option=PAST_OPTION, voter_id=ID, role=NONE)),
)

SCHEMA: Schema = thing(
    organizations=many(
        thing(
            id=WORDS,
            name=WORDS,
            classification={"enum": ["commune", "council", "organ", "organ of earlier papers"]},
            parent_id=either(ID),
            founding_date=either(DAY),
        ),
        least=1,
    ),
    persons=many(thing(id=ID, name=WORDS)),
    posts=many(thing(id=SEAT, label=WORDS, role=WORDS, organization_id=WORDS)),
    memberships=many(
        thing(
            id=ID,
            person_id=ID,
            organization_id=WORDS,
            post_id=SEAT,
            label=WORDS,
            role={"enum": ["principal", "alternate"]},
            start_date=DAY,
            end_date=either(DAY),
        )
    ),
    events=many({"anyOf": [EVENT, PAST_EVENT]}),
    motions=many({"anyOf": [MOTION, PAST_MOTION]}),
    vote_events=many({"anyOf": [VOTE_EVENT, PAST_VOTE_EVENT]}),
)
