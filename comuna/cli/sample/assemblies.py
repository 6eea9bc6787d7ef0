"""A year of assemblies of the sample: what was decided, who was elected, who resigned and who was recalled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from comuna.assemblies.acts import CancelSession
from comuna.cli.sample import letters, matters, money, renewing
from comuna.cli.sample.matters import Matter
from comuna.cli.sample.seating import COMMITTEES, Officers, Seats
from comuna.cli.sample.sitting import Sitting
from comuna.cli.sample.year import Founded, Year, does

RECALL_IN = 5  # which month's assembly decides on it
ON_PAPER = 7  # which month's assembly is typed later
BEFORE_QUARTER = 8  # the first of the assemblies that can be the last one before which accounts are put
MINUTES_AGO = 45  # today's session was convened for that long ago


def a_year(people: Founded, seed: int, progress: Callable[[int, int], None]) -> Officers:
    """Everything from the first assembly to the one that is going on now."""
    year = Year(people, seed, progress)
    seats = Seats(year)
    year.at(year.began + timedelta(days=13), "19:00", lambda: seats.from_before("cc.committee.security"))
    days = _saturdays(year)
    _beginnings(year, seats, days[:3])
    kept = money.Money(year, seats, Random(f"{seed}.money"))
    quarter = money.last_quarter(days[BEFORE_QUARTER:], year.today)
    before = [
        sitting
        for number, day in enumerate(days[3:], start=2)
        if (sitting := _month(year, seats, number, day, kept if day == quarter else None)) is not None
    ]
    kept.planned(days, before, quarter)
    _mishaps(year, seats, days)
    _collective(year, seats, days)
    letters.asked(year, seats)
    renewing.renewed(year, seats)
    _today(year, seats)
    year.live()
    return _officers(year, seats)


def _saturdays(year: Year) -> list[date]:
    """The first Saturdays of the months, from four weeks after the founding to a week before today."""
    found: list[date] = []
    day = year.saturday(4)
    while day <= year.today - timedelta(days=7):
        if not found or (day.day <= 7 and day > found[-1] + timedelta(days=14)):
            found.append(day)
        day += timedelta(days=7)
    return found


def _beginnings(year: Year, seats: Seats, days: list[date]) -> None:
    """Who keeps the minutes; who handles and who watches the money; who answers for what."""
    first, second, third = days
    Sitting(
        year,
        seats.keeper,
        first,
        matters=matters.FOUNDING,
        further_items=("Comisión electoral", "Secretaría de actas"),
        first=23,
        second=28,
        business=[seats.elects("cc.electoral", 11, by_hands=True), seats.elects("cc.secretary", 3, by_hands=True)],
    ).convened(12)
    Sitting(
        year,
        seats.keeper,
        second,
        matters=matters.MONTHS[0],
        further_items=("Unidad administrativa y financiera", "Contraloría social"),
        first=36,
        business=[seats.elects("cc.finance", 12), seats.elects("cc.comptroller", 11)],
    ).convened(10)
    Sitting(
        year,
        seats.keeper,
        third,
        matters=matters.MONTHS[1],
        further_items=("Vocerías de los comités", "Vocería al Parlamento Comunal"),
        first=33,
        mistyped=True,
        business=[
            *[seats.elects(f"cc.committee.{name}", 2) for name in COMMITTEES],
            seats.elects("pc.council", 3),
        ],
    ).convened(10)


def _month(year: Year, seats: Seats, number: int, day: date, kept: money.Money | None) -> Sitting | None:
    """A month's assembly: some reach the quorum at once, some on the second call. Returned where accounts are put
    before it: by what it talks about, or because ``kept`` puts those of the quarter before it."""
    talked = matters.MONTHS[number % len(matters.MONTHS)]
    early = year.random.randrange(3) > 0
    recalls = number == RECALL_IN
    if recalls:
        year.at(day - timedelta(days=20), "19:30", lambda: seats.asks_to_recall("cc.finance", 3))
        year.at(day - timedelta(days=9), "20:15", seats.reports)
    further = ["Revocatoria de una vocería administrativa y financiera"] if recalls else []
    business = [seats.decides_recall] if recalls else []
    if kept is not None:
        further.append(money.TITLE)
        business.append(kept.decides)
    sitting = Sitting(
        year,
        seats.keeper,
        day,
        matters=talked,
        further_items=further,
        business=business,
        first=year.random.randrange(31, 39) if early else year.random.randrange(17, 28),
        second=year.random.randrange(28, 32),
        typed_after=4 if number == ON_PAPER else 0,  # no power, no laptop: the minutes were taken on paper
    ).convened(year.random.randrange(6, 11))
    if number != ON_PAPER and (kept is not None or money.TITLE in [one.title for one in talked]):
        return sitting
    return None


def _mishaps(year: Year, seats: Seats, days: list[date]) -> None:
    """Not enough people; rain; and somebody who gives up her seat."""
    if len(days) > 5:
        empty = (Matter("Reglamento de la cancha", "Aprobar el reglamento de uso de la cancha."),)
        alone = Sitting(
            year, seats.keeper, days[5] + timedelta(days=14), matters=empty, first=9, second=13, hour="17:00"
        )
        alone.convened(5)
        wet = Sitting(year, seats.keeper, days[4] + timedelta(days=21), matters=empty, hour="10:00")
        wet.convened(6)
        year.at(wet.day - timedelta(days=1), "20:40", lambda: _called_off(wet))
        year.at(days[5] + timedelta(days=9), "20:10", lambda: seats.resigns("cc.committee.sport"))


def _called_off(sitting: Sitting) -> None:
    reason = "Llueve desde el jueves y la cancha está inundada. Se convoca de nuevo."
    does(sitting.keeper(), CancelSession(session=sitting.session, reason=reason))
    sitting.called_off = True


COLLECTIVE = (
    Matter(
        "Cuentas del mes",
        "Presentar a la asamblea las cuentas del mes con sus recibos.",
        90,
        2,
        "cc.finance",
        21,
        19,
        "Se presentaron con 31 recibos; la contraloría las revisó.",
    ),
    Matter("Agenda de la asamblea", "Llevar a la asamblea los puntos que pidieron los comités.", 97, 0),
)


def _collective(year: Year, seats: Seats, days: list[date]) -> None:
    """The collective meets between assemblies; alternates stand in for whoever is missing."""
    for day in days[3::3]:
        Sitting(
            year,
            seats.keeper,
            day + timedelta(days=11),
            hour="18:00",
            organ="cc.collective",
            place="Casa comunal",
            matters=COLLECTIVE,
            first=70,
        ).convened(4)


def _today(year: Year, seats: Seats) -> None:
    """Convened for today; the first call is past and was not enough."""
    begun = year.until.astimezone(year.zone) - timedelta(minutes=MINUTES_AGO)
    hour = f"{begun:%H:%M}" if begun.date() == year.today else "00:00"
    Sitting(year, seats.keeper, year.today, hour=hour, further_items=matters.TODAY, first=24, waits=True).convened(6)


def _officers(year: Year, seats: Seats) -> Officers:
    secretary, finance = seats.holder("cc.secretary"), seats.holder("cc.finance")
    electoral, comptroller = seats.holder("cc.electoral"), seats.holder("cc.comptroller")
    water, health = seats.holder("cc.committee.water"), seats.holder("cc.committee.health")
    signs_too = seats.holder("cc.finance", 2)
    assert secretary and finance and electoral and comptroller and water and health and signs_too
    return Officers(secretary, finance, signs_too, electoral, comptroller, water, health, seats.others[0])


__all__ = ["Officers", "a_year"]
