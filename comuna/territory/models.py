"""The commune and its people, as replay rebuilds them; and the lists that wait here to be confirmed."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, Local, State


class Commune(State):
    """Whose books these are; its id is that of its founding act."""

    name = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64)
    founded_on = models.DateField()

    erasable = Erasable("id", {"name": "public"})


class Sector(State):
    name = models.CharField(max_length=200, blank=True)
    council = models.CharField(max_length=29, blank=True)  # slug of the one it lies in; empty: of none, or of several

    erasable = Erasable("id", {"name": "public"})


class Street(State):
    """``sector`` is None where the commune has no sectors or nobody said."""

    council = models.CharField(max_length=29, blank=True)  # as a sector's
    sector = models.ForeignKey(Sector, null=True, on_delete=models.PROTECT, related_name="streets")
    name = models.CharField(max_length=200, blank=True)

    erasable = Erasable("id", {"name": "public"})


class Household(State):
    """People of one kitchen. Where it lies is private: ``house`` is a number or words ("frente a la bodega")."""

    street = models.ForeignKey(Street, null=True, on_delete=models.PROTECT, related_name="households")
    sector = models.ForeignKey(Sector, null=True, on_delete=models.PROTECT, related_name="households")
    house = models.CharField(max_length=200, blank=True)
    people_said = models.IntegerField(null=True)  # how many live there, where a list says so without naming all
    council = models.CharField(max_length=29, blank=True)  # slug of the council in which it lies

    erasable = Erasable(
        "id",
        {
            "street_id": "household",
            "sector_id": "household",
            "house": "household",
            "people_said": "household",
            "council": "household",
        },
    )


class Person(State):
    """Somebody of the commune. All that is known of her is private but her initials, and a public name while
    she holds office."""

    full_name = models.CharField(max_length=200, blank=True)
    public_name = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    household = models.UUIDField(null=True, db_index=True)  # of a Household; plain, so that the link can be erased
    relation = models.CharField(max_length=200, blank=True)  # to the head of the household, as the list says
    birth_day = models.DateField(null=True)
    age_years = models.IntegerField(null=True)  # where only an age is known, as it was on age_noted_on
    age_noted_on = models.DateField(null=True)
    council = models.CharField(max_length=29, blank=True)  # slug of the council she belongs to today
    residence = models.CharField(max_length=10, blank=True)  # rules.Residence; erased is taken as here
    residence_since = models.DateField(null=True)  # lives in the community since
    away_since = models.DateField(null=True)
    left_on = models.DateField(null=True)  # first day on which she no longer belongs here
    left_because = models.CharField(max_length=10, blank=True)  # rules.Departure
    identity_sealed = models.TextField(blank=True)
    identity_fingerprint = models.CharField(max_length=64, blank=True)
    health_sealed = models.TextField(blank=True)

    erasable = Erasable(
        "id",
        {
            "full_name": "household",
            "household": "household",
            "council": "household",
            "relation": "household",
            "birth_day": "household",
            "age_years": "household",
            "age_noted_on": "household",
            "residence": "household",
            "residence_since": "household",
            "away_since": "household",
            "left_because": "household",
            "public_name": "public",
            "initials": "public",
            "identity_sealed": "identity",
            "identity_fingerprint": "identity",
            "health_sealed": "health",
        },
    )

    class Meta:
        indexes = [
            models.Index(fields=["commune", "left_on"], name="people_who_belong_here"),
            models.Index(fields=["commune", "identity_fingerprint"], name="people_by_identity_number"),
            models.Index(fields=["commune", "household", "full_name"], name="people_by_household_and_name"),
        ]


class Stay(State):
    """One thing said of where somebody is: from that day on, until something said later holds instead.

    Who was on the roll of a past day follows from these; ``Person`` has only what holds today."""

    person = models.UUIDField(db_index=True)  # plain, as what is said of somebody goes with her words
    residence = models.CharField(max_length=10, blank=True)  # rules.Residence, or rules.GONE; erased is taken as here
    begins = models.DateField(null=True)  # None: as far back as anybody knows

    erasable = Erasable("person", {"residence": "household", "begins": "household"})


class Return(State):
    """Somebody who had moved away came back. What she held when she left ended then, and stays so."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="returns")
    left_on = models.DateField()  # the first day on which she did not belong here


class Belonging(State):
    """To which council somebody belongs from that day on, until something said later holds instead. Only in books with
    councils."""

    person = models.UUIDField(db_index=True)
    council = models.CharField(max_length=29, blank=True)
    begins = models.DateField(null=True)  # None: as far back as anybody knows

    erasable = Erasable("person", {"council": "household", "begins": "household"})


class CensusImport(State):
    """A list that was taken into the books; the row goes when the import is undone. Figures only."""

    census_day = models.DateField()
    taken = models.IntegerField()  # people new to the books
    matched = models.IntegerField()  # people who were in them
    listed = models.IntegerField()  # rows from which nobody was taken
    day = models.DateField()
    council = models.CharField(max_length=29, blank=True)  # slug of the council whose list it was


class WaitingList(Local):
    """A list handed in and not yet confirmed: sealed, seen by whoever brought it, gone after a day."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)  # who brought it
    name = models.CharField(max_length=200)  # of the file
    digest = models.CharField(max_length=64)
    sealed = models.TextField()  # the file's bytes, as base64, sealed with the home's key
    columns = models.TextField(default="{}")  # what its bringer says the columns mean, as JSON
    at = models.DateTimeField()

    @classmethod
    def forget_words(cls) -> None:
        """Nobody can see, without opening them, whom the lists name: all go, and are handed in again."""
        cls.objects.all().delete()
