"""What is printed on one sheet and cut apart, each piece for somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comuna.look.frame import Words
from comuna.look.parts import Part, Section


@dataclass(frozen=True)
class Slips(Part):
    """So many slips of paper, all alike: what is asked, then the answers to tick or lines to write on."""

    template = "look/parts/slips.html"
    over: Words  # in small letters: whose slips they are
    asked: Words
    answers: Sequence[Words]
    lines: int
    count: int

    @property
    def each(self) -> range:
        return range(self.count)

    @property
    def written(self) -> range:
        return range(self.lines)


@dataclass(frozen=True)
class CutApart(Part):
    """Sections with a line to cut along around each; none is broken over two sheets."""

    template = "look/parts/cut_apart.html"
    sections: Sequence[Section]
