"""A page as five parts in one order, so that every page of the house reads the same way.

Where I am (the frame and ``room``), the answer, the next thing to do, the facts, where this comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from comuna.look.frame import Words
from comuna.look.parts import Answer, Do, Notice, Part, Source, WhoCan


@dataclass(frozen=True)
class Page:
    """``answer`` may be plain words; without one the title is the heading."""

    title: Words
    room: Words = ""
    room_href: str = ""
    answer: Answer | Words = ""
    notices: Sequence[Notice] = ()
    next: Do | WhoCan | Part | None = None
    facts: Sequence[Part | Words] = ()
    source: Source | None = None
    paper: bool = False  # laid out for paper first: minutes, sheets, letters
    every_sheet: Words = ""  # at the foot of each printed sheet: the paper code

    @property
    def heading(self) -> Answer:
        return self.answer if isinstance(self.answer, Answer) else Answer(self.answer or self.title)


def show(request: HttpRequest, page: Page, *, status: int = 200) -> HttpResponse:
    """The page as HTML."""
    template = "look/print.html" if page.paper else "look/page.html"
    return render(request, template, {"page": page}, status=status)
