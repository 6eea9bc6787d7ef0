"""What is printed on one sheet and cut apart, each piece for somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comuna.look.parts import Part, Section


@dataclass(frozen=True)
class CutApart(Part):
    """Sections with a line to cut along around each; none is broken over two sheets."""

    template = "look/parts/cut_apart.html"
    sections: Sequence[Section]
