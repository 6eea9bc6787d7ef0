"""Sessions and what happened in them. Each row is what one act did; there are no status columns."""

from __future__ import annotations

from django.db import models

from comuna.assemblies.models.past import (
    PastAttendance as PastAttendance,
    PastFinding as PastFinding,
    PastImport as PastImport,
    PastMotion as PastMotion,
    PastName as PastName,
    PastSession as PastSession,
    PastVote as PastVote,
    WaitingPapers as WaitingPapers,
)
from comuna.journal.tables import Erasable, State


class Session(State):
    """An organ meeting on a day. ``number`` counts the organ's sessions of a year."""

    organ = models.CharField(max_length=80)
    day = models.DateField()  # for which people were called; a session that was adjourned sits on another one
    hour = models.CharField(max_length=5)
    sits_on = models.DateField()  # the day of its newest sitting
    sits_at = models.CharField(max_length=5)
    place = models.CharField(max_length=200, blank=True)
    number = models.IntegerField()
    notice_days = models.IntegerField()  # between convening and the day for which it was convened
    from_paper = models.BooleanField()  # recorded afterwards
    act = models.UUIDField()  # whose words the place is: the convening's, or the newest move's

    erasable = Erasable(subject="act", columns={"place": "public"})

    class Meta:
        indexes = [
            models.Index(fields=["commune", "organ", "day"], name="sessions_by_organ"),
            models.Index(fields=["commune", "sits_on", "sits_at", "born"], name="sessions_by_day"),
        ]


class Move(State):
    """A session got another day, hour or place before it was called. Its own row holds the new ones."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="moves")
    from_day = models.DateField()
    from_hour = models.CharField(max_length=5)
    on = models.DateField()  # the day on which it was moved


class Notice(State):
    """How people were told of a session, when and by whom."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    how = models.CharField(max_length=20)
    on = models.DateField()
    days_before = models.IntegerField()  # the session's day
    by = models.UUIDField()  # a person
    where = models.CharField(max_length=200, blank=True)

    erasable = Erasable(subject="id", columns={"where": "public"})


class Sitting(State):
    """A session goes on another day, where attendance is taken anew. The first sitting is the session itself."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="sittings")
    number = models.IntegerField()  # 2, 3, ...
    day = models.DateField()
    hour = models.CharField(max_length=5)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_sitting_a_number")]


class AgendaItem(State):
    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    number = models.IntegerField()
    kind = models.CharField(max_length=10, blank=True)  # follow-up, ratify; empty: as its title says
    title = models.CharField(max_length=200, blank=True)
    act = models.UUIDField()  # whose words the title is
    added_on = models.DateField(null=True)  # NULL: it stood in the convocation
    recounted = models.BooleanField(default=False)  # a count on it was taken back

    erasable = Erasable(subject="act", columns={"title": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_item_a_number")]


class Struck(State):
    """An item of which people had been told was struck from the agenda."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT)
    on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    erasable = Erasable(subject="id", columns={"reason": "public"})


class Carried(State):
    """An earlier decision that stands on an agenda by itself: it is not done yet, or waits to be ratified."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT)
    resolution = models.ForeignKey("Resolution", on_delete=models.PROTECT)
    place = models.IntegerField()


class Sheet(State):
    """A sign-in sheet typed in."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    sitting = models.IntegerField()
    people = models.IntegerField()
    hour = models.CharField(max_length=5, blank=True)  # at which these came; empty: from the beginning


class Leaving(State):
    """Some who were there left at an hour."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    sitting = models.IntegerField()
    people = models.IntegerField()
    hour = models.CharField(max_length=5)


class Attendance(State):
    """Somebody was there, from an hour to an hour; in an organ of seats, for which seat. Whoever comes back has
    another row."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    sitting = models.IntegerField()
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT)
    person = models.UUIDField()
    seat = models.CharField(max_length=80, blank=True)  # seat kind id; empty where everybody sits
    number = models.IntegerField(null=True)  # of the seat
    stands_in = models.BooleanField(null=True)  # an alternate for an absent principal; NULL once erased
    came = models.CharField(max_length=5, blank=True)  # an hour; empty: there from the beginning
    left = models.CharField(max_length=5, blank=True)  # an hour; empty: stayed
    leaving = models.ForeignKey(Leaving, on_delete=models.PROTECT, null=True)

    erasable = Erasable("person", {"seat": "household", "number": "household", "stands_in": "household"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "person"], name="once_on_a_sheet")]


class Call(State):
    """A count of those present against the quorum."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    sitting = models.IntegerField()
    number = models.IntegerField()
    hour = models.CharField(max_length=5)
    present = models.IntegerField()
    whole = models.IntegerField(null=True)  # the denominator; NULL where the statute asks for a plain number
    roll = models.IntegerField()  # entitled people or seats on that day, frozen at the first call
    unknown_age = models.IntegerField()  # of the roll, because nobody wrote their age down
    away = models.IntegerField()  # not in the roll, because abroad or away
    needed = models.IntegerField()
    reached = models.BooleanField()
    rule = models.CharField(max_length=80)
    citation = models.TextField()

    erasable = Erasable(subject="id", columns={"citation": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_call_a_number")]


class Motion(State):
    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT)
    number = models.IntegerField()  # within the session
    text = models.TextField(blank=True)
    responsible = models.CharField(max_length=80, blank=True)  # seat kind id
    due_on = models.DateField(null=True)
    ratifies = models.ForeignKey("Resolution", on_delete=models.PROTECT, null=True, related_name="ratifying")
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="amendments")
    approves = models.BooleanField(default=False)  # what was put before the session under its item
    turn = models.IntegerField()  # amendments of one motion are voted on in this order, which the chair may change

    erasable = Erasable(subject="id", columns={"text": "public"})


class Note(State):
    """What was reported or said under an item of the agenda, as whoever keeps the minutes wrote it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    sitting = models.IntegerField()
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT)
    hour = models.CharField(max_length=5, blank=True)  # empty: nobody wrote it down
    seat = models.CharField(max_length=80, blank=True)  # who reported: a seat kind id, or words, or both
    who = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)

    erasable = Erasable(subject="id", columns={"who": "public", "words": "public"})


class Withdrawal(State):
    """A motion that is not voted on, because whoever put it took it back before the session."""

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT)


class Instruction(State):
    """How those who sent a member of an organ decided that she votes there on an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT)  # by which they decided
    organ = models.CharField(max_length=80)  # who decided
    vote = models.CharField(max_length=10, blank=True)  # for, against, abstain; empty: as she thinks best

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "organ"], name="one_instruction_an_item")]


class Tally(State):
    """The votes on a motion, counted by two."""

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT)
    method = models.CharField(max_length=10)  # hands, names, papers
    hour = models.CharField(max_length=5, blank=True)  # at which it was voted, where somebody wrote it down
    votes_for = models.IntegerField()
    against = models.IntegerField()
    abstain = models.IntegerField()  # of papers, the blank ones
    spoiled = models.IntegerField(null=True)  # these three of papers alone
    returned = models.IntegerField(null=True)
    issued = models.IntegerField(null=True)
    present = models.IntegerField()  # at that hour
    entitled = models.IntegerField(null=True)  # on the roll, or seats that somebody holds, as the first call froze it
    acting = models.IntegerField(default=0)  # of those present, seats whose term was over
    needed = models.IntegerField(null=True)  # votes for; NULL where it depends on the votes cast
    passed = models.BooleanField()
    rule = models.CharField(max_length=80)
    citation = models.TextField()
    counter_one = models.UUIDField()
    counter_two = models.UUIDField(null=True)
    each_counted = models.BooleanField(default=False)  # hands: the second counted by herself, and came to the same

    erasable = Erasable(subject="id", columns={"citation": "public"})


class Differing(State):
    """Two counts of the same hands that differ: nothing is decided by them."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT)
    hour = models.CharField(max_length=5, blank=True)
    votes_for = models.IntegerField()
    against = models.IntegerField()
    abstain = models.IntegerField()
    votes_for_two = models.IntegerField()
    against_two = models.IntegerField()
    abstain_two = models.IntegerField()
    counter_one = models.UUIDField()
    counter_two = models.UUIDField()


class SeatVote(State):
    """How one seat that was present voted when it was called, in a vote by name."""

    tally = models.ForeignKey(Tally, on_delete=models.PROTECT)
    place = models.IntegerField()  # in the order in which they were asked
    seat = models.CharField(max_length=80)
    number = models.IntegerField()
    vote = models.CharField(max_length=10)  # for, against, abstain; none: called, and did not vote
    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, null=True)
    follows = models.BooleanField(null=True)  # what those decided who sent her; NULL where that binds no vote on this

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "seat", "number"], name="one_vote_a_seat")]


class Resolution(State):
    """A motion that passed, numbered within its organ and year."""

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT)
    wording = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="worded")  # the amendment, or itself
    organ = models.CharField(max_length=80)
    year = models.IntegerField()
    number = models.IntegerField()
    responsible = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True)
    ratified_by = models.CharField(max_length=80, blank=True)  # organ that must; empty: it stands by itself

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "organ", "year", "number"], name="one_resolution_a_number")
        ]
        indexes = [
            models.Index(fields=["commune", "born"], name="resolutions_in_order"),
            models.Index(
                fields=["commune", "born"], condition=~models.Q(ratified_by=""), name="resolutions_ratified_by"
            ),
        ]


class Pending(State):
    """A resolution with a task, or one of which somebody said that it is not done yet: it leaves with the word that it
    is. So the few that wait are found among all that were ever done."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT)


class MovedMeeting(State):
    """A day on which an organ meets by the statute was put on another one, by a decision."""

    organ = models.CharField(max_length=80)
    from_day = models.DateField()
    day = models.DateField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "organ", "from_day"], name="one_move_a_regular_meeting")
        ]


class Ratified(State):
    """What another organ said of a decision that seats had taken whose terms were over."""

    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT)
    motion = models.OneToOneField(Motion, on_delete=models.PROTECT)
    accepted = models.BooleanField()


class Statement(State):
    """Words that an organ says in public, by a decision of its own."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT)
    on = models.DateField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True)

    erasable = Erasable(subject="id", columns={"title": "public", "text": "public"})


class FollowUp(State):
    """What became of a resolution, said by somebody who answers for it."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT)
    done = models.BooleanField()
    words = models.TextField(blank=True)
    on = models.DateField()

    erasable = Erasable(subject="id", columns={"words": "public"})


class Closure(State):
    """The session is over: nothing in it changes any more."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT)
    quorate = models.BooleanField()
    hour = models.CharField(max_length=5)
    chaired_by = models.UUIDField(null=True)  # who directed the debate


class Cancellation(State):
    session = models.OneToOneField(Session, on_delete=models.PROTECT)
    reason = models.CharField(max_length=200, blank=True)

    erasable = Erasable(subject="id", columns={"reason": "public"})
