"""Seats, mandates and what befell them; printed codes; and, on this machine only, how people sign in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from comuna.journal.tables import Erasable, Local, State
from comuna.territory.models import Person


class Origin(models.TextChoices):
    """Where a mandate comes from."""

    FOUNDING = "founding"
    ELECTED = "elected"
    PAPER = "paper"  # it began before the books
    SUCCESSION = "succession"  # an alternate stepped in


class Seat(State):
    """One seat of a kind in the statute. The row appears when the seat is first filled."""

    kind = models.CharField(max_length=80)  # seat kind id: "cc.finance"
    organ = models.CharField(max_length=80)
    number = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "kind", "number"], name="one_row_a_seat")]


class Mandate(State):
    """One person's time in one place: a seat, as its principal or as an alternate."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    is_alternate = models.BooleanField()
    begins = models.DateField()
    ends = models.DateField(null=True)  # last day of the term; None without one
    origin = models.CharField(max_length=20)  # Origin
    origin_words = models.TextField()  # where the paper is, for one from before the books
    public_name = models.CharField(max_length=200)  # accepted with the seat; "" where a seat goes without a name
    act = models.UUIDField()  # the record that made it

    erasable = Erasable(subject="person_id", columns={"origin_words": "public", "public_name": "public"})

    class Meta:
        constraints = [
            models.CheckConstraint(  # who steps in for an expired holder takes over a term that is over
                condition=Q(ends=None) | Q(ends__gte=F("begins")) | Q(origin="succession"),
                name="a_term_ends_after_it_begins",
            )
        ]


class Ending(State):
    """A mandate is over, whatever its term says."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="ending")
    kind = models.CharField(max_length=20)  # rules.EndingKind
    on = models.DateField()  # the first day without it
    barred_until = models.DateField(null=True)  # first day on which the person may take a seat again
    act = models.UUIDField()


class Suspension(State):
    """A mandate rests; its holder keeps the seat and may not act."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="suspensions")
    begins = models.DateField()
    ends = models.DateField(null=True)  # last day; None until it is lifted
    reason = models.TextField()

    erasable = Erasable(subject="id", columns={"reason": "public"}, against="mandate__person")


class Lifting(State):
    """A suspension was lifted before its end."""

    suspension = models.OneToOneField(Suspension, on_delete=models.PROTECT, related_name="lifting")
    on = models.DateField()  # the first day without it


class Succession(State):
    """A mandate took over the place of one that ended; ``alternate`` is the mandate its person had before."""

    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="succession")
    after = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="succeeded_by")
    alternate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="stepped_in", null=True)


class NextInLine(State):
    """Somebody who was not elected and comes next by votes, where the statute calls them before a new election."""

    kind = models.CharField(max_length=80)  # seat kind id
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="next_in_line")
    place = models.IntegerField()  # in the order of votes; the newest election's line counts
    public_name = models.CharField(max_length=200)

    erasable = Erasable(subject="person_id", columns={"public_name": "public"})


class ClaimCode(State):
    """A printed code with which one person sets a password. Only a person's newest code is good."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claim_codes")
    digest = models.CharField(max_length=64, db_index=True)
    expires_on = models.DateField()  # last day
    act = models.UUIDField()  # the record that issued it


class CodeVoided(State):
    """A code was taken back before anybody used it."""

    code = models.OneToOneField(ClaimCode, on_delete=models.PROTECT, related_name="voided")


class Claim(State):
    """A code was used: from here on its person signs in with the password set then."""

    code = models.OneToOneField(ClaimCode, on_delete=models.PROTECT, related_name="claim")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")


class Account(Local):
    """A password set with a claim, under that claim's id. It opens nothing before the claim is in the books,
    nor after the person made a newer one. The name is kept as a digest: nothing here says who somebody is."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    name_digest = models.CharField(max_length=64, db_index=True)
    password = models.CharField(max_length=200)
    made_at = models.DateTimeField()  # when the password was set


class SignIn(Local):
    """One device on which somebody is signed in. The token itself is only on the device."""

    id = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    person = models.UUIDField(db_index=True)
    account = models.UUIDField()
    device = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # to within ten minutes
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Throttle(Local):
    """Failed tries under one name or from one address, kept as a digest of it."""

    key = models.CharField(primary_key=True, max_length=64)
    failures = models.IntegerField()
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)
