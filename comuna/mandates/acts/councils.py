"""The councils that a commune is made of, each with organs, seats and people of its own."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World
from comuna.acts.fields import Id, Label, PublicLine, Slug, StatuteLine, To
from comuna.acts.refusal import refuse_if
from comuna.mandates.models import Mandate
from comuna.statutes import effects, queries as statutes
from comuna.statutes.models import Council
from comuna.statutes.statute import in_books
from comuna.territory import queries as territory
from comuna.territory.reading.text import fold

COUNCILS_MAX = 200
SLUG_LETTERS_MAX = 29

NAME = Label(_("Name"), help=_("As people call it, without the words communal council"))
CODE = Label(_("Code in the register"), help=_("As the register of communes writes it; empty: none yet"))


class RegisterCouncil(Act):
    """Write a council of the commune into the books. From then on it has its own assembly, units and seats, which the
    statute describes once for all councils, and its own people."""

    verb = "mandates.register_council"
    power = Power.SEAT
    label = _("Register a council")
    said = _("{seat} registered: {level} {name}")
    undo = "mandates.strike_council"

    name: Annotated[PublicLine, NAME]
    register_code: Annotated[PublicLine | None, CODE] = None

    class Facts(ActFacts):
        slug: Slug
        level: StatuteLine

    def check(self, world: World) -> Facts:
        statute = statutes.in_force(world.commune, world.day)
        refuse_if(
            statute.level is None,
            "mandates.no-level",
            _("The statute of this commune has no councils: it says nothing of what every council would have."),
        )
        assert statute.level is not None
        standing = statutes.councils(world.commune)
        refuse_if(
            len(standing) >= COUNCILS_MAX,
            "mandates.too-many-councils",
            _("So many councils do not fit into one commune."),
        )
        slug = slug_of(self.name)
        refuse_if(not slug, "mandates.not-a-council-name", _("This is not a name."), field="name")
        refuse_if(
            any(slug in (one.slug, slug_of(one.name)) for one in standing),
            "mandates.council-known",
            _("A council of this name, or of one that is written nearly the same, is already in the books."),
            field="name",
        )
        if not standing:
            self._refuse_books_of_one(world)
        return self.Facts(slug=slug, level=in_books(statute.level.name))

    def _refuse_books_of_one(self, world: World) -> None:
        """The seats and people of a council that was alone would belong to none of those that are registered now."""
        statute = statutes.in_force(world.commune, world.day)
        own = {seat.id for seat in statute.seats if seat.each}
        held = Mandate.objects.filter(commune=world.commune, seat__kind__in=own).exists()
        refuse_if(
            held or territory.has_households(world.commune),
            "mandates.books-of-one-council",
            _(
                "These are the books of a single council, with its people and seats in them. The books of a commune of "
                "several councils begin with registering the councils; its people come after."
            ),
        )

    def apply(self, record: Performed) -> None:
        effects.add_council(
            record, slug=record.facts.slug or "", name=self.name, register_code=self.register_code or ""
        )


class CorrectCouncil(Act):
    """Set right the name of a council or its code in the register. Its seats and sessions stay its own."""

    verb = "mandates.correct_council"
    power = Power.SEAT
    label = _("Correct a council's name")
    said = _("{seat} set right the name of a council: {name}")
    undo = "mandates.correct_council"
    about = "council"

    council: Annotated[Id, To(Council), Label(_("Council"))]
    name: Annotated[PublicLine, NAME]
    register_code: Annotated[PublicLine | None, CODE] = None

    def check(self, world: World) -> ActFacts:
        council = world.get(Council, self.council, field="council")
        others = [one for one in statutes.councils(world.commune) if one.id != council.id]
        refuse_if(
            slug_of(self.name) in {slug_of(one.name) for one in others},
            "mandates.council-known",
            _("A council of this name, or of one that is written nearly the same, is already in the books."),
            field="name",
        )
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.correct_council(record, self.council, name=self.name, register_code=self.register_code or "")


class StrikeCouncil(Act):
    """Take a council out of the books that was registered by mistake, while nobody belongs to it and nobody was ever
    seated in it."""

    verb = "mandates.strike_council"
    power = Power.SEAT
    label = _("Strike a council registered by mistake")
    said = _("{seat} struck a council that had been registered by mistake")
    undo = None  # register it anew

    council: Annotated[Id, To(Council), Label(_("Council"))]

    def check(self, world: World) -> ActFacts:
        council = world.get(Council, self.council, field="council")
        refuse_if(
            _relied_on(world.commune, council.slug),
            "mandates.council-relied-on",
            _("People, seats or streets of this council are in the books: it stays."),
            field="council",
        )
        return self.Facts()

    def apply(self, record: Performed) -> None:
        effects.remove_council(record, self.council)


def _relied_on(commune: UUID, slug: str) -> bool:
    seated = Mandate.objects.filter(commune=commune, seat__kind__endswith=f"@{slug}").exists()
    return seated or territory.has_people_or_places(commune, slug)


def slug_of(name: str) -> str:
    """``El Mirador`` to ``el-mirador``: small letters without accents, figures, hyphens, at most 29."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return words[:SLUG_LETTERS_MAX].strip("-")
