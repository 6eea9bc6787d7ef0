"""What the sample commune talks about, as ``matters.toml`` has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from importlib.resources import files
from random import Random

_ABOUT = tomllib.loads(files(__package__).joinpath("matters.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Matter:
    """An item with its motion. Shares are of those present, in hundredths."""

    title: str
    motion: str
    in_favour: int = 89
    against: int = 5
    who: str = ""  # the seat that answers for it
    days: int = 0  # until it is due
    done: str = ""
    late: str = ""  # said when it is due and not done


def about(what: str) -> tuple[Matter, ...]:
    """Every matter of an organ, as written."""
    return tuple(_read(**table) for table in _ABOUT[what])


def _read(**table: object) -> Matter:
    words = {"in_favour": table.pop("for", 89)} | table
    return Matter(**words)  # type: ignore[arg-type]  # the file has the fields' own types


def filled(matter: Matter, random: Random, streets: tuple[str, ...] = (), council: str = "") -> Matter:
    """With a street and a figure by chance, and the council's own seat."""
    words = {"place": random.choice(streets) if streets else "", "n": str(random.randrange(12, 90))}
    return replace(
        matter,
        title=matter.title.format(**words),
        motion=matter.motion.format(**words),
        done=matter.done.format(**words),
        late=matter.late.format(**words),
        who=f"{matter.who}@{council}" if matter.who and council else matter.who,
    )
