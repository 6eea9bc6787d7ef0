"""The renewal of the sample's council: one mandate is over, so the electoral commission began and has convened."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from comuna.cli.sample.seating import Seats
from comuna.cli.sample.year import Year, does
from comuna.processes.acts import BeginProcess, RecordStep

BEGUN_AGO, CONVENED_AGO = 25, 18  # days


def renewed(year: Year, seats: Seats) -> None:
    """Put the beginning and the first step into the calendar."""
    _Renewal(year, seats).begins()


class _Renewal:
    def __init__(self, year: Year, seats: Seats) -> None:
        self.year, self.seats = year, seats
        self.run: UUID | None = None

    def begins(self) -> None:
        self.year.at(self.year.today - timedelta(days=BEGUN_AGO), "18:30", self._begin)
        self.year.at(self.year.today - timedelta(days=CONVENED_AGO), "18:30", self._convene)

    def _begin(self) -> None:
        day = self.year.today - timedelta(days=BEGUN_AGO)
        self.run = does(self._commission(), BeginProcess(process="renewal", day=day)).id

    def _convene(self) -> None:
        assert self.run
        day = self.year.today - timedelta(days=CONVENED_AGO)
        words = "Convocatoria en la cartelera de la casa comunal, con firma de la comisión."
        does(self._commission(), RecordStep(run=self.run, step="convene", day=day, words=words))

    def _commission(self) -> UUID:
        holder = self.seats.holder("cc.electoral")
        assert holder
        return holder
