"""Acts made at random from their own fields: references to rows that exist, days near today, words of all kinds.

Support for ``test_histories``: most of what is made here is refused, which is the point as well.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Model
from pydantic import BaseModel, ValidationError

from comuna.acts.act import Act, Power, all_acts
from comuna.acts.acts import Propose
from comuna.acts.authority import authority
from comuna.acts.fields import Field, Kind, fields_of
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import (
    AgendaRow,
    CloseSession,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
)
from comuna.assemblies.models import Cancellation, Closure, Motion, Session
from comuna.mandates import queries as mandates
from comuna.statutes import queries as statutes
from comuna.territory.models import Household, Person

WORDS = (
    "María Ñáñez",
    "agua",
    "Calle Bolívar 30",
    "tanque de 5.000 litros",
    "日本",
    "O'Higgins",
    "a" * 60,
    "V-12.345.678",
)
HOURS = ("08:00", "09:00", "09:30", "11:15", "18:45")


class Maker:
    """Makes acts for one commune on one day."""

    def __init__(self, random: Random, commune: UUID, today: date) -> None:
        self.random, self.commune, self.today = random, commune, today
        self.statute = statutes.in_force(commune, today)

    def verbs(self) -> list[type[Act]]:
        """Every act of the house that somebody can do in books that stand."""
        return [
            act
            for act in all_acts().values()
            if ".tests." not in act.__module__ and act.power is not Power.FOUNDING and act.verb != "acts.begin_epoch"
        ]

    def act(self, kind: type[Act] | None = None) -> Act | None:
        """A random act, or None where its values do not even fit its fields."""
        made = kind or self.random.choice(self.verbs())
        if made is Propose:
            signed = [a for a in self.verbs() if authority().signatures(a, self.commune, self.today)]
            inner = self.act(self.random.choice(signed)) if signed else None
            return Propose(act=inner) if inner is not None else None
        try:
            return made.model_validate(self._values(made))
        except ValidationError:
            return None

    def next_step(self) -> Act | None:
        """What would come next in some open session, so that histories reach motions, counts and closings."""
        over = set(Closure.objects.values_list("session_id", flat=True)) | set(
            Cancellation.objects.values_list("session_id", flat=True)
        )
        waiting = [s for s in Session.objects.filter(commune=self.commune, day__lte=self.today) if s.id not in over]
        if not waiting:
            agenda = (AgendaRow(title="Agua"), AgendaRow(title="Luz"))
            return Convene(organ=self._slug(), day=self.today, hour="09:00", place="Cancha", agenda=agenda)
        stands = assemblies.standing(self.random.choice(waiting).id)
        if stands.quorate is None:
            return self._sit(stands)
        uncounted = Motion.objects.filter(session=stands.session, tally__isnull=True).first()
        if uncounted is None:
            if self.random.random() < 0.3:
                return CloseSession(session=stands.session.id, hour="12:00")
            return PutMotion(
                session=stands.session.id, item=1, text=self.random.choice(WORDS), responsible=self._slug()
            )
        here = [row.person for row in assemblies.attendance(stands.session.id)]
        one, two = here[0], here[1] if len(here) > 1 else None
        hands = self.random.randint(0, len(here))
        return RecordCount(
            motion=uncounted.id,
            votes_for=hands,
            against=len(here) - hands,
            abstain=0,
            counter_one=one,
            votes_for_two=hands,
            against_two=len(here) - hands,
            abstain_two=0,
            counter_two=two,
        )

    def _sit(self, stands: assemblies.Standing) -> Act:
        rights = assemblies.entitled(self.commune, stands.organ, stands.statute, stands.session.day)
        here = {row.person for row in assemblies.attendance(stands.session.id)}
        absent = sorted(rights.people - here)
        if absent and self.random.random() < 0.6:
            come = absent[: self.random.randint(1, len(absent))]
            return RecordAttendance(session=stands.session.id, present=tuple(PresentRow(person=p) for p in come))
        number = len(stands.calls) + 1
        return MakeCall(session=stands.session.id, number=number, hour=f"{9 + number:02}:00")

    def actor(self, act: Act, people: list[UUID]) -> UUID:
        """Mostly somebody who may, sometimes anybody."""
        may = mandates.who_may(self.commune, act.judged_as().verb, self.today)
        if may and self.random.random() < 0.8:
            return self.random.choice(may).person
        return self.random.choice(people)

    def _values(self, model: type[BaseModel]) -> dict[str, Any]:
        return {field.name: self._value(field) for field in fields_of(model) if not self._left_out(field)}

    def _left_out(self, field: Field) -> bool:
        return field.optional and self.random.random() < 0.4

    def _value(self, field: Field) -> Any:
        if field.many:
            return tuple(self._one(field) for _ in range(self.random.randint(1, 4)))
        return self._one(field)

    def _one(self, field: Field) -> Any:
        pick = self.random
        if field.kind is Kind.ROW:
            assert field.row is not None
            return field.row.model_validate(self._values(field.row))
        if field.kind is Kind.CHOICE:
            assert field.choices is not None
            return pick.choice(list(field.choices))
        if field.kind is Kind.ID:
            return self._id(field)
        makers: dict[Kind, Any] = {
            Kind.LINE: lambda: pick.choice(WORDS),
            Kind.TEXT: lambda: " ".join(pick.choices(WORDS, k=3)),
            Kind.NUMBER: lambda: pick.choice([0, 1, 1, 2, 3, 7, 40]),
            Kind.DAY: lambda: self.today + timedelta(days=pick.choice([-4000, -400, -30, -1, 0, 0, 0, 1, 15, 200])),
            Kind.HOUR: lambda: pick.choice(HOURS),
            Kind.FLAG: lambda: pick.random() < 0.5,
            Kind.SLUG: self._slug,
            Kind.UNIT: lambda: pick.choice(["VES", "USD", "KG"]),
            Kind.CODE: lambda: f"{pick.choice(['1.1.01', '1.1.02', '5.1.01'])}.{pick.randint(1, 9)}",
            Kind.AMOUNT: lambda: pick.choice(["1", "250", "1000", "999999"]),
            Kind.ZONE: lambda: "America/Caracas",
            Kind.FILE: lambda: "0" * 64,
        }
        return makers[field.kind]()

    def _slug(self) -> str:
        ids = [organ.id for organ in self.statute.organs] + [seat.id for seat in self.statute.seats]
        ids += [book.id for book in self.statute.money.books]
        return self.random.choice(ids)

    def _id(self, field: Field) -> UUID:
        model: type[Model] | None = field.to
        if model is None:
            model = self.random.choice([Person, Person, Household])
        known = list(model._default_manager.filter(commune=self.commune).values_list("pk", flat=True)[:300])
        if not known or self.random.random() < 0.03:
            return UUID(int=self.random.getrandbits(128), version=4)
        newest = known[-3:] if self.random.random() < 0.3 else known
        picked: UUID = self.random.choice(newest)
        return picked
