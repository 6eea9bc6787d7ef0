"""The columns of a list in blocks, one for each person of a row: which age, number or remark is whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comuna.territory.reading.columns import LEFT_ALONE, NAMES, PERSONAL, WHEREABOUTS, Column, Role
from comuna.territory.reading.grids import Cell, RawRow


@dataclass(frozen=True)
class Block:
    """The columns about one person of a row. Places and counts may be shared by all blocks."""

    names: tuple[Column, ...]
    others: Mapping[Role, tuple[Column, ...]]
    wide: bool  # one of several in the row
    left_alone: frozenset[int] = frozenset()

    @property
    def is_head(self) -> bool:
        return any(column.is_head for column in self.names)

    @property
    def is_of_members(self) -> bool:
        """Whether all others of a household are named in one cell."""
        return self.names[0].role is Role.MEMBERS

    @property
    def relation(self) -> str:
        return next((column.relation for column in self.names if column.relation), "")

    def cell(self, row: RawRow, role: Role) -> Cell:
        """The first filled cell of that role."""
        ats = (column.at for column in self.others.get(role, ()))
        return next((row.cells[at] for at in ats if at < len(row.cells) and row.cells[at] is not None), None)


def blocks_of(columns: Sequence[Column]) -> tuple[Block, ...]:
    """The columns in blocks of one person each, left to right."""
    groups = _name_groups(columns)
    others: list[dict[Role, list[Column]]] = [{} for _ in groups]
    nobodys = {column.at for column in of_nobody(columns)}
    for role in dict.fromkeys(c.role for c in columns if c.role is not None and c.role not in NAMES | LEFT_ALONE):
        same_role = [column for column in columns if column.role is role and column.at not in nobodys]
        for number, mine in enumerate(_shared_out(same_role, groups, role)):
            if mine:
                others[number][role] = mine
    left_alone = frozenset(column.at for column in columns if column.role in LEFT_ALONE)
    return tuple(
        Block(tuple(group), {role: tuple(mine) for role, mine in other.items()}, len(groups) > 1, left_alone)
        for group, other in zip(groups, others, strict=True)
    )


def of_nobody(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns such as an age that say something of somebody whose name is not read: they stand behind a column that
    nobody understood, whose header speaks of the family or beside which there is a second age."""
    found: list[Column] = []
    ordered = sorted(columns, key=lambda column: column.at)
    for number, column in enumerate(ordered):
        if column.role not in PERSONAL:
            continue
        before = [c for c in ordered[:number] if c.role in NAMES or c.role is None]
        owner = before[-1] if before else None
        if owner is None or owner.role is not None:
            continue
        again = any(c.role is column.role for c in ordered[:number]) and owner.at == column.at - 1
        if owner.is_of_another or (again and not _is_regular(ordered, column.role)):
            found.append(column)
    return tuple(found)


def _is_regular(columns: Sequence[Column], role: Role) -> bool:
    """Whether behind each name stands one column of that role."""
    groups = _name_groups(columns)
    starts = [group[0].at for group in groups]
    owners = [sum(start <= column.at for start in starts) for column in columns if column.role is role]
    return owners == list(range(1, len(groups) + 1))


def _name_groups(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns of names, a group for each person: a whole name, or given names and surnames in any order."""
    groups: list[list[Column]] = []
    before: Column | None = None
    for column in (c for c in columns if c.role in NAMES):
        roles = {c.role for c in groups[-1]} if groups else set()
        complete = bool(roles & {Role.NAME, Role.MEMBERS}) or {Role.GIVEN, Role.SURNAME} <= roles
        goes_on = before is not None and before.role is column.role is not Role.NAME and column.at == before.at + 1
        if not groups or (complete and not goes_on) or column.role in (Role.NAME, Role.MEMBERS):
            groups.append([])
        groups[-1].append(column)
        before = column
    return groups


def _shared_out(columns: list[Column], groups: list[list[Column]], role: Role) -> list[list[Column]]:
    """Which of the columns with one role belong to which person."""
    if len(groups) == 1:
        return [columns]
    if role in WHEREABOUTS and len(columns) == 1:
        return [[] for _ in groups]  # about anybody of the row: ``lines.read_whereabouts``
    if len(columns) == len(groups):
        return [[column] for column in columns]
    if role not in PERSONAL:
        return [columns for _ in groups]
    starts = [group[0].at for group in groups]
    shared: list[list[Column]] = [[] for _ in groups]
    for column in columns:
        shared[max((n for n, start in enumerate(starts) if start <= column.at), default=0)].append(column)
    return shared
