"""What the tables of a statute's file may name: the values they share, the organs, the seats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from comuna.statutes.positions import Path
from comuna.statutes.reading import Table
from comuna.statutes.statute import Eligibility, Majority, Rhythm, Roll, Share, Term

V = TypeVar("V", Share, Majority, Rhythm, Term, Eligibility, Roll)


@dataclass
class Shared(Generic[V]):
    """The shared values of one kind by their rule, and which of them somebody has named."""

    tables: dict[str, Table]
    values: dict[str, V]
    named: set[str] = field(default_factory=set)

    def pick(self, table: Table, key: str, *, optional: bool = False) -> V | None:
        """The value that a table names; None, noted, when there is none."""
        rule = table.one_of(key, self.values, optional=optional)
        self.named.add(rule)
        return self.values.get(rule)

    def note_unnamed(self) -> None:
        for rule, table in self.tables.items():
            if rule not in self.named:
                table.note("rule", _("{what} is named nowhere"))


@dataclass
class Known:
    """What the file's tables may name: its shared values, its organs, its seats."""

    shares: Shared[Share]
    majorities: Shared[Majority]
    rhythms: Shared[Rhythm]
    terms: Shared[Term]
    eligibilities: Shared[Eligibility]
    rolls: Shared[Roll]
    organs: set[str]
    each: set[str]  # of these, what every council has
    seats: dict[str, tuple[str, ...]]  # a name to the seat kinds it stands for: a group for all its portfolios
    places: dict[tuple[str, str], Path] = field(default_factory=dict)  # ("seat", id) to where it stands

    def expand(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(seat for name in names for seat in self.seats[name]))

    @property
    def single_seats(self) -> set[str]:
        """The names that stand for one seat kind, not for a group."""
        return {name for name, kinds in self.seats.items() if kinds == (name,)}

    def note_unnamed(self) -> None:
        """Note the shared values that no table names."""
        self.shares.note_unnamed()
        self.majorities.note_unnamed()
        self.rhythms.note_unnamed()
        self.terms.note_unnamed()
        self.eligibilities.note_unnamed()
        self.rolls.note_unnamed()
