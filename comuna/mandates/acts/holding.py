"""Mandates from before the books, and how mandates end otherwise than by election or recall."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Count, Day, Flag, Id, Label, PublicLine, PublicText, Slug, To
from comuna.acts.reading import read_one
from comuna.acts.refusal import Refused, refuse_if
from comuna.mandates import councils, effects, queries, undoing
from comuna.mandates.models import Ending, Mandate, Origin
from comuna.mandates.places import Sooner, is_gone
from comuna.mandates.rules import EndingKind, last_day
from comuna.mandates.seating import Leaving, Seating, Wanted, leave, plan
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.statutes.statute import Statute
from comuna.territory import queries as territory
from comuna.territory.models import Person

YEARS_MAX = 100  # from the first day of a mandate on paper to its last


class EnterMandate(Act):
    """Write down a mandate that began before these books, as the paper has it: who, which seat, since when.
    One whose term is over is entered too; the books then show it as expired."""

    verb = "mandates.enter_mandate"
    power = Power.SEAT
    label = _("Enter a mandate from paper")
    said = _("{seat} entered a mandate that began on {begins}: {origin_words}")
    undo = "mandates.undo_entry"
    about = "person"

    person: Annotated[Id, To(Person), Label(_("Person"))]
    public_name: Annotated[
        PublicLine | None,
        Label(_("Public name"), help=_("As everybody may read it beside the seat; empty: her initials")),
    ] = None
    kind: Annotated[Slug, Label(_("Seat"))]
    is_alternate: Annotated[Flag, Label(_("As alternate"))] = False
    number: Annotated[
        Count | None, Label(_("Number of the seat"), help=_("Where there are several; empty: the first free one"))
    ] = None
    begins: Annotated[Day, Label(_("First day"))]
    ends: Annotated[Day | None, Label(_("Last day"), help=_("As the paper says; empty: as the statute says"))] = None
    origin_words: Annotated[
        PublicText, Label(_("Which paper"), help=_("Minutes, date and folio of the election. Everybody can read this."))
    ]

    class Facts(ActFacts):
        seating: Seating

    def in_council(self) -> str | None:
        return council_in(self.kind)

    def check(self, world: World) -> Facts:
        refuse_if(
            self.ends is not None and self.ends < self.begins,
            "mandates.ends-too-early",
            _("It cannot end before it began."),
            field="ends",
        )
        refuse_if(
            self.ends is not None and self.ends.year > self.begins.year + YEARS_MAX,
            "mandates.ends-too-late",
            _("No mandate lasts that long."),
            field="ends",
        )
        refuse_if(
            self.begins >= territory.commune_since(world.commune),
            "mandates.not-before-the-books",
            _("These books had already begun that day. An election since then is recorded as an election."),
            field="begins",
        )
        barred = queries.barred_until(self.person)
        refuse_if(
            barred is not None and barred > world.day,
            "mandates.barred-from-return",
            _("These books ended a mandate of this person and bar a return: no older paper brings one back."),
            field="person",
        )
        statute = statutes.in_force(world.commune, world.day)
        self._check_seat(statute)
        (seating,) = plan(
            world,
            statute,
            Wanted(
                mandate=world.id,
                kind=self.kind,
                person=self.person,
                begins=self.begins,
                number=self.number,
                is_alternate=self.is_alternate,
                ends=self.ends,
                elected=False,
            ),
        )
        return self.Facts(seating=seating)

    def _check_seat(self, statute: Statute) -> None:
        """Promoters come with the founding alone, and no paper gives more than the statute's term."""
        kind = statute.seats_by_id.get(self.kind)
        if kind is None:
            return  # the plan of the seats says so
        refuse_if(
            kind.founding,
            "mandates.by-founding-only",
            _("Promoters come with the founding of the books, never later."),
            citation=kind.rule.source,
            field="kind",
        )
        last = last_day(self.begins, kind.term)
        refuse_if(
            self.ends is not None and last is not None and self.ends > last,
            "mandates.longer-than-the-term",
            _("The statute's term ends earlier than that."),
            citation=kind.term.rule.source,
            field="ends",
        )

    def apply(self, record: Performed) -> None:
        effects.seat(
            record,
            record.facts.seating,
            Origin.PAPER,
            public_name=self.public_name or "",
            origin_words=self.origin_words,
        )


class UndoEntry(Act):
    """Take back a mandate that was entered by mistake. It then never was; what it had replaced stands again."""

    verb = "mandates.undo_entry"
    power = Power.SEAT
    label = _("Undo the entry of a mandate")
    said = _("{seat} took back a mandate that had been entered by mistake")
    undo = None  # enter it anew

    mandate: Annotated[Id, To(Mandate), Label(_("Mandate"))]

    class Facts(ActFacts):
        sooner: tuple[Sooner, ...] = ()  # endings that say again what they said before the entry

    def in_council(self) -> str | None:
        return councils.council_of_mandate(self.mandate)

    def check(self, world: World) -> Facts:
        row = world.get(Mandate, self.mandate, field="mandate")
        refuse_if(
            row.origin != Origin.PAPER,
            "mandates.not-from-paper",
            _("This mandate was not entered from paper; it ends by resignation, recall or its own end."),
            field="mandate",
        )
        why = undoing.why_the_seats_stand(world, [row.id], row.seat.kind, row.act, row.born)
        refuse_if(why, "mandates.cannot-undo-entry", why or "", field="mandate")
        return self.Facts(sooner=read_one(row.act).facts.seating.sooner)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.mandate, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        effects.undo_seat(record, Mandate.objects.get(pk=self.mandate), record.facts.sooner)


class Resign(Act):
    """Give up your own seat. It takes effect at once; where the statute says so, your alternate steps in."""

    verb = "mandates.resign"
    power = Power.MEMBER
    label = _("Resign from my seat")
    said = _("{seat} resigned")
    undo = None  # a resignation stands; whoever elects may elect the person again

    mandate: Annotated[Id, To(Mandate), Label(_("My seat"))]

    class Facts(ActFacts):
        leaving: Leaving

    def check(self, world: World) -> Facts:
        row = world.get(Mandate, self.mandate, field="mandate")
        refuse_if(row.person_id != world.person, "mandates.own-seat", _("This is not your seat."), field="mandate")
        return self.Facts(leaving=leave(world, self.mandate, EndingKind.RESIGNED, world.day))

    def apply(self, record: Performed) -> None:
        effects.end(record, record.facts.leaving)


class WhyEnded(StrEnum):
    """Why a mandate ends without the holder at the keyboard."""

    RESIGNED = "resigned"
    DIED = "died"
    LEFT = "left"

    @classmethod
    def labels(cls) -> dict[str, Any]:
        return {
            cls.RESIGNED: _("Resigned in writing"),
            cls.DIED: _("Died"),
            cls.LEFT: _("Moved away or left the seat for good"),
        }

    @property
    def ending(self) -> EndingKind:
        return {
            WhyEnded.RESIGNED: EndingKind.RESIGNED,
            WhyEnded.DIED: EndingKind.DIED,
            WhyEnded.LEFT: EndingKind.ENDED,
        }[self]


class EndMandate(Act):
    """Record that somebody's mandate is over: a resignation on paper, a death, a departure."""

    verb = "mandates.end_mandate"
    power = Power.SEAT
    label = _("Record the end of a mandate")
    said = _("{seat} recorded the end of a mandate on {on}: {why}")
    undo = "mandates.undo_ending"
    deadline = True

    mandate: Annotated[Id, To(Mandate), Label(_("Mandate"))]
    why: Annotated[WhyEnded, Label(_("What happened"))]
    on: Annotated[Day, Label(_("First day without it"), help=_("Today or an earlier day"))]

    class Facts(ActFacts):
        leaving: Leaving

    def in_council(self) -> str | None:
        return councils.council_of_mandate(self.mandate)

    def check(self, world: World) -> Facts:
        refuse_if(self.on > world.day, "mandates.not-yet", _("This day has not come yet."), field="on")
        person = world.get(Mandate, self.mandate, field="mandate").person
        refuse_if(
            self.why is WhyEnded.DIED and not is_gone(person, self.on),
            "mandates.death-first",
            _("Write the death down first, with the person: it ends all her seats and her sign-in. Then this one."),
            field="why",
        )
        return self.Facts(leaving=leave(world, self.mandate, self.why.ending, self.on))

    def apply(self, record: Performed) -> None:
        effects.end(record, record.facts.leaving)


class UndoEnding(Act):
    """Take back the recorded end of a mandate that goes on after all. Whoever stepped in steps back."""

    verb = "mandates.undo_ending"
    power = Power.SEAT
    label = _("Undo the end of a mandate")
    said = _("{seat} took back the end of a mandate, which goes on")
    undo = "mandates.end_mandate"

    mandate: Annotated[Id, To(Mandate), Label(_("Mandate"))]

    class Facts(ActFacts):
        ended_by: Id

    def in_council(self) -> str | None:
        return councils.council_of_mandate(self.mandate)

    def check(self, world: World) -> Facts:
        ending = _ending_of(world.get(Mandate, self.mandate, field="mandate"))
        refuse_if(
            ending.kind not in (why.ending.value for why in WhyEnded),
            "mandates.cannot-undo-ending",
            _("This end can no longer be taken back; whoever elects may elect the person again."),
            field="mandate",
        )
        why = undoing.why_the_end_stands(world, ending, ending.born)
        refuse_if(why, "mandates.cannot-undo-ending", why or "", field="mandate")
        return self.Facts(ended_by=ending.act)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.ended_by, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        effects.undo_end(record, Ending.objects.get(mandate=self.mandate))


def _ending_of(mandate: Mandate) -> Ending:
    ending: Ending | None = Ending.objects.filter(mandate=mandate).first()
    if ending is None:
        raise Refused("mandates.not-ended", _("This mandate has not ended."), field="mandate")
    return ending
