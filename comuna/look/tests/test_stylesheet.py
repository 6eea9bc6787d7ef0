"""One small stylesheet that an old phone understands, and colours that can be read in the sun."""

from __future__ import annotations

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

SHEET = Path(__file__).parent.parent / "static" / "look" / "comuna.css"
RAW = SHEET.read_text()
RULES = re.sub(r"/\*.*?\*/", "", RAW, flags=re.S)


def themes() -> dict[str, dict[str, str]]:
    """Raw colours of the light theme, and of the others on top of it."""
    light = colours(RULES[RULES.index(":root") :])
    return {
        "light": light,
        "dark": light | colours(after("prefers-color-scheme: dark")),
        "paper": light | colours(after("print")),
    }


def after(medium: str) -> str:
    return next(part for part in RULES.split("@media")[1:] if medium in part.partition("{")[0])


def colours(text: str) -> dict[str, str]:
    block = text[text.index(":root") : text.index("}", text.index(":root"))]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_every_text_and_every_edge_has_its_contrast(theme: str) -> None:
    raw = themes()[theme]
    assert contrast(raw["ink"], raw["paper"]) >= 12
    for text in ("muted", "green", "clay", "ochre"):
        assert contrast(raw[text], raw["paper"]) >= 4.5, text
    assert contrast(raw["on-green"], raw["green"]) >= 4.5
    assert contrast(raw["edge"], raw["paper"]) >= 3


def pairs() -> set[tuple[str, str]]:
    """Each colour of a text with what it stands on, as some rule of the sheet puts them together; paper where it
    names no ground, ink where it names no colour."""
    found = set()
    for block in re.findall(r"{([^{}]*)}", RULES):
        said = dict(re.findall(r"(?<![\w-])(color|background(?:-color)?):\s*var\(--([\w-]+)\)", block))
        ground = said.get("background") or said.get("background-color") or "paper"
        if said:
            found.add((said.get("color", "ink"), ground))
    return found


def test_every_pair_of_colours_that_a_rule_puts_together_can_be_read() -> None:
    roles = dict(re.findall(r"--([\w-]+):\s*var\(--([\w-]+)\);", RULES[RULES.index(":root") :].partition("}")[0]))
    tried = 0
    for name, raw in themes().items():
        for text, ground in pairs():
            tried += 1
            found = contrast(raw[roles.get(text, text)], raw[roles.get(ground, ground)])
            assert found >= 4.5, f"{name}: {text} on {ground} is {found:.1f}"
    assert tried >= 3 * 6
    assert ("on-do", "do") in pairs()


def test_what_is_seen_stands_in_the_order_in_which_it_is_read() -> None:
    """Keys and voices go through the page in its own order; a sheet that turns it round would lose them."""
    turned = r"(?<![\w-])order\s*:|row-reverse|column-reverse|direction:\s*rtl|grid-(?:row|area)\s*:"
    rules = [(head.strip(), block) for head, block in re.findall(r"([^{}]*){([^{}]*)}", RULES)]
    turning = [head for head, block in rules if re.search(turned, block)]
    assert turning == [".table tbody th"], (
        "on a phone the name of a line stands over its values, and nothing else moves"
    )


def test_the_tokens_are_the_ones_that_were_agreed() -> None:
    light, dark = themes()["light"], themes()["dark"]
    agreed = (
        "paper #fbf8f1 ink #1d1a14 muted #5c564a green #17603a clay #9c2f1f ochre #7a5200 edge #8a8272 hairline #d9d2c3"
    )
    words = agreed.split()
    assert {name: light[name] for name in words[::2]} == dict(zip(words[::2], words[1::2], strict=True))
    assert set(light) == set(dark), "a theme redefines raw values and nothing else"


def test_it_is_small() -> None:
    assert len(RAW.encode()) <= 27_000
    assert len(gzip.compress(RAW.encode(), 9)) <= 6_000


def test_a_browser_of_2020_understands_all_of_it() -> None:
    for word in (
        "@layer",
        "@container",
        "oklch",
        "color-mix",
        ":has(",
        ":is(",
        ":where(",
        "inset-inline",
        "inset-block",
        "@supports",
        "&",
    ):
        assert word not in RULES, word
    for side, property in product(("inline", "block"), ("margin", "padding")):
        assert not re.search(rf"\b{property}-{side}:", RULES), f"{property}-{side} came at the end of 2020"


def test_nothing_knows_left_from_right() -> None:
    assert re.findall(r"[\w-]*\b(?:left|right)\b[\w-]*", RULES) == []
    assert re.findall(r"(?<!-)\b(?:min-|max-)?(?:width|height)\s*:", re.sub(r"@media[^{]*", "", RULES)) == []


def test_it_is_flat() -> None:
    depth = 0
    for mark in re.findall(r"[{}]|@media", RULES):
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
        assert depth <= 2


def test_colours_are_named_once() -> None:
    beyond_root = re.sub(r":root\s*{[^}]*}", "", RULES)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", beyond_root)) <= {"#000000"}, (
        "only paper's black may stand outside the tokens"
    )


def test_the_focus_is_always_seen() -> None:
    assert "outline: 3px solid var(--focus)" in RULES
    assert re.findall(r"([^{}]*){\s*outline: none;\s*}", RULES) == ["\n\nmain:focus "]


def test_whatever_is_pressed_is_44_px_high() -> None:
    assert "--touch: 44px" in RULES
    for selector in (".do,", "input,\nselect", ".choice {", ".foot a,", ".lines li > * {"):
        block = RULES[RULES.index(f"\n{selector}") :].partition("}")[0]
        assert "var(--touch)" in block, selector
