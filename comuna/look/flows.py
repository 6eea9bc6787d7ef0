"""What came in and what went out, as two bars below each other with the sums beside them: a chart that is its own
table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comuna.look.frame import Words
from comuna.look.parts import Empty, Part


@dataclass(frozen=True)
class Flow:
    """Of a month, or of somebody: amounts, and how they are written."""

    words: Words
    came: int
    went: int
    came_words: Words
    went_words: Words
    href: str = ""


@dataclass(frozen=True)
class FlowLine:
    """The two bars are thousandths of the longest."""

    flow: Flow
    came_at: int
    went_at: int


@dataclass(frozen=True)
class Flows(Part):
    template = "look/parts/flows.html"
    caption: Words
    heads: tuple[Words, Words, Words, Words]  # what a line is, the bars, what came in, what went out
    lines: Sequence[FlowLine]
    empty: Empty | None = None


def scaled(flows: Iterable[Flow]) -> list[FlowLine]:
    """Each line beside the longest bar of all; what is below nothing has no bar."""
    flows = list(flows)
    longest = max([1, *(amount for one in flows for amount in (one.came, one.went))])
    return [FlowLine(one, _thousandths(one.came, longest), _thousandths(one.went, longest)) for one in flows]


def _thousandths(amount: int, longest: int) -> int:
    """A little for whatever is more than nothing."""
    return max(4, 998 * amount // longest) if amount > 0 else 0
