"""Observations on the books: any neighbour makes one, the organ that keeps them answers, in a set time."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Day, Id, Label, PublicLine, PublicText, To
from comuna.acts.refusal import refuse_if
from comuna.treasury import queries
from comuna.treasury.models import Book, BudgetLine, Entry
from comuna.treasury.models.observations import Observation, ObservationAnswer

ANSWER_DAYS = 15
A_DAY_MAX = 5  # observations of one person; the journal forgets nothing
ANSWERS_MAX = 20


class Observe(Act):
    """Ask about the accounts, in your own name: about a book, an entry or a line of the budget. Anybody reads it; who
    keeps the book answers."""

    verb = "treasury.observe"
    power = Power.MEMBER
    label = _("Make an observation")
    said = _("{seat} made an observation on the accounts, to be answered until {due}")
    undo = "treasury.withdraw_observation"

    book: Annotated[Id, To(Book), Label(_("Book"))]
    entry: Annotated[Id | None, To(Entry), Label(_("Entry"))] = None
    line: Annotated[Id | None, To(BudgetLine), Label(_("Line of the budget"))] = None
    words: Annotated[
        PublicText, Label(_("What do you ask?"), help=_("Anybody reads this: name no neighbours, only what you saw"))
    ]

    class Facts(ActFacts):
        about: Id
        due: Day

    def check(self, world: World) -> Facts:
        book, about = world.get(Book, self.book, field="book"), self.book
        found = {book.id}
        if self.entry is not None:
            entry = world.get(Entry, self.entry, field="entry")
            found, about = {*found, entry.book_id}, entry.act
        if self.line is not None:
            budget = world.get(BudgetLine, self.line, field="line").budget
            found, about = {*found, budget.book_id}, about if self.entry is not None else budget.id
        refuse_if(len(found) > 1, "treasury.of-another-book", _("This is of another book."), field="entry")
        today = Observation.objects.filter(observer=world.person, day=world.day).count()
        refuse_if(
            today >= A_DAY_MAX,
            "treasury.observed-often",
            _("Observations that you can make a day: {n}. Make another one tomorrow.").format(n=A_DAY_MAX),
            field="words",
        )
        return self.Facts(about=about, due=world.day + timedelta(days=ANSWER_DAYS))

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.about, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        assert record.by.person is not None, "a neighbour acts in her own name"
        record.create(
            Observation,
            book_id=self.book,
            entry_id=self.entry,
            line_id=self.line,
            rendering_id=None,
            observer=record.by.person,
            words=self.words,
            day=record.day,
            due=record.facts.due,
            closed_on=None,
        )


def _organ(observation: UUID) -> str | None:
    book = Observation.objects.filter(pk=observation).values_list("book", flat=True).first()
    return queries.organ_of_book(book) if book else None


def _open(world: World, id: UUID) -> Observation:
    """Raises Refused."""
    found = world.get(Observation, id, field="observation")
    refuse_if(
        found.closed_on is not None,
        "treasury.observation-closed",
        _("This observation is closed."),
        field="observation",
    )
    return found


OpenObservation = Annotated[Id, To(Observation), Label(_("Observation"))]


class AnswerObservation(Act):
    """Answer an observation on the book that your organ keeps. Anybody reads it beside what was asked."""

    verb = "treasury.answer_observation"
    power = Power.SEAT
    label = _("Answer the observation")
    said = _("{seat} answered an observation")
    undo = None  # a later answer says it better

    observation: OpenObservation
    words: Annotated[PublicText, Label(_("Answer"), help=_("Anybody reads this: name no neighbours"))]

    def in_organ(self) -> str | None:
        return _organ(self.observation)

    def check(self, world: World) -> Any:
        found = _open(world, self.observation)
        refuse_if(
            found.answers.count() >= ANSWERS_MAX,
            "treasury.answered-often",
            _("Answers to one observation at most: {n}.").format(n=ANSWERS_MAX),
            field="words",
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.observation, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(ObservationAnswer, observation_id=self.observation, words=self.words, day=record.day)


class CloseObservation(Act):
    """Close an observation as a comptroller: it was answered, or something was decided about it."""

    verb = "treasury.close_observation"
    power = Power.SEAT
    label = _("Close the observation")
    said = _("{seat} closed an observation: {words}")
    undo = None  # asked again

    observation: OpenObservation
    words: Annotated[PublicLine, Label(_("Why it is closed"))]

    def in_council(self) -> str | None:
        found = Observation.objects.filter(pk=self.observation).values_list("book__council", flat=True).first()
        return found or None

    def check(self, world: World) -> Any:
        _open(world, self.observation)
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.observation, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.update(Observation, self.observation, closed_on=record.day)


class WithdrawObservation(Act):
    """Close an observation of your own: you were answered, or had been mistaken."""

    verb = "treasury.withdraw_observation"
    power = Power.MEMBER
    label = _("I have my answer")
    said = _("{seat} closed an observation of her own")
    undo = None  # asked again

    observation: OpenObservation

    def check(self, world: World) -> Any:
        found = _open(world, self.observation)
        refuse_if(
            found.observer != world.person,
            "treasury.not-your-observation",
            _("Somebody else made this observation: she closes it, or a comptroller."),
            field="observation",
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.observation, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.update(Observation, self.observation, closed_on=record.day)
