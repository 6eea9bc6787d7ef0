"""A council founded over HTTP on a served home, with seats from before the books; its people have their devices."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from comuna.mandates import codes
from comuna.statutes import builtin
from tests.journeys.device import FORM, Device, afternoon

ZONE, TODAY = afternoon()
PROMOTERS = ("Ana Isabel Pérez", "Luis Ramón Gil", "Rosa Elena Mora")


@dataclass
class Town:
    """A council founded over HTTP: three promoters, a secretary, a comptroller and neighbours."""

    port: int
    promoters: list[Device]
    people: dict[str, str] = field(default_factory=dict)
    mandates: dict[str, str] = field(default_factory=dict)

    def registered(self, name: str) -> str:
        fields = {"full_name": name, "birth_day": "1980-05-17", "residence_since": "2001-01-01"}
        self.people[name] = self.promoters[0].does("territory.register_person", **fields)
        return self.people[name]

    def seated(self, name: str, kind: str) -> Device:
        """Somebody who holds a seat from before the books, signed in on a device."""
        return Device(self.port).claims(self.code_for(name, kind))

    def code_for(self, name: str, kind: str) -> str:
        """The printed code of somebody who holds a seat from before the books."""
        person = self.registered(name)
        entry = {"person": person, "kind": kind, "begins": "2025-06-01", "public_name": name, "origin_words": "Folio 3"}
        ana, luis = self.promoters[:2]
        inner = {"verb": "mandates.enter_mandate", "version": 1, "fields": entry}
        status, answer = luis.acts("acts.sign", {"proposal": ana.does("acts.propose", act=inner)})
        assert status == 201, answer
        self.mandates[name] = str(answer["performed"])
        code = codes.new()
        digest = codes.digest_of(codes.proof(code))
        self.promoters[0].does("mandates.issue_code", person=person, digest=digest)
        return code

    def recall(self, name: str, asking: Device) -> None:
        """Asked for by the comptroller unit, reported on by it, and voted in a session of today."""
        fields = {"mandate": self.mandates[name], "ground": "no-account", "words": "No rindió cuentas"}
        petition = asking.does("elections.ask_recall", **fields)
        asking.does("elections.report_recall", petition=petition, words="No hay cuentas.", defence="Fue oída.")
        ana = self.promoters[0]
        agenda = [{"title": "Revocatoria"}]
        convened = {"organ": "cc.assembly", "day": TODAY, "hour": "00:10", "place": "Cancha", "agenda": agenda}
        session = ana.does("assemblies.convene", **convened, from_paper=True)
        present = [{"person": person} for person in self.people.values()]
        ana.does("assemblies.record_attendance", session=session, present=present)
        ana.does("assemblies.make_call", session=session, number=1, hour="00:10")
        one, two = [person for person in self.people.values() if person != self.people[name]][:2]
        vote = {"votes_for": len(present), "against": 0, "abstain": 0, "counter_one": one, "counter_two": two}
        ana.does("elections.decide_recall", petition=petition, session=session, **vote)

    def proposal(self, by: Device, version: str) -> str:
        """The statute in force with another version number: a text that two seats must sign."""
        text = builtin.text("venezuela-commune")
        changed = re.sub(r'^version = ".*"$', f'version = "{version}"', text, count=1, flags=re.MULTILINE)
        assert changed != text
        status, address, page = by.hands_in(
            "/statute/adopt/", "statute", "estatuto.toml", changed.encode(), "text/plain"
        )
        assert status == 302, page[-900:]
        _status, _to, form = by.asks("GET", address)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        status, _to, page = by.asks(
            "POST", address, urlencode({**hidden, "first_day": TODAY, "_propose": "1"}).encode(), FORM
        )
        assert status == 302, page[-900:]
        _status, _to, waiting = by.asks("GET", "/proposals/")
        return str(re.findall(r'href="/proposals/([0-9a-f-]{36})/"', waiting)[-1])


def founded(port: int) -> Town:
    """Three promoters with accounts, and twelve neighbours."""
    typed = {f"promoters.{number}.full_name": name for number, name in enumerate(PROMOTERS)}
    about = {"name": "Consejo Comunal Los Mangos", "statute": "venezuela-commune", "time_zone": ZONE}
    _status, _to, page = Device(port).sends("/found/", **about, **typed)
    printed = re.findall(r"<pre[^>]*><code>([^<]+)</code></pre>", page)
    assert len(printed) == len(PROMOTERS), page[:300]
    town = Town(port, [Device(port).claims(unescape(code)) for code in printed])
    for number in range(12):
        town.registered(f"Vecina Número {number}")
    return town
