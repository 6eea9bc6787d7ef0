"""Three years of one council: whom it elected, when its assembly, its collective and its units met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

from comuna.cli.sample.commune.life import Life
from comuna.cli.sample.commune.matters import Matter, about, filled
from comuna.cli.sample.commune.meeting import Business, Meeting
from comuna.cli.sample.commune.people import Council
from comuna.cli.sample.commune.plenary import Plenary

ASSEMBLIES_EVERY = 122  # days
COLLECTIVE_EVERY, UNITS_EVERY = 365, 365
COMMITTEES = (
    *("health", "land", "housing", "economy", "security", "media", "sport"),
    *("food", "water", "energy", "children", "disability", "education", "family"),
)
UNITS = {"executive": "committee.water", "finance": "finance", "comptroller": "comptroller"}
PLACES = ("Cancha techada", "Escuela", "Casa comunal", "Plaza", "Galpón de la bloquera")


class CouncilLife:
    """One council's calendar."""

    def __init__(self, life: Life, council: Council, number: int, plenaries: Sequence[Plenary]) -> None:
        self.life, self.council, self.number, self.plenaries = life, council, number, plenaries
        self.hour = f"{8 + number % 8:02d}:{'00' if number % 2 else '30'}"
        self.place = PLACES[number % len(PLACES)]
        self.matters = [*about("assembly")]
        life.random.shuffle(self.matters)
        self.assemblies: list[Meeting] = []  # the regular ones, oldest first

    def seat(self, kind: str) -> str:
        return f"{kind}@{self.council.slug}"

    def secretary(self) -> UUID:
        return self.life.keeper(self.seat("cc.secretary"), self.seat("cc.electoral"))

    def commissioner(self) -> UUID:
        return self.life.keeper(self.seat("cc.electoral"))

    def planned(self) -> None:
        """Everything that is known beforehand."""
        life = self.life
        day = life.weekend(life.began + timedelta(days=17 + 7 * (self.number % 2)), sunday=self.number % 3 > 0)
        self._assembly(
            day,
            matters=about("first"),
            business=(
                ("Comisión electoral", self._elects("cc.electoral", 10, hands=True)),
                ("Secretaría de actas", self._elects("cc.secretary", 3, hands=True)),
                ("Unidad administrativa y financiera", self._elects("cc.finance", 10)),
                ("Contraloría social", self._elects("cc.comptroller", 10)),
            ),
        ).convened(6)
        second = day + timedelta(days=21)
        committees = tuple(("Comité", self._elects(f"cc.committee.{one}", 2)) for one in COMMITTEES)
        named = tuple(
            (f"Vocería: {self._words(one)}", step) for one, (_, step) in zip(COMMITTEES, committees, strict=True)
        )
        member = ("Vocería en el Parlamento", self._elects("pc.council", 3))
        self._assembly(second, business=(*named, member)).convened(9)
        self._regular(second + timedelta(days=34 + self.number * 2))
        self._units(second + timedelta(days=10))

    def _words(self, committee: str) -> str:
        words = self.life.statute(self.life.today).seat(self.seat(f"cc.committee.{committee}")).name["es"]
        return words.partition(" · ")[0].removeprefix("Vocería de ").removeprefix("la ")

    def _assembly(
        self,
        day: date,
        *,
        matters: Sequence[Matter] = (),
        business: Sequence[tuple[str, Business]] = (),
        first: int = 37,
        second: int = 0,
    ) -> Meeting:
        return Meeting(
            self.life,
            self.seat("cc.assembly"),
            day,
            self.hour,
            self.place,
            self.secretary,
            council=self.council,
            everybody=True,
            matters=matters,
            business=business,
            first=first,
            second=second,
        )

    def _elects(self, kind: str, standing: int, *, hands: bool = False) -> Business:
        def step(meeting: Meeting, _item: int) -> None:
            people = self.life.next_standing(self.council, standing)
            came = meeting.elects(self.seat(kind), people, self.commissioner(), hands=hands)
            if kind in (
                "cc.electoral",
                "cc.secretary",
                "cc.finance",
                "cc.comptroller",
                "cc.committee.water",
                "pc.council",
            ):
                self.life.opens_account(came[0])

        return step

    # The rhythm

    def _regular(self, day: date) -> None:
        """Three times a year; on some days the second call is needed, on a few even that does not reach the quorum."""
        random = self.life.random
        while day <= self.life.today - timedelta(days=2):
            sitting = self.life.weekend(day, sunday=self.number % 3 > 0)
            turn = random.randrange(40)
            early = turn < 27
            self.assemblies.append(
                self._assembly(
                    sitting,
                    matters=self._matters(1 + random.randrange(2)),
                    business=self._question(sitting),
                    first=random.randrange(34, 42) if early else random.randrange(11, 24),
                    second=0 if early or turn == 39 else random.randrange(25, 32),
                ).convened(random.randrange(5, 10))
            )
            self.assemblies[-1].secret = turn % 9 == 0
            day += timedelta(days=ASSEMBLIES_EVERY)

    def _matters(self, count: int) -> tuple[Matter, ...]:
        found = [self.matters.pop(0) for _ in range(count)]
        self.matters += found
        return tuple(filled(one, self.life.random, self.council.streets, self.council.slug) for one in found)

    def _question(self, day: date) -> tuple[tuple[str, Business], ...]:
        coming = next((one for one in self.plenaries if one.day > day), None)
        return (coming.asked_in(self.council, self.secretary),) if coming else ()

    def _units(self, day: date) -> None:
        """The collective, each unit and the commission once a year; between these they meet unminuted."""
        rhythm = ((("cc.collective",), COLLECTIVE_EVERY), (tuple(f"cc.unit.{one}" for one in UNITS), UNITS_EVERY))
        for organs, every in (*rhythm, (("cc.commission",), UNITS_EVERY)):
            for place, organ in enumerate(organs):
                on, is_first = day + timedelta(days=3 * place + self.number % 5), True
                while on < self.life.today:
                    self._unit(organ, on, elects_land=is_first and organ == "cc.unit.executive")
                    on, is_first = on + timedelta(days=every), False

    def _unit(self, organ: str, day: date, *, elects_land: bool) -> None:
        words = about("collective" if organ == "cc.collective" else "unit")
        land = (("Planificación por el comité de tierra", self._elects_land),) if elects_land else ()
        Meeting(
            self.life,
            self.seat(organ),
            day,
            "18:00",
            "Casa comunal",
            self._keeper_of(organ),
            matters=(self.life.random.choice(words),),
            business=land,
            first=82,
        ).convened(4)

    def _keeper_of(self, organ: str) -> Callable[[], UUID]:
        if organ == "cc.collective":
            return self.secretary
        seat = {"cc.commission": "electoral"} | {f"cc.unit.{unit}": seat for unit, seat in UNITS.items()}
        return lambda: self.life.keeper(self.seat(f"cc.{seat[organ]}"))

    def _elects_land(self, meeting: Meeting, _item: int) -> None:
        """The planning council has one of each land committee."""
        person = self.life.holder(self.seat("cc.committee.land"))
        assert person is not None
        meeting.elects(self.seat("planning.land"), [person], meeting.keeper())
