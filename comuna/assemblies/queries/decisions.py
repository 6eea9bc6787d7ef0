"""Questions about what was decided, who answers for it and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from comuna.assemblies.models import FollowUp, Motion, Ratified, Resolution, Statement, Tally
from comuna.journal import sql


@dataclass(frozen=True)
class ResolutionStanding:
    """A resolution, what it says, and what became of it so far."""

    resolution: Resolution
    text: str
    decided_on: date
    session: UUID
    from_paper: bool  # its session was written down afterwards
    said: tuple[FollowUp, ...]  # oldest first
    ratified: Ratified | None  # what the organ said that ratifies; None where it is not asked, or not yet

    @property
    def to_ratify(self) -> bool:
        """Whether it waits for another organ."""
        return bool(self.resolution.ratified_by) and self.ratified is None

    @property
    def rejected(self) -> bool:
        return self.ratified is not None and not self.ratified.accepted

    @property
    def is_task(self) -> bool:
        """Whether somebody answers for it, or it has a day; a rule that was agreed on only stands."""
        return bool(self.resolution.responsible) or self.resolution.due_on is not None

    @property
    def is_done(self) -> bool:
        return bool(self.said) and self.said[-1].done

    def is_late(self, day: date) -> bool:
        return (
            self.is_task
            and not self.is_done
            and not self.rejected
            and self.resolution.due_on is not None
            and self.resolution.due_on < day
        )


def resolutions(commune: UUID, lines: slice) -> list[ResolutionStanding]:
    """Those lines of all, newest first: three statements."""
    return found_where(f"{_OF} = %s ORDER BY {_BORN} DESC LIMIT %s OFFSET %s", sql.uuid_value(commune), *limits(lines))


def resolutions_of(commune: UUID, organ: str, lines: slice, *, approving: bool = False) -> list[ResolutionStanding]:
    """Those lines of an organ's that stand, newest first; of those alone that approve what was put before their
    session, where that is asked."""
    only = " AND worded.approves" if approving else ""
    found = found_where(
        f"{_OF} = %s AND {_T}.organ = %s{only} ORDER BY {_BORN} DESC LIMIT %s OFFSET %s",
        sql.uuid_value(commune),
        organ,
        *limits(lines),
    )
    return [one for one in found if not one.to_ratify]


def limits(lines: slice) -> tuple[int, int]:
    """How many lines, after how many others, as a statement says it."""
    return lines.stop - (lines.start or 0), lines.start or 0


def count_resolutions(commune: UUID) -> int:
    return sql.count_of(Resolution, commune)


def resolution(id: UUID, commune: UUID) -> ResolutionStanding | None:
    """One decision of that commune; None where there is none."""
    found = found_where(f"{_T}.id = %s AND {_OF} = %s", sql.uuid_value(id), sql.uuid_value(commune))
    return next(iter(found), None)


_T = "assemblies_resolution"
_OF, _BORN = f"{_T}.commune", f"{_T}.born"


def found_where(where: str, *parameters: Any) -> list[ResolutionStanding]:
    """The resolutions that SQL names, each with its words and session and what became of it: three statements, one
    where there are none. A list of them is on many pages, and the mapper would make four objects of each."""
    rows = sql.joined_rows(
        Resolution,
        "worded.text, CAST(held.sits_on AS TEXT), held.id, held.from_paper",
        f"JOIN assemblies_motion worded ON worded.id = {_T}.wording_id"
        f" JOIN assemblies_motion put ON put.id = {_T}.motion_id"
        " JOIN assemblies_session held ON held.id = put.session_id",
        where,
        *parameters,
    )
    if not rows:
        return []
    keys = [sql.uuid_value(row[0].id) for row in rows]
    these = f"resolution_id IN ({sql.marks(keys)})"
    said: dict[UUID, list[FollowUp]] = {}
    for follow_up in sql.state_rows(FollowUp, f"{these} ORDER BY born", *keys):
        said.setdefault(follow_up.resolution_id, []).append(follow_up)
    ratified = {one.resolution_id: one for one in sql.state_rows(Ratified, these, *keys)}
    return [
        ResolutionStanding(
            resolution=row,
            text=text,
            decided_on=date.fromisoformat(day),
            session=sql.uuid_of(session),
            from_paper=bool(from_paper),
            said=tuple(said.get(row.id, ())),
            ratified=ratified.get(row.id),
        )
        for row, text, day, session, from_paper in rows
    ]


def stands(resolution: Resolution) -> bool:
    """Whether something may rest on a decision: one of seats whose terms were over only once it was ratified."""
    if not resolution.ratified_by:
        return True
    return Ratified.objects.filter(resolution=resolution, accepted=True).exists()


def approves(resolution: Resolution) -> bool:
    """Whether it approves what was put before the session under its item: the words that were adopted, its own or those
    of an amendment, say so."""
    wording: Motion = resolution.wording
    return bool(wording.approves)


def approvals(items: Collection[UUID]) -> dict[UUID, Resolution]:
    """Of these items those under which what was put before the session was approved, each with the oldest decision that
    approves it and stands. One statement, and one for each that had to be ratified."""
    found = Resolution.objects.filter(motion__item__in=items).select_related("motion", "wording").order_by("born")
    first: dict[UUID, Resolution] = {}
    for one in found if items else ():
        if one.motion.item_id not in first and approves(one) and stands(one):
            first[one.motion.item_id] = one
    return first


def motions_ever(commune: UUID) -> list[Motion]:
    """Every motion that stands, each with its session, tally and resolution, in the order of sessions: one
    statement."""
    found = Motion.objects.filter(commune=commune).select_related("session", "item", "tally", "resolution__wording")
    return list(found.order_by("session__day", "session__hour", "session__born", "number"))


def tally_of(motion: UUID) -> Tally:
    """Raises Tally.DoesNotExist before the motion was voted on."""
    found: Tally = Tally.objects.get(motion_id=motion)
    return found


def open_resolutions(commune: UUID, organ: str = "") -> list[ResolutionStanding]:
    """Tasks that are not done yet, of all organs or of one, the earliest due first: three statements."""
    of_organ, organs = (f" AND {_T}.organ = %s", (organ,)) if organ else ("", ())
    waiting = found_where(
        f"{_T}.id IN (SELECT p.resolution_id FROM assemblies_pending p WHERE p.commune = %s){of_organ}"
        f" AND (NOT ({_T}.responsible = '') OR {_T}.due_on IS NOT NULL)"
        f" AND NOT EXISTS (SELECT 1 FROM assemblies_ratified r WHERE r.resolution_id = {_T}.id AND NOT r.accepted)",
        sql.uuid_value(commune),
        *organs,
    )
    return sorted(waiting, key=lambda one: (one.resolution.due_on or date.max, one.resolution.born))


def to_ratify(commune: UUID, organ: str = "") -> list[ResolutionStanding]:
    """Decisions of seats whose terms were over that another organ has neither ratified nor rejected, the oldest first:
    of all, or those that this organ is asked about. Three statements."""
    of_organ, organs = (f" AND {_T}.ratified_by = %s", (organ,)) if organ else ("", ())
    return found_where(
        f"{_OF} = %s AND NOT ({_T}.ratified_by = ''){of_organ} AND NOT EXISTS"
        f" (SELECT 1 FROM assemblies_ratified r WHERE r.resolution_id = {_T}.id) ORDER BY {_BORN}",
        sql.uuid_value(commune),
        *organs,
    )


def written_onto(session: UUID) -> dict[UUID, list[ResolutionStanding]]:
    """The earlier decisions that are written down as standing on an agenda by themselves, by item. Four statements."""
    rows = sql.rows(
        "SELECT c.item_id, c.resolution_id FROM assemblies_agendaitem i"
        " JOIN assemblies_carried c ON c.item_id = i.id WHERE i.session_id = %s ORDER BY c.place",
        sql.uuid_value(session),
    )
    keys = list(dict.fromkeys(resolution for _item, resolution in rows))
    found = found_where(f"{_T}.id IN ({sql.marks(keys)})", *keys) if keys else []
    standing = {one.resolution.id: one for one in found}
    carried: dict[UUID, list[ResolutionStanding]] = {}
    for item, resolution in rows:
        carried.setdefault(sql.uuid_of(item), []).append(standing[sql.uuid_of(resolution)])
    return carried


def statements(commune: UUID, resolution: UUID | None = None) -> list[Statement]:
    """What organs have said in public, the newest first: all of it, or by one decision."""
    found = Statement.objects.filter(commune=commune)
    found = found.filter(resolution=resolution) if resolution else found
    return list(found.select_related("resolution__motion__session").order_by("-born"))


def next_resolution_number(commune: UUID, organ: str, year: int) -> int:
    where = "commune = %s AND organ = %s AND year = %s"
    found = sql.one(f"SELECT COUNT(*) FROM assemblies_resolution WHERE {where}", sql.uuid_value(commune), organ, year)
    return int(found[0]) + 1 if found else 1
