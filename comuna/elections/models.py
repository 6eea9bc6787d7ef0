"""Elections and recalls as they were recorded. Each row is what one act did; there are no status columns."""

from __future__ import annotations

from django.db import models

from comuna.assemblies.models import Session
from comuna.journal.tables import Erasable, State
from comuna.mandates.models import Mandate
from comuna.territory.models import Person


class Election(State):
    """A vote for the seats of one kind, counted in a session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="elections")
    kind = models.CharField(max_length=80)  # seat kind id
    ballot = models.CharField(max_length=10)  # acts.BallotForm
    marks = models.IntegerField()  # names that each could choose
    present = models.IntegerField()
    issued = models.IntegerField(null=True)  # ballot papers; None for a show of hands
    counted = models.IntegerField(null=True)
    spoiled = models.IntegerField(null=True)
    returned = models.IntegerField(null=True)
    begins = models.DateField()
    ends = models.DateField(null=True)  # last day of the mandates; None without a term
    principals = models.IntegerField()  # places to fill
    alternates = models.IntegerField()
    counter_one = models.UUIDField()
    counter_two = models.UUIDField(null=True)
    runoff_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="runoff")


class Candidacy(State):
    """Somebody who stood, with her votes and what became of it."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="candidacies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    place = models.IntegerField()  # in the order of votes, from 1
    votes = models.IntegerField()
    carried = models.BooleanField()  # the votes are those of the election before, whose tie this one broke
    outcome = models.CharField(max_length=20)  # rules.Outcome
    mandate = models.OneToOneField(Mandate, null=True, on_delete=models.PROTECT, related_name="candidacy")
    public_name = models.CharField(max_length=200, blank=True)

    erasable = Erasable(subject="person_id", columns={"public_name": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "person"], name="stands_once_an_election")]


class Slip(State):
    """A ballot of a secret vote. Its place is that of what stands on it among the others, not of when it was cast."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="slips")
    place = models.IntegerField()  # from 1
    marks = models.TextField()  # places of the candidates named, "1 3"; "0" when blank


class Petition(State):
    """A recall was asked for: by a neighbour, and then signatures are needed; or by a seat that needs none."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="petitions")
    ground = models.CharField(max_length=80)  # id in the statute's list
    words = models.TextField(blank=True)
    by_person = models.UUIDField(null=True)
    by_mandate = models.UUIDField(null=True)
    day = models.DateField()
    desk = models.CharField(max_length=80)  # seat kind id
    needed = models.IntegerField()  # signatures; 0 where none are
    whole = models.IntegerField(null=True)  # of how many; None where the statute asks for a plain number

    erasable = Erasable(subject="id", columns={"words": "public"}, against="mandate__person")


class SignatureSheet(State):
    """Signatures typed from paper."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="sheets")
    day = models.DateField()
    people = models.IntegerField()
    total = models.IntegerField()  # with this sheet
    reached = models.BooleanField()


class Signature(State):
    """Somebody signed. Never shown: only how many."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="signatures")
    sheet = models.ForeignKey(SignatureSheet, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recall_signatures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "person"], name="one_signature_a_petition")]


class Withdrawal(State):
    """Whoever asked for a recall took it back."""

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="withdrawal")


class Report(State):
    """What the desk found, and what the person said in her defence."""

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="report")
    words = models.TextField(blank=True)
    defence = models.TextField(blank=True)
    day = models.DateField()
    due_on = models.DateField()
    days_late = models.IntegerField()

    erasable = Erasable("id", {"words": "public", "defence": "public"}, against="petition__mandate__person")


class Decision(State):
    """A session voted on a recall."""

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="decision")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="recalls")
    present = models.IntegerField()
    whole = models.IntegerField(null=True)  # the denominator of the quorum; None for a plain number
    quorum = models.IntegerField()  # people that the statute asks for
    votes_for = models.IntegerField()
    against = models.IntegerField()
    abstain = models.IntegerField()
    counter_one = models.UUIDField()
    counter_two = models.UUIDField(null=True)
    needed = models.IntegerField(null=True)  # votes for; None where it depends on the votes cast
    passed = models.BooleanField()
    barred_until = models.DateField(null=True)  # the first day on which the person may stand again


class Settlement(State):
    """The vote on one request for a recall settled another about the same mandate."""

    petition = models.OneToOneField(Petition, on_delete=models.PROTECT, related_name="settlement")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="settles")
