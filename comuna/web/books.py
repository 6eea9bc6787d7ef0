"""Pages of the books themselves: checking a code from paper, the thread of an act, what is recorded,
what waits for signatures. They belong to no room because they are about all of them.
"""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from comuna.acts import queries
from comuna.acts.act import Power, act_of
from comuna.acts.authority import authority
from comuna.acts.clock import read_stamp
from comuna.assemblies.holding import changed_outside, closed_with
from comuna.assemblies.models import Session
from comuna.assemblies.pages import also
from comuna.assemblies.pages.words import altered, session_words
from comuna.assemblies.queries import standing
from comuna.journal import checkpoint, highest, papercode
from comuna.journal.models import Checkpoint, Record
from comuna.look.act_page import act_page
from comuna.look.forms import can_be_typed
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Code,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Notice,
    Pages,
    Part,
    Search,
    Section,
    Sign as Mark,
    Source,
    Status,
    Step,
    Text,
    Thread,
)
from comuna.look.words import day_words, moment_words, number_words
from comuna.mandates.pages.reader import here
from comuna.statutes.queries import spoilt
from comuna.treasury.models import Entry
from comuna.treasury.pages.words import book_name, words_of
from comuna.web import proposals

BOOKS = gettext_lazy("The books")


def verification(request: HttpRequest) -> HttpResponse:
    """Type the code from paper; the answer is yes, a typing error, or what is missing."""
    commune = here()
    typed = request.GET.get("code", "").strip()[:200]
    newest = checkpoint.newest(commune)
    facts: list[Part] = [
        Search(_("Code from the minutes"), "code", typed, button=_("Check")),
        Lines([Line(_("Check a letter"), href=reverse("letters:check"))]),
        Section(_("What these books say now"), [_head_facts(commune, newest)]),
    ]
    if newest is not None:
        facts.append(Code(checkpoint.paper_code(newest), _checkpoint_words(newest), newest.note))
    facts.append(
        Section(
            _("Check it without trusting this computer"),
            [
                Text(
                    _(
                        "Whoever keeps the books can hand you the whole journal as one file."
                        " The short program script/check-journal reads it anywhere, with your code."
                    )
                )
            ],
        )
    )
    page = Page(
        title=_("Check the books against paper"),
        room=BOOKS,
        room_href=reverse("books:latest"),
        answer=Answer(
            _("Are these books as they were when your paper was printed?"),
            _("Type the code at the foot of any minutes."),
        ),
        notices=_in_order(_answers_to(commune, typed) if typed else [], _unfit(commune)),
        facts=facts,
    )
    response = show(request, page)
    response["Cache-Control"] = "no-store"  # asked of the books every time, never of a page kept from before
    return response


def _in_order(answers: list[Notice], unfit: list[Notice]) -> list[Notice]:
    """The answer to the code first, but no yes above a no."""
    return [*unfit, *answers] if answers and answers[0].sign is Mark.DONE else [*answers, *unfit]


def _unfit(commune: UUID) -> list[Notice]:
    """What can be told without a replay: an older copy, a statute that is not the adopted one."""
    found = []
    missed = highest.lost(commune)
    if missed:
        words = _("No: these books had act {number} once and have it no more. An older copy was put in their place.")
        found.append(Notice(Mark.REFUSED, words.format(number=number_words(missed))))
    for one in spoilt():
        words = _("No: the file of the statute {name}, version {version}, is gone or was altered.")
        found.append(Notice(Mark.REFUSED, words.format(name=one.statute_id, version=one.version)))
    return found


def _head_facts(commune: UUID, newest: Checkpoint | None) -> Facts:
    held = Record.objects.filter(commune=commune).count()
    facts = [Fact(_("Recorded acts"), held)]
    if newest is not None:
        facts.append(Fact(_("Acts covered by the newest code"), newest.size))
    return Facts(facts)


def _checkpoint_words(made: Checkpoint) -> str:
    made_at = read_stamp(made.made_at).astimezone(authority().time_zone(made.commune))
    said = ngettext("The newest code: the first act, {day}", "The newest code: the first {size} acts, {day}", made.size)
    return said.format(size=number_words(made.size), day=moment_words(made_at.date(), f"{made_at:%H:%M}"))


def _answers_to(commune: UUID, typed: str) -> list[Notice]:
    try:
        code = papercode.read(typed)
    except papercode.Mistyped as wrong:
        if wrong.group:
            words = _("Typing error in group {number}. Compare it with the paper, letter by letter.").format(
                number=wrong.group
            )
        else:
            words = _("Typing error: a code has five groups of letters and digits.")
        return [Notice(Mark.WAITING, words)]
    answer = checkpoint.compare(commune, code)
    if answer.verdict != "same":
        return [_no(answer)]
    words = ngettext(
        "Yes. The act that stood in the books when this was printed stands there unchanged.",
        "Yes. The {size} acts that stood in the books when this was printed stand there unchanged.",
        answer.size,
    )
    shown = [_minutes_of(session) for session in closed_with(commune, answer.size)]
    altered_ones = [notice for notice in shown if notice.sign is Mark.REFUSED]
    if altered_ones:  # no green answer stands above it
        words = _("The records themselves ({size}) stand unchanged; what the pages show of them does not.")
        records = Notice(Mark.PLAIN, words.format(size=number_words(answer.size)))
        return [*altered_ones, records, *(notice for notice in shown if notice.sign is not Mark.REFUSED)]
    return [Notice(Mark.DONE, words.format(size=number_words(answer.size))), *shown]


def _minutes_of(session: Session) -> Notice:
    """Whether what the pages say about a session is what its records say."""
    changed = [*changed_outside(session.id), *also.changed_in(session.id)]
    if changed:
        return altered(changed)
    name = session_words(standing(session.id).statute, session)
    links = [Link(_("Read the minutes"), reverse("assemblies:minutes", args=[session.id]))]
    words = _("What the pages show of “{session}” is what its records say.").format(session=name)
    return Notice(Mark.DONE, words, [_("Compare it with your paper: quorum, votes, decisions.")], links)


def _no(answer: checkpoint.Answer) -> Notice:
    if answer.verdict == "missing":
        words = _("No: records after {held} are missing. The paper speaks of {size}.")
        return Notice(Mark.REFUSED, words.format(held=number_words(answer.held), size=number_words(answer.size)))
    if answer.verdict == "swapped":
        return Notice(
            Mark.WAITING, _("Typing error: these groups are the right ones, in another order than on the paper.")
        )
    words = ngettext(
        "No. The act that this paper speaks of is not the one that stands here now: something was changed.",
        "No. The {size} acts that this paper speaks of are not the ones that stand here now: something was changed.",
        answer.size,
    )
    return Notice(Mark.REFUSED, words.format(size=number_words(answer.size)))


def latest(request: HttpRequest) -> HttpResponse:
    """What was recorded, newest first."""
    commune = here()
    total = Record.objects.filter(commune=commune).count()
    pages = Pages.asked(request.GET.get("page", ""), total)
    steps = queries.latest(commune, pages.lines)
    lines = [Line(step.said, day_words(step.day), "", reverse("books:thread", args=[step.id])) for step in steps]
    page = Page(
        title=_("What was recorded"),
        answer=Answer(
            ngettext("{total} act, for ever", "{total} acts, each one for ever", total).format(
                total=number_words(total)
            )
        ),
        next=Do(
            _("Check a code from paper"),
            reverse("books:verification"),
            (Link(_("What waits for signatures"), reverse("books:proposals")),),
        ),
        facts=[Lines(lines, Empty(_("Nothing has been recorded yet.")), pages, by_day=True)],
    )
    return show(request, page)


def thread(request: HttpRequest, act: UUID) -> HttpResponse:
    """One act: what it rests on and what came of it."""
    here()
    try:
        walked = queries.thread(act)
    except LookupError:
        raise Http404 from None
    own = next(step for step in walked.steps if step.id == act)
    notes: list[Part] = [Thread([_step(step, act) for step in walked.steps])]
    if walked.cut:
        notes.append(Text(_("There is more: follow an act to see what hangs on it.")))
    erased = queries.erased_on(act)
    facts = [
        Fact(_("Recorded as"), _("number {seq}").format(seq=number_words(own.seq))),
        Fact(_("Day"), own.day),
        Fact(_("By"), own.signed_as),
    ]
    if erased:
        facts.append(
            Fact(_("Erased"), Status(Mark.PLAIN, _("words of it were erased; that they were said still stands")))
        )
    facts += _entered(act)
    page = Page(
        title=own.label,
        room=BOOKS,
        room_href=reverse("books:latest"),
        answer=Answer(own.said),
        facts=[Facts(facts), Section(_("What it rests on, and what came of it"), notes)],
        source=Source(links=[Link(_("The record itself"), reverse("books:record", args=[act]))]),
    )
    return show(request, page)


def _entered(act: UUID) -> list[Fact]:
    """The entry that an act made in a book of accounts; the book, where it made several."""
    made = list(Entry.objects.filter(act=act).select_related("book").order_by("folio")[:2])
    if not made:
        return []
    if len(made) > 1:
        book = Link(book_name(made[0].book, made[0].day), reverse("treasury:book", args=[made[0].book_id]))
        return [Fact(_("In the accounts"), book)]
    words = _("Entry {folio}: {words}").format(folio=number_words(made[0].folio), words=words_of(made[0]))
    return [Fact(_("In the accounts"), Link(words, reverse("treasury:entry", args=[made[0].id])))]


def _step(step: queries.Step, current: UUID) -> Step:
    roles = ", ".join(dict.fromkeys(role for role, _act in step.rests_on))
    href = "" if step.id == current else reverse("books:thread", args=[step.id])
    return Step(day_words(step.day), step.said, step.signed_as, href, roles, step.id == current)


def record(request: HttpRequest, act: UUID) -> HttpResponse:
    """The public bytes of a record, as the chain holds them, for whoever checks the books."""
    here()
    body = queries.public_record(act)
    if body is None:
        raise Http404
    text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def any_act(request: HttpRequest, verb: str) -> HttpResponse:
    """The plain form of any act that a seat performs, where no room lays it out better."""
    here()
    try:
        act = act_of(verb)
    except LookupError:
        raise Http404 from None
    if act.power not in (Power.SEAT, Power.MEMBER) or not can_be_typed(act):
        raise Http404
    return act_page(
        request,
        act,
        room=BOOKS,
        room_href=reverse("books:latest"),
        on_done=lambda done: HttpResponseRedirect(reverse("books:thread", args=[done.performed or done.id])),
    )


app_name = "books"
urlpatterns = [
    path("verify/", verification, name="verification"),
    path("acts/", latest, name="latest"),
    path("acts/<uuid:act>/", thread, name="thread"),
    path("acts/<uuid:act>/record/", record, name="record"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/sign/", proposals.sign, name="sign"),
    path("proposals/withdraw/", proposals.withdraw, name="withdraw"),
    path("proposals/<uuid:id>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:id>/file/<str:name>/", proposals.file, name="proposal-file"),
    path("proposals/<uuid:id>/changes/", proposals.changes, name="proposal-changes"),
    path("do/<str:verb>/", any_act, name="any-act"),
]
