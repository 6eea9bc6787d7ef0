"""Asking for a recall, and the sheet on which neighbours sign for it with a pen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import Act
from comuna.assemblies.pages.reader import reader
from comuna.elections import queries
from comuna.elections.acts import AskRecall, PetitionRecall
from comuna.elections.models import Petition
from comuna.elections.pages.words import lapse_words, needed_words, recall_words
from comuna.look.act_page import act_page
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Column, Fact, Facts, Line, Lines, Section, Table, Text
from comuna.mandates import queries as mandates
from comuna.mandates.pages.reader import id_in
from comuna.mandates.queries import Holding

SHEET_ROWS = 12  # that fit on a sheet of paper under the reason, high enough to sign in


def petition(request: HttpRequest) -> HttpResponse:
    return _asking(request, PetitionRecall)


def ask(request: HttpRequest) -> HttpResponse:
    return _asking(request, AskRecall)


def _asking(request: HttpRequest, act: type[Act]) -> HttpResponse:
    who = reader(request)
    held = [one for one in mandates.holders(who.commune, who.day) if who.statute.recall_of(one.kind)]
    if not held:
        return show(request, _nobodyto_recall(act))
    grounds = {key: names for rule in who.statute.recalls for key, names in rule.grounds.items()}
    initial: dict[str, Any] = {"mandate": id_in(request, "mandate")} if request.GET.get("mandate") else {}
    return act_page(
        request,
        act,
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        choices={
            "mandate": [Choice(str(one.mandate), _whose(one)) for one in held],
            "ground": [Choice(key, mandates.named(names)) for key, names in grounds.items()],
        },
        initial=initial,
        before=[Lines([Line(_("How a mandate is taken back"), href=reverse("statutes:recall"))])],
        on_done=lambda done: to_recall(done.id),
        cancel=reverse("elections:board"),
    )


def _whose(one: Holding) -> str:
    seat = _("{seat} (alternate)").format(seat=one.words) if one.is_alternate else one.words
    return f"{seat}: {one.name}"


def _nobodyto_recall(act: type[Act]) -> Page:
    """Where every seat that can be recalled is empty: why there is no form."""
    return Page(
        title=act.label,
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        answer=Answer(
            _("Nobody can be recalled today"), _("An empty seat is filled by an election, never by a recall.")
        ),
        facts=[Lines([Line(_("How a mandate is taken back"), href=reverse("statutes:recall"))])],
    )


def to_recall(id: UUID) -> HttpResponse:
    """To its page; to the proposal's where several seats must sign first."""
    known = Petition.objects.filter(pk=id).exists()
    return HttpResponseRedirect(reverse("elections:recall" if known else "books:thread", args=[id]))


def sheet(request: HttpRequest, id: UUID) -> HttpResponse:
    """A sheet to print: what is asked for and why, and empty rows for those who sign it."""
    who = reader(request)
    try:
        one = queries.recall(id, who.day)
    except Petition.DoesNotExist:
        raise Http404 from None
    if not one.petition.needed or not one.stage.is_open:
        return HttpResponseRedirect(reverse("elections:recall", args=[id]))
    heads = ("#", _("Name and surnames"), _("Identity number"), _("Code"), _("Signature"))
    facts = [
        Fact(_("Reason"), one.ground_words),
        Fact(_("Signatures needed"), needed_words(one)),
        Fact(_("Last day for signatures"), lapse_words(one)),
        Fact(_("Rule"), one.recall.rule.source),
    ]
    page = Page(
        title=_("Signatures for a recall"),
        answer=Answer(recall_words(one), _("Whoever signs asks that the assembly decide; nobody has to sign.")),
        facts=[
            Section(_("Why"), [Text(one.petition.words or "—")]),
            Facts([fact for fact in facts if fact.value]),
            Table(
                _("Who signs"),
                [Column(head, write=number > 0) for number, head in enumerate(heads)],
                [[str(number), "", "", "", ""] for number in range(1, SHEET_ROWS + 1)],
            ),
            Text(_("The code is written by whoever types the sheet. The sheet is kept with the minutes.")),
        ],
        paper=True,
    )
    return show(request, page)
