"""Whom somebody was elected to follow: no renewal waits for her seat, and she reads who follows and when."""

from __future__ import annotations

from comuna.acts.clock import frozen_at
from comuna.assemblies.tests.test_session import MEETING, MEETING_DAY
from comuna.elections.tests.voting import Vote
from comuna.mandates.lapsing import over
from comuna.processes.queries import first_end
from tests.cast import Cast


def test_who_was_elected_ahead_is_known_to_the_renewal_and_to_whom_she_follows(founded: Cast) -> None:
    vote = Vote(founded)
    with frozen_at(MEETING):
        vote.open()
        late = next(one for one in over(founded.commune, MEETING_DAY) if not one.holding.is_alternate)
        assert first_end(founded.commune, None, MEETING_DAY) == late.on
        browser = founded.browser(late.holding.person)
        english = {"accept-language": "en"}
        assert "You act on until somebody is elected." in browser.get("/my-mandate/", headers=english).content.decode()
        vote.elect(late.holding.kind, [9, 8, 7, 6, 5], begins=MEETING_DAY.replace(day=27))
        after = first_end(founded.commune, None, MEETING_DAY)
        assert after is not None and after > MEETING_DAY
        assert "was elected to follow on 27 February" in browser.get("/my-mandate/", headers=english).content.decode()
