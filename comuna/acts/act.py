"""What an act looks like: its fields, the power it asks for, ``check`` and ``apply``.

``check`` decides: it may read anything, may refuse, and computes every figure and date into ``Facts``.
``apply`` copies fields and facts into state; it never refuses, computes nothing and asks no clock, so
that replaying the record in ten years gives the same books whatever the rules say by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from comuna.acts.refusal import Refused
from comuna.journal.ids import named
from comuna.journal.lock import changed
from comuna.journal.sql import insert, insert_rows, state_row, update
from comuna.journal.tables import State

if TYPE_CHECKING:
    from comuna.acts.finding import Stale
    from comuna.journal.chain import FileCited
    from comuna.journal.models import Record

M = TypeVar("M", bound=models.Model)


class Power(StrEnum):
    """What somebody needs to perform an act."""

    ANYONE = "anyone"  # no sign-in
    MEMBER = "member"  # any person of the commune who is signed in
    SEAT = "seat"  # a mandate of a seat to which the statute gives this act
    FOUNDING = "founding"  # nobody yet: only on an empty journal
    SIGNERS = "signers"  # whoever may perform the act that is proposed or signed


@dataclass(frozen=True)
class Signing:
    """Whose signatures an act needs besides those that the statute asks of its verb."""

    like: str = ""  # the verb that it amounts to: as many sign as that one needs, and who may sign that may sign this
    council: str | None = None  # in whose matters it amounts to that
    if_seated: UUID | None = None  # only where this person holds a seat
    each: tuple[str, ...] = ()  # councils: a seat of each of them signs
    amounts: tuple[tuple[str, int], ...] = ()  # it is over: unit, and how much in its smallest part
    why: str = ""  # a sentence for whoever would do it alone, where its form does not show why several sign


class GroundRole(StrEnum):
    """Why one act cites another."""

    DECIDED_BY = "decided by"
    PAID_FROM = "paid from"
    RECEIPT_FOR = "receipt for"
    ANSWERS = "answers"
    CORRECTS = "corrects"
    WITHDRAWS = "withdraws"
    PART_OF = "part of"


@dataclass(frozen=True)
class Cite:
    """One edge of the thread: this act rests on that one."""

    act: UUID
    role: GroundRole
    row: int | None = None  # of the cited act, when it is a list


class By(NamedTuple):
    """Who acted: publicly a mandate where one was used, else a person, else nobody by name."""

    mandate: UUID | None = None
    person: UUID | None = None


class ActFacts(BaseModel):
    """What a decision rested on, computed by ``check``: same kinds and audiences as fields."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


NO_FACTS = ActFacts()


class World:
    """What ``check`` may ask besides the queries of its room and of those below."""

    def __init__(self, *, id: UUID, commune: UUID, day: date, at: str, by: By, person: UUID | None) -> None:
        self.id, self.commune, self.day, self.at, self.by = id, commune, day, at, by
        self.person = person  # at the keyboard, also where the record names only the mandate

    def get(self, model: type[M], id: UUID, *, field: str | None = None) -> M:
        """The row of this commune with that id; Refused when there is none."""
        found = state_row(model, id, self.commune)
        if found is None:
            raise Refused("acts.no-such-row", _("What this refers to is not in the books."), field=field)
        return found

    def key(self, *parts: object) -> UUID:
        """The id that ``apply`` will get from ``record.key`` for the same parts."""
        return row_key(self.id, *parts)


def row_key(act: UUID, *parts: object) -> UUID:
    return named(act, ".".join(map(str, parts)))


def performed_key(proposal: UUID) -> UUID:
    """The id of the act that a proposal brings about."""
    return row_key(proposal, "performed")


class Performed:
    """The record as ``apply`` sees it, and the only pen that writes state."""

    __slots__ = ("at", "by", "commune", "day", "epoch", "facts", "id", "seq", "stale", "verb")

    stale: Stale | None  # which documents of the search its rows belong to; None where nobody asks, as in a replay

    def __init__(
        self, *, id: UUID, commune: UUID, epoch: int, seq: int, at: str, day: date, by: By, verb: str, facts: Any
    ) -> None:
        self.id, self.commune, self.epoch, self.seq = id, commune, epoch, seq
        self.at, self.day, self.by, self.verb, self.facts = at, day, by, verb, facts
        self.stale = None

    @classmethod
    def again(cls, record: Record, by: By, facts: Any) -> Self:
        """What a record says was done, to be applied anew."""
        return cls(
            id=record.id,
            commune=record.commune,
            epoch=record.epoch,
            seq=record.seq,
            at=record.at,
            day=record.day,
            by=by,
            verb=record.verb,
            facts=facts,
        )

    def key(self, *parts: object) -> UUID:
        """An id for a row that is not the act itself: the same on every replay."""
        return row_key(self.id, *parts)

    def create(self, model: type[State], *, id: UUID | None = None, **columns: Any) -> None:
        """A new row, under the act's own id unless another is given."""
        self.create_many(model, ({**columns, "id": id or self.id},))

    def create_many(self, model: type[State], rows: Iterable[Mapping[str, Any]]) -> None:
        """Many new rows at once, or none; each mapping carries its ``id``."""
        written = [self._row(row) for row in rows]
        if not written:
            return
        insert(model, written)
        changed(model, only_new=True)
        if self.stale is not None:
            self.stale.note(model, written)

    def create_rows(self, model: type[State], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
        """Many new rows of the same columns, each the values of ``names`` in that order: thousands, for which mappings
        would cost as much as the statement. Ids and days may be their text."""
        if not rows:
            return
        insert_rows(model, names, {"commune": self.commune, "born": self.seq, "touched": self.seq}, rows)
        changed(model, only_new=True)
        if self.stale is not None and self.stale.follows(model):
            self.stale.note(model, [dict(zip(names, row, strict=True)) for row in rows])

    def _row(self, columns: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**columns, "commune": self.commune, "born": self.seq, "touched": self.seq}

    def update(self, model: type[State], id: UUID, **columns: Any) -> None:
        """Change columns of one row, which must be there."""
        changed = update(model, id, {**columns, "touched": self.seq})
        assert changed == 1, f"{self.verb} {self.id} updates a {model.__name__} that is not there"
        self.note(model, model.objects.filter(pk=id))

    def remove(self, model: type[State], id: UUID) -> None:
        """Take one row away, which must be there."""
        self.note(model, model.objects.filter(pk=id))
        removed, _per_model = model.objects.filter(pk=id).delete()
        assert removed == 1, f"{self.verb} {self.id} removes a {model.__name__} that is not there"

    def remove_all(self, model: type[State], **which: Any) -> None:
        """Take away every row with these values, of which there may be none."""
        self.note(model, model.objects.filter(**which))
        model.objects.filter(**which).delete()

    def blank(self, model: type[State], columns: Mapping[str, Any], **about: Any) -> None:
        """Set columns to their blank in every row of the commune with these values. Where whom the words are about is
        one of them, the row does not say that it was touched: a replay without those words could not find it."""
        rows = model.objects.filter(commune=self.commune, **about)
        self.note(model, rows)
        rows.update(**({} if about.keys() & columns.keys() else {"touched": self.seq}), **columns)

    def note(self, model: type[State], rows: QuerySet[Any]) -> None:
        """These rows were changed, or are about to be taken away: what was asked of them is asked anew, and what
        the search knows of them is put right."""
        changed(model)
        if self.stale is not None:
            self.stale.note_found(model, rows)


class Act(BaseModel):
    """One way in which state changes. A subclass's docstring is the help that its form shows."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)
    """Validators are built at first use, under pydantic's own lock: a start does not wait for those of every act."""

    verb: ClassVar[str]  # "room.do_something": written here, never derived, never changed
    version: ClassVar[int] = 1
    power: ClassVar[Power]
    label: ClassVar[str | Promise]  # imperative, on buttons
    said: ClassVar[str | Promise]  # what the thread says of it; {seat} and public fields and facts
    undo: ClassVar[str | None]  # verb of the act that reverses it
    deadline: ClassVar[bool] = False  # waits while the clock is in doubt
    witnessed: ClassVar[bool] = False  # a checkpoint is made as soon as it is done
    by_amount: ClassVar[bool] = False  # ``signing`` says its amounts: a statute may ask more signatures for larger ones
    about: ClassVar[str | None] = None  # its Id field saying whom its private words are about; else the act
    own_name: ClassVar[bool] = False  # asked for oneself, which ``check`` holds: the record says who only in ``about``

    class Facts(ActFacts):
        """Nothing to compute."""

    def check(self, world: World) -> Any:
        """Decide. Returns the Facts; raises Refused."""
        return NO_FACTS

    def apply(self, record: Performed) -> None:
        """Write what was decided."""
        raise NotImplementedError(self.verb)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        """The acts this one rests on, as far as its fields and facts say so."""
        return ()

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        """The public files it cites; their bytes must be in the home before it is performed."""
        return ()

    def looked_up(self) -> Mapping[str, str]:
        """Public words of other acts that ``said`` names: looked up whenever it is said, so that no copy of them is
        left in the journal when they are erased."""
        return {}

    def judged_as(self) -> type[Act]:
        """The act whose power is asked for: itself, unless it only proposes or signs another."""
        return type(self)

    def in_organ(self) -> str | None:
        """The organ in whose name it is done, where the statute may bind the power to one."""
        return None

    def in_council(self) -> str | None:
        """The slug of the council whose matter it is, where it is done in no organ's name; None for a matter of the
        whole commune. Asked before ``check``, also where what it refers to is not in the books."""
        return None

    def given_to(self) -> tuple[str, ...]:
        """Kinds of seats that may do it besides those of the statute, because what it rests on says so: who answers
        for a decision reports on it. Asked before ``check``; empty where there is no such row."""
        return ()

    def may_sign(self, person: UUID, day: date) -> bool:
        """Whether her signature counts that day, as far as she stands to whom it is about. Asked of each who signed
        when the last signature comes, for what changed since; ``check`` refuses her beforehand, with words."""
        return True

    def signing(self) -> Signing | None:
        """What makes it need more signatures than every act of its verb. Asked before ``check``."""
        return None

    def local_zone(self) -> str | None:
        """The commune's time zone, said by the act that founds it; otherwise asked of the authority."""
        return None

    def erases(self, facts: Any) -> tuple[UUID, ...]:
        """The private parts it orders erased. Only ErasePrivate has any."""
        return ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        register(cls)


_by_verb: dict[str, type[Act]] = {}


def register(act: type[Act]) -> None:
    """Make a verb known. Raises ValueError when another class has it."""
    verb = act.__dict__.get("verb")
    if verb is None:
        return
    standing = _by_verb.get(verb)
    if standing is not None and (standing.__module__, standing.__qualname__) != (act.__module__, act.__qualname__):
        raise ValueError(f"{verb} is already the verb of {standing.__qualname__}")
    _by_verb[verb] = act


def act_of(verb: str) -> type[Act]:
    """The class behind a verb. Raises LookupError."""
    try:
        return _by_verb[verb]
    except KeyError:
        raise LookupError(f"no act is called {verb!r}") from None


def all_acts() -> dict[str, type[Act]]:
    """Every verb with its class, by verb."""
    return dict(sorted(_by_verb.items()))
