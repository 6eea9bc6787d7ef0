"""Sessions and what happened in them. Each row is what one act did; there are no status columns."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, Local, State


class Session(State):
    """An organ meeting on a day. ``number`` counts the organ's sessions of a year."""

    organ = models.CharField(max_length=80)
    day = models.DateField()
    hour = models.CharField(max_length=5)
    place = models.CharField(max_length=200, blank=True)
    number = models.IntegerField()
    notice_days = models.IntegerField()  # between convening and the day for which it was convened
    from_paper = models.BooleanField()  # recorded afterwards
    act = models.UUIDField()  # whose words the place is: the convening's, or the newest move's

    erasable = Erasable(subject="act", columns={"place": "public"})

    class Meta:
        indexes = [
            models.Index(fields=["commune", "organ", "day"], name="sessions_by_organ"),
            models.Index(fields=["commune", "day", "hour", "born"], name="sessions_by_day"),
        ]


class Move(State):
    """A session got another day, hour or place before it was called. Its own row holds the new ones."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="moves")
    from_day = models.DateField()
    from_hour = models.CharField(max_length=5)
    on = models.DateField()  # the day on which it was moved


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
    title = models.CharField(max_length=200, blank=True)
    act = models.UUIDField()  # whose words the title is

    erasable = Erasable(subject="act", columns={"title": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_item_a_number")]


class Sheet(State):
    """A sign-in sheet typed in."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    sitting = models.IntegerField()
    people = models.IntegerField()


class Attendance(State):
    """Somebody was there; in an organ of seats, for which seat."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT)
    sitting = models.IntegerField()
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT)
    person = models.UUIDField()
    seat = models.CharField(max_length=80, blank=True)  # seat kind id; empty where everybody sits
    number = models.IntegerField(null=True)  # of the seat
    stands_in = models.BooleanField(null=True)  # an alternate for an absent principal; NULL once erased

    erasable = Erasable("person", {"seat": "household", "number": "household", "stands_in": "household"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "sitting", "person"], name="once_present_a_sitting")]


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

    erasable = Erasable(subject="id", columns={"text": "public"})


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
    votes_for = models.IntegerField()
    against = models.IntegerField()
    abstain = models.IntegerField()  # of papers, the blank ones
    spoiled = models.IntegerField(null=True)  # these three of papers alone
    returned = models.IntegerField(null=True)
    issued = models.IntegerField(null=True)
    present = models.IntegerField()
    needed = models.IntegerField(null=True)  # votes for; NULL where it depends on the votes cast
    passed = models.BooleanField()
    rule = models.CharField(max_length=80)
    citation = models.TextField()
    counter_one = models.UUIDField()
    counter_two = models.UUIDField(null=True)

    erasable = Erasable(subject="id", columns={"citation": "public"})


class SeatVote(State):
    """How one seat voted, in a vote by name."""

    tally = models.ForeignKey(Tally, on_delete=models.PROTECT)
    place = models.IntegerField()  # in the order in which they were asked
    seat = models.CharField(max_length=80)
    number = models.IntegerField()
    vote = models.CharField(max_length=10)  # for, against, abstain
    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, null=True)
    follows = models.BooleanField(null=True)  # what those decided who sent her; NULL where they decided nothing

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tally", "seat", "number"], name="one_vote_a_seat")]


class Resolution(State):
    """A motion that passed, numbered within its organ and year."""

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT)
    organ = models.CharField(max_length=80)
    year = models.IntegerField()
    number = models.IntegerField()
    responsible = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "organ", "year", "number"], name="one_resolution_a_number")
        ]
        indexes = [models.Index(fields=["commune", "born"], name="resolutions_in_order")]


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


# Sessions of earlier papers: what somebody else wrote down. No quorum, deadline or mandate of today rests on them.


class PastImport(State):
    """Sessions that were taken from earlier papers by one act; the rows go when it is undone. Figures only."""

    day = models.DateField()
    sessions = models.IntegerField()
    motions = models.IntegerField()
    votes = models.IntegerField()  # by name
    equal = models.IntegerField()  # tallies counted from names that are the recorded ones
    listed = models.IntegerField()  # those that are not, each with its finding
    findings = models.IntegerField()


class PastSession(State):
    imported = models.ForeignKey(PastImport, on_delete=models.PROTECT, related_name="past_sessions")
    organ = models.CharField(max_length=80, blank=True)  # of a statute; empty where the paper names none of its organs
    organ_words = models.CharField(max_length=200, blank=True)  # as the paper has it
    key = models.CharField(max_length=200, blank=True)  # what the tables call it
    title = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    hour = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=200, blank=True)

    erasable = Erasable("id", {"organ_words": "public", "key": "public", "title": "public", "place": "public"})

    class Meta:
        indexes = [models.Index(fields=["commune", "day", "id"], name="past_sessions_by_day")]


class PastName(State):
    """Somebody as earlier papers call her. ``who`` is a person of the books where one only can be meant, else an id
    that she has in all of these papers."""

    imported = models.ForeignKey(PastImport, on_delete=models.PROTECT)
    who = models.UUIDField(db_index=True)
    name = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    public_name = models.CharField(max_length=200, blank=True)  # where whoever brought the papers says all may read it
    linked = models.BooleanField(null=True)  # whether she is a person of the books; NULL once erased

    erasable = Erasable(
        "who", {"name": "household", "linked": "household", "initials": "public", "public_name": "public"}
    )


class PastAttendance(State):
    session = models.ForeignKey(PastSession, on_delete=models.PROTECT)
    name = models.ForeignKey(PastName, on_delete=models.PROTECT)
    status = models.CharField(max_length=10)  # present, remote, absent, unknown
    arrived = models.CharField(max_length=5, blank=True)
    left = models.CharField(max_length=5, blank=True)


class PastMotion(State):
    session = models.ForeignKey(PastSession, on_delete=models.PROTECT)
    number = models.IntegerField()  # within the session, in the order of the table
    key = models.CharField(max_length=200, blank=True)
    item = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    mover = models.ForeignKey(PastName, on_delete=models.PROTECT, null=True, related_name="moved")
    seconder = models.ForeignKey(PastName, on_delete=models.PROTECT, null=True, related_name="seconded")
    method = models.CharField(max_length=10)  # hands, names, secret, unknown
    result = models.CharField(max_length=10)  # passed, failed, withdrawn, tied, unknown
    votes_for = models.IntegerField(null=True)  # these three as recorded; NULL where the paper has no number
    against = models.IntegerField(null=True)
    abstain = models.IntegerField(null=True)
    counted_for = models.IntegerField(null=True)  # these three from the votes by name; NULL where there are none
    counted_against = models.IntegerField(null=True)
    counted_abstain = models.IntegerField(null=True)
    amends = models.UUIDField(null=True)  # another of these motions

    erasable = Erasable("id", {"key": "public", "item": "public", "text": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_past_motion_a_number")]


class PastVote(State):
    motion = models.ForeignKey(PastMotion, on_delete=models.PROTECT)
    place = models.IntegerField()
    name = models.ForeignKey(PastName, on_delete=models.PROTECT)
    choice = models.CharField(max_length=10)  # for, against, abstain, recused, absent

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "name"], name="one_past_vote_a_name")]


class PastFinding(State):
    """What did not fit in the tables, as it was accepted: where it stands, without words of theirs."""

    imported = models.ForeignKey(PastImport, on_delete=models.PROTECT)
    number = models.IntegerField()
    table = models.CharField(max_length=10)  # sessions, attendance, motions, votes
    row = models.IntegerField()  # as a spreadsheet counts; 0 for the table itself
    found = models.CharField(max_length=40)  # papers.Found
    column = models.CharField(max_length=20, blank=True)
    session = models.ForeignKey(PastSession, on_delete=models.PROTECT, null=True)
    motion = models.ForeignKey(PastMotion, on_delete=models.PROTECT, null=True)
    name = models.ForeignKey(PastName, on_delete=models.PROTECT, null=True)


class WaitingPapers(Local):
    """Tables of earlier sessions handed in and not yet confirmed: sealed, seen by whoever brought them, gone after a
    day."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    sealed = models.TextField()
    at = models.DateTimeField()

    @classmethod
    def forget_words(cls) -> None:
        """Nobody can see, without opening them, whom the tables name: all go, and are handed in again."""
        cls.objects.all().delete()
