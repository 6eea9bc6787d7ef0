"""The list of sessions of a commune of several councils."""

from __future__ import annotations

from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.assemblies.acts import AgendaRow, Convene
from tests.test_councils import CEIBA, MIRADOR, town as town
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
