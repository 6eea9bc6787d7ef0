"""What a page must have for whoever hears it, presses keys or cannot see well, read off its HTML.

Rules of our own after WCAG 2.2, in words with the success criterion; no browser is needed. ``faults`` gives what a
page lacks. Colours are held in ``comuna/look/tests/test_stylesheet.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LABELLED = ("input", "select", "textarea")
UNSEEN = ("hidden", "submit", "button", "reset", "image")
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Element:
    """One element with what is inside it."""

    tag: str
    has: dict[str, str]
    above: Element | None = None
    inside: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element below, in the order of the page; only of these tags where any are given."""
        for one in self.inside:
            if isinstance(one, Element):
                if not tags or one.tag in tags:
                    yield one
                yield from one.all(*tags)

    def text(self) -> str:
        """What is read aloud of it: its words, its pictures' words, its own label."""
        if self.has.get("aria-hidden") == "true":
            return ""
        own = self.has.get("aria-label", "") or self.has.get("alt", "")
        return own or " ".join(one if isinstance(one, str) else one.text() for one in self.inside).strip()

    def within(self, *tags: str) -> Element | None:
        """The nearest element around it of these tags."""
        here = self.above
        while here is not None and here.tag not in tags:
            here = here.above
        return here

    def is_in_hidden(self) -> bool:
        """Whether something around it is not read aloud."""
        here = self.above
        while here is not None and here.has.get("aria-hidden") != "true":
            here = here.above
        return here is not None

    def __str__(self) -> str:
        said = " ".join(
            f'{name}="{value}"' for name, value in self.has.items() if name in ("id", "name", "href", "for")
        )
        return f"<{self.tag}{' ' + said if said else ''}>"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = self.here = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(made)
        if tag not in VOID:
            self.here = made

    def handle_endtag(self, tag: str) -> None:
        here: Element | None = self.here
        while here is not None and here.tag != tag:
            here = here.above
        if here is not None and here.above is not None:
            self.here = here.above

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.here.inside.append(data.strip())


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    return reader.page


def faults(html: str) -> list[str]:
    """What the page lacks, each with the element; empty where it is whole."""
    page = read(html)
    return [fault for check in CHECKS for fault in check(page)]


def language_and_title(page: Element) -> Iterator[str]:
    """3.1.1, 2.4.2."""
    root = next(page.all("html"), None)
    if root is None or not root.has.get("lang"):
        yield "the page does not say its language"
    if not any(title.text() for title in page.all("title")):
        yield "the page has no title"


def landmarks(page: Element) -> Iterator[str]:
    """1.3.1, 2.4.1: one main part, the way to it first, and several navigations told apart."""
    mains = list(page.all("main"))
    if len(mains) != 1:
        yield f"{len(mains)} main parts"
        return
    for tag in ("header", "footer"):
        if not any(one.within("main", "section", "article") is None for one in page.all(tag)):
            yield f"no {tag} of the page"
    first = next((link for link in page.all("a") if "href" in link.has), None)
    if first is None or first.has["href"] != f"#{mains[0].has.get('id')}":
        yield "the first link does not lead to the main part"
    names = [nav.has.get("aria-label", "") for nav in page.all("nav")]
    if len(names) > 1 and ("" in names or len(set(names)) < len(names)):
        yield f"navigations that cannot be told apart: {names}"


def headings(page: Element) -> Iterator[str]:
    """1.3.1: one h1, no level left out, none empty."""
    found = list(page.all(*HEADS))
    if [one.tag for one in found].count("h1") != 1:
        yield f"{[one.tag for one in found].count('h1')} headings of the first level"
    level = 0
    for one in found:
        if not one.text():
            yield f"an empty heading {one}"
        if HEADS.index(one.tag) > level:
            yield f"{one.tag} “{one.text()[:40]}” follows h{level}"
        level = HEADS.index(one.tag) + 1


def fields(page: Element) -> Iterator[str]:
    """1.3.1, 4.1.2: each field has its label; a group of choices has a legend."""
    labels = {label.has.get("for") for label in page.all("label") if label.text()}
    for one in page.all(*LABELLED):
        if one.has.get("type") in UNSEEN:
            continue
        around = one.within("label")
        named = one.has.get("aria-label") or one.has.get("aria-labelledby")
        if not named and one.has.get("id") not in labels and not (around is not None and around.text()):
            yield f"no label for {one}"
        if one.has.get("type") == "radio":
            group = one.within("fieldset")
            if group is None or not any(legend.text() for legend in group.all("legend")):
                yield f"no legend over {one}"


def links_and_buttons(page: Element) -> Iterator[str]:
    """2.4.4, 4.1.2: each says where it leads or what it does; nothing else is pressed."""
    for one in page.all("a", "button", "summary"):
        if not one.text() and not one.has.get("title"):
            yield f"no words on {one}"
    for one in page.all("input"):
        if one.has.get("type") in ("submit", "button", "reset") and not one.has.get("value"):
            yield f"no words on {one}"
    for one in page.all():
        if any(name.startswith("on") for name in one.has) or (one.tag == "a" and "href" not in one.has):
            yield f"{one} is pressed, and no key reaches it"


def tables(page: Element) -> Iterator[str]:
    """1.3.1: a table says what it is, and each header of what it is one."""
    for table in page.all("table"):
        if not any(caption.text() for caption in table.all("caption")) and not table.has.get("aria-label"):
            yield "a table without a caption"
        heads = list(table.all("th"))
        if not heads:
            yield "a table without headers"
        yield from (f"no scope on the header “{head.text()}”" for head in heads if "scope" not in head.has)


def pictures(page: Element) -> Iterator[str]:
    """1.1.1: a picture has its words, or is said to have none."""
    for one in page.all("img"):
        if "alt" not in one.has:
            yield f"no alt on {one}"
    for one in page.all("svg"):
        hidden = one.has.get("aria-hidden") == "true" or one.is_in_hidden()
        if not hidden and not one.has.get("aria-label") and not any(title.text() for title in one.all("title")):
            yield "a drawing that says nothing and is not hidden"


def references(page: Element) -> Iterator[str]:
    """4.1.1: ids are there once, and what is named by one is on the page."""
    ids = Counter(one.has["id"] for one in page.all() if one.has.get("id"))
    yield from (f"the id {id} stands {times} times" for id, times in ids.items() if times > 1)
    for one in page.all():
        named = [one.has.get("for", ""), one.has.get("aria-describedby", ""), one.has.get("aria-labelledby", "")]
        if one.tag == "a" and one.has.get("href", "").startswith("#"):
            named.append(one.has["href"][1:])
        for id in " ".join(named).split():
            if id not in ids:
                yield f"{one} names {id}, which is not on the page"


def order(page: Element) -> Iterator[str]:
    """2.4.3: keys go through the page as it is read."""
    for one in page.all():
        if one.has.get("tabindex", "0") not in ("0", "-1"):
            yield f"{one} jumps the order of the page"
        if one.has.get("accesskey"):
            yield f"{one} takes a key that the reader may need"


CHECKS = (
    language_and_title,
    landmarks,
    headings,
    fields,
    links_and_buttons,
    tables,
    pictures,
    references,
    order,
)
