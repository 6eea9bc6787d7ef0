"""A whole list of people as one act, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field as Limits

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Audience, Count, Day, FileDigest, Id, Label, Line, Slug, To
from comuna.acts.reading import read_one
from comuna.acts.refusal import Refused, refuse_if
from comuna.journal.sealing import fingerprint
from comuna.territory import effects, queries
from comuna.territory.acts.people import AGE_MAX
from comuna.territory.acts.places import refuse_no_council
from comuna.territory.acts.rows import (
    Forgotten,
    Learned,
    Matched,
    NewHome,
    NewSector,
    NewStreet,
    Print,
    Taken,
    forgotten_columns,
    home_columns,
    learned_columns,
    person_columns,
    person_key,
)
from comuna.territory.models import CensusImport, Household, Person, Sector, Street
from comuna.territory.reading.grids import Place
from comuna.territory.reading.identity import read_identity
from comuna.territory.rules import initials

ROWS_MAX = 10_000
PRIVATE = Audience("household")


class ImportCensus(Act):
    """Take a list of people into the books as it was read: everybody new with their household, everybody known
    confirmed. The spreadsheet itself is not kept, only its digest. It can be undone while nothing rests on it."""

    verb = "territory.import_census"
    power = Power.SEAT
    label = _("Import a census")
    said = _("{seat} imported a census of {census_day}: people taken {taken_count}, known before {matched_count}")
    undo = "territory.undo_import"

    census_day: Annotated[Day, Label(_("Day of the census"), help=_("Ages are counted from it"))]
    file_name: Annotated[Line, PRIVATE, Label(_("Name of the file"))]
    file_digest: Annotated[FileDigest, PRIVATE, Label(_("Digest of the file"))]
    rows: Annotated[Count, Label(_("Rows of the file"))]
    listed: Annotated[Count, Label(_("Rows from which nobody was taken"))]
    council: Annotated[
        Slug | None, Label(_("Council"), help=_("Whose people these are, where the books have several"))
    ] = None
    sectors: Annotated[tuple[NewSector, ...], Limits(max_length=200)] = ()
    streets: Annotated[tuple[NewStreet, ...], Limits(max_length=400)] = ()
    homes: Annotated[tuple[NewHome, ...], PRIVATE, Limits(max_length=ROWS_MAX)] = ()
    taken: Annotated[tuple[Taken, ...], PRIVATE, Limits(max_length=ROWS_MAX)] = ()
    matched: Annotated[tuple[Matched, ...], PRIVATE, Limits(max_length=ROWS_MAX)] = ()
    learned: Annotated[tuple[Learned, ...], PRIVATE, Limits(max_length=ROWS_MAX)] = ()

    class Facts(ActFacts):
        taken_count: Count
        matched_count: Count
        prints: Annotated[tuple[Print, ...], Audience("identity")] = ()

    def in_council(self) -> str | None:
        return self.council

    def check(self, world: World) -> Facts:
        refuse_no_council(world, self.council)
        refuse_if(
            not (self.taken or self.matched or self.learned),
            "territory.nobody-in-the-list",
            _("Nobody could be read from this list."),
        )
        refuse_if(
            self.census_day > world.day,
            "territory.not-yet",
            _("That day has not come yet."),
            field="census_day",
        )
        refuse_if(self.listed > self.rows, "territory.rows-add-up", _("More rows are listed than there are."))
        self._check_places(world)
        self._check_people(world)
        return self.Facts(
            taken_count=len(self.taken),
            matched_count=len(self.matched) + len(self.learned),
            prints=self._prints(world),
        )

    def _check_places(self, world: World) -> None:
        sectors = _keys(world, "sectors", "sector", [row.sector for row in self.sectors])
        known_sectors = set(Sector.objects.filter(commune=world.commune).values_list("id", flat=True)) | sectors
        _all_known("streets", [row.sector for row in self.streets], known_sectors)
        streets = _keys(world, "streets", "street", [row.street for row in self.streets])
        known_streets = set(Street.objects.filter(commune=world.commune).values_list("id", flat=True)) | streets
        homes = {row.household for row in self.homes}
        refuse_if(len(homes) < len(self.homes), "territory.row-twice", _TWICE, field="homes")
        _all_known("homes", [row.street for row in self.homes], known_streets)
        _all_known("homes", [row.sector for row in self.homes], known_sectors)
        taken_ids = set(Household.objects.filter(pk__in=homes).values_list("id", flat=True)) if homes else set()
        refuse_if(taken_ids, "territory.row-twice", _TWICE, field="homes")
        known_homes = set(Household.objects.filter(commune=world.commune).values_list("id", flat=True)) | homes
        _all_known("taken", [row.household for row in self.taken], known_homes)
        _all_known("learned", [row.household for row in self.learned], known_homes)

    def _check_people(self, world: World) -> None:
        known_rows: list[Matched | Learned] = [*self.matched, *self.learned]
        everybody = [row.person for row in self.taken] + [row.person for row in known_rows]
        refuse_if(len(set(everybody)) < len(everybody), "territory.row-twice", _TWICE, field="taken")
        for number, row in enumerate(self.taken):
            derived = person_key(world.id, Place(row.sheet, row.row, row.part))
            refuse_if(row.person != derived, "territory.id-not-derived", _DERIVED, field=f"taken.{number}.person")
            refuse_if(
                row.initials != initials(row.full_name),
                "territory.initials-differ",
                _("These are not the initials of that name."),
                field=f"taken.{number}.initials",
            )
            _check_age(world, row, f"taken.{number}")
        for number, learned in enumerate(self.learned):
            _check_age(world, learned, f"learned.{number}")
        known = queries.people_by_id(world.commune, [row.person for row in known_rows])
        rows: list[NewHome | Taken | Learned] = [*self.homes, *self.taken, *self.learned]
        others = {row.council for row in rows} - {None, self.council}
        refuse_if(others, "territory.other-council", _("A list is of one council."), field="council")
        elsewhere = any(_is_elsewhere(known.get(row.person), self.council) for row in known_rows)
        refuse_if(elsewhere, "territory.known-meanwhile", _CHANGED, field="matched")
        missing = next((n for n, row in enumerate(self.matched) if row.person not in known), None)
        refuse_if(missing is not None, "acts.no-such-row", _CHANGED, field=f"matched.{missing}.person")
        for number, learned in enumerate(self.learned):
            person = known.get(learned.person)
            refuse_if(
                person is None or not _is_new(person, learned),
                "territory.known-meanwhile",
                _CHANGED,
                field=f"learned.{number}.person",
            )

    def _prints(self, world: World) -> tuple[Print, ...]:
        """Fingerprints of all identity numbers; refused where one is anybody else's."""
        found: dict[str, UUID] = {}
        rows: list[tuple[str, Taken | Learned]] = [(f"taken.{n}", row) for n, row in enumerate(self.taken)]
        rows += [(f"learned.{n}", row) for n, row in enumerate(self.learned)]
        for place, row in rows:
            if row.identity is None:
                continue
            refuse_if(
                read_identity(row.identity).number != row.identity,
                "territory.not-an-identity-number",
                _("This is not an identity number. Write it as V-12345678 or E-80123456."),
                field=f"{place}.identity",
            )
            print_of_it = fingerprint(row.identity)
            refuse_if(print_of_it in found, "territory.identity-twice", _TWICE, field=f"{place}.identity")
            found[print_of_it] = row.person
        standing = queries.fingerprints_known(world.commune, list(found))
        refuse_if(standing, "territory.identity-known", _CHANGED, field="taken")
        return tuple(Print(person=person, fingerprint=print_of_it) for print_of_it, person in found.items())

    def apply(self, record: Performed) -> None:
        facts = record.facts
        prints = {row.person: row.fingerprint for row in facts.prints}
        here = {"council": self.council or ""}
        effects.add_sectors(record, [{"id": row.sector, "name": row.name} | here for row in self.sectors])
        effects.add_streets(
            record, [{"id": row.street, "name": row.name, "sector_id": row.sector} | here for row in self.streets]
        )
        effects.add_households(record, [home_columns(row) for row in self.homes])
        belongs = {"belongs": self.council is not None}
        taken = [person_columns(row, prints.get(row.person), self.census_day) | belongs for row in self.taken]
        effects.add_people(record, taken)
        for row in self.learned:
            effects.change_person(record, row.person, **learned_columns(row, prints.get(row.person), self.census_day))
        if self.council is not None:
            effects.confirm_council(record, [(row.person, row.council or "") for row in self.learned], self.census_day)
        effects.note_import(
            record,
            census_day=self.census_day,
            taken=facts.taken_count,
            matched=facts.matched_count,
            listed=self.listed,
            day=record.day,
            council=self.council or "",
        )


class UndoImport(Act):
    """Take a census import back: everybody and everything it wrote goes. This is possible while nothing of it
    was changed since and nothing rests on it."""

    verb = "territory.undo_import"
    power = Power.SEAT
    label = _("Undo the import")
    said = _("{seat} undid the import of a census: people taken out again {taken_count}")
    undo = None  # import the list again

    imported: Annotated[Id, To(CensusImport), Label(_("Import"))]

    def in_council(self) -> str | None:
        return queries.council_of_import(self.imported)

    class Facts(ActFacts):
        seq: Count
        taken_count: Count
        forgotten: Annotated[tuple[Forgotten, ...], PRIVATE] = ()

    def check(self, world: World) -> Facts:
        row = world.get(CensusImport, self.imported, field="imported")
        act = read_one(self.imported).act
        assert isinstance(act, ImportCensus)
        in_the_way = queries.in_the_way_of_undoing(row, [learned.person for learned in act.learned])
        if in_the_way:
            words = _("It cannot be undone: since then these were changed, or something rests on them: {what}.")
            raise Refused("territory.import-relied-on", str(words).format(what=", ".join(in_the_way)), field="imported")
        return self.Facts(
            seq=row.born, taken_count=row.taken, forgotten=tuple(_forgotten(learned) for learned in act.learned)
        )

    def cites(self, facts: ActFacts) -> tuple[Cite, ...]:
        return (Cite(self.imported, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        for row in record.facts.forgotten:
            effects.change_person(record, row.person, **forgotten_columns(row))
        effects.remove_all_born_in(record, record.facts.seq)


_TWICE = _("The same stands here twice.")
_DERIVED = _("The id of somebody new is derived from the act's id and the row.")
_CHANGED = _("The books have changed since this list was read. Read it again.")


def _keys(world: World, field: str, word: str, ids: Sequence[UUID]) -> set[UUID]:
    """New ids, which must be those derived from the act."""
    derived = [world.key(word, number) for number in range(len(ids))]
    refuse_if(list(ids) != derived, "territory.id-not-derived", _DERIVED, field=field)
    return set(ids)


def _all_known(field: str, ids: Iterable[UUID | None], known: set[UUID]) -> None:
    lost = next((number for number, id in enumerate(ids) if id is not None and id not in known), None)
    refuse_if(lost is not None, "acts.no-such-row", _CHANGED, field=f"{field}.{lost}")


def _check_age(world: World, row: Taken | Learned, where: str) -> None:
    refuse_if(
        row.age_years is not None and row.age_years > AGE_MAX,
        "territory.age-impossible",
        _("Nobody is that old."),
        field=f"{where}.age_years",
    )
    refuse_if(
        row.birth_day is not None and (row.birth_day > world.day or world.day.year - row.birth_day.year > AGE_MAX + 5),
        "territory.birth-day-impossible",
        _("Nobody can have been born on that day."),
        field=f"{where}.birth_day",
    )


def _is_elsewhere(person: Person | None, council: str | None) -> bool:
    return person is not None and person.council not in ("", council or "")


def _is_new(person: Person, row: Learned) -> bool:
    """Whether the books still do not know what the row says."""
    ages = row.birth_day is not None or row.age_years is not None
    return not (
        (ages and (person.birth_day is not None or person.age_years is not None))
        or (row.identity is not None and person.identity_fingerprint)
        or (row.household is not None and person.household is not None)
        or (row.health is not None and person.health_sealed)
        or (row.initials is not None and person.initials)
        or (row.council is not None and person.council)
        or (row.relation is not None and person.relation)
    )


def _forgotten(row: Learned) -> Forgotten:
    return Forgotten(
        person=row.person,
        age=row.birth_day is not None or row.age_years is not None,
        identity=row.identity is not None,
        household=row.household is not None,
        health=row.health is not None,
        initials=row.initials is not None,
        council=row.council is not None,
        relation=row.relation is not None,
    )
