"""The first act of the books."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import (
    Count,
    Day,
    FileDigest,
    HexDigest,
    HouseholdLine,
    Id,
    Label,
    PublicLine,
    Row,
    Slug,
    TimeZoneName,
)
from comuna.acts.refusal import refuse_if
from comuna.journal.chain import FileCited
from comuna.mandates import effects
from comuna.mandates.acts.codes import CODE_LASTS_DAYS
from comuna.mandates.models import Origin
from comuna.mandates.rules import seat_id
from comuna.mandates.seating import Seating
from comuna.statutes import effects as statutes_effects, queries as statutes
from comuna.statutes.rules import months_later
from comuna.statutes.spread import spread
from comuna.statutes.statute import Statute
from comuna.territory import effects as territory
from comuna.territory.reading.text import fold
from comuna.territory.rules import initials


class Promoter(Row):
    """One of those who begin the commune."""

    subject: ClassVar[str] = "person"

    person: Annotated[Id, Label(_("Person"))]  # a fresh id: nobody is on the roll yet
    full_name: Annotated[HouseholdLine, Label(_("Full name"), help=_("As on the identity card; not public"))]
    public_name: Annotated[PublicLine, Label(_("Public name"), help=_("As everybody may read it"))]
    code: Annotated[HexDigest, Label(_("Digest of the claim code"))]


class Initials(Row):
    """What of a promoter's name stands wherever the public name does not."""

    subject: ClassVar[str] = "person"

    person: Id
    initials: PublicLine


class FoundCommune(Act):
    """Begin the books of a commune: its name, its statute and its promoters, who keep it going until the
    first elections. This is done once, on empty books; afterwards nobody stands above the statute."""

    verb = "mandates.found_commune"
    power = Power.FOUNDING
    label = _("Found the commune")
    said = _("{name} began its books under the statute {statute_id}; promoters: {promoters}")
    undo = None  # empty books are begun anew

    name: Annotated[PublicLine, Label(_("Name"), help=_("Of the commune or the council"))]
    time_zone: Annotated[TimeZoneName, Label(_("Time zone"))] = "America/Caracas"
    statute: Annotated[FileDigest, Label(_("Statute"))]
    promoters: Annotated[tuple[Promoter, ...], Label(_("Promoters"))]

    class Facts(ActFacts):
        statute_id: Slug
        statute_version: Slug
        statute_size: Count
        seatings: tuple[Seating, ...]
        initials: tuple[Initials, ...]
        codes_expire_on: Day

    def local_zone(self) -> str:
        return self.time_zone

    def check(self, world: World) -> Facts:
        found = statutes.checked(self.statute, field="statute")
        statute = spread(found.statute, ())
        self._check_promoters(statute)
        return self.Facts(
            statute_id=found.statute.id,
            statute_version=found.statute.version,
            statute_size=found.size,
            seatings=self._seatings(world, statute),
            initials=tuple(
                Initials(person=one.person, initials=initials(one.full_name) or "—") for one in self.promoters
            ),
            codes_expire_on=world.day + timedelta(days=CODE_LASTS_DAYS),
        )

    def _check_promoters(self, statute: Statute) -> None:
        founding, count = statute.founding, len(self.promoters)
        refuse_if(
            count < founding.promoters_min,
            "mandates.too-few-promoters",
            str(_("Promoters needed to begin, at least: {count}.")).format(count=founding.promoters_min),
            citation=founding.rule.source,
            field="promoters",
        )
        places = statute.seat(founding.seat).count
        refuse_if(
            count > places,
            "mandates.too-many-promoters",
            str(_("Places for promoters in the statute: {count}.")).format(count=places),
            citation=founding.rule.source,
            field="promoters",
        )
        distinct = ({one.person for one in self.promoters}, {one.code for one in self.promoters})
        refuse_if(
            any(len(found) < count for found in distinct),
            "mandates.promoter-twice",
            _("The same promoter or the same code stands here twice."),
            field="promoters",
        )
        names: set[str] = set()
        for place, one in enumerate(self.promoters):
            refuse_if(
                (spelled := fold(one.full_name)) in names,
                "mandates.promoter-twice",
                _("The same name stands here twice. Two people of one name? Write both surnames of each."),
                field=f"promoters.{place}.full_name",
            )
            names.add(spelled)

    def _seatings(self, world: World, statute: Statute) -> tuple[Seating, ...]:
        kind = statute.seat(statute.founding.seat)
        return tuple(
            Seating(
                mandate=world.key("mandate", number),
                seat=seat_id(world.commune, kind.id, number),
                kind=kind.id,
                organ=kind.organ,
                number=number,
                is_alternate=False,
                person=promoter.person,
                begins=world.day,
                ends=months_later(world.day, statute.founding.months) - timedelta(days=1),
            )
            for number, promoter in enumerate(self.promoters, start=1)
        )

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        return (FileCited(self.statute, facts.statute_size, statutes.MEDIA_TYPE),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        territory.found(record, name=self.name, time_zone=self.time_zone)
        statutes_effects.adopt(
            record,
            statute_id=facts.statute_id,
            version=facts.statute_version,
            digest=self.statute,
            in_force_from=record.day,
        )
        people = zip(self.promoters, facts.initials, facts.seatings, strict=True)
        for number, (promoter, known, seating) in enumerate(people, start=1):
            territory.add_person(
                record,
                id=promoter.person,
                full_name=promoter.full_name,
                initials=known.initials,
            )
            effects.seat(record, seating, Origin.FOUNDING, public_name=promoter.public_name)
            effects.issue_code(
                record, record.key("code", number), promoter.person, promoter.code, facts.codes_expire_on
            )
