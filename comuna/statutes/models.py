"""Which statute a commune adopted, from which day it is in force, and over which councils it is spread."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import Erasable, State


class AdoptedStatute(State):
    """One adoption. On a day, the one with the latest ``in_force_from`` up to that day is in force."""

    statute_id = models.CharField(max_length=80)  # as the file calls itself
    version = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)  # of the file in the home
    in_force_from = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["commune", "in_force_from"], name="statute_in_force")]


class Council(State):
    """One body of the statute's level: a communal council, a committee. It has organs, seats and people of its own."""

    slug = models.CharField(max_length=29)  # behind the @ of its organs' and seats' ids; never changes
    name = models.CharField(max_length=200, blank=True)
    since = models.DateField()  # the day on which it came into the books
    register_code = models.CharField(max_length=60, blank=True)  # as a register of communes knows it

    erasable = Erasable("id", {"name": "public", "register_code": "public"})

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "slug"], name="one_council_a_slug")]
