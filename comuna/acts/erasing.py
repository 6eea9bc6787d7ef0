"""Erasing private words: what the books hold of them goes, and in public nobody reads whose they were."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Performed, Power, World, performed_key
from comuna.acts.fields import Audience, Count, Id, Label, PublicLine
from comuna.acts.models import Proposal
from comuna.acts.refusal import refuse_if
from comuna.journal.models import Commitment, Erasure, Record
from comuna.journal.tables import State, of_class

PARTS_MAX = 900  # of which so much fits into one record's public body; what is left takes another act


class ErasableAudience(StrEnum):
    """Which of a person's words to erase."""

    PUBLIC = "public"
    HOUSEHOLD = "household"
    IDENTITY = "identity"
    HEALTH = "health"
    MEDIATION = "mediation"

    @classmethod
    def labels(cls) -> dict[str, Any]:
        return {
            cls.PUBLIC: _("Names and words shown in public"),
            cls.HOUSEHOLD: _("Name, household and address"),
            cls.IDENTITY: _("Identity number"),
            cls.HEALTH: _("Health"),
            cls.MEDIATION: _("Mediation"),
        }


class ErasePrivate(Act):
    """Erase what the books hold of one person's private words. The chain still verifies: it keeps only
    that something was said, never what, and does not say in public whose words went. This cannot be undone."""

    verb = "acts.erase_private"
    power = Power.SEAT
    label = _("Erase private words")
    said = _("{seat} erased private words ({parts} of {held}): {reason}")
    undo = None  # erased words are nowhere any more

    subject: Annotated[Id, Audience("household"), Label(_("About whom"))]
    audiences: Annotated[tuple[ErasableAudience, ...], Label(_("Which words"))]
    reason: Annotated[PublicLine, Label(_("Reason"), help=_("Without the words that are to be erased"))]

    class Facts(ActFacts):
        parts: Count  # erased by this act, oldest first
        held: Count  # how many there were; what is left takes another such act

    def check(self, world: World) -> Facts:
        refuse_if(not self.audiences, "acts.nothing-chosen", _("Choose which words to erase."), field="audiences")
        refuse_if(
            _concerned(world.person, self.subject),
            "acts.own-erasure",
            _("These words are about you: others erase them."),
            field="subject",
        )
        refuse_if(
            _orders_erasure(self.subject),
            "acts.erasure-stays",
            _("Whom an erasure is about stays written down for those who may read it: it tells what was erased."),
            field="subject",
        )
        held = self._held().count()
        refuse_if(
            not held, "acts.nothing-to-erase", _("The books hold no such words about this subject."), field="subject"
        )
        return self.Facts(parts=min(held, PARTS_MAX), held=held)

    def erases(self, facts: Any) -> tuple[UUID, ...]:
        return tuple(self._held().order_by("record", "number").values_list("id", flat=True)[: facts.parts])

    def _held(self) -> QuerySet[Commitment]:
        """The parts that nobody has ordered erased yet."""
        audiences = [audience.value for audience in self.audiences]
        chosen = Commitment.objects.filter(subject__in=_about(self.subject), audience__in=audiences)
        return chosen.exclude(id__in=Erasure.objects.values("id"))

    def apply(self, record: Performed) -> None:
        for subject in _about(self.subject):
            blank_state(record, subject, {audience.value for audience in self.audiences})


def _concerned(person: UUID | None, subject: UUID) -> bool:
    """Whether the words are about whoever proposes or signs, or against her: they ask for her recall, or say why."""
    if person is None or person == subject:
        return person is not None
    for model in of_class(State):
        assert issubclass(model, State)
        if (words := model.erasable) is None or not words.against:
            continue
        if model.objects.filter(**{f"{words.subject}__in": _about(subject), words.against: person}).exists():
            return True
    return False


def _about(subject: UUID) -> tuple[UUID, UUID]:
    """What is erased with a subject: where it is a proposal, the words of the act in it, done or not."""
    return subject, performed_key(subject)


def _orders_erasure(subject: UUID) -> bool:
    """Whether it is an erasure, done or proposed: without its subject the books could not be made anew."""
    records = list(Commitment.objects.filter(subject__in=_about(subject)).values_list("record", flat=True).distinct())
    done = Record.objects.filter(pk__in=records, verb=ErasePrivate.verb)
    return done.exists() or Proposal.objects.filter(pk__in=records, verb=ErasePrivate.verb).exists()


def blank_state(record: Performed, subject: UUID, audiences: set[str]) -> None:
    """Empty every state column that holds words of these audiences about the subject."""
    for model in of_class(State):
        assert issubclass(model, State)
        if model.erasable is None:
            continue
        columns = [name for name, audience in model.erasable.columns.items() if audience in audiences]
        blank = {name: None if model._meta.get_field(name).null else "" for name in columns}
        if blank:
            record.blank(model, blank, **{model.erasable.subject: subject})
