"""The statute whose words are changed one by one in ``test_statute_words`` and ``test_statute_words_lived``."""

from __future__ import annotations

from collections.abc import Mapping

from comuna.statutes.tests.generate import real_verbs
from comuna.statutes.tests.samples import MINIMAL

IMPERATIVE = """[organ.imperative]
rule = "small.board.imperative"
source = "By-laws, art. 12"
mark = "O"
how = "recorded"
"""
RATIFICATION = """
[organ.ratification]
rule = "small.board.ratification"
source = "By-laws, art. 12"
mark = "O"
by = "assembly"
"""
BOARD_MEETS = f"""members = "seats"
decision = "small.decision"

[[organ.call]]
number = 1
quorum = "small.board.quorum"

{IMPERATIVE}"""
MAY = 'seats = ["promoter", "secretary", "auditor"]'  # everything but convening
MORE = """
[[share]]
rule = "small.board.quorum"
source = "By-laws, art. 12"
mark = "O"
part = "1/2"
base = "members"

[[organ]]
id = "team"
rule = "small.team"
source = "By-laws, art. 13"
mark = "O"
name = { es = "Equipo", en = "Team" }
members = "seats"
made_of = ["board"]

[[organ]]
id = "desk"
rule = "small.desk"
source = "By-laws, art. 13"
mark = "O"
name = { es = "Mesa", en = "Desk" }
members = "seats"

[[seat]]
id = "clerk"
organ = "desk"
rule = "small.clerk"
source = "By-laws, art. 13"
mark = "O"
name = { es = "Auxiliar", en = "Clerk" }
count = 1
alternates = 0
chosen_by = "assembly"
ballot = "hands"
term = "small.term"
eligibility = "small.eligibility"

[[letter]]
id = "residence"
rule = "small.letter"
source = "By-laws, art. 14"
mark = "O"
name = { es = "Constancia de residencia", en = "Residence letter" }
attests = { es = "vive aquí", en = "lives here" }
seats = ["secretary"]
needed = 1
days = 30
residence_months = 12
away_counts = false

[[share]]
rule = "small.turnout"
source = "By-laws, art. 15"
mark = "O"
part = "15 %"
base = "roll"

[[process]]
id = "founding"
rule = "small.founding.steps"
source = "By-laws, art. 15"
mark = "O"
name = { es = "Fundación", en = "Founding" }
begins = "founding"

[[process.step]]
id = "charter"
rule = "small.founding.steps"
source = "By-laws, art. 15"
mark = "O"
name = { es = "Carta", en = "Charter" }
by = ["promoter", "secretary"]
days = 45

[[process.step]]
id = "referendum"
rule = "small.founding.steps"
source = "By-laws, art. 15"
mark = "O"
name = { es = "Referendo", en = "Referendum" }
by = ["promoter"]
days = 60
after = ["charter"]
wait_days = 2
within_days = 20
vote = { majority = "small.decision", share = "small.turnout" }

[[process]]
id = "renewal"
rule = "small.renewal.steps"
source = "By-laws, art. 16"
mark = "O"
name = { es = "Renovación", en = "Renewal" }
begins = "lapse"

[[process.step]]
id = "convene"
rule = "small.renewal.steps"
source = "By-laws, art. 16"
mark = "O"
name = { es = "Convocatoria", en = "Convening" }
by = ["secretary", "promoter"]
days = 90

[[unit]]
id = "EUR"
rule = "small.money"
source = "By-laws, art. 17"
mark = "O"
name = { es = "euros", en = "euros" }
kind = "currency"
decimals = 2

[[unit]]
id = "KG"
rule = "small.goods"
source = "By-laws, art. 17"
mark = "O"
name = { es = "kilos", en = "kilos" }
kind = "commodity"
decimals = 3

[[chart]]
id = "common"
rule = "small.accounts"
source = "By-laws, art. 18"
mark = "O"
account = [
  { code = "1", kind = "asset", name = { es = "Caja", en = "Cash box" } },
  { code = "2", kind = "asset", name = { es = "Otra caja", en = "Second box" } },
  { code = "3", kind = "equity", name = { es = "Inicio", en = "Beginning" }, use = "opening" },
  { code = "4", kind = "equity", name = { es = "Traspasos", en = "Between books" }, use = "transfers" },
  { code = "5", kind = "expense", name = { es = "Gastos", en = "Expenses" } },
  { code = "7", kind = "income", name = { es = "Ingresos", en = "Income" } },
  { code = "6", kind = "expense", name = { es = "Faltantes", en = "Missing" }, use = "differences" },
  { code = "12", kind = "equity", name = { es = "Cambio", en = "Exchange" }, use = "exchange" },
  { code = "8", kind = "liability", name = { es = "Ahorros", en = "Savings" }, use = "savings" },
  { code = "9", kind = "asset", name = { es = "Créditos", en = "Credits" }, use = "credits" },
  { code = "10", kind = "income", name = { es = "Intereses", en = "Interest" }, use = "interest" },
  { code = "11", kind = "expense", name = { es = "Perdidos", en = "Lost" }, use = "losses" },
  { code = "13", kind = "asset", name = { es = "Anticipos", en = "Advances" }, use = "advances" },
]

[[book]]
id = "small.book"
rule = "small.book"
source = "By-laws, art. 19"
mark = "O"
name = { es = "Cuentas", en = "Small accounts" }
organ = "desk"
decides = "assembly"
chart = "common"
unit = "EUR"

[[book]]
id = "small.fund"
rule = "small.fund"
source = "By-laws, art. 20"
mark = "O"
name = { es = "Fondo", en = "Fund" }
organ = "desk"
decides = "assembly"
chart = "common"
unit = "EUR"

[[book]]
id = "small.reserve"
rule = "small.reserve"
source = "By-laws, art. 20"
mark = "O"
name = { es = "Reserva", en = "Reserve" }
organ = "desk"
decides = "assembly"
chart = "common"
unit = "EUR"

[[credit]]
id = "small.credit"
rule = "small.credit"
source = "By-laws, art. 21"
mark = "O"
name = { es = "Crédito", en = "Small credit" }
book = "small.book"
approved_by = "desk"
followed_by = "team"
interest = 12
months_max = 24
unit = "EUR"
amount_max = 5000
schedule = "monthly"

[[aid]]
id = "small.aid"
rule = "small.aid"
source = "By-laws, art. 22"
mark = "O"
name = { es = "Medicinas", en = "Medicine" }
book = "small.book"
decided_by = "team"
"""


def base() -> str:
    """The small statute with a board that meets and two more organs, every real act given to somebody."""
    verbs = ", ".join(f'"{verb}"' for verb in real_verbs() if verb != "assemblies.convene")
    acts = 'acts = ["statutes.adopt", "elections.record_election"]\nseats = ["promoter", "secretary"]'
    return MINIMAL.replace('members = "seats"\n', BOARD_MEETS).replace(acts, f"acts = [{verbs}]\n{MAY}") + MORE


def changed(changes: Mapping[str, str]) -> str:
    """That statute with some words changed; each must be there."""
    text = base()
    for old, new in changes.items():
        assert old in text, f"the statute has no {old}"
        text = text.replace(old, new)
    return text


def from_amount(unit: str) -> dict[str, str]:
    """Two sign a payment from 1,000 on."""
    rest = (
        f'act = "treasury.pay"\nneeded = 2\nfrom_amount = 1000\nunit = "{unit}"\nseats = ["promoter", "secretary"]\n\n'
    )
    where = '[[recall]]\nrule = "small.recall"\n'
    return {where: f'[[signatures]]\nrule = "small.sign.pay"\nsource = "By-laws"\nmark = "O"\n{rest}{where}'}
