"""The forms of the acts on processes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.assemblies import queries as assemblies
from comuna.assemblies.pages.words import session_words
from comuna.look.act_page import act_page
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Empty
from comuna.look.words import day_words
from comuna.mandates.queries import named
from comuna.processes import queries
from comuna.processes.acts import BeginProcess, RecordStep, StopProcess, UndoStep
from comuna.processes.models import ProcessRun, StepDone
from comuna.processes.pages.process import stands_or_404
from comuna.processes.pages.words import process_words
from comuna.processes.queries import Standing
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.territory.pages.reader import Reader, id_in, reader_of

SESSIONS_MAX = 30  # offered, the newest


def begin(request: HttpRequest) -> HttpResponse:
    """Which process, and in books of several councils of which."""
    reader = reader_of(request)
    known = queries.processes(reader.commune, reader.day)
    if not known:
        return show(request, _none())
    councils = statutes.councils_of(reader.commune, reader.day)
    once = {one.id: Choice(one.id, named(one.name)) for one in known}
    offered = [Choice(one.slug, one.name) for one in reader.councils(BeginProcess)] if councils else []
    own = {"council": offered[0].value} if len(offered) == 1 < len(councils) else {}
    initial = {key: request.GET[key] for key in ("process", "council") if request.GET.get(key)}
    return act_page(
        request,
        BeginProcess,
        room=_("Processes"),
        room_href=reverse("processes:board"),
        choices={"process": list(once.values()), **({"council": offered} if offered else {})},
        initial={"day": reader.day, **own, **initial},
        fixed={} if offered else {"council": ""},
        on_done=lambda done: _to_run(done.id),
        cancel=reverse("processes:board"),
    )


def _none() -> Page:
    return Page(
        title=BeginProcess.label,
        room=_("Processes"),
        room_href=reverse("processes:board"),
        answer=Answer(_("There is no process to begin")),
        facts=[Empty(_("The statute in force describes no process. An amended one may."))],
    )


def _to_run(id: object) -> HttpResponse:
    """To its page; to the act's where several seats must sign first."""
    known = ProcessRun.objects.filter(pk=id).exists()
    return HttpResponseRedirect(reverse("processes:process" if known else "books:thread", args=[id]))


def record_step(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    stands = stands_or_404(reader, id_in(request, "run"))
    one = stands.find(request.GET.get("step") or request.POST.get("step", ""))
    if one is None:
        raise Http404
    is_vote = one.step.vote is not None
    councils = statutes.councils_of(reader.commune, reader.day)
    places = [Choice(council.slug, council.name) for council in councils]
    sessions = _sessions(reader, stands)
    fixed = {"run": _called(reader, stands), "step": named(one.step.name)}
    unasked = [*([] if sessions else ["session"]), *([] if is_vote else ["roll", "roll_reason", "polls"])]
    return act_page(
        request,
        RecordStep,
        title=_("Record: {step}").format(step=named(one.step.name)),
        room=_called(reader, stands),
        room_href=_href(stands),
        choices={"session": sessions, **({"polls.council": places} if places else {})},
        initial={"run": stands.run.id, "step": one.step.id, "day": reader.day},
        fixed={**fixed, **dict.fromkeys(unasked, "")},
        blank_rows=max(1, len(places)),
        on_done=lambda done: HttpResponseRedirect(_href(stands)),
        cancel=_href(stands),
    )


def _sessions(reader: Reader, stands: Standing) -> list[Choice]:
    """Those of the council and of the whole commune that had their quorum, up to today, the newest first."""
    statute = statutes.in_force(reader.commune, reader.day)
    coming = [one for one in assemblies.coming(reader.commune, reader.day) if one.day <= reader.day]
    found = [*coming, *assemblies.past(reader.commune, reader.day, lines=slice(SESSIONS_MAX))]
    quorate = assemblies.quorate_among([one.id for one in found])
    here = (None, stands.run.council)
    fitting = [one for one in found if one.id in quorate and (not stands.run.council or council_in(one.organ) in here)]
    return [
        Choice(str(one.id), f"{day_words(one.day, weekday=False)}: {session_words(statute, one)}") for one in fitting
    ]


def undo_step(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    row = StepDone.objects.filter(pk=id_in(request, "done"), commune=reader.commune).first()
    if row is None:
        raise Http404
    stands = stands_or_404(reader, row.run_id)
    one = stands.find(row.step)
    return act_page(
        request,
        UndoStep,
        room=_called(reader, stands),
        room_href=_href(stands),
        initial={"done": row.id},
        fixed={"done": named(one.step.name) if one else row.step},
        on_done=lambda done: HttpResponseRedirect(_href(stands)),
        cancel=_href(stands),
    )


def stop(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    stands = stands_or_404(reader, id_in(request, "run"))
    return act_page(
        request,
        StopProcess,
        room=_called(reader, stands),
        room_href=_href(stands),
        initial={"run": stands.run.id},
        fixed={"run": _called(reader, stands)},
        on_done=lambda done: HttpResponseRedirect(_href(stands)),
        cancel=_href(stands),
    )


def _called(reader: Reader, stands: Standing) -> str:
    councils = statutes.councils_of(reader.commune, reader.day)
    return process_words(stands.process, stands.run.council, councils)


def _href(stands: Standing) -> str:
    return reverse("processes:process", args=[stands.run.id])
