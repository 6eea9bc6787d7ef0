"""State of the acts themselves: the thread's edges, proposals and their signatures; refused ids."""

from __future__ import annotations

from django.db import models

from comuna.acts.wordsindex import WordsIndex
from comuna.journal.tables import Local, State


class Ground(State):
    """One act rests on another."""

    act = models.UUIDField(db_index=True)
    ground = models.UUIDField(db_index=True)
    role = models.CharField(max_length=20)
    row = models.IntegerField(null=True)


class Proposal(State):
    """An act that waits for signatures; its words stay in the journal, under this id."""

    verb = models.CharField(max_length=80)
    needed = models.IntegerField()
    seats = models.TextField()  # seat kind ids, separated by blanks
    rule = models.CharField(max_length=80)
    expires_on = models.DateField()


class Signature(State):
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    mandate = models.UUIDField()
    person = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="one_signature_a_person")]


class Settlement(State):
    """A proposal is over: performed by the last signature, or withdrawn."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT)
    performed = models.UUIDField(null=True)  # the record, None when withdrawn


class TimeConfirmed(State):
    """Two seats said that the clock is right again."""


class EpochBegun(State):
    """Restored or imported books were opened for writing."""

    epoch = models.IntegerField()


class RefusedId(Local):
    """An id that ``check`` refused: it stays refused, so that no retry passes later unseen. Kept 30 days."""

    id = models.UUIDField(primary_key=True)
    rule = models.CharField(max_length=80)
    words = models.TextField()
    citation = models.TextField(blank=True)
    field = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    @classmethod
    def forget_words(cls) -> None:
        """A refusal may name somebody; that it was refused, and by which rule, stays."""
        cls.objects.exclude(words="").update(words="")


class Entry(Local):
    """The public words of one document (``finding``), folded, for the search. Newest days have the highest keys."""

    derived = True

    id = models.BigIntegerField(primary_key=True)  # finding.first_of(day) and a number within the day
    of = models.UUIDField(unique=True)  # the state row that the document is called by
    kind = models.CharField(max_length=20)
    words = models.TextField()  # sorted, each once; the first is the kind's own mark

    class Meta:
        indexes = [WordsIndex(fields=["words"], name="acts_entry_words")]
