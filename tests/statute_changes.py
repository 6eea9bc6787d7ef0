"""Larger changes to the small statute of ``test_statute_words``: something else is named, and stands in the file."""

from __future__ import annotations

ANOTHER_MAJORITY = """[[majority]]
rule = "small.strict"
source = "By-laws, art. 3"
mark = "O"
kind = "two-thirds"
base = "present"

[[rhythm]]
"""
DECISION = {
    "[[rhythm]]\n": ANOTHER_MAJORITY,
    'decision = "small.decision"\nrhythm': 'decision = "small.strict"\nrhythm',
}
RHYTHM = """[[rhythm]]
rule = "small.rhythm"
source = "By-laws, art. 4"
mark = "O"
every = "month"
weekday = "saturday"
nth = 1

"""
SECOND_QUORUM = """[[share]]
rule = "small.quorum.call2"
source = "By-laws, art. 2"
mark = "U"
people = 50

"""
SECOND_CALL = """[[organ.call]]
number = 2
quorum = "small.quorum.call2"
minutes_after_previous = 60

"""
ANOTHER_TERM = """[[term]]
rule = "small.short"
source = "By-laws, art. 5"
mark = "O"
months = 12

[[roll]]
"""
TERM = {"[[roll]]\n": ANOTHER_TERM, 'ballot = "either"\nterm = "small.term"': 'ballot = "either"\nterm = "small.short"'}
ANOTHER_ELIGIBILITY = """[[eligibility]]
rule = "small.young"
source = "By-laws, art. 6"
mark = "O"
age_years = 16

[[roll]]
"""
ELIGIBILITY = {
    "[[roll]]\n": ANOTHER_ELIGIBILITY,
    'ballot = "either"\nterm = "small.term"\neligibility = "small.eligibility"': (
        'ballot = "either"\nterm = "small.term"\neligibility = "small.young"'
    ),
}
HIGHEST = {"highest = true\n": "", 'members = "seats"\ndecision': 'members = "seats"\nhighest = true\ndecision'}
WATER = """[[seat.portfolio]]
id = "water"
name = { es = "Vocería de agua", en = "Spokesperson for water" }

"""

BOX = '  { code = "2", kind = "asset", name = { es = "Otra caja", en = "Second box" } },\n'
LIMITED_BOX = BOX.replace(" },\n", ", limit = 300 },\n")

SWAPPED = {
    'use = "opening"': 'use = "first"',
    'use = "transfers"': 'use = "opening"',
    'use = "first"': 'use = "transfers"',
}
REST = "7 6 12 8 9 10 11 13"
CHART = '[[chart]]\nid = "common"'
OTHER_CHART = '[[chart]]\nid = "other"'
