"""A small statute for tests, in the words of its file."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from comuna.statutes import builtin
from comuna.statutes.loader import load
from comuna.statutes.reading import Table
from comuna.statutes.statute import Statute

VERBS = frozenset({"statutes.adopt", "assemblies.convene", "elections.record_election"})

HANDOVER = """\
[founding.until]
rule = "small.done"
source = "By-laws, art. 1"
mark = "O"
seats = """  # ["secretary"], who may do all that promoters may

MINIMAL = """\
[statute]
id = "small"
version = "1"
title = { es = "Estatuto mínimo", en = "Small statute" }
about = { es = "Una asamblea y tres cargos.", en = "An assembly and three seats." }

[founding]
rule = "small.founding"
source = "By-laws, art. 1"
mark = "O"
seat = "promoter"
promoters_min = 3
months = 6

[[share]]
rule = "small.quorum.call1"
source = "By-laws, art. 2"
mark = "O"
part = "30 %"
base = "roll"

[[share]]
rule = "small.quorum.call2"
source = "By-laws, art. 2"
mark = "U"
people = 50

[[share]]
rule = "small.recall.ask"
source = "By-laws, art. 9"
mark = "O"
part = "1/10"
base = "roll"

[[majority]]
rule = "small.decision"
source = "By-laws, art. 3"
mark = "O"
kind = "simple"
base = "present"

[[rhythm]]
rule = "small.rhythm"
source = "By-laws, art. 4"
mark = "O"
every = "month"
weekday = "saturday"
nth = 1

[[term]]
rule = "small.term"
source = "By-laws, art. 5"
mark = "O"
months = 36
after = "acts"
consecutive_terms_max = 2

[[eligibility]]
rule = "small.eligibility"
source = "By-laws, art. 6"
mark = "O"
age_years = 18
residence_months = 12
waived_when_new = true

[[roll]]
rule = "small.roll"
source = "By-laws, art. 7"
mark = "O"
age_years = 15
unknown_age_counts = true
away_counts = false

[[organ]]
id = "assembly"
rule = "small.assembly"
source = "By-laws, art. 2"
mark = "O"
name = { es = "Asamblea", en = "Assembly" }
members = "everyone"
highest = true
roll = "small.roll"
decision = "small.decision"
rhythm = "small.rhythm"
notice_days = 3

[[organ.call]]
number = 1
quorum = "small.quorum.call1"

[[organ.call]]
number = 2
quorum = "small.quorum.call2"
minutes_after_previous = 60

[[organ]]
id = "board"
rule = "small.board"
source = "By-laws, art. 8"
mark = "O"
name = { es = "Junta", en = "Board" }
members = "seats"

[[seat]]
id = "promoter"
organ = "board"
rule = "small.promoter"
source = "By-laws, art. 1"
mark = "O"
name = { es = "Promotora o promotor", en = "Promoter" }
count = 5
alternates = 0
chosen_by = "assembly"
ballot = "hands"
term = "small.term"
eligibility = "small.eligibility"

[[seat]]
id = "secretary"
organ = "board"
rule = "small.secretary"
source = "By-laws, art. 8"
mark = "O"
name = { es = "Secretaria o secretario", en = "Secretary" }
count = 1
alternates = 1
chosen_by = "assembly"
ballot = "either"
term = "small.term"
eligibility = "small.eligibility"

[[seat]]
id = "treasurer"
organ = "board"
rule = "small.treasurer"
source = "By-laws, art. 8"
mark = "O"
name = { es = "Tesorera o tesorero", en = "Treasurer" }
count = 1
alternates = 1
chosen_by = "assembly"
ballot = "secret"
term = "small.term"
eligibility = "small.eligibility"
succession = ["alternate", "next-most-voted", "by-election"]

[[seat]]
id = "auditor"
organ = "board"
rule = "small.auditor"
source = "By-laws, art. 8"
mark = "O"
name = { es = "Contralora o contralor", en = "Auditor" }
count = 2
alternates = 2
chosen_by = "assembly"
ballot = "secret"
term = "small.term"
eligibility = "small.eligibility"
incompatible_with = ["treasurer"]

[[seat]]
id = "committee"
organ = "board"
rule = "small.committee"
source = "By-laws, art. 8"
mark = "O"
name = { es = "Vocería de comité", en = "Committee spokesperson" }
count = 1
alternates = 1
chosen_by = "assembly"
ballot = "hands"
term = "small.term"
eligibility = "small.eligibility"

[[seat.portfolio]]
id = "water"
name = { es = "Vocería de agua", en = "Spokesperson for water" }

[[seat.portfolio]]
id = "health"
name = { es = "Vocería de salud", en = "Spokesperson for health" }

[[power]]
rule = "small.power.begin"
source = "By-laws, art. 1"
mark = "O"
acts = ["statutes.adopt", "elections.record_election"]
seats = ["promoter", "secretary"]

[[power]]
rule = "small.power.convene"
source = "By-laws, art. 8"
mark = "O"
acts = ["assemblies.convene"]
seats = ["secretary", "committee"]
organs = ["assembly"]
when_acting = false

[[signatures]]
rule = "small.signatures"
source = "By-laws, art. 10"
mark = "O"
act = "statutes.adopt"
needed = 2
seats = ["promoter", "secretary"]
days_open = 15

[[recall]]
rule = "small.recall"
source = "By-laws, art. 9"
mark = "O"
seats = ["secretary", "treasurer", "auditor", "committee"]
petition = "small.recall.ask"
asked_by = ["auditor"]
desk = "auditor"
desk_when_own = "secretary"
report_days = 15
decided_by = "assembly"
quorum = "small.quorum.call1"
majority = "small.decision"
bar_terms = 2

[recall.lapse]
rule = "small.recall.lapse"
source = "By-laws, art. 9"
mark = "O"
days = 60

[recall.grounds]
no-account = { es = "No rendir cuentas a tiempo", en = "Not accounting in time" }

[[stated]]
rule = "small.families"
source = "By-laws, art. 11"
mark = "O"
words = { es = "Entre 150 y 400 familias.", en = "Between 150 and 400 families." }
"""


def changed(changes: Mapping[str, str] | None = None) -> str:
    """The small statute with some of its words replaced; each must be there."""
    text = MINIMAL
    for old, new in (changes or {}).items():
        assert old in text, f"the small statute has no {old}"
        text = text.replace(old, new)
    return text


def minimal(changes: Mapping[str, str] | None = None) -> Statute:
    return load(changed(changes))


def vocabulary() -> dict[str, set[str]]:
    """Every word that a statute's file may have, by the kind of table it stands in."""
    found: dict[str, set[str]] = {}

    class Recorder(Table):
        def finish(self) -> None:
            kind = ".".join(step for step in self.path if isinstance(step, str))
            found.setdefault(kind, set()).update(self._asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "finish", Recorder.finish)
        load(changed({"months = 6\n": f'months = 6\n\n{HANDOVER}["secretary"]\n'}))
        load(builtin.text("venezuela-commune"))  # which has councils
    return found
