"""Statements of organs: each with the decision on which it rests."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.assemblies import queries
from comuna.assemblies.acts import PublishStatement, WithdrawStatement
from comuna.assemblies.models import Statement
from comuna.assemblies.pages.reader import Reader, reader, standing_or_404
from comuna.assemblies.pages.words import erased_or, organ_words, resolution_words, session_words, tally_words
from comuna.assemblies.queries.decisions import statements
from comuna.look.act_page import act_page
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Empty, Fact, Facts, Line, Lines, Notice, Sign, Source, Status, Text
from comuna.look.words import day_words
from comuna.mandates.pages.reader import here, id_in


def listed(request: HttpRequest) -> HttpResponse:
    """Every statement, the newest first."""
    one = reader(request)
    lines = [_line(one, each) for each in statements(one.commune)]
    nothing = Empty(_("Nothing yet. A statement is published from the page of the decision behind it."))
    page = Page(
        title=_("Statements"),
        room=_("Assemblies"),
        room_href=reverse("assemblies:sessions"),
        answer=Answer(_("What our organs have said in public"), _("Each by a decision of its own")),
        facts=[Lines(lines, nothing)],
    )
    return show(request, page)


def _line(one: Reader, each: Statement) -> Line:
    return Line(
        erased_or(each.title),
        when=day_words(each.on, today=one.day, weekday=False),
        more=f"{organ_words(one.statute, each.resolution.organ)}, {resolution_words(each.resolution)}",
        href=reverse("assemblies:statement", args=[each.id]),
        status=withdrawn_status(each),
    )


def withdrawn_status(each: Statement) -> Status | None:
    return Status(Sign.REFUSED, _("withdrawn")) if each.withdrawn_on else None


def statement(request: HttpRequest, id: UUID) -> HttpResponse:
    """The words, who says them and by which decision."""
    one, each = reader(request), _found(id)
    row = each.resolution
    stands, tally = standing_or_404(row.motion.session_id), queries.tally_of(row.motion_id)
    withdrawn = each.withdrawn_on
    notices = [Notice(Sign.REFUSED, _("Withdrawn on {day}").format(day=day_words(withdrawn)))] if withdrawn else []
    decided = Link(resolution_words(row), reverse("assemblies:resolution", args=[row.id]))
    links = [Link(_("The whole thread"), reverse("books:thread", args=[each.id]))]
    if withdrawn is None and one.may(WithdrawStatement, row.organ):
        links.append(Link(WithdrawStatement.label, f"{reverse('assemblies:withdraw-statement')}?statement={each.id}"))
    page = Page(
        title=erased_or(each.title),
        room=_("Statements"),
        room_href=reverse("assemblies:statements"),
        answer=Answer(erased_or(each.title), f"{organ_words(stands.statute, row.organ)}, {day_words(each.on)}"),
        notices=notices,
        facts=[
            Text(erased_or(each.text)),
            Facts(
                [
                    Fact(_("By decision of"), organ_words(stands.statute, row.organ)),
                    Fact(_("Decision"), decided),
                    Fact(_("Session"), session_words(stands.statute, stands.session)),
                    Fact(_("Vote"), tally_words(tally)),
                ]
            ),
        ],
        source=Source(links=links),
        paper=True,
    )
    return show(request, page)


def _found(id: UUID) -> Statement:
    """Raises Http404."""
    rows = Statement.objects.filter(pk=id, commune=here()).select_related("resolution__motion")
    found: Statement | None = rows.first()
    if found is None:
        raise Http404
    return found


def publish(request: HttpRequest, id: UUID) -> HttpResponse:
    """From the page of the decision."""
    decided = queries.resolution(id, here())
    if decided is None:
        raise Http404
    row, href = decided.resolution, reverse("assemblies:resolution", args=[id])
    return act_page(
        request,
        PublishStatement,
        room=resolution_words(row),
        room_href=href,
        initial={"resolution": id},
        fixed={"resolution": resolution_words(row)},
        before=[Text(erased_or(decided.text))],
        on_done=lambda done: _to(done.id),
        cancel=href,
        organ=row.organ,
    )


def withdraw(request: HttpRequest) -> HttpResponse:
    each = _found(id_in(request, "statement"))
    href = reverse("assemblies:statement", args=[each.id])
    return act_page(
        request,
        WithdrawStatement,
        room=erased_or(each.title),
        room_href=href,
        initial={"statement": each.id},
        fixed={"statement": erased_or(each.title)},
        on_done=lambda _done: _to(each.id),
        cancel=href,
        organ=each.resolution.organ,
    )


def _to(id: UUID) -> HttpResponse:
    """To the statement; to what was proposed where several seats must sign first."""
    page = "assemblies:statement" if Statement.objects.filter(pk=id).exists() else "books:thread"
    return HttpResponseRedirect(reverse(page, args=[id]))
