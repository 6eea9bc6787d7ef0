"""The three classes of tables. Every model of ours is of exactly one of them; a test holds it.

*truth* is the journal and what it commits to; it is only ever added to. *state* is everything that
replaying the journal rebuilds. *local* belongs to this machine: passwords, throttles, caches; it is
backed up, never compared and never leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.apps import apps
from django.db import models


class Truth(models.Model):
    objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True


class Local(models.Model):
    derived: ClassVar[bool] = False
    """Whether its rows are made of others and may repeat their words: no copy carries them, it makes them anew."""

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True

    @classmethod
    def forget_words(cls) -> None:
        """Called in the transaction of every erasure: drop whatever may repeat words of people."""


@dataclass(frozen=True)
class Erasable:
    """Which columns of a state row hold private words, and about whom.

    ``subject`` is the column that names the person (or thing) the words are about, ``columns`` gives
    each private column its audience. Erasing a subject for an audience blanks those columns: text
    becomes empty, everything else NULL. The same words must come from journal parts of that same
    subject and audience, or a replay after the erasure would differ. ``against`` is the way to the person whom
    they speak against, as a filter has it: she erases nothing of them.
    """

    subject: str
    columns: Mapping[str, str]
    against: str = ""


@dataclass(frozen=True)
class Guard:
    """What the database itself refuses of a table of state, whoever writes: a trigger on both engines.

    ``event`` is INSERT, DELETE, UPDATE or ``UPDATE OF`` columns; ``holds`` an SQL condition over the rows OLD and
    NEW that both engines read, empty where it is refused always; ``words`` say why.
    """

    name: str
    event: str
    holds: str
    words: str


class State(models.Model):
    """A row that replay rebuilds. ``id`` is the act's id or derived from it, never counted up.

    ``born`` and ``touched`` are the sequence numbers of the records that made and last changed the row.
    """

    id = models.UUIDField(primary_key=True)
    commune = models.UUIDField(db_index=True)
    born = models.BigIntegerField()
    touched = models.BigIntegerField()

    erasable: ClassVar[Erasable | None] = None
    guards: ClassVar[tuple[Guard, ...]] = ()
    objects: ClassVar[models.Manager[Any]]

    class Meta:
        abstract = True


def of_class(kind: type[models.Model]) -> list[type[models.Model]]:
    """All concrete models of one class of table, in the order of their table names."""
    found = [model for model in apps.get_models() if issubclass(model, kind)]
    return sorted(found, key=lambda model: model._meta.db_table)


def carried() -> list[type[models.Model]]:
    """The local tables whose rows go along where books are taken to another database."""
    return [model for model in of_class(Local) if not getattr(model, "derived", False)]


def columns_of(model: type[models.Model]) -> list[str]:
    """The attribute names of a model's columns, sorted by name so that two engines agree."""
    return sorted(field.attname for field in model._meta.concrete_fields)
