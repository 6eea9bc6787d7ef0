"""Putting the columns of a list right on its page: what comes of it, and the way out."""

from __future__ import annotations

from django.test import Client

from comuna.territory.models import Person, WaitingList
from comuna.territory.tests.by_hand import confirm, hand_in, read_again
from comuna.territory.tests.town import book
from tests.cast import Cast

SUMMARY = book(
    {
        "CENSO": [["Nombre", "Casa", "Edad"], ["Ana Gil", "Calle 1 casa 2", 40]],
        "resumen": [["Familias", 9], ["Personas", 26]],
    }
)


def test_a_workbook_with_a_sheet_of_sums_is_read_again_as_it_was(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, SUMMARY)
    before = keeper.get(preview).content.decode()
    after = read_again(keeper, preview)
    assert ("1 persona" in before or "1 person " in before) and ("1 persona" in after or "1 person " in after)
    confirm(keeper, preview)
    assert Person.objects.get(full_name="Ana Gil").age_years == 40


def test_a_header_chosen_for_a_sheet_that_has_none_leaves_the_list_readable(founded: Cast, keeper: Client) -> None:
    preview = hand_in(keeper, SUMMARY)
    for chosen in ({"header.1": "0"}, {"header.1": "1"}, {"header.1": "9", "column.1.0": "house"}):
        assert "Ana Gil" in read_again(keeper, preview, **chosen) + keeper.get(preview + "?show=all").content.decode()


def test_a_list_that_waits_is_found_where_lists_are_handed_in_and_thrown_away_there(
    founded: Cast, keeper: Client
) -> None:
    preview = hand_in(keeper, SUMMARY, "la-lista.xlsx")
    page = keeper.get("/people/import/").content.decode()
    assert f'href="{preview}"' in page
    assert "la-lista.xlsx" in page
    assert f'action="{preview}discard/"' in page
    assert "la-lista.xlsx" not in founded.browser(founded.promoter).get("/people/import/").content.decode()
    keeper.post(preview + "discard/", {})
    assert not WaitingList.objects.exists()
