"""Where in a TOML text each table and key stands, so that an error can name its line.

``tomllib`` gives values without positions. A statement of TOML (a table's header, or a key with its
value) ends where a line ends, and is TOML by itself; so the text is cut into statements by letting
``tomllib`` read ever one line more until it is content. No rule of the language is written down here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str | int, ...]
"""``("seat", 2, "term")``: the key ``term`` of the third ``[[seat]]``."""

DEPTH_MAX = 8  # of tables in tables; a statute needs three
LINES_READ_MAX = 150_000  # a value over many lines is read once for each of them; then no further line is known


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) of every table, key and list item of a text that ``tomllib`` has accepted.

    Of what lies deeper than ``DEPTH_MAX``, or behind ``LINES_READ_MAX``, no line is known; ``line_of`` then
    answers with the nearest thing around it.
    """
    found: dict[Path, int] = {(): 1}
    lists: dict[Path, int] = {}
    table: Path = ()
    for first, lines, values in _statements(text):
        if lines[0].lstrip().startswith("["):
            table = _enter(values, lists)
            for length in range(1, len(table) + 1):
                found.setdefault(table[:length], first)
        else:
            _note(found, table, values, first, lines)
    return found


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it that stands in the text."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def _statements(text: str) -> Iterator[tuple[int, list[str], dict[str, Any]]]:
    """First line (from 1), the lines and the values of each statement, in order."""
    lines = text.replace("\r\n", "\n").split("\n")
    start, left = 0, LINES_READ_MAX
    while start < len(lines):
        if not lines[start].strip() or lines[start].lstrip().startswith("#"):
            start += 1
            continue
        for end in range(start + 1, len(lines) + 1):
            left -= end - start
            try:
                values = tomllib.loads("\n".join(lines[start:end]))
            except ValueError:
                if left < 0:
                    return
                continue
            yield start + 1, lines[start:end], values
            start = end
            break
        else:
            return


def _enter(header: Any, lists: dict[Path, int]) -> Path:
    """The path of the table that a header opens. ``lists`` counts the tables of each list so far."""
    path: Path = ()
    while header and len(path) < DEPTH_MAX:
        [(key, header)] = header.items()
        path = (*path, key)
        if isinstance(header, list):
            lists[path] = lists.get(path, -1) + 1
            return (*path, lists[path])
        if path in lists and header:
            path = (*path, lists[path])
    return path


def _note(found: dict[Path, int], table: Path, values: Any, first: int, lines: list[str]) -> None:
    """Note the keys and list items beneath a table; an item of a list spread over lines has its own."""
    pairs = values.items() if isinstance(values, dict) else enumerate(values)
    for key, value in pairs:
        path = (*table, key)
        found.setdefault(path, first)
        if isinstance(value, dict | list) and len(path) < DEPTH_MAX:
            _note(found, path, value, first, lines)
        elif isinstance(key, int) and isinstance(value, str):
            where = (n for n, line in enumerate(lines) if f'"{value}"' in line or f"'{value}'" in line)
            found[path] = first + next(where, 0)
