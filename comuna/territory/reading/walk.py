"""One sheet walked row by row: which rows are about people, which give the place, which are neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from comuna.acts.letters import mixes_alphabets
from comuna.territory.reading.address import Address
from comuna.territory.reading.blocks import blocks_of, of_nobody
from comuna.territory.reading.columns import (
    LEFT_ALONE,
    NAMES,
    PLACES,
    WHEREABOUTS,
    Column,
    Role,
    columns_of,
    looks_like_a_header,
    nearest_to_a_header,
)
from comuna.territory.reading.dates import read_day
from comuna.territory.reading.given import given_names_first, writes_surnames_first
from comuna.territory.reading.grids import Cell, Formula, Grid, Place, RawRow, TooLong
from comuna.territory.reading.headers import columns_known, cut_in_two
from comuna.territory.reading.houses import Carried, House, address_of, family_heading, household_of, place_heading
from comuna.territory.reading.limits import LIMITS
from comuna.territory.reading.lines import (
    WORDS_MAX,
    Note,
    Said,
    identities_of,
    people_and_families,
    read_whereabouts,
    said_of,
)
from comuna.territory.reading.marks import as_above, goes_on, is_total
from comuna.territory.reading.naming import (
    clean_name,
    is_empty_house,
    is_name,
    name_cells,
    names_a_family,
    names_of,
    number_cut_off,
    perhaps_two,
)
from comuna.territory.reading.outcome import Choices, Listed, Reason, SheetRead
from comuna.territory.reading.text import fold

Draft = tuple[Place, Said, int]
"""Where, what, and the position of the household."""


class Walk:
    """One sheet, row by row."""

    def __init__(self, sheet: int, grid: Grid, choices: Choices, before: Walk | None = None) -> None:
        self.sheet, self.grid, self.choices = sheet, grid, choices
        self.first_columns: tuple[Column, ...]
        self.header_row, self.columns = (None, ()) if grid.hidden else self._header()
        if before and not grid.hidden and self.header_row is None and _goes_on(grid, before.first_columns):
            self.header_row, self.columns = 0, before.first_columns
        self.nearly = self._nearly()
        if not self.columns:
            self.header_row = None
        self.first_columns = self.columns
        self.blocks = blocks_of(self.columns)
        self.carried = [Carried()]
        self.day: date | None = None
        self.surnames_first = False

    def _header(self) -> tuple[int | None, tuple[Column, ...]]:
        chosen = self.choices.header_rows.get(self.sheet)
        if chosen == 0:
            return 0, self._chosen(())
        candidates = [row for row in self.grid.rows if not row.is_blank]
        found = [at for at, r in enumerate(candidates) if (r.number == chosen if chosen else looks_like_a_header(r))]
        row = candidates[found[0]] if found else None
        joined = None if chosen else cut_in_two(candidates, found[0] if found else None)
        if joined:
            row = joined
        elif row and not chosen and found[0] + 1 in found[1:2]:
            row = max(row, candidates[found[0] + 1], key=columns_known)  # "Jefe de familia | Vivienda" over the names
        if row is None and any(sheet == self.sheet for sheet, _ in self.choices.columns):
            return 0, self._chosen(())
        return (row.number, self._chosen(columns_of(row))) if row else (None, ())

    def _chosen(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        mine = {at: role for (sheet, at), role in self.choices.columns.items() if sheet == self.sheet}
        known = [replace(c, role=mine.pop(c.at)) if c.at in mine else c for c in columns]
        known += [Column(at, "", role) for at, role in mine.items() if role is not None]
        return tuple(sorted(known, key=lambda column: column.at)) if any(c.role in NAMES for c in known) else ()

    def _nearly(self) -> SheetRead | None:
        """What would be understood of a sheet whose columns name nobody."""
        if self.columns or self.grid.hidden:
            return None
        chosen = self.choices.header_rows.get(self.sheet)
        near = nearest_to_a_header(row for row in self.grid.rows if row.number == chosen or not chosen)
        mine = {at: role for (sheet, at), role in self.choices.columns.items() if sheet == self.sheet}
        known = [replace(c, role=mine.pop(c.at)) if c.at in mine else c for c in (near[1] if near else ())]
        known += [Column(at, "", role) for at, role in mine.items()]
        return SheetRead(self.grid.name, near[0] if near else chosen, tuple(known))

    def understood(self) -> SheetRead:
        if self.nearly:
            return self.nearly
        return SheetRead(self.grid.name, self.header_row, self.first_columns, self._unread())

    def _unread(self) -> tuple[Column, ...]:
        """Columns in which something stands below the header and that nobody is asked for: those that were not
        understood, and what is said in them of somebody whose name is not read."""
        if self.header_row is None:
            return ()
        read = {column.at for column in self.first_columns if column.role is not None}
        read -= {column.at for column in of_nobody(self.first_columns)}
        headers = {column.at: column.header for column in self.first_columns}
        rows = [row for row in self.grid.rows if row.number > self.header_row and _lone(row) is None]
        filled = {at for row in rows for at, cell in enumerate(row.cells) if cell is not None}
        return tuple(Column(at, headers.get(at, ""), None) for at in sorted(filled - read))

    def names_places(self) -> bool:
        """Whether a column, or a line of its own, says where people live."""
        if any(column.role in PLACES for column in self.columns) or place_heading(self.grid.name):
            return True
        return any(_lone(row) and place_heading(str(_lone(row))) for row in self.grid.rows)

    def go(self, houses: list[House], listed: list[Listed], drafts: list[tuple[Place, Said, int]]) -> None:
        self.houses, self.listed, self.drafts = houses, listed, drafts
        tab = "" if mixes_alphabets(self.grid.name) else self.grid.name
        on_the_tab = place_heading(tab) if tab else None
        if on_the_tab and (on_the_tab.street or on_the_tab.sector):
            self.carried[0].begin(on_the_tab)
        self.surnames_first = writes_surnames_first(self._whole_names())
        for row in self.grid.rows:
            self._row(row)

    def _whole_names(self) -> Iterator[str]:
        """Of the columns that hold whole names, what looks like one."""
        whole = [block for block in self.blocks if len(block.names) == 1]
        for row in self.grid.rows:
            if row.number > (self.header_row or 0):
                names = (clean_name(name)[0] for block in whole for name in names_of(row, block))
                yield from (name for name in names if is_name(name))

    def _list(self, row: RawRow, reason: Reason, column: str = "") -> None:
        self.listed.append(Listed(Place(self.sheet, row.number), reason, column))

    def _row(self, row: RawRow) -> None:
        if row.is_blank:
            self._list(row, Reason.BLANK)
        elif self.grid.hidden:
            self._list(row, Reason.HIDDEN_SHEET)
        elif any(isinstance(cell, str) and mixes_alphabets(cell) for cell in row.cells):
            self._list(row, Reason.SEVERAL_ALPHABETS)
        elif self.header_row is None:
            self._list(row, Reason.SHEET_WITHOUT_HEADER)
        elif row.number < self.header_row:
            self._title(row)
        elif row.number == self.header_row:
            self._list(row, Reason.HEADER)
        elif looks_like_a_header(row):
            self._header_again(row)
        elif _is_total(row):
            self._list(row, Reason.TOTAL)
        elif faulty := self._faulty_cell(row):
            self._list(row, *faulty)
        elif not self._people(row):
            self._nobody(row)

    def _faulty_cell(self, row: RawRow) -> tuple[Reason, str] | None:
        """The first cell, among the columns that are read, without which nobody can be taken from the row."""
        for column in self.columns:
            if column.role is None or column.role in LEFT_ALONE or column.at >= len(row.cells):
                continue
            cell = row.cells[column.at]
            if isinstance(cell, Formula) and column.role in NAMES | PLACES:
                return Reason.FORMULA, column.header
            words_max = LIMITS.cell_characters if column.role is Role.REMARK else WORDS_MAX
            if isinstance(cell, TooLong) or (isinstance(cell, str) and len(cell) > words_max):
                return Reason.TOO_LONG, column.header
        return None

    def _title(self, row: RawRow) -> None:
        self.day = self.day or _day_in(row, self.choices.today)
        heading = _heading(row)
        if heading and (heading.street or heading.sector):
            self.carried[0].begin(heading)
        self._list(row, Reason.TITLE)

    def _header_again(self, row: RawRow) -> None:
        if not self.choices.columns:
            self.columns = columns_of(row)
            self.blocks = blocks_of(self.columns)
        for carried in self.carried:
            carried.household = None
        self._list(row, Reason.HEADER)

    def _nobody(self, row: RawRow) -> None:
        """A row without a name: a place for the rows below, or something we cannot place."""
        alone = _lone(row)
        address, given = address_of(row, self.blocks[0], self.carried[0])
        heading = _heading(row) or (address if alone is not None and given else None)
        written = [name_cells(row, block) for block in self.blocks]
        if any(goes_on(name) for name in written):
            self._list(row, Reason.CONTINUES)
            return
        if isinstance(alone, str) and (family := family_heading(alone)):
            self.carried[0].begin_family(family)
            self._list(row, Reason.PLACE)
            return
        if heading:
            for carried in self.carried:
                carried.begin(heading)
            self._list(row, Reason.PLACE)
            return
        if given:  # the first row of a household may hold its house and nobody
            self.carried[0].above, self.carried[0].household = address, None
        if any(is_empty_house(name) for name in written):
            self._list(row, Reason.EMPTY_HOUSE)
        elif any(names_a_family(name) for name in written):
            self._list(row, Reason.FAMILY)
        else:
            reason = Reason.NOT_A_NAME if any(written) else Reason.NO_NAME
            self._list(row, reason, self.blocks[0].names[0].header)

    def _people(self, row: RawRow) -> bool:
        """Read everybody named in the row. False when nobody is."""
        alone = _lone(row)
        if alone is not None and (place_heading(str(alone)) or family_heading(str(alone))):
            return False
        part, together = 0, list[Said]()
        others_unread = self._others_unread(row)
        row, formulas = _without_formulas(row, self.columns)
        for number, block in enumerate(self.blocks):
            cut = [number_cut_off(name) for name in names_of(row, block)]
            written = [(*clean_name(name), number) for name, number in cut]
            named = [(name, aside, n) for name, aside, n in written if _is_somebody(name)]
            identities = identities_of(row, block, [number for _, _, number in named]) if named else []
            shared = len(named) > 1 and sum(identity.number is not None for identity in identities) == 1
            for (name, aside, _), identity in zip(named, identities, strict=True):
                ordered, doubtful = (
                    given_names_first(name) if self.surnames_first and len(block.names) == 1 else (name, False)
                )
                said = said_of(row, block, ordered, aside, identity, self.choices.today)
                doubts = {
                    Note.ONE_IDENTITY_FOR_TWO: shared and identity.number is not None,
                    Note.TWO_IN_ONE_CELL: any(" " not in one for one, _aside, _number in named) and len(named) > 1,
                    Note.PERHAPS_TWO: perhaps_two(name),
                    Note.SURNAMES_FIRST: doubtful,
                    Note.FORMULA_LEFT_OUT: formulas,
                    Note.OTHERS_NOT_READ: others_unread and part == 0,
                }
                said.notes += [note for note, doubted in doubts.items() if doubted]
                self._place(row, number, said, part, len(named))
                together.append(said)
                part += 1
        self._shared_whereabouts(row, together)
        return part > 0

    def _shared_whereabouts(self, row: RawRow, people: Sequence[Said]) -> None:
        """Of a row of several columns of names, the one column that says who is away or abroad."""
        for role in WHEREABOUTS if len(self.blocks) > 1 and people else ():
            mine = [column.at for column in self.columns if column.role is role]
            if len(mine) == 1 and mine[0] < len(row.cells):
                read_whereabouts(str(row.cells[mine[0]] or ""), role, people)

    def _others_unread(self, row: RawRow) -> bool:
        """Whether the cell that names the others of a household says somebody who cannot be taken: "2 niños"."""
        written = [name for block in self.blocks if block.is_of_members for name in names_of(row, block)]
        return any(not is_name(clean_name(name)[0]) and re.search(r"[^\W\d_]{3}", name) for name in written)

    def _place(self, row: RawRow, number: int, said: Said, part: int, named: int) -> None:
        """Find the household of one person and keep both."""
        block, at = self.blocks[number], Place(self.sheet, row.number, part)
        carried = self._carried(number)
        address, given = address_of(row, block, carried)
        people, families = people_and_families(row, self.blocks[0])
        heads = self._lists_heads()
        later = part > 0 and not self._has_own_place(number)
        begins = (heads and not later) or (said.is_head and not later) or (heads and named > 1 and number == 0)
        if heads and not given:
            address = carried.heading
        family = str(block.cell(row, Role.FAMILY) or "")
        family = carried.family if as_above(family) or not family else family
        place = household_of(self.houses, carried, address, given and not later, family, begins, at)
        if place is None:
            self.listed.append(Listed(at, Reason.NO_HOUSE, said=said))
            return
        if part == 0 or begins:
            self.houses[place].people_said = people
        for _ in range(families - max(1, named if heads else 1) if part == 0 else 0):
            said.notes.append(Note.UNNAMED_HOUSEHOLD)
            self.houses.append(House(address, at, named=False))
        said.notes = list(dict.fromkeys(said.notes))
        self.drafts.append((at, said, place))

    def _lists_heads(self) -> bool:
        """Whether each row is a household, named by its head."""
        first = self.blocks[0]
        counts = bool(first.others.get(Role.PEOPLE) or first.others.get(Role.FAMILIES))
        return not first.others.get(Role.RELATION) and (first.is_head or counts)

    def _has_own_place(self, number: int) -> bool:
        own, first = self.blocks[number].others, self.blocks[0].others
        return any(role in PLACES and own[role] != first.get(role) for role in own)

    def _carried(self, number: int) -> Carried:
        if number == 0 or not self._has_own_place(number):
            return self.carried[0]
        while len(self.carried) <= number:
            self.carried.append(Carried(heading=self.carried[0].heading))
        return self.carried[number]


def _is_somebody(name: str) -> bool:
    return is_name(name) and not is_empty_house(name) and not names_a_family(name)


def _goes_on(grid: Grid, columns: tuple[Column, ...]) -> bool:
    """Whether a sheet without a header has, in the columns of the sheet before it, names in most of its rows."""
    blocks = blocks_of(columns)
    rows = [row for row in grid.rows if not row.is_blank]
    written = [clean_name(name_cells(row, block))[0] for row in rows for block in blocks[:1]]
    return 2 * sum(is_name(name) and " " in name for name in written) > len(rows)


def _without_formulas(row: RawRow, columns: tuple[Column, ...]) -> tuple[RawRow, bool]:
    """The row without the formulas in it, and whether one stood in a column that is read."""
    read = {column.at for column in columns if column.role is not None and column.role not in LEFT_ALONE}
    found = {at for at, cell in enumerate(row.cells) if isinstance(cell, Formula)}
    cells = tuple(None if at in found else cell for at, cell in enumerate(row.cells))
    return (replace(row, cells=cells), not read.isdisjoint(found)) if found else (row, False)


def _lone(row: RawRow) -> Cell:
    """The only cell that holds anything, where there is only one."""
    filled = [cell for cell in row.cells if cell is not None]
    return filled[0] if len(filled) == 1 else None


def _is_total(row: RawRow) -> bool:
    texts = [cell for cell in row.cells if isinstance(cell, str)]
    return any(is_total(text) for text in texts[:2])


def _heading(row: RawRow) -> Address | None:
    """The place that a row of its own names: "CALLE 5 DE JULIO", or "Dirección:" and what follows it."""
    alone = _lone(row)
    if alone is not None:
        return place_heading(str(alone))
    for at, cell in enumerate(row.cells):
        label, colon, rest = cell.partition(":") if isinstance(cell, str) else ("", "", "")
        if colon:
            beside = next((c for c in row.cells[at + 1 :] if c is not None), "") if not rest.strip() else rest
            if found := place_heading(f"{label}: {beside}"):
                return found
    return None


def _day_in(row: RawRow, latest: date) -> date | None:
    """The day that a title names, or that stands behind its word "fecha"."""
    for at, cell in enumerate(row.cells):
        if not isinstance(cell, str):
            continue
        candidates: list[Cell] = [found[0] for found in _DATE_IN_TITLE.finditer(cell)]
        if re.search(r"\b(fecha|date|dia)\b", fold(cell)):
            candidates += [one for one in row.cells[at + 1 : at + 4] if not isinstance(one, int)]
        days = (read_day(candidate, latest) for candidate in candidates)
        found = next((day for day in days if day), None)
        if found:
            return found
    return None


_DATE_IN_TITLE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2} de [a-záéíóú]+ (?:de|del) \d{4}",
    re.IGNORECASE,
)
