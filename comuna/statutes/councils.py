"""How the organs and seats of several councils are told apart: by the council's slug behind an @ in their ids."""

from __future__ import annotations

from dataclasses import dataclass

AT = "@"
"""Between the id in a statute's file and the slug of the council whose it is: "cc.assembly@el-mirador"."""


BETWEEN = " · "
"""Between the words of an organ or seat and the name of the council whose it is."""


@dataclass(frozen=True)
class Council:
    """One body of the statute's level, as the books have it."""

    slug: str  # "el-mirador": stands behind the @ of its organs' and seats' ids
    name: str  # "El Mirador"


Matters = tuple[str | None] | None
"""In whose matters something is done: (a council's slug,), (None,) for those of the whole commune; None: anywhere."""


def council_in(organ_or_seat: str) -> str | None:
    """The slug of the council whose organ or seat this is; None for one of the whole commune."""
    return organ_or_seat.partition(AT)[2] or None
