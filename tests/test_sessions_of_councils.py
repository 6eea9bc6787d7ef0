"""The list of sessions of a commune of several councils."""

from __future__ import annotations

from uuid import UUID

from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AgendaRow, Convene
from comuna.mandates import codes
from comuna.mandates.acts import IssueCode
from tests.cast import Cast
from tests.test_councils import CEIBA, MIRADOR, seated, town as town
from tests.town import FOUNDED, TODAY, Town


def test_sessions_are_chosen_by_council_and_then_by_organ(town: Town) -> None:
    for slug in (MIRADOR, CEIBA):
        town.at = FOUNDED
        act = Convene(
            organ=f"cc.assembly@{slug}", day=TODAY, hour="08:00", place=slug, agenda=(AgendaRow(title="Agua"),)
        )
        town.do(town.promoters[0], act)
    with frozen_at(FOUNDED):
        every, one = (Client().get(f"/assemblies/{asked}").content.decode() for asked in ("", f"?council={CEIBA}"))
        none = Client().get("/assemblies/?council=nowhere").content.decode()
    assert f"?council={MIRADOR}" in every and every.count('<span class="what">') == 2
    assert one.count('<span class="what">') == 1 and "La Ceiba" in one
    assert none.count('<span class="what">') == 0


def test_papers_of_earlier_years_are_asked_only_of_who_may_bring_them(town: Town) -> None:
    """They come into the books of the whole commune: not by the seat of one council."""
    secretary, executive = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR), seated(town, "ce.parliament", MIRADOR)
    link = "/assemblies/past/import/"
    with frozen_at(FOUNDED):
        hers, theirs = (signed_in(town, person) for person in (secretary, executive))
        assert link in theirs.get("/assemblies/").content.decode()
        assert theirs.get(link).status_code == 200
        assert link not in hers.get("/assemblies/").content.decode() + hers.get("/assemblies/past/").content.decode()
        assert hers.get(link).status_code == 403


def signed_in(town: Town, person: UUID) -> Client:
    code, browser = codes.new(), Client()
    town.do(town.promoters[0], IssueCode(person=person, digest=codes.digest_of(codes.proof(code))))
    with frozen_at(town.at):
        browser.post("/claim/", Cast.claim_form(code, f"cuenta-{str(person)[:8]}"))
    return browser
