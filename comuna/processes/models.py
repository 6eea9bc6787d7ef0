"""Processes, the steps that were done, the counts of their votes, and how some were stopped. No status columns."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from comuna.journal.tables import Erasable, State


class ProcessRun(State):
    """A process of the statute that began. It goes by the text in force on its first day, as known then."""

    process = models.CharField(max_length=80)  # id of the statute's process
    council = models.CharField(max_length=29)  # slug; "" for the whole commune
    day = models.DateField()  # its first
    counted_from = models.DateField()  # from which, or back from which, its days are counted
    ends_first = models.DateField(null=True)  # last day of the council's first mandate to end; of a renewal
    origin_words = models.CharField(max_length=200, blank=True)  # where the paper is, of one from before the books

    erasable = Erasable("id", {"origin_words": "public"})


class StepDone(State):
    """A step was done. Taken back, the row goes."""

    run = models.ForeignKey(ProcessRun, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=80)  # id of the process's step
    day = models.DateField()
    due_on = models.DateField()  # as it was when the step was recorded
    session = models.UUIDField(null=True)  # in which it was done
    mandate = models.UUIDField()  # who recorded it
    words = models.TextField(blank=True)
    roll = models.IntegerField(null=True)  # of a vote: everybody entitled; None for any other step, as all below
    books_roll = models.IntegerField(null=True)  # as the books had it for that day
    roll_reason = models.CharField(max_length=200, blank=True)  # why another was used
    issued = models.IntegerField(null=True)  # ballot papers
    votes_for = models.IntegerField(null=True)
    against = models.IntegerField(null=True)
    blank = models.IntegerField(null=True)
    spoiled = models.IntegerField(null=True)
    turnout = models.IntegerField(null=True)  # papers in the box
    needed = models.IntegerField(null=True)  # of them, at least
    reached = models.BooleanField(null=True)  # whether as many took part
    passed = models.BooleanField(null=True)  # whether the majority approved

    erasable = Erasable("id", {"words": "public", "roll_reason": "public"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "step"], name="a_step_is_done_once"),
            models.CheckConstraint(
                condition=Q(turnout=None)
                | Q(turnout=F("votes_for") + F("against") + F("blank") + F("spoiled"), issued__gte=F("turnout")),
                name="papers_in_the_box_add_up",
            ),
        ]


class PollCount(State):
    """What was counted in one polling place of a vote."""

    step = models.ForeignKey(StepDone, on_delete=models.PROTECT, related_name="polls")
    council = models.CharField(max_length=29)  # slug; "" where there is one place for all
    issued = models.IntegerField()
    votes_for = models.IntegerField()
    against = models.IntegerField()
    blank = models.IntegerField()
    spoiled = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "council"], name="a_polling_place_is_counted_once")]


class ProcessStop(State):
    """A process goes no further."""

    run = models.OneToOneField(ProcessRun, on_delete=models.PROTECT, related_name="stop")
    day = models.DateField()
    reason = models.TextField(blank=True)

    erasable = Erasable("id", {"reason": "public"})
