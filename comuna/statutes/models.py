"""Which statute a commune adopted, and from which day it is in force."""

from __future__ import annotations

from django.db import models

from comuna.journal.tables import State


class AdoptedStatute(State):
    """One adoption. On a day, the one with the latest ``in_force_from`` up to that day is in force."""

    statute_id = models.CharField(max_length=80)  # as the file calls itself
    version = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)  # of the file in the home
    in_force_from = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["commune", "in_force_from"], name="statute_in_force")]
