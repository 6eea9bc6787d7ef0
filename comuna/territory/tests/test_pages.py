"""The pages: a census from its file to the books and back, by plain forms; and what nobody else may see."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comuna.acts.acts import Sign
from comuna.acts.clock import frozen_at
from comuna.journal.models import Record
from comuna.territory.acts import RecordResidence
from comuna.territory.acts.people import Where
from comuna.territory.models import Household, Person, WaitingList
from comuna.territory.queries import people_here
from comuna.territory.tests.by_hand import SECRETS, confirm, form_id, hand_in, head
from comuna.territory.tests.town import CENSUS, HEADER, bomb, separated, sheet
from tests.cast import TODAY, Cast


def test_a_census_goes_from_its_file_into_the_books_and_out_again_by_plain_forms(founded: Cast, keeper: Client) -> None:
    before, people = head(), Person.objects.count()
    preview = hand_in(keeper, CENSUS)
    page = keeper.get(preview).content.decode()
    assert "4 personas" in page or "4 people" in page
    assert head() == before, "looking writes nothing"
    result = confirm(keeper, preview)
    assert Person.objects.count() == people + 4
    assert not WaitingList.objects.exists(), "the list is not kept"
    assert Record.objects.get(seq=head()).verb == "territory.import_census"
    undo = re.search(r'href="(/people/imports/undo/[^"]+)"', keeper.get(result).content.decode())
    assert undo
    page = keeper.get(undo[1]).content.decode()
    id = re.search(r'name="_id" value="([^"]+)"', page)
    imported = re.search(r'name="imported" value="([^"]+)"', page)
    assert id
    assert imported
    assert keeper.post(undo[1], {"_id": id[1], "imported": imported[1]}).status_code == 302
    assert Person.objects.count() == people


def test_a_confirmation_sent_twice_imports_once(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, CENSUS)
    id = form_id(keeper.get(preview).content.decode(), preview + "confirm/")
    form = {"_id": id, "census_day": "2026-01-15"}
    first, second = (keeper.post(preview + "confirm/", form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Record.objects.filter(verb="territory.import_census").count() == 1


def test_ages_count_from_the_day_that_was_confirmed(founded: Cast, keeper: Client) -> None:
    confirm(keeper, hand_in(keeper, CENSUS), day="15/1/2026")
    assert Person.objects.get(full_name="Rosa Tovar").age_noted_on == date(2026, 1, 15)


def test_every_row_stands_in_the_preview_with_its_reason(founded: Cast, keeper: Client) -> None:
    rows = [HEADER, ["Calle 1 casa 1", "Ana Gil", "V-1234567", "=1+1"], ["Calle 1 casa 2", "Luis Mora (falleció)"]]
    preview = hand_in(keeper, separated(rows), "censo.csv")
    page = keeper.get(preview + "?show=all").content.decode()
    assert all("<td" in page and f">{row}<" in page for row in (1, 2, 3))
    assert "Luis Mora" in page


def test_columns_are_put_right_by_whoever_brings_the_list(founded: Cast, keeper: Client) -> None:
    rows = [["Quién", "Papel", "Dónde"], ["Ana Gil", "V-1234567", "Calle 1 casa 2"]]
    preview = hand_in(keeper, sheet(rows))
    unclear = keeper.get(preview)
    assert unclear.status_code == 422
    assert "territory.no-header" in unclear.content.decode()
    chosen = {"header.0": "1", "column.0.0": "name", "column.0.1": "identity", "column.0.2": "address"}
    assert keeper.post(preview + "columns/", chosen).status_code == 303
    confirm(keeper, preview)
    assert Person.objects.get(full_name="Ana Gil").identity_fingerprint


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "territory.file-empty"),
        (b"   ", "territory.file-empty"),
        (b"%PDF-1.7", "territory.other-format"),
        (b"PK\x03\x04rubbish", "territory.file-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "territory.old-spreadsheet-format"),
        (b"a;b\n" * 1_000_000, "territory.too-many-rows"),
        (b"x" * (8 * 1024 * 1024 + 10), "territory.file-too-large"),
    ],
    ids=["nothing", "blanks", "pdf", "broken", "xls", "a million rows", "too large"],
)
def test_a_file_that_is_no_list_is_refused_with_its_rule_and_words(
    founded: Cast, keeper: Client, data: bytes, rule: str
) -> None:
    before = head()
    answer = keeper.post("/people/import/", {"file": SimpleUploadedFile("censo.xlsx", data)})
    assert 400 <= answer.status_code < 500
    assert rule in answer.content.decode()
    assert (head(), WaitingList.objects.count()) == (before, 0)


def test_a_file_of_400_kb_that_unpacks_to_300_mb_is_refused(founded: Cast, keeper: Client) -> None:
    data = bomb()
    assert len(data) < 400 * 1024
    answer = keeper.post("/people/import/", {"file": SimpleUploadedFile("censo.xlsx", data)})
    assert answer.status_code == 422
    assert "territory.file-unpacks-too-large" in answer.content.decode()


def test_a_missing_column_is_named_on_the_page(founded: Cast, keeper: Client) -> None:
    answer = keeper.get(hand_in(keeper, sheet([["Cédula", "Edad", "Dirección"], ["V-1234567", 40, "Calle 1 casa 2"]])))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "territory.missing-column" in page
    assert "Cédula, Edad, Dirección" in page


def test_nobody_else_sees_a_list_that_waits(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, CENSUS)
    assert founded.browser(founded.promoter).get(preview).status_code == 404
    assert founded.browser(founded.neighbour).get(preview).status_code == 403
    assert Client().get(preview).status_code == 302


def test_a_list_waits_a_day_sealed(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, separated([HEADER, ["Calle 1 casa 1", "Zzyzx Gil"]]), "censo.csv")
    assert "Zzyzx" not in WaitingList.objects.get().sealed
    with frozen_at("2026-02-11T15:00:00Z"):
        assert keeper.get(preview).status_code in (302, 404)


def test_a_list_is_thrown_away_at_once(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, CENSUS)
    keeper.post(preview + "discard/", {"_id": str(uuid4())})
    assert not WaitingList.objects.exists()


def roll_said(browser: Client) -> list[int]:
    """The figures under "who counts for the quorum": on the roll, too young, of unknown age, away."""
    page = browser.get("/people/").content.decode()
    return [int(n) for n in re.findall(r"<dd[^>]*>\s*(\d+)", page[page.index('<dl class="facts"') :])]


def test_the_page_of_the_roll_says_how_many_count_and_that_who_is_away_does_not(imported: Cast, keeper: Client) -> None:
    everybody = people_here(imported.commune, TODAY).count()
    before = roll_said(Client())
    assert before[0] + before[1] + before[3] == everybody
    assert before[1] >= 1, "a child was imported"
    rosa = Person.objects.get(full_name="Rosa Tovar")
    imported.does(imported.secretary, RecordResidence(person=rosa.id, residence=Where.ABROAD))
    after = roll_said(Client())
    assert (after[0], after[3]) == (before[0] - 1, before[3] + 1)
    assert (after[1], after[2]) == (before[1], before[2])


def test_whoever_has_no_power_over_the_roll_is_told_who_has(imported: Cast) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    neighbour = imported.browser(imported.neighbour)
    for address in (f"/people/{rosa.id}/", f"/people/households/{rosa.household}/", "/people/import/"):
        answer = neighbour.get(address)
        assert answer.status_code == 403, address
        assert not [word for word in SECRETS if word in answer.content.decode()]


def test_a_stranger_sees_figures_and_nothing_private_anywhere(imported: Cast) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    addresses = ["", "list/", "imports/", "import/", "sectors/add/", "new/", f"{rosa.id}/"]
    addresses += [f"households/{rosa.household}/", f"correct/?person={rosa.id}", f"departure/?person={rosa.id}"]
    addresses += [f"households/correct/?household={rosa.household}", f"new/?household={rosa.household}"]
    for browser in (Client(), imported.browser(imported.neighbour)):
        for address in addresses:
            answer = browser.get(f"/people/{address}")
            assert answer.status_code in (200, 302, 403), address
            assert not [word for word in SECRETS if word in answer.content.decode()], address


def test_a_keeper_finds_somebody_by_a_part_of_the_name_or_the_number_without_any_in_the_address(
    imported: Cast, keeper: Client
) -> None:
    for words in ("tovar ros", "8.771.539"):
        page = keeper.post("/people/list/", {"words": words}).content.decode()
        assert "Rosa Tovar" in page
        assert "Wilmer García" not in page


def test_a_neighbour_reads_her_own_entry_whole_and_is_told_who_can_set_it_right(imported: Cast, keeper: Client) -> None:
    own = imported.browser(imported.neighbour).get(f"/people/{imported.neighbour}/")
    assert own.status_code == 200
    page = own.content.decode()
    assert "Marisol del Valle Guerra" in page
    assert own["Cache-Control"] == "no-store"


def test_a_keeper_s_page_says_that_an_illness_is_noted_and_not_which(imported: Cast, keeper: Client) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    page = keeper.get(f"/people/{rosa.id}/").content.decode()
    assert "V-8771539" in page
    assert "diabetes" not in page


def test_every_form_of_the_room_is_shown_to_a_keeper(imported: Cast, keeper: Client) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    forms = ["sectors/add/", "streets/add/", "households/new/", "new/", f"new/?household={rosa.household}"]
    forms += [f"{name}/?person={rosa.id}" for name in ("correct", "residence", "departure", "strike")]
    forms.append(f"households/correct/?household={rosa.household}")
    for address in forms:
        assert keeper.get(f"/people/{address}").status_code == 200, address


def test_a_correction_by_its_form_changes_the_entry(imported: Cast, keeper: Client) -> None:
    rosa = Person.objects.get(full_name="Rosa Tovar")
    form = {"_id": str(uuid4()), "person": str(rosa.id), "full_name": "Rosa Elena Tovar", "identity": "8.771.538"}
    answer = keeper.post(f"/people/correct/?person={rosa.id}", form)
    assert answer.status_code == 302, answer.content.decode()
    after = Person.objects.get(pk=rosa.id)
    assert (after.full_name, after.initials, after.age_years) == ("Rosa Elena Tovar", "R. E. T.", 61)
    assert after.identity_fingerprint != rosa.identity_fingerprint


def erased(cast: Cast, keeper: Client, address: str, form: dict[str, Any]) -> None:
    """By the form; a second seat signs where the statute asks for it."""
    answer = keeper.get(address)
    assert answer.status_code == 200
    together = 'name="_propose"' in answer.content.decode()
    form |= {"_id": str(uuid4()), **({"_propose": "1"} if together else {})}
    assert keeper.post(address, form).status_code == 302
    if together:
        cast.does(cast.promoter, Sign(proposal=UUID(form["_id"])))


def test_somebody_is_erased_by_plain_forms_and_her_empty_household_after_her(imported: Cast, keeper: Client) -> None:
    nusta = Person.objects.get(full_name="Ñusta Salazar")
    every = {"audiences": ["household", "identity", "health", "public"]}
    form = {"subject": str(nusta.id), "reason": "lo pidió"}
    erased(imported, keeper, f"/people/erase/?person={nusta.id}", form | every)
    assert Person.objects.get(pk=nusta.id).full_name == ""
    form = {"subject": str(nusta.household), "reason": "ya nadie vive ahí", "audiences": "household"}
    erased(imported, keeper, f"/people/households/erase/?household={nusta.household}", form)
    assert Household.objects.get(pk=nusta.household).house == ""
