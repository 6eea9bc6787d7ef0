"""A code on a printed sheet is one person's for ever, whatever befalls the books between printing and typing."""

from __future__ import annotations

import random
from uuid import UUID, uuid4

import pytest

from comuna.acts.clock import frozen_at
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies import queries
from comuna.assemblies.pages.attendance import entitled
from comuna.assemblies.tests.test_pages import href, post, text
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.territory.acts import RegisterPerson, StrikePerson, UndoImport
from comuna.territory.acts.matching import plan
from comuna.territory.models import Person
from comuna.territory.tests.town import HEADER, drafted, read, sheet
from tests.cast import TODAY, Cast


def test_a_sheet_printed_before_somebody_was_struck_still_records_who_signed(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    first, second, third = room.neighbours
    with frozen_at(MEETING):
        secretary = founded.browser(founded.secretary)
        printed = _codes(room)
        assert printed[second] in text(secretary, href(room, "sheet/"))
        assert post(secretary, f"/people/strike/?person={first}") == 302
        assert post(secretary, href(room, "attendance/"), codes=printed[second]) == 302
        assert queries.present_people(room.session) == {second}
        assert post(secretary, href(room, "attendance/"), codes=printed[first]) == 422, "she was struck"
        assert _codes(room)[third] == printed[third]


@pytest.mark.parametrize("seed", range(4))
def test_no_code_ever_becomes_somebody_elses(founded: Cast, seed: int) -> None:
    """Whatever is added, struck, erased, imported and taken back, in any order."""
    town = _Town(founded, random.Random(seed))
    owner: dict[int, UUID] = {}
    for _turn in range(14):
        town.something_happens()
        numbers = queries.sheet_numbers(founded.commune)
        assert set(Person.objects.values_list("id", flat=True)) <= set(numbers)
        for person, number in numbers.items():
            assert owner.setdefault(number, person) == person, f"{number} was somebody else's"
    assert len(set(owner.values())) == len(owner), "nobody has two"


class _Town:
    """Things that happen to a list of people."""

    def __init__(self, cast: Cast, dice: random.Random) -> None:
        self.cast, self.dice = cast, dice
        self.mine: list[UUID] = []  # registered one by one, and standing
        self.imports: list[UUID] = []

    def something_happens(self) -> None:
        self.dice.choice([self._added, self._added, self._struck, self._erased, self._imported, self._undone])()

    def _added(self) -> None:
        act = RegisterPerson(full_name=f"Vecina {_letters(self.dice)}")
        self.mine.append(self.cast.does(self.cast.secretary, act).id)

    def _struck(self) -> None:
        if self.mine:
            person = self.mine.pop(self.dice.randrange(len(self.mine)))
            self.cast.does(self.cast.secretary, StrikePerson(person=person))

    def _erased(self) -> None:
        if self.mine:
            person = self.mine.pop(self.dice.randrange(len(self.mine)))
            self.cast.signed(ErasePrivate(subject=person, audiences=tuple(ErasableAudience), reason="Lo pidió"))

    def _imported(self) -> None:
        rows = [[f"Calle 1 casa {n}", f"Hija {_letters(self.dice)}", None, 30, "Jefe(a)", None] for n in range(3)]
        planned = plan(read(sheet([HEADER, *rows])), self.cast.commune, uuid4(), TODAY)
        self.imports.append(self.cast.does(self.cast.secretary, drafted(planned), planned.act).id)

    def _undone(self) -> None:
        if self.imports:
            self.cast.does(self.cast.secretary, UndoImport(imported=self.imports.pop()))


def _letters(dice: random.Random) -> str:
    return "".join(dice.choice("abcdefghij") for _letter in range(9)).capitalize()


def _codes(room: Room) -> dict[UUID, str]:
    return {one.person: one.code for one in entitled(queries.standing(room.session))}


def test_a_row_of_the_sheet_is_one_persons_with_room_for_number_hour_and_signature(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    with frozen_at(MEETING):
        page = text(founded.browser(founded.secretary), href(room, "sheet/"))
    rows = [row for row in page.split("<tr>") if row.startswith('<th scope="row">')]
    codes = [row.removeprefix('<th scope="row">').partition("<")[0] for row in rows]
    assert sorted(codes) == sorted(_codes(room).values()), "no row holds two people"
    assert all(row.count('class="write"') == 3 for row in rows)
