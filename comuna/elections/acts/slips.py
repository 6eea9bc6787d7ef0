"""The ballots of a secret vote, one by one, so that the counts can be added up again by anybody.

They are written down together, at the end, sorted: the row of a ballot, its place and its id say only which ballots
there were, never in which order they were cast. The names on one ballot are sorted too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from comuna.acts.act import Performed
from comuna.acts.fields import Label, Marker, Row
from comuna.acts.refusal import Refused, refuse_if
from comuna.elections.models import Slip
from comuna.elections.rules import Marks, in_order, marked, sums

BLANK = "0"


def _written(slip: Marks) -> str:
    return " ".join(map(str, slip)) or BLANK


class SlipRow(Row):
    """One valid ballot: the lines of the candidates named on it, or 0 where it is blank."""

    marks: Annotated[
        str,
        StringConstraints(pattern=r"^(0|[1-9]\d{0,2}( [1-9]\d{0,2}){0,99})$"),
        Marker.SLUG,
        Label(_("Candidates named on it, by their lines")),
    ]


def sorted_rows(rows: tuple[SlipRow, ...]) -> tuple[SlipRow, ...]:
    """In an order that depends on nothing but what stands on them."""
    return tuple(SlipRow(marks=_written(slip)) for slip in in_order([marked(row.marks) for row in rows]))


def judge(rows: Iterable[SlipRow], votes: list[int], counted: int, marks_max: int) -> None:
    """Each ballot names candidates who stand, nobody twice and not more than it may; together they give the counts.
    Raises Refused."""
    slips = [marked(row.marks) for row in rows]
    for slip in slips:
        words = " ".join(map(str, slip))
        refuse_if(
            any(line > len(votes) for line in slip),
            "elections.slip-of-nobody",
            _("Ballot {slip}: there is no candidate on that line.").format(slip=words),
            field="slips",
        )
        refuse_if(
            len(set(slip)) < len(slip),
            "elections.slip-names-twice",
            _("Ballot {slip}: it names somebody twice.").format(slip=words),
            field="slips",
        )
        refuse_if(
            len(slip) > marks_max,
            "elections.slip-names-too-many",
            _("Ballot {slip}: it names more than {marks}.").format(slip=words, marks=marks_max),
            field="slips",
        )
    refuse_if(
        len(slips) != counted,
        "elections.slips-do-not-add-up",
        _("Ballots typed one by one: {typed}; valid ones: {counted}.").format(typed=len(slips), counted=counted),
        field="slips",
    )
    given = sums(slips, len(votes))
    for place, (typed, summed) in enumerate(zip(votes, given, strict=True)):
        if typed != summed:
            differ = _("Line {line}: votes counted: {votes}; votes on the ballots typed one by one: {sum}.")
            raise Refused(
                "elections.slips-differ",
                differ.format(line=place + 1, votes=typed, sum=summed),
                field=f"candidates.{place}.votes",
            )


def write(record: Performed, rows: Iterable[SlipRow], lines: list[UUID], places: dict[UUID, int]) -> None:
    """The ballots, by the candidates' places; ``lines`` are the people in the order in which the act names them."""
    slips: list[Marks] = in_order([tuple(places[lines[line - 1]] for line in marked(row.marks)) for row in rows])
    values: list[dict[str, Any]] = [
        {
            "id": record.key("slip", place),
            "election_id": record.id,
            "place": place,
            "marks": _written(slip),
        }
        for place, slip in enumerate(slips, start=1)
    ]
    record.create_many(Slip, values)
