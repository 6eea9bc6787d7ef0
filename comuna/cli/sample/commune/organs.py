"""Three years of the organs of the sample commune: parliament, executive, the councils beside it, the bank, the
producers, the assembly of everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from comuna.cli.sample.commune.life import Life
from comuna.cli.sample.commune.matters import about, filled
from comuna.cli.sample.commune.meeting import Business, Meeting
from comuna.cli.sample.commune.plenary import PLACE, Plenary
from comuna.mandates.acts import EnterMandate

ENTERPRISES = (
    "Panadería La Espiga",
    "Bloquera El Esfuerzo",
    "Textiles Las Trinitarias",
    "Conuco Agua Blanca",
    "Transporte Puente Amarillo",
    "Carpintería Los Cedros",
    "Cocina El Fogón",
    "Reciclaje Monte Claro",
    "Radio Brisas",
)
ADMINISTRATION = {
    "services": "water",
    "health": "health",
    "housing": "housing",
    "culture": "education",
    "defence": "security",
}
MISMATCH = 9  # from this plenary on, one in which a member votes otherwise than his council decided
AGAINST_IT = 1  # that council


class Organs:
    """The commune's own calendar."""

    def __init__(self, life: Life) -> None:
        self.life = life
        saturdays = life.first_saturdays(life.began + timedelta(days=72))
        questions, tasks = about("parliament"), about("parliament_task")
        self.plenaries = [
            Plenary(
                life,
                day,
                questions[number % len(questions)],
                filled(tasks[number % len(tasks)], life.random),
            )
            for number, day in enumerate(saturdays)
        ]
        first = self.plenaries[0]
        first.attendance, first.further = 97, self._elections()

    def planned(self) -> None:
        """Everything that is known beforehand."""
        life = self.life
        life.at(life.began + timedelta(days=57), "10:00", self._delegates)
        producers = self._meets("osp.assembly", life.began + timedelta(days=60), self.delegate, first=100)
        producers.business = self._producers_elect()
        producers.convened(2)
        for place, plenary in enumerate(self.plenaries):
            plenary.planned(
                self.member, 10 if place == 0 else min(26, (plenary.day - self.plenaries[place - 1].day).days - 1)
            )
        begun = self.plenaries[0].day
        bank = self._meets("bank.administration", begun + timedelta(days=4), self._of("bank.administrator"), first=100)
        bank.business = (("Vocería del Banco en el Parlamento", self._bank_elects),)
        bank.convened(2)
        self._whole(begun + timedelta(days=8), elects=True)
        self._rhythm(begun + timedelta(days=20))

    # Who keeps the minutes

    def member(self) -> UUID:
        """Of the parliament."""
        return self.life.keeper("ce.parliament", *(f"pc.council@{one.slug}" for one in self.life.councils))

    def delegate(self) -> UUID:
        return self.life.holders("osp.delegate")[-1]

    def executive(self) -> UUID:
        return self.life.keeper("ce.parliament", "ce.osp")

    def _of(self, *kinds: str) -> Callable[[], UUID]:
        return lambda: self.life.keeper(*kinds)

    # The beginning

    def _delegates(self) -> None:
        """Each enterprise named its own before these books: two promoters enter it from its minutes."""
        life = self.life
        for number, (name, person) in enumerate(
            zip(ENTERPRISES, life.anywhere(len(ENTERPRISES)), strict=True), start=1
        ):
            act = EnterMandate(
                person=person,
                public_name=life.names[person],
                kind="osp.delegate",
                number=number,
                begins=life.began - timedelta(days=40 + number),
                origin_words=f"Acta de la asamblea de {name}, folio {number + 3}",
            )
            entered = life.do_together(life.promoters[0], life.promoters[1], act).performed
            assert entered is not None
            life.note_seats(entered)
        for person in life.holders("osp.delegate")[:1] + life.holders("osp.delegate")[-1:]:
            life.opens_account(person)

    def _producers_elect(self) -> tuple[tuple[str, Business], ...]:
        def chosen(kind: str, first: int, last: int) -> Business:
            return lambda meeting, _item: self._seat(
                meeting, kind, self.life.holders("osp.delegate")[first:last], self.delegate
            )

        return (
            ("Vocerías en el Parlamento", chosen("pc.osp", 0, 6)),
            ("Vocería en el Consejo Ejecutivo", chosen("ce.osp", 0, 2)),
            ("Vocería en el Consejo de Planificación", chosen("planning.osp", 3, 5)),
        )

    def _seat(self, meeting: Meeting, kind: str, people: Sequence[UUID], by: Callable[[], UUID]) -> None:
        came = meeting.elects(kind, people, by())
        self.life.opens_account(came[0])

    def _elections(self) -> tuple[tuple[str, Business], ...]:
        """What the parliament chooses when it first meets."""

        def step(kind: str, who: Callable[[], Sequence[UUID]]) -> Business:
            return lambda meeting, _item: self._seat(meeting, kind, who(), self._recorder)

        committees = {
            kind: (lambda committee=committee: self._committee(committee)) for kind, committee in ADMINISTRATION.items()
        }
        anywhere = self.life.anywhere
        return (
            ("Consejo Ejecutivo", step("ce.parliament", partial(self._members, 1, 5))),
            ("Consejo de Planificación", step("planning.parliament", partial(self._members, 5, 8))),
            ("Banco: coordinación administrativa", step("bank.administrator", partial(anywhere, 4))),
            ("Banco: comité de aprobación", step("bank.approver", partial(anywhere, 6))),
            ("Banco: comité de seguimiento", step("bank.controller", partial(anywhere, 4))),
            *(
                (f"Consejo de Administración: {kind}", step(f"administration.member.{kind}", who))
                for kind, who in committees.items()
            ),
        )

    def _recorder(self) -> UUID:
        """A member who stands for nothing."""
        person = self.life.holder(f"pc.council@{self.life.councils[0].slug}")
        assert person is not None
        return person

    def _members(self, first: int, last: int) -> list[UUID]:
        found = [self.life.holder(f"pc.council@{one.slug}") for one in self.life.councils[first:last]]
        return [person for person in found if person is not None]

    def _committee(self, name: str) -> list[UUID]:
        """Two of the committees of the councils."""
        councils = self.life.random.sample(self.life.councils, 2)
        found = [self.life.holder(f"cc.committee.{name}@{one.slug}") for one in councils]
        return [person for person in found if person is not None]

    def _bank_elects(self, meeting: Meeting, _item: int) -> None:
        self._seat(meeting, "pc.bank", self.life.holders("bank.approver")[:2], meeting.keeper)

    # The rhythm

    def _meets(
        self, organ: str, day: date, keeper: Callable[[], UUID], first: int = 84, hour: str = "17:00"
    ) -> Meeting:
        what = organ.partition(".")[0]
        words = about({"ce": "executive", "osp": "producers"}.get(what, what))
        matter = filled(self.life.random.choice(words), self.life.random)
        return Meeting(self.life, organ, day, hour, PLACE, keeper, matters=(matter,), first=first)

    def _rhythm(self, begun: date) -> None:
        for organ, every, keeper in (
            ("ce.executive", 28, self.executive),
            ("planning.council", 122, self._of("planning.parliament")),
            ("economy.council", 122, self._of("economy.member")),
            ("comptroller.council", 122, self._of("comptroller.member")),
            ("administration.council", 122, self._of(*(f"administration.member.{kind}" for kind in ADMINISTRATION))),
            ("osp.assembly", 182, self.delegate),
            ("bank.administration", 122, self._of("bank.administrator")),
            ("bank.approval", 122, self._of("bank.approver")),
            ("bank.follow-up", 122, self._of("bank.controller")),
        ):
            day = begun + timedelta(days=(1 - begun.weekday()) % 7)  # tuesdays, as the executive does
            while day < self.life.today:
                self._meets(organ, day, keeper, hour="18:30").convened(4)
                day += timedelta(days=every)
        day = begun + timedelta(days=330)
        while day < self.life.today:
            self._whole(day, elects=False)
            day += timedelta(days=365)

    def _whole(self, day: date, *, elects: bool) -> None:
        """Everybody of the commune. The first time it seats the councils beside the parliament."""
        business: tuple[tuple[str, Business], ...] = ()
        if elects:
            business = (
                ("Consejo de Planificación", self._all_elect("planning.councils", lambda: self.life.anywhere(4))),
                ("Consejo de Economía", self._all_elect("economy.member", partial(self._ten, "cc.committee.economy"))),
                ("Consejo de Contraloría", self._all_elect("comptroller.member", partial(self._ten, "cc.comptroller"))),
            )
        Meeting(
            self.life,
            "commune.assembly",
            self.life.weekend(day, sunday=True),
            "10:00",
            "Estadio de la comuna",
            self.executive,
            everybody=True,
            matters=about("commune"),
            business=business,
            first=16,
            second=25,
        ).convened(7)

    def _all_elect(self, kind: str, who: Callable[[], Sequence[UUID]]) -> Business:
        return lambda meeting, _item: self._seat(meeting, kind, who(), self.executive)

    def _ten(self, kind: str) -> list[UUID]:
        councils = self.life.councils
        some = self.life.random.sample(councils, min(10, len(councils)))
        found = [self.life.holder(f"{kind}@{one.slug}") for one in some]
        return [person for person in found if person is not None]
