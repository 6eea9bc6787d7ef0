"""Reading the lists that people keep: a messy spreadsheet in, people and households out.

Pure: no database, no Django, no clock. ``workbook`` and ``separated`` turn a file's bytes into *grids* of
cells (``limits`` stand before any parsing, formulas stay text), ``columns`` finds the header and what each
column means, ``walk`` goes through the rows, ``census`` settles the whole. Every row of the file ends in
exactly one way: somebody is *read* from it, or it is *listed* with the reason why not; nothing is passed over
in silence. A *note* says what was doubtful about a row that was read all the same.
"""

from comuna.territory.reading.census import read_census, understood
from comuna.territory.reading.grids import Fault, Grid, Place, Unreadable
from comuna.territory.reading.open import open_table
from comuna.territory.reading.outcome import Census, Choices, Listed, PersonRead, Reason

__all__ = [
    "Census",
    "Choices",
    "Fault",
    "Grid",
    "Listed",
    "PersonRead",
    "Place",
    "Reason",
    "Unreadable",
    "open_table",
    "read_census",
    "understood",
]
