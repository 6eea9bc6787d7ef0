"""Requests, signatures, the letters that came of them, and how some ended early. There are no status columns."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State


class LetterRequest(State):
    """Somebody wants a letter: which, what for and to whom is hers and her signers' to know."""

    person = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=80, blank=True)  # id of the statute's letter
    purpose = models.CharField(max_length=200, blank=True)
    addressee = models.CharField(max_length=200, blank=True)
    council = models.CharField(max_length=29, blank=True)  # slug of the one she belonged to that day
    day = models.DateField()
    by_mandate = models.UUIDField(null=True)  # who typed it for her; None where she asked herself

    erasable = Erasable("person", {"kind": "household", "purpose": "household", "addressee": "household"})


class LetterSignature(State):
    """A seat signed. Taken back, the row goes; with the last signature also those that do not count any more."""

    request = models.ForeignKey(LetterRequest, on_delete=models.PROTECT, related_name="signatures")
    mandate = models.UUIDField()
    person = models.UUIDField()  # who signed
    whose = models.UUIDField(db_index=True)  # whose letter it is
    words = models.CharField(max_length=64, blank=True)  # digest of what was signed; rules.Saying
    day = models.DateField()

    erasable = Erasable("whose", {"words": "household"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="signs_a_letter_once")]


class Letter(State):
    """A letter that was issued, with what it attests as the books had it that day."""

    request = models.OneToOneField(LetterRequest, on_delete=models.PROTECT, related_name="letter")
    person = models.UUIDField(db_index=True)
    council = models.CharField(max_length=29, blank=True)
    year = models.IntegerField()
    number = models.IntegerField()  # in the council's register of that year
    day = models.DateField()
    last_day = models.DateField()  # on which it is good
    digest = models.CharField(max_length=64, unique=True)  # of its code, which only paper has
    title = models.CharField(max_length=2_100, blank=True)  # what it is called, in the commune's own language
    attests = models.CharField(max_length=2_100, blank=True)
    full_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=2_100, blank=True)
    resident_since = models.DateField(null=True)
    act = models.UUIDField()  # the last signature

    erasable = Erasable(
        "person",
        {
            "title": "household",
            "attests": "household",
            "full_name": "household",
            "address": "household",
            "resident_since": "household",
        },
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "council", "year", "number"], name="a_letter_has_its_number")
        ]


class LetterClosing(State):
    """A request was withdrawn or refused, or a letter revoked."""

    request = models.OneToOneField(LetterRequest, on_delete=models.PROTECT, related_name="closing")
    person = models.UUIDField(db_index=True)
    how = models.CharField(max_length=20)  # rules.Closing
    reason = models.CharField(max_length=200, blank=True)
    day = models.DateField()

    erasable = Erasable("person", {"reason": "household"})
