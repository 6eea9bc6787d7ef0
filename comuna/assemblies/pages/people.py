"""Who was there, who counted and who signs: the people in the minutes, as each rendering may name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _, pgettext

from comuna.acts.authority import authority
from comuna.acts.reading import read_one
from comuna.assemblies.models import Attendance
from comuna.assemblies.pages import also
from comuna.assemblies.pages.words import movements, people_words
from comuna.assemblies.queries import ItemStanding, Standing
from comuna.look.parts import Column, Many, Part, Section, Small, Table, Text, Value
from comuna.look.words import hour_words
from comuna.mandates.queries import seat_words

NEIGHBOURS_SIGNING = 2  # blank lines for any of those present


@dataclass(frozen=True)
class Telling:
    """What a rendering of the minutes says of people: by itself only what everybody may read."""

    full_names: bool = False  # of all who were present, too
    identity: Mapping[UUID, str] | None = None  # identity numbers beside the names; None for a rendering without them
    all_sign: bool = False  # lines for those who counted and, in an organ of seats, for everybody who sat there


PUBLIC = Telling()


def mentioned(
    stands: Standing, items: Sequence[ItemStanding], present: Sequence[Attendance], telling: Telling
) -> set[UUID]:
    """Whose names the page needs."""
    people = set(_counters(items))
    if stands.closure and stands.closure.chaired_by:
        people.add(stands.closure.chaired_by)
    if telling.all_sign:
        people |= {person for person, _as in _each_signer(stands, items, present)}
    return people | {row.person for row in present} if telling.full_names or not stands.everyone_sits else people


def _counters(items: Sequence[ItemStanding]) -> list[UUID]:
    """Who counted, in the order in which they did."""
    motions = [motion for item in items for motion in item.motions]
    tallies = [count for motion in motions for count in (*motion.differing, motion.tally) if count]
    return list(dict.fromkeys(one for tally in tallies for one in (tally.counter_one, tally.counter_two) if one))


def attendance(stands: Standing, present: Sequence[Attendance], known: dict[UUID, str], telling: Telling) -> Section:
    heading = _("Attendance")
    if not present:
        return Section(heading, [Text(_("Nobody was recorded as present."))])
    total = people_words(len({row.person for row in present}))
    moved: list[Part] = [Text("\n".join(f"{words}." for words in movements(stands)))] if movements(stands) else []
    if not stands.everyone_sits:
        return Section(heading, [_seated(stands, present, known, telling), *moved], total)
    if not telling.full_names:
        words = _("Their names are on the signed sheet, which is kept with these minutes.")
        return Section(heading, [Text(f"{total}. {words}"), *moved])
    everybody = sorted({(known.get(row.person, "—"), row.person) for row in present})
    everybody.sort(key=lambda one: one[0].casefold())
    if telling.identity is None:
        said = ", ".join(name for name, _person in everybody).rstrip(".") + "."
        return Section(heading, [Text(said), *moved], total)
    columns = [Column(_("No."), number=True), Column(_("Name"), head=True), Column(_("Identity number"))]
    rows: list[list[Value]] = [
        [number, name, telling.identity.get(person)] for number, (name, person) in enumerate(everybody, start=1)
    ]
    return Section(heading, [Table(heading, columns, rows), *moved], total)


def _seated(stands: Standing, present: Sequence[Attendance], known: dict[UUID, str], telling: Telling) -> Table:
    columns = [Column(_("Seat"), head=True), Column(_("Who")), Column(_("As"))]
    rows: list[list[Value]] = [
        [
            seat_words(stands.statute, row.seat, row.number),
            known.get(row.person),
            _as(row),
        ]
        for row in present
    ]
    if telling.identity is not None:
        columns.append(Column(_("Identity number")))
        rows = [[*row, telling.identity.get(one.person)] for row, one in zip(rows, present, strict=True)]
    return Table(_("Attendance"), columns, rows)


def _as(row: Attendance) -> Value:
    """Principal or alternate, and from when to when where not for the whole session."""
    said = pgettext("seat", "alternate") if row.stands_in else pgettext("seat", "principal")
    hours = [_("from {hour}").format(hour=hour_words(row.came))] if row.came else []
    hours += [_("until {hour}").format(hour=hour_words(row.left))] if row.left else []
    return Many([said, Small(", ".join(hours))]) if hours else said


def who_signs(
    stands: Standing,
    items: Sequence[ItemStanding],
    present: Sequence[Attendance],
    known: dict[UUID, str],
    telling: Telling,
) -> list[str]:
    """What stands under each line: who directed, who kept the minutes, and lines for those present."""
    if stands.closure is None:
        return []
    chair = known.get(stands.closure.chaired_by) if stands.closure.chaired_by else None
    neighbours = [_("For those present")] * NEIGHBOURS_SIGNING
    if telling.all_sign:
        each = _each_signer(stands, items, present)
        lines = [[known.get(one, "—"), (telling.identity or {}).get(one, ""), ", ".join(as_)] for one, as_ in each]
        return ["\n".join(filter(None, line)) for line in lines] + (neighbours if stands.everyone_sits else [])
    under = [_("Directed the debate: {name}").format(name=chair) if chair else _("Directed the debate")]
    return [*under, signed(stands.closure.id), *neighbours]


def _each_signer(
    stands: Standing, items: Sequence[ItemStanding], present: Sequence[Attendance]
) -> list[tuple[UUID, list[str]]]:
    """Everybody who did something in the session or sat in a seat, each once, and as what."""
    found: dict[UUID, list[str]] = {}
    if stands.closure and stands.closure.chaired_by:
        found.setdefault(stands.closure.chaired_by, []).append(_("directed the debate"))
    keeper = _keeper(stands)
    if keeper:
        found.setdefault(keeper, []).append(_("kept the minutes"))
    for counter in dict.fromkeys([*_counters(items), *also.counters_of(stands)]):
        found.setdefault(counter, []).append(_("counted"))
    for row in () if stands.everyone_sits else present:
        found.setdefault(row.person, []).insert(0, seat_words(stands.statute, row.seat, row.number))
    return list(found.items())


def _keeper(stands: Standing) -> UUID | None:
    """Whose mandate closed the session."""
    mandate = read_one(stands.closure.id).by.mandate if stands.closure else None
    return authority().holder(mandate) if mandate else None


def signed(act: UUID) -> str:
    """The seat in whose name an act was done."""
    return authority().signs_as(read_one(act).by)
