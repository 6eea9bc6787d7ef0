"""A commune of several councils under one statute: what is each council's stays in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from comuna.acts.acts import Propose
from comuna.acts.authority import authority
from comuna.acts.clock import frozen_at
from comuna.acts.refusal import Refused
from comuna.assemblies import queries as assemblies
from comuna.mandates import codes, queries as mandates
from comuna.mandates.acts import (
    CorrectCouncil,
    EndMandate,
    IssueCode,
    RegisterCouncil,
    StrikeCouncil,
    WhyEnded,
    councils,
)
from comuna.mandates.acts.councils import slug_of
from comuna.mandates.rules import MandateStatus
from comuna.statutes import builtin, queries as statutes
from comuna.statutes.councils import Council
from comuna.statutes.loader import check, load
from comuna.statutes.spread import spread
from comuna.territory.acts import CorrectPerson, JoinCouncil, RegisterHousehold, RegisterPerson
from comuna.territory.models import Person
from comuna.web import cache
from conftest import Books
from tests.cast import Cast
from tests.town import FOUNDED, LONG_AGO, TODAY, Town, founded, outcome_of

TEXT = builtin.text("venezuela-commune")
MIRADOR, CEIBA = "el-mirador", "la-ceiba"


@pytest.fixture
def town(books: Books) -> Town:
    """Promoters, and two councils."""
    town = founded(TEXT)
    for name in ("El Mirador", "La Ceiba"):
        town.enact(RegisterCouncil(name=name))
    return town


def faults(text: str) -> list[str]:
    with translation.override("en"):
        return [one.words for one in check(text)]


def resident(town: Town, council: str, by: UUID | None = None, **known: object) -> UUID:
    town.neighbours += 1
    act = RegisterPerson(
        full_name=f"Marisol Guerra {town.neighbours}",
        birth_day=date(1980, 5, 17),
        residence_since=LONG_AGO,
        council=council,
        **known,  # type: ignore[arg-type]  # fields of the act
    )
    return town.do(by or town.promoters[0], act).id


def seated(town: Town, kind: str, council: str, ends: date | None = None) -> UUID:
    person = resident(town, council)
    town.claim(person)
    town.enact(town.entry(person, kind, ends=ends))
    return person


def sitting(town: Town, organ: str) -> frozenset[UUID]:
    statute = statutes.in_force(town.id, TODAY)
    return assemblies.entitled(town.id, statute.organ(organ), statute, TODAY).people


def test_each_council_has_an_assembly_of_its_own_people_and_the_commune_one_of_all(town: Town) -> None:
    here, there = resident(town, MIRADOR), resident(town, CEIBA)
    assert sitting(town, f"cc.assembly@{MIRADOR}") == {here}
    assert sitting(town, f"cc.assembly@{CEIBA}") == {there}
    assert {here, there} <= sitting(town, "commune.assembly")


def test_the_secretary_of_one_council_writes_nobody_into_another(town: Town) -> None:
    secretary = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    other = resident(town, CEIBA)
    assert resident(town, MIRADOR, by=secretary)
    for deed in (
        lambda: resident(town, CEIBA, by=secretary),
        lambda: town.do(secretary, RegisterHousehold(house="7", council=CEIBA)),
        lambda: town.do(secretary, town.entry(other, f"cc.water@{CEIBA}")),
    ):
        assert outcome_of(deed).startswith("mandates.") or outcome_of(deed) == "acts.needs-signatures"
    with pytest.raises(Refused) as refused:
        resident(town, CEIBA, by=secretary)
    assert not any("El Mirador" in str(who) for who in refused.value.who)


def test_whoever_comes_into_the_books_says_to_which_council(town: Town) -> None:
    person = RegisterPerson(full_name="Rosa Gil", birth_day=date(1990, 1, 1))
    assert town.outcome(town.promoters[0], person) == "territory.which-council"
    unknown = person.model_copy(update={"council": "las-flores"})
    assert town.outcome(town.promoters[0], unknown) == "territory.no-such-council"
    home = town.do(town.promoters[0], RegisterHousehold(house="4", council=CEIBA)).id
    id = town.do(town.promoters[0], person.model_copy(update={"household": home})).id
    assert id in sitting(town, f"cc.assembly@{CEIBA}"), "she belongs to the council of her household"


def test_nobody_is_put_into_a_household_of_another_council(town: Town) -> None:
    person, promoter = resident(town, MIRADOR), town.promoters[0]
    homes = {slug: town.do(promoter, RegisterHousehold(house="4", council=slug)).id for slug in (MIRADOR, CEIBA)}
    moved = CorrectPerson(person=person, household=homes[CEIBA])
    assert town.outcome(promoter, moved) == "territory.other-council"
    assert town.outcome(promoter, CorrectPerson(person=person, household=homes[MIRADOR])) == "done"


def test_who_moves_to_another_council_counts_there_from_that_day_on(town: Town) -> None:
    person = resident(town, MIRADOR)
    town.at = "2026-03-10T13:00:00Z"
    town.enact(JoinCouncil(person=person, council=CEIBA, since=date(2026, 3, 1)))
    statute = statutes.in_force(town.id, date(2026, 3, 10))

    def counts(council: str, day: date) -> bool:
        return person in assemblies.entitled(town.id, statute.organ(f"cc.assembly@{council}"), statute, day).people

    assert counts(MIRADOR, date(2026, 2, 28))
    assert not counts(CEIBA, date(2026, 2, 28))
    assert counts(CEIBA, date(2026, 3, 1))
    assert not counts(MIRADOR, date(2026, 3, 1))


def test_who_moves_to_another_council_moves_into_a_household_of_it(town: Town) -> None:
    person = resident(town, MIRADOR)
    there, here = (town.enact(RegisterHousehold(house="4", council=council)) for council in (CEIBA, MIRADOR))
    moves = JoinCouncil(person=person, council=CEIBA, household=here)
    assert town.outcome(town.promoters[0], Propose(act=moves)) == "territory.other-council"
    town.enact(moves.model_copy(update={"household": there}))
    assert Person.objects.get(pk=person).household == there


def test_a_commune_has_no_more_councils_than_fit(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(councils, "COUNCILS_MAX", 2)
    assert outcome_of(lambda: town.enact(RegisterCouncil(name="Norte"))) == "mandates.too-many-councils"


def test_the_parliament_has_a_seat_of_each_council(town: Town) -> None:
    statute = statutes.in_force(town.id, TODAY)
    kinds = {kind.id: kind.count for kind in statute.seats_in("pc.parliament")}
    assert kinds == {f"pc.council@{MIRADOR}": 1, f"pc.council@{CEIBA}": 1, "pc.osp": 3, "pc.bank": 1}
    assert statute.seat(f"pc.council@{CEIBA}").chosen_by == f"cc.assembly@{CEIBA}"


def test_24_councils_make_a_parliament_of_28() -> None:
    councils = tuple(Council(f"c{number}", f"Consejo {number}") for number in range(24))
    statute = spread(load(TEXT), councils)
    assert sum(kind.count for kind in statute.seats_in("pc.parliament")) == 28


def test_a_session_of_one_council_is_convened_by_its_own_seats(town: Town) -> None:
    secretary = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    statute = statutes.in_force(town.id, TODAY)
    may = statute.seats_with_power("assemblies.convene", f"cc.assembly@{CEIBA}")
    assert f"cc.secretary@{CEIBA}" in may
    assert f"cc.secretary@{MIRADOR}" not in may
    assert mandates.who_may(town.id, "assemblies.convene", TODAY, f"cc.assembly@{MIRADOR}")[-1].person == secretary


def test_seats_of_a_council_decide_nothing_of_the_whole_commune(town: Town) -> None:
    statute = statutes.in_force(town.id, TODAY)
    for verb in ("statutes.adopt", "acts.confirm_time", "acts.begin_epoch", "mandates.register_council"):
        may = statute.seats_with_power(verb, None, (None,))
        assert may
        assert not any("@" in seat for seat in may), verb
    assert any("@" in seat for seat in statute.seats_with_power("statutes.adopt"))


def test_a_recall_is_voted_in_the_council_that_chose(town: Town) -> None:
    rule = statutes.in_force(town.id, TODAY).recall_of(f"cc.finance@{CEIBA}")
    assert rule is not None
    assert (rule.desk, rule.decided_by) == (f"cc.comptroller@{CEIBA}", f"cc.assembly@{CEIBA}")
    whole = statutes.in_force(town.id, TODAY).recall_of("ce.parliament")
    assert whole is not None
    assert whole.decided_by == "commune.assembly"


def test_two_of_one_council_end_a_mandate_of_it_and_nobody_of_another_signs(town: Town) -> None:
    seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    kind = f"cc.committee.water@{MIRADOR}"
    held = town.mandate(seated(town, kind, MIRADOR), kind, TODAY).mandate
    ends = EndMandate(mandate=held, why=WhyEnded.LEFT, on=TODAY)
    need = authority().signatures(EndMandate, town.id, TODAY, None, ends.in_council())
    assert need is not None
    assert {f"cc.electoral@{MIRADOR}", f"cc.secretary@{MIRADOR}", "cc.promoter"} <= set(need.seats)
    assert not any(seat.endswith(f"@{CEIBA}") for seat in need.seats)
    town.enact(ends)
    assert mandates.status_of(held, TODAY) is MandateStatus.ENDED


def test_promoters_go_when_every_council_and_the_commune_have_their_seats(books: Books) -> None:
    town = founded(TEXT)
    town.enact(RegisterCouncil(name="El Mirador"))
    later = date(2026, 1, 11)

    def promoters() -> MandateStatus:
        return mandates.mandates_of(town.promoters[0], later)[0].status

    for kind in ("cc.secretary", "cc.electoral", "cc.comptroller"):
        seated(town, f"{kind}@{MIRADOR}", MIRADOR)
    assert promoters() is MandateStatus.ACTIVE, "the executive and the comptroller council are not there yet"
    for kind in ("ce.parliament", "comptroller.member"):
        seated(town, kind, MIRADOR)
    assert promoters() is MandateStatus.RELIEVED


def test_promoters_stay_while_only_the_first_of_two_councils_has_its_seats(town: Town) -> None:
    """A council that is there already is waited for, also where the other had all its seats before."""
    town.at = "2026-01-12T13:00:00Z"
    for kind in (f"cc.secretary@{MIRADOR}", f"cc.electoral@{MIRADOR}", f"cc.comptroller@{MIRADOR}"):
        seated(town, kind, MIRADOR)
    for kind in ("ce.parliament", "comptroller.member"):
        seated(town, kind, MIRADOR)

    def promoters(day: date) -> MandateStatus:
        return mandates.mandates_of(town.promoters[0], day)[0].status

    assert promoters(date(2026, 1, 20)) is MandateStatus.ACTIVE
    town.at = "2026-01-21T13:00:00Z"
    for kind in (f"cc.secretary@{CEIBA}", f"cc.electoral@{CEIBA}", f"cc.comptroller@{CEIBA}"):
        seated(town, kind, CEIBA)
    assert promoters(date(2026, 1, 21)) is MandateStatus.ACTIVE
    assert promoters(date(2026, 1, 22)) is MandateStatus.RELIEVED


def test_a_council_that_comes_after_the_promoters_does_not_bring_them_back(books: Books) -> None:
    town = founded(TEXT)
    town.enact(RegisterCouncil(name="El Mirador"))
    for kind in ("cc.secretary", "cc.electoral", "cc.comptroller"):
        seated(town, f"{kind}@{MIRADOR}", MIRADOR)
    executive = seated(town, "ce.parliament", MIRADOR)
    seated(town, "comptroller.member", MIRADOR)
    town.at = "2026-03-01T14:00:00Z"
    assert town.outcome(town.promoters[0], RegisterCouncil(name="Norte")) == "mandates.relieved"
    town.do(executive, RegisterCouncil(name="Norte"))
    town.at = "2026-03-02T14:00:00Z"
    assert town.outcome(town.promoters[0], RegisterCouncil(name="Sur")) == "mandates.relieved"
    home = town.do(executive, RegisterHousehold(house="1", council="norte")).id
    person = RegisterPerson(full_name="Eloísa Marina Paz", age_years=30, council="norte", household=home)
    assert town.outcome(executive, person) == "done"


def test_books_of_a_single_council_stay_what_they_are(books: Books) -> None:
    town = founded(TEXT)
    statute = statutes.in_force(town.id, TODAY)
    assert statute.highest().id == "cc.assembly"
    assert not any("@" in seat.id for seat in statute.seats)
    assert not any(organ.id == "commune.assembly" for organ in statute.organs)
    assert "ce.parliament" not in statute.seats_with_power("statutes.adopt"), "given with councils only"
    town.neighbour()
    town.do(town.promoters[0], RegisterHousehold(house="4"))
    act = RegisterCouncil(name="El Mirador")
    assert town.outcome(town.promoters[0], act) == "mandates.books-of-one-council"


def test_a_council_is_registered_once_renamed_and_struck_while_it_is_empty(town: Town) -> None:
    promoter = town.promoters[0]
    assert town.outcome(promoter, RegisterCouncil(name="el  MIRADOR")) == "mandates.council-known"
    rows = {row.slug: row for row in statutes.councils(town.id)}
    town.do(promoter, CorrectCouncil(council=rows[CEIBA].id, name="La Ceiba de Agua"))
    statute = statutes.in_force(town.id, TODAY)
    assert statute.organ(f"cc.assembly@{CEIBA}").name["es"].endswith("· La Ceiba de Agua")
    assert town.outcome(promoter, RegisterCouncil(name="La Ceiba de Agua")) == "mandates.council-known"
    resident(town, MIRADOR)
    assert town.outcome(promoter, StrikeCouncil(council=rows[MIRADOR].id)) == "mandates.council-relied-on"
    assert town.outcome(promoter, StrikeCouncil(council=rows[CEIBA].id)) == "done"
    assert [one.slug for one in statutes.in_force(town.id, TODAY).councils] == [MIRADOR]


def test_a_statute_without_a_level_registers_no_council(books: Books) -> None:
    town = founded(builtin.text("worker-cooperative"))
    with pytest.raises(Refused) as refused, frozen_at(FOUNDED):
        town.do(town.promoters[0], RegisterCouncil(name="Norte"))
    assert refused.value.rule == "mandates.nobody-may"


def test_a_slug_is_small_letters_without_accents() -> None:
    assert slug_of("Consejo Comunal «Ñángara» 2") == "consejo-comunal-nangara-2"
    assert slug_of("…") == ""
    assert len(slug_of("Urbanización Doctor José Gregorio Hernández Cisneros")) <= 29


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('chosen_by = "pc.parliament"', 'chosen_by = "cc.assembly"', "cannot choose it"),
        ('members = "everyone"\nhighest', 'each = true\nmembers = "everyone"\nhighest', "so none is the highest"),
        ('before_councils = "cc.assembly"', 'before_councils = "pc.parliament"', "names the organ of a council"),
        (
            'decided_by = "commune.assembly"',
            'decided_by = "cc.assembly"',
            "not all its seats are",
        ),
        ('seat = "cc.promoter"', 'seat = "cc.secretary"', "promoters begin the whole commune"),
    ],
)
def test_what_reaches_from_a_council_into_the_commune_the_wrong_way_is_a_fault(
    was: str, becomes: str, fault: str
) -> None:
    found = faults(TEXT.replace(was, becomes, 1))
    assert any(fault in one for one in found), found


def test_what_every_council_has_needs_a_level() -> None:
    begin, end = TEXT.index("[level]"), TEXT.index("# 1. ---")
    found = faults(TEXT[:begin] + TEXT[end:])
    assert any("each = true, but there is no [level]" in one for one in found)
    assert any("is for books with councils, but there is no [level]" in one for one in found)


def test_what_every_council_has_is_named_with_the_council() -> None:
    statute = load(TEXT)
    assert statute.level is not None
    assert (statute.level.name["es"], statute.level.many["en"]) == ("Consejo comunal", "Communal councils")
    shortened = replace(statute, seats=tuple(replace(seat, each=False) for seat in statute.seats))
    assert not any("@" in seat.id for seat in spread(shortened, (Council("x", "X"),)).seats)


# Pages


def browser(town: Town, person: UUID) -> Client:
    """Signed in with a printed code."""
    code, client = codes.new(), Client()
    town.do(town.promoters[0], IssueCode(person=person, digest=codes.digest_of(codes.proof(code))))
    with frozen_at(town.at):
        answer = client.post("/claim/", Cast.claim_form(code, f"cuenta-{str(person)[:8]}"))
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_who_keeps_one_council_s_roll_sees_nobody_of_another(town: Town) -> None:
    secretary = seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    home = town.do(town.promoters[0], RegisterHousehold(house="La casa azul", council=CEIBA)).id
    other = resident(town, CEIBA, household=home)
    own = resident(town, MIRADOR)
    reader = browser(town, secretary)
    with frozen_at(town.at):
        listed = reader.get("/people/list/").content.decode()
        assert "Marisol Guerra 1" in listed, "herself"
        assert str(own) in listed
        assert str(other) not in listed and "Marisol Guerra 2" not in listed
        for address in (f"/people/{other}/", f"/people/households/{home}/", f"/people/correct/?person={other}"):
            page = reader.get(address)
            assert "azul" not in page.content.decode(), address
            assert "Marisol Guerra 2" not in page.content.decode(), address
        found = reader.post("/people/list/", {"words": "Marisol"}).content.decode()
        assert str(other) not in found
        assert "azul" not in reader.get("/people/new/").content.decode()
        assert f'value="{CEIBA}"' not in reader.get("/people/new/").content.decode()


def test_a_list_of_people_is_handed_in_for_a_council(town: Town) -> None:
    sheet = "Nombre;Cédula;Calle;Casa\nPetra Lugo;V-9.111.222;Calle Bolívar;7\n".encode()
    reader = browser(town, town.promoters[0])
    with frozen_at(town.at):
        asked = reader.get("/people/import/").content.decode()
        assert "El Mirador" in asked and "La Ceiba" in asked
        without = reader.post("/people/import/", {"file": SimpleUploadedFile("censo.csv", sheet)})
        assert without.status_code == 422
        handed = {"file": SimpleUploadedFile("censo.csv", sheet), "council": CEIBA}
        preview = reader.post("/people/import/", handed)["Location"]
        form = reader.get(preview).content.decode()
        id = form.split('name="_id" value="')[1][:36]
        confirmed = reader.post(f"{preview}confirm/", {"_id": id, "census_day": "2026-01-10"})
    assert confirmed.status_code == 303
    petra = Person.objects.get(full_name="Petra Lugo")
    assert petra.council == CEIBA
    assert petra.id in sitting(town, f"cc.assembly@{CEIBA}")


def test_the_pages_of_councils_say_who_decides_in_each(town: Town) -> None:
    seated(town, f"cc.secretary@{MIRADOR}", MIRADOR)
    with frozen_at(town.at):
        cache.forget_pages()
        page = Client().get("/who-decides/", headers={"Accept-Language": "en"}).content.decode()
        assert "Communal councils" in page and "1 of 30 seats filled" in page
        council = Client().get(f"/councils/{MIRADOR}/", headers={"Accept-Language": "en"})
        assert council.status_code == 200
        assert "· El Mirador" not in council.content.decode()
        assert Client().get("/councils/nowhere/").status_code == 404
        reader = browser(town, town.promoters[0])
        assert "Register a council" in reader.get("/who-decides/", headers={"Accept-Language": "en"}).content.decode()
