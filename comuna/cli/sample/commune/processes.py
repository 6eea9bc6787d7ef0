"""Processes of the sample commune: its founding, brought in from paper with the referendum of every council, and the
renewal of one council, whose vote is still to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from uuid import UUID

from comuna.acts.act import Act
from comuna.acts.authority import Actor
from comuna.acts.door import Done, perform
from comuna.cli.sample.commune.councils import CouncilLife
from comuna.cli.sample.commune.life import Life
from comuna.cli.sample.commune.people import Council, new_id
from comuna.processes.acts import BeginProcess, PollRow, RecordStep

FOUNDING = (  # the step, so many days after the founding of the books, and the paper
    ("promoters", 0, "Acta de la comisión promotora, folio 1."),
    ("charter", 24, "Carta fundacional, folios 2 a 9."),
    ("commission", 40, "Acta de instalación de la comisión electoral, folio 10."),
    ("publicity", 41, "Ejemplares en las carteleras de todos los consejos, folio 11."),
    ("referendum", 56, "Actas de escrutinio de cada centro, folios 12 a 37."),
    ("informative", 68, "Acta de la asamblea informativa, folio 38."),
    ("producers", 72, "Acta de la asamblea de las organizaciones socioproductivas, folio 39."),
    ("installation", 84, "Acta de instalación, folio 40."),
    ("registration", 101, "Planilla sellada por el ministerio, folio 41: dos días después del plazo."),
    ("account", 132, "Acta de la asamblea de rendición de cuentas, folio 42."),
)
TYPED_AFTER = 240  # days: by then the executive council sits
BEGUN_AGO = 70  # days: of the renewal
RENEWAL = (  # the step, so many days after its beginning, and the paper
    ("convene", 0, "Convocatoria en la cartelera, con firma de la comisión saliente."),
    ("commission", 9, "Acta de la asamblea que eligió la comisión nueva."),
    ("calendar", 14, "Cronograma en la cartelera."),
    ("roll", 33, "Padrón publicado: hubo que visitar otra vez tres calles."),
    ("committees", 38, "Lista de comités, aprobada en asamblea."),
    ("candidacies", 49, "Planillas de postulación, en la carpeta de la comisión."),
    ("plan", 58, "Plan del consejo, revisado por comités."),
)


def planned(life: Life, executive: Callable[[], UUID], council: CouncilLife, seed: int) -> None:
    """Put both into the calendar. What they draw by chance changes nothing else of the sample."""
    processes = _Processes(life, executive, council, Random(f"{seed}.processes"))
    life.at(life.began + timedelta(days=TYPED_AFTER), "17:40", processes.founding)
    day = life.today - timedelta(days=BEGUN_AGO)
    life.at(day, "18:10", processes.renewal)
    for step, after, words in RENEWAL:
        life.at(day + timedelta(days=after), "18:20", partial(processes.renewal_step, step, words))


class _Processes:
    def __init__(self, life: Life, executive: Callable[[], UUID], council: CouncilLife, random: Random) -> None:
        self.life, self.executive, self.council, self.random = life, executive, council, random
        self.run: UUID | None = None

    def founding(self) -> None:
        """Typed months later, when everything was done."""
        person, began = self.executive(), self.life.began
        act = BeginProcess(process="founding", day=began, origin_words="Certificado de la comisión promotora")
        run = self._do(person, act).id
        for step, after, words in FOUNDING:
            polls = tuple(map(self._poll, self.life.councils)) if step == "referendum" else ()
            done = RecordStep(run=run, step=step, day=began + timedelta(days=after), words=words, polls=polls)
            self._do(person, done)

    def _poll(self, council: Council) -> PollRow:
        """A council's papers: a quarter to half of its roll came, and most of them approved."""
        issued = len(council.roll) * self.random.randrange(24, 52) // 100
        blank, spoiled = self.random.randrange(4), self.random.randrange(3)
        votes_for = (issued - blank - spoiled) * self.random.randrange(58, 91) // 100
        against = issued - blank - spoiled - votes_for
        return PollRow(
            council=council.slug,
            issued=issued,
            votes_for=votes_for,
            against=against,
            blank=blank,
            spoiled=spoiled,
        )

    def renewal(self) -> None:
        act = BeginProcess(process="renewal", council=self.council.council.slug, day=self.life.day_now())
        self.run = self._do(self.council.commissioner(), act).id

    def renewal_step(self, step: str, words: str) -> None:
        assert self.run
        act = RecordStep(run=self.run, step=step, day=self.life.day_now(), words=words)
        self._do(self.council.commissioner(), act)

    def _do(self, person: UUID, act: Act) -> Done:
        return perform(act, Actor(person), id=new_id(self.random))
