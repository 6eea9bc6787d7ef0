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

SCHEMA: Schema = thing(
    organizations=many(
        thing(
            id=WORDS,
            name=WORDS,
            classification={"enum": ["commune", "council", "organ"]},
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
    events=many(
        thing(
            id=ID,
            name=WORDS,
            classification={"const": "session"},
            organization_id=WORDS,
            start_date=MOMENT,
            location=either(WORDS),
            status={"enum": ["confirmed", "cancelled"]},
            sources=SOURCES,
        )
    ),
    motions=many(
        thing(
            id=ID,
            organization_id=WORDS,
            legislative_session_id=ID,
            date=MOMENT,
            text=either(WORDS),
            requirement=either(WORDS),
            result=either(RESULT),
            sources=SOURCES,
        )
    ),
    vote_events=many(
        thing(
            id=ID,
            identifier=either({"type": "string", "pattern": "^[0-9]+/[0-9]{4}$"}),
            motion_id=ID,
            organization_id=WORDS,
            legislative_session_id=ID,
            start_date=MOMENT,
            result=RESULT,
            counts=many(thing(option=OPTION, value=COUNT), least=3),
            votes=many(thing(option=OPTION, voter_id=either(ID), role=WORDS)),
            sources=SOURCES,
        )
    ),
)
