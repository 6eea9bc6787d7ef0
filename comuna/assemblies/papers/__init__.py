"""Sessions of earlier years, read from the four tables that a council's papers were typed into.

Pure: bytes in; sessions, names, motions, votes and findings out. Every row that holds anything is taken or stands among
the findings, often both. Nothing is mended in silence but spelling: case, accents, titles before names.
"""

from comuna.assemblies.papers.findings import NOT_TAKEN, Finding, Found, Table
from comuna.assemblies.papers.read import read_papers
from comuna.assemblies.papers.tables import BYTES_MAX, COLUMNS, FILES, NotATable
from comuna.assemblies.papers.values import Choice, Method, Papers, Result, Status, Tally

__all__ = [
    "BYTES_MAX",
    "COLUMNS",
    "FILES",
    "NOT_TAKEN",
    "Choice",
    "Finding",
    "Found",
    "Method",
    "NotATable",
    "Papers",
    "Result",
    "Status",
    "Table",
    "Tally",
    "read_papers",
]
