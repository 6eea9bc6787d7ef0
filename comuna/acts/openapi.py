"""The interface as a document: one path an act, from its class, its docstring and its field kinds.

Built once when the program is set up, not at every start: 300 acts take half a second and 80 MB.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils import translation

from comuna import __version__
from comuna.acts.act import Act, Power, all_acts
from comuna.acts.fields import Kind, fields_of

_ERRORS = {
    "type": "object",
    "properties": {
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "rule": {"type": "string"},
                    "words": {"type": "string"},
                    "citation": {"type": ["string", "null"]},
                    "who": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["field", "rule", "words"],
            },
        }
    },
    "required": ["errors"],
}
_DONE = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "seq": {"type": "integer"},
        "day": {"type": "string", "format": "date"},
        "repeated": {"type": "boolean"},
        "performed": {"type": "string", "format": "uuid"},
    },
    "required": ["id", "seq", "day", "repeated"],
}


def document() -> dict[str, Any]:
    """An OpenAPI 3.1 document, in English, the same for the same release."""
    with translation.override("en"):
        schemas: dict[str, Any] = {"Done": _DONE, "Errors": _ERRORS}
        paths = {f"/api/acts/{verb}/": {"post": _operation(act, schemas)} for verb, act in all_acts().items()}
        return {
            "openapi": "3.1.0",
            "info": {"title": "Comuna", "version": __version__},
            "paths": paths,
            "components": {"schemas": schemas},
        }


def write(target: Path) -> None:
    """The document as a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(document(), ensure_ascii=False, sort_keys=True), "utf-8")


def _operation(act: type[Act], schemas: dict[str, Any]) -> dict[str, Any]:
    body = {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "fields"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "description": "random (version 4), made by the sender"},
            "version": {"const": act.version, "default": act.version},
            "fields": _fields(act, schemas),
        },
    }
    return {
        "operationId": act.verb,
        "summary": str(act.label),
        "description": " ".join((act.__doc__ or "").split()),
        "x-power": act.power.value if isinstance(act.power, Power) else str(act.power),
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            code: {
                "description": words,
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{ref}"}}},
            }
            for code, words, ref in (
                ("201", "done", "Done"),
                ("200", "done before: the first answer again", "Done"),
                ("400", "not JSON", "Errors"),
                ("409", "the id stands for other words", "Errors"),
                ("413", "too large", "Errors"),
                ("415", "not sent as JSON", "Errors"),
                ("422", "malformed, or refused by a rule", "Errors"),
            )
        },
    }


def _fields(act: type[Act], schemas: dict[str, Any]) -> dict[str, Any]:
    if any(field.kind is Kind.ACT for field in fields_of(act)):
        inner = {
            "type": "object",
            "required": ["verb", "fields"],
            "properties": {"verb": {"type": "string"}, "version": {"type": "integer"}, "fields": {"type": "object"}},
        }
        return {"type": "object", "required": ["act"], "properties": {"act": inner}, "additionalProperties": False}
    schema = act.model_json_schema(ref_template="#/components/schemas/" + act.verb + ".{model}")
    for name, part in schema.pop("$defs", {}).items():
        schemas[f"{act.verb}.{name}"] = part
    schema.pop("description", None)
    return schema
