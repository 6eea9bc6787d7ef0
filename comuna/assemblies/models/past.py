"""Sessions of earlier papers: what somebody else wrote down. No quorum, deadline or mandate of today rests on them."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, Local, State


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
