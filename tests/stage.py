"""Homes in which every page of the program has something to show: what ``tests/every_page.py`` looks through.

``python -m tests.stage NAME`` makes one in the home of COMUNA_HOME. ``sample`` is the sample, its assembly gone on to
a vote; ``town`` a small commune of two councils in which everything is open at once: three ways of voting, recalls at
each of their steps, a proposal, a census half read; ``empty`` has the books as they are before founding, ``founded``
as they are in the browser that has just founded. ``look.json`` in the home says at which addresses a reader begins,
besides the first page, and which cookies a browser has that founded.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import django

from tests import sittings, till, till_paper

if TYPE_CHECKING:
    from comuna.acts.act import Act
    from tests.town import Town

PASSWORD = "cuando-llueve-hay-agua"
CENSUS = """Nombre y apellido;Cédula;Calle;Casa;Fecha de nacimiento
Zenobia Rivas;V-9.111.222;Calle Nueva;12;03/02/1971
Nicanor Rivas;V-9.111.333;Calle Nueva;12;05/06/1999
Petra Lugo;;Calle que nadie conoce;7;31/02/1980
;;Calle Nueva;9;
"""
NORTH = "el-mirador"
ZONE = ZoneInfo("America/Caracas")
MIDNIGHT = "00:00"  # of a session's day: always past


def empty() -> None:
    """Nothing is founded."""


def founded() -> None:
    """A browser founds a commune; its promoters' codes are not used yet."""
    from django.test import Client

    browser = Client(headers={"host": "localhost"})
    form = {"_id": str(uuid4()), "name": "Consejo Comunal La Ceiba", "statute": "venezuela-commune"}
    names = ("Ana Isabel Pérez", "Luis Ramón Gil", "Rosa Elena Mora")
    typed = {f"promoters.{number}.full_name": name for number, name in enumerate(names)}
    answer = browser.post("/found/", {**form, "time_zone": "America/Caracas", **typed})
    assert "comuna_founded" in browser.cookies, answer.content.decode()
    _look_at([], {"comuna_founded": browser.cookies["comuna_founded"].value})


def _look_at(addresses: Sequence[str], cookies: dict[str, str] | None = None) -> None:
    from comuna.journal.home import home

    (home() / "look.json").write_text(json.dumps({"addresses": addresses, "cookies": cookies or {}}), "utf-8")


def sample() -> None:
    """The sample; enough people come to today's assembly, one motion is decided and one is being voted on."""
    from comuna.acts.moment import day_now
    from comuna.assemblies import queries
    from comuna.assemblies.acts import (
        MakeCall,
        PresentRow,
        PutMotion,
        RecordAttendance,
        RecordCount,
        UndoCall,
        WriteNote,
    )
    from comuna.assemblies.models import Call
    from comuna.cli.sample import make_council
    from comuna.journal.home import home
    from comuna.journal.queries import commune_here
    from comuna.mandates import accounts
    from comuna.territory.models import Street

    (home() / "demo").touch()
    make_council(seed=1, progress=lambda _done, _of: None)
    listed = json.loads((home() / "demo.json").read_text("utf-8"))
    names = {one["name"]: one["password"] for one in listed}
    keeper = accounts.recognise("secretaria", names["secretaria"], address="127.0.0.1")
    commune = commune_here()
    assert commune is not None
    today = day_now(commune)
    session = next(one for one in queries.coming(commune, today) if one.day == today).id
    stands = queries.standing(session)
    rights = queries.entitled(commune, stands.organ, stands.statute, today)
    absent = sorted(rights.people - queries.present_people(session))
    call = Call.objects.get(session_id=session)
    _do(keeper, UndoCall(call=call.pk))
    came = tuple(PresentRow(person=one) for one in absent[: len(rights.people) // 5])
    _do(keeper, RecordAttendance(session=session, present=came))
    _do(keeper, MakeCall(session=session, number=1, hour=call.hour))
    here = sorted(queries.present_people(session))
    said = "El tanque de la escuela se rajó. Hay dos presupuestos; el más barato es el de la ferretería de la esquina."
    _do(keeper, WriteNote(session=session, item=1, seat="cc.finance", words=said, hour=call.hour))
    motion = _do(keeper, PutMotion(session=session, item=1, text="Comprar dos tanques de mil litros para la escuela."))
    counted = {**sittings.counted(len(here) - 7, 4, 3), "counter_one": here[0], "counter_two": here[1]}
    _do(keeper, RecordCount.model_validate({"motion": motion, **counted}))
    _do(keeper, PutMotion(session=session, item=2, text="Cerrar la calle Bolívar los domingos de ocho a doce."))
    _look_at([f"/streets/{Street.objects.earliest('name').pk}/"])


def town() -> None:
    """A small commune under the statute of ``every_act``, where its promoters may do everything."""
    from comuna.acts import clock
    from tests.every_act_statute import TWO_SIGN, every_act_statute
    from tests.town import Town, founding

    here = Here(clock.now())
    two_pay = TWO_SIGN.format(name="pay", act="treasury.pay")
    act, promoters, proofs = founding(every_act_statute({"people = 50": "people = 3"}) + two_pay)
    with clock.frozen_at(here.ago(days=40)):
        commune = _do(None, act)
        for person, proof, name in zip(promoters, proofs, ("ana", "luis", "rosa"), strict=True):
            _claim(person, proof, name)
    here.town = Town(commune, promoters, at=clock.stamp(here.ago(days=40)))
    here.settled()
    here.seated()
    here.met()
    here.recalls()
    here.desk()
    here.meets()
    here.waits()
    _look_at(here.addresses)


def _do(person: UUID | None, act: Act) -> UUID:
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform

    return perform(act, Actor(person)).id


def _claim(person: UUID, proof: str, name: str) -> None:
    """An account whose name and password the first page says, as the sample's are."""
    from comuna.acts.authority import Actor
    from comuna.acts.door import perform
    from comuna.journal.home import home
    from comuna.mandates import accounts
    from comuna.mandates.acts import ClaimAccount

    claim, list_ = uuid4(), home() / "demo.json"
    accounts.prepare(claim, person, name, PASSWORD)
    perform(ClaimAccount(proof=proof), Actor(), id=claim)
    accounts.settle(claim, person)
    known = json.loads(list_.read_text("utf-8")) if list_.exists() else []
    known.append({"name": name, "password": PASSWORD, "who_es": name, "who_en": name})
    list_.write_text(json.dumps(known), "utf-8")


class Here:
    """The town while it is made: who is who, and the moments."""

    town: Town
    people: list[UUID]

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.addresses: list[str] = []

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def day(self, ago: int) -> date:
        """The commune's local day, that many days ago."""
        return self.ago(ago).astimezone(ZONE).date()

    def at(self, days: int) -> None:
        from comuna.acts.clock import stamp

        self.town.at = stamp(self.ago(days))

    def look_at(self, *addresses: str) -> None:
        self.addresses += addresses

    def do(self, act: Act, person: UUID | None = None) -> UUID:
        return self.town.do(person or self.town.promoters[0], act).id

    def settled(self) -> None:
        """Two councils, a sector with a street, twelve neighbours."""
        from comuna.acts.clock import frozen_at
        from comuna.mandates import codes
        from comuna.mandates.acts import IssueCode, RegisterCouncil
        from comuna.territory.acts import AddSector, AddStreet, RegisterHousehold

        for name in ("El Mirador", "La Ceiba"):
            self.do(RegisterCouncil(name=name, register_code="C-14"))
        self.town.council = NORTH
        sector = self.do(AddSector(name="El Alto", council=NORTH))
        street = self.do(AddStreet(name="Calle Nueva", sector=sector, council=NORTH))
        home = self.do(RegisterHousehold(street=street, house="12-B", council=NORTH))
        self.look_at(f"/people/households/{home}/", f"/people/households/erase/?household={home}")
        self.people = [self.town.neighbour() for _number in range(12)]
        names = ("secretaria", "tesorera", "contralora", "contralor", "auxiliar", "vecina")
        for person, name in zip(self.people, names, strict=False):
            code = codes.proof(codes.new())
            self.do(IssueCode(person=person, digest=codes.digest_of(code)))
            with frozen_at(self.town.at):
                _claim(person, code, name)

    def seated(self) -> None:
        """One auditor goes on acting though his term is over."""
        for person, kind in zip(self.people, ("secretary", "treasurer", "auditor", "auditor", "clerk"), strict=False):
            ends = self.day(20) if person == self.people[2] else None
            self.do(self.town.entry(person, kind, begins=self.day(60), ends=ends))

    def met(self) -> None:
        """An assembly of last week, which decided; what it decided is due this week."""
        from comuna.assemblies.acts import CloseSession

        session = self._assembly(days=10)
        self._decides(session, "Reparar la tubería de la calle Nueva", due_in=4)
        self.do(CloseSession(session=session, hour=MIDNIGHT))

    def recalls(self) -> None:
        """One gathers signatures, one waits for a report, one for an assembly."""
        from comuna.elections.acts import ReportRecall

        self.at(days=6)
        secretary, treasurer, auditor, other, _clerk, *signers = self.people
        self._asked(treasurer, "treasurer", (), by=self.town.promoters[0])
        self._asked(auditor, "auditor", signers, by=signers[0])
        ready = self._asked(secretary, "secretary", signers, by=signers[0])
        self.decided = self._asked(other, "auditor", signers, by=signers[0])
        self.do(ReportRecall(petition=ready, words="No hay actas.", defence="Fue oída."), auditor)
        self.do(ReportRecall(petition=self.decided, words="No hay cuentas.", defence="Fue oída."), secretary)

    def desk(self) -> None:
        """Mandates that rest and that ended, a code that nobody has used, somebody who moved."""
        from comuna.mandates import codes
        from comuna.mandates.acts import EndMandate, IssueCode, Suspend, WhyEnded
        from comuna.territory.acts import RecordDeparture
        from comuna.territory.acts.whereabouts import Because

        self.at(days=5)
        begins = self.day(60)
        resting, ended = self.town.neighbour(claims=True), self.town.neighbour(claims=True)
        rests = self.do(self.town.entry(resting, "secretary", begins=begins, alternate=True))
        self.do(Suspend(mandate=rests, reason="Cuida a su madre"))
        ends = self.do(self.town.entry(ended, "treasurer", begins=begins, alternate=True))
        self.do(EndMandate(mandate=ends, why=WhyEnded.LEFT, on=self.day(6)))
        self.look_at(f"/mandates/undo-entry/?mandate={rests}", f"/mandates/undo-ending/?mandate={ends}")
        self.do(IssueCode(person=self.people[8], digest=codes.digest_of(codes.proof(codes.new()))))
        moved = self.town.neighbour()
        self.do(RecordDeparture(person=moved, on=self.day(6), because=Because.MOVED))
        self.look_at(f"/codes/new/?person={self.people[8]}", f"/people/{moved}/")

    def meets(self) -> None:
        """Today: an assembly that elects, recalls and amends, and a board with one motion decided and one before it."""
        from comuna.assemblies.acts import Instruct, PutMotion
        from comuna.assemblies.acts.instructing import InstructedVote
        from comuna.assemblies.models import AgendaItem, Resolution

        sittings.ratifiable(self)
        session = self._assembly(days=0)
        sittings.told(self, session, days=1)
        self._decides(session, "Limpiar la quebrada el domingo", due_in=3)
        self.town.elect(session, "committee.water", self.people[9:11])
        board = self.board()
        item = AgendaItem.objects.get(session=board, number=1).id
        decided = Resolution.objects.order_by("born").first()
        assert decided is not None
        self.do(Instruct(motion=decided.motion_id, item=item, vote=InstructedVote.FOR))
        self.do(PutMotion(session=board, item=1, text="Comprar el tubo"))
        self.do(PutMotion(session=board, item=2, text="Guardar la caja en la escuela"))
        self.do(self.town.decision(self.decided, session, len(self.people)))
        sittings.goes_on(self, session)
        sittings.spoken(self, decided.id)
        till.kept(self, decided.id)
        self._comes(self._convened("board", 0, ("Cuentas",), "00:01"), self.people[:1])
        short = self._convened("board", 0, ("Informes",), "00:02")
        self._comes(short, self.people[:1])
        self._called(short, "00:02")
        self.look_at(f"/assemblies/{short}/adjourn/")
        coming = self._convened("assembly", -10, ("Rendición de cuentas", "Agua"))
        self.look_at(f"/assemblies/{session}/", f"/assemblies/{session}/minutes/", f"/assemblies/{coming}/move/")

    def waits(self) -> None:
        """A statute to be adopted, which another must sign, and a list of people that was handed in."""
        from django.core.files.uploadedfile import SimpleUploadedFile
        from django.test import Client

        from comuna.acts.acts import Propose
        from comuna.journal import files
        from comuna.statutes import queries as statutes
        from comuna.statutes.acts import AdoptStatute
        from tests.every_act_statute import every_act_statute

        self.at(days=0)
        text = every_act_statute({"people = 50": "people = 4", 'version = "1"': 'version = "2"'})
        act = AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=self.day(-30))
        self.do(Propose(act=act))
        browser = Client(headers={"host": "localhost"})
        browser.post("/sign-in/", {"_id": str(uuid4()), "name": "ana", "password": PASSWORD})
        for name, census in (("censo.csv", CENSUS), ("censo-de-ayer.csv", CENSUS.replace("Rivas", "Lugo"))):
            handed = SimpleUploadedFile(name, census.encode(), "text/csv")
            waits = browser.post("/people/import/", {"_id": str(uuid4()), "file": handed, "council": NORTH})["Location"]
            self.look_at(waits, f"{waits}left/")
        self.look_at(*till_paper.handed_in(browser))
        confirmed = {"_id": str(uuid4()), "census_day": self.day(0).isoformat()}
        imported = browser.post(f"{waits}confirm/", confirmed)["Location"]
        self.look_at(imported, f"{imported}left/", *sittings.earlier(browser))

    def _assembly(self, days: int) -> UUID:
        """A quorate session of everybody's organ, that many days ago."""
        self.at(days + 4)
        session = self._convened("assembly", days, ("Agua", "Elecciones"))
        self.at(days)
        self._comes(session, self.people)
        self._called(session)
        return session

    def board(self, days: int = 0) -> UUID:
        """A quorate session of it, that many days ago."""
        self.at(days)
        session = self._convened("board", days, ("Agua", "Caja"))
        self._comes(session, (*self.town.promoters, self.people[0], self.people[2]))
        self._called(session)
        return session

    def _convened(self, organ: str, days: int, titles: Sequence[str], hour: str = MIDNIGHT) -> UUID:
        from comuna.assemblies.acts import AgendaRow, Convene

        agenda = tuple(AgendaRow(title=title) for title in titles)
        act = Convene(organ=organ, day=self.day(days), hour=hour, place="Cancha techada", agenda=agenda)
        return self.do(act, self.people[0])

    def _comes(self, session: UUID, people: Sequence[UUID]) -> None:
        from comuna.assemblies.acts import PresentRow, RecordAttendance

        present = tuple(PresentRow(person=person) for person in sorted(people))
        self.do(RecordAttendance(session=session, present=present))

    def _called(self, session: UUID, hour: str = MIDNIGHT) -> None:
        from comuna.assemblies.acts import MakeCall

        self.do(MakeCall(session=session, number=1, hour=hour))

    def _decides(self, session: UUID, text: str, due_in: int) -> None:
        from comuna.assemblies.acts import PutMotion, RecordCount

        due = self.day(0) + timedelta(days=due_in)
        motion = self.do(PutMotion(session=session, item=1, text=text, responsible="treasurer", due_on=due))
        one, two = self.people[5:7]
        counted = {**sittings.counted(len(self.people) - 2, 1, 1), "counter_one": one, "counter_two": two}
        self.do(RecordCount.model_validate({"motion": motion, **counted}))

    def _asked(self, whose: UUID, kind: str, signers: Sequence[UUID], by: UUID) -> UUID:
        """A recall, with a sheet of these signatures."""
        from comuna.elections.acts import PetitionRecall, RecordSignatures, SignerRow

        mandate = self.town.mandate(whose, kind, self.day(0)).mandate
        ground = next(iter(self.town.recall_of(mandate).grounds))
        petition = self.do(PetitionRecall(mandate=mandate, ground=ground, words="No rindió cuentas"), by)
        if signers:
            rows = tuple(SignerRow(person=person) for person in signers[:3])
            self.do(RecordSignatures(petition=petition, signed=rows))
        return petition


def main(stage: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "comuna.web.settings"
    django.setup()
    from comuna.cli.start import ready_books

    ready_books()
    {"empty": empty, "founded": founded, "sample": sample, "town": town}[stage]()


if __name__ == "__main__":
    main(sys.argv[1])
