"""The statute under which ``every_act`` lives: the small one of the tests, with councils, a board and letters."""

from __future__ import annotations

from tests.every_act_rates import OLD
from tests.every_act_transfers import FAR
from tests.words import IMPERATIVE, RATIFICATION, changed

TWO_SIGN = """
[[signatures]]
rule = "small.signatures.{name}"
source = "By-laws, art. 10"
mark = "O"
act = "{act}"
needed = 2
seats = ["promoter", "secretary"]
days_open = 15
"""
LEVEL = """
[level]
rule = "small.level"
source = "By-laws, art. 11"
mark = "O"
name = { es = "Círculo", en = "Circle" }
many = { es = "Círculos", en = "Circles" }

[[organ]]
id = "circle"
each = true
rule = "small.level"
source = "By-laws, art. 11"
mark = "O"
name = { es = "Círculo", en = "Circle" }
members = "seats"

[[seat]]
id = "speaker"
organ = "circle"
rule = "small.level"
source = "By-laws, art. 11"
mark = "O"
name = { es = "Vocería", en = "Speaker" }
count = 1
alternates = 0
chosen_by = "speaker"
ballot = "either"
term = "small.term"
eligibility = "small.eligibility"

[[power]]
rule = "small.level"
source = "By-laws, art. 11"
mark = "O"
acts = [
  "mandates.register_council",
  "mandates.correct_council",
  "mandates.strike_council",
  "territory.join_council",
]
seats = ["promoter"]
"""
TWO_SIGN_LETTERS = {'seats = ["secretary"]\nneeded = 1': 'seats = ["secretary", "auditor"]\nneeded = 2'}
BOARD = """
[[power]]
rule = "small.board.convene"
source = "By-laws, art. 12"
mark = "O"
acts = ["assemblies.convene"]
seats = ["secretary"]
organs = ["board"]
"""


def every_act_statute(changes: dict[str, str]) -> str:
    """Its text with these words changed."""
    signed = {"time": "acts.confirm_time", "epoch": "acts.begin_epoch"}
    rules = [TWO_SIGN.format(name=name, act=act) for name, act in signed.items()]
    ratified = {IMPERATIVE: f"{IMPERATIVE}{RATIFICATION}", 'en = "Second box" }': 'en = "Second box" }, limit = 5000'}
    return changed(changes | TWO_SIGN_LETTERS | ratified) + LEVEL + BOARD + OLD + FAR + "".join(rules)
