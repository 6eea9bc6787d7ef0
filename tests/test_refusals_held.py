"""Every rule by which something is refused is refused by in some test, but those of a list that only shrinks."""

from __future__ import annotations

import re

from tests.house import ROOT

RULE = re.compile(
    r'"((?:acts|assemblies|elections|journal|letters|mandates|processes|statutes|territory|treasury|web)\.[a-z0-9]+(?:-[a-z0-9]+)+)"'
)
LIST = ROOT / "tests" / "refusals_unheld.txt"


def test_every_refusal_stands_in_a_test_or_on_the_list_of_those_that_do_not_yet() -> None:
    sources = {path: path.read_text("utf-8") for path in (ROOT / "comuna").rglob("*.py")}
    tests = {path: text for path, text in sources.items() if "tests" in path.parts}
    rules = {rule for path, text in sources.items() if path not in tests for rule in RULE.findall(text)}
    held = "\n".join([*tests.values(), *(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))])
    unheld = sorted(rule for rule in rules if f'{rule}"' not in held and rule.partition(".")[2] not in _short(held))
    assert len(rules) > 250
    assert unheld == LIST.read_text("utf-8").split()


def _short(text: str) -> set[str]:
    """Rules that a test names without their room: parametrized ones."""
    return set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text))
