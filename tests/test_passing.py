"""Nobody passes from one council to another, and no account to another hand, by one council alone."""

from __future__ import annotations

from uuid import UUID

from comuna.acts.acts import Propose, Sign
from comuna.acts.proposals import need_of
from comuna.mandates import codes, queries as mandates
from comuna.mandates.acts import IssueCode, RegisterCouncil, Resign
from comuna.territory.acts import JoinCouncil
from comuna.territory.models import Person
from conftest import Books
from tests.test_councils import CEIBA, MIRADOR, TEXT, resident, seated, town as town
from tests.town import TODAY, Town, founded


def test_nobody_is_taken_off_a_councils_roll_without_a_seat_of_it(town: Town) -> None:
    """A secretary who took somebody over alone would read her page and print the code to her account."""
    left = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    joined = [seated(town, kind, CEIBA) for kind in (f"cc.secretary@{CEIBA}", f"cc.electoral@{CEIBA}")]
    person = resident(town, MIRADOR)
    passes = JoinCouncil(person=person, council=CEIBA)
    assert [town.outcome(one, passes) for one in (*joined, left)] == ["acts.needs-signatures"] * 3
    proposal = town.do(joined[0], Propose(act=passes)).id
    assert town.outcome(joined[1], Sign(proposal=proposal)) == "acts.other-side-signs"
    assert town.do(left, Sign(proposal=proposal)).performed
    assert Person.objects.get(pk=person).council == CEIBA


def test_whom_no_council_has_yet_is_taken_up_by_one_alone(books: Books) -> None:
    town = founded(TEXT)
    person = town.neighbour()
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    secretary = seated(town, f"cc.secretary@{CEIBA}", CEIBA)
    assert town.outcome(secretary, JoinCouncil(person=person, council=CEIBA)) == "done"


def test_a_council_without_anybody_who_could_sign_keeps_nobody(town: Town) -> None:
    """Only once the promoters are done, who may in every council."""
    person, councils_ = resident(town, MIRADOR), (MIRADOR, CEIBA)
    need = need_of(JoinCouncil(person=person, council=CEIBA), town.id, TODAY)
    assert need is not None
    assert [any(kind.endswith(f"@{one}") for kind in group) for one, group in zip(councils_, need.each, strict=True)]
    secretary = seated(town, f"cc.secretary@{CEIBA}", CEIBA)
    for promoter in town.promoters:
        town.do(promoter, Resign(mandate=mandates.mandates_of(promoter, TODAY)[0].mandate))
    assert town.outcome(secretary, JoinCouncil(person=person, council=CEIBA)) == "done"


def test_a_code_for_who_holds_a_seat_is_printed_by_who_may_in_every_council_of_her_seats(town: Town) -> None:
    """Her account acts by her seats, to whichever council she belongs now."""
    here, there = (seated(town, f"cc.secretary@{one}", one) for one in (MIRADOR, CEIBA))
    person = seated(town, f"cc.committee.water@{MIRADOR}", MIRADOR)
    plain = resident(town, MIRADOR)

    def prints(by: UUID, whom: UUID) -> str:
        return town.outcome(by, IssueCode(person=whom, digest=codes.digest_of(codes.proof(codes.new()))))

    for one in (person, plain):
        town.enact(JoinCouncil(person=one, council=CEIBA))
    assert (prints(here, plain), prints(there, plain)) == ("mandates.other-seat", "done")
    assert (prints(here, person), prints(there, person)) == ("done", "mandates.other-seat")
    town.enact(town.entry(person, "comptroller.member"))
    assert (prints(here, person), prints(there, person)) == ("mandates.other-seat", "mandates.other-seat")
    assert prints(town.promoters[0], person) == "done"
