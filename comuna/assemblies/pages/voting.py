"""The forms of a vote: hands, names, papers; and how a spokesperson is to vote elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, pgettext
from django.views.decorators.cache import never_cache

from comuna.acts.act import Act
from comuna.acts.refusal import FieldError
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    Instruct,
    RecordCount,
    RecordDiffering,
    RecordNames,
    RecordPapers,
    UndoInstruction,
    Vote,
)
from comuna.assemblies.acts.voting import VOTED_AT
from comuna.assemblies.models import Attendance
from comuna.assemblies.pages.nothing_to_vote import on_a_motion
from comuna.assemblies.pages.reader import hour_now, reader, refused
from comuna.assemblies.pages.recording import about_session
from comuna.assemblies.pages.words import (
    added_words,
    changed_words,
    differing_words,
    erased_or,
    motion_words,
    organ_words,
    resolution_words,
    session_words,
    title_of,
    vote_words,
)
from comuna.assemblies.queries import MotionStanding, Standing
from comuna.look.act_page import NotDone, act_page, hand_in, refusal_part
from comuna.look.decode import decode
from comuna.look.forms import Control, Fault, Form, FormPart, help_of
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Choice, Fact, Facts, Filters, Notice, Part, Sign, Text
from comuna.look.words import number_words
from comuna.mandates.pages.reader import here, id_in
from comuna.mandates.queries import seat_words
from comuna.statutes import rules as counting
from comuna.statutes.words import bound, majority as majority_rule
from comuna.territory.queries import names

DID_NOT_VOTE = "none"
SEATS_WITH_BUTTONS = 7


@on_a_motion
def vote(request: HttpRequest, stands: Standing, held: MotionStanding) -> HttpResponse:
    """The hands counted on a motion: the one asked for, else the first that waits. By name, where those who sent the
    members have decided how they vote."""
    if request.method == "GET" and queries.is_voted_by_name(stands, held.motion.item_id):
        return HttpResponseRedirect(_href(stands, held, "assemblies:names"))
    act = RecordDiffering if _counts_differ(request) else RecordCount
    none = {"against": 0, "abstain": 0, "against_two": 0, "abstain_two": 0}
    return _counted(request, stands, held, act, none, _("How many hands?"))


def _counts_differ(request: HttpRequest) -> bool:
    """Whether what was typed are two counts that are not the same: both are kept, and nothing is decided by them."""
    act, _errors = decode(RecordDiffering, request.POST) if request.method == "POST" else (None, ())
    return act is not None and (act.votes_for, act.against, act.abstain) != (
        act.votes_for_two,
        act.against_two,
        act.abstain_two,
    )


@on_a_motion
def papers(request: HttpRequest, stands: Standing, held: MotionStanding) -> HttpResponse:
    """A secret vote, once its papers are counted."""
    none = {"blank": 0, "spoiled": 0, "returned": 0}
    return _counted(request, stands, held, RecordPapers, none, _("How many papers?"))


def _counted(
    request: HttpRequest,
    stands: Standing,
    held: MotionStanding,
    act: type[Act],
    initial: Mapping[str, Any],
    title: str,
) -> HttpResponse:
    people = _who_may_count(stands)
    return about_session(
        request,
        stands.session.id,
        act,
        stands=stands,
        initial={"motion": held.motion.id, "hour": hour_now(stands), **initial, **_who_counted(stands)},
        fixed={"motion": f"{number_words(held.motion.number)}. {_words(held)}"},
        choices={"counter_one": people, "counter_two": people},
        before=_before(stands, held, act),
        title=title,
    )


def _href(stands: Standing, held: MotionStanding, page: str) -> str:
    return f"{reverse(page, args=[stands.session.id])}?motion={held.motion.id}"


def _who_may_count(stands: Standing) -> list[Choice]:
    here_now = names(stands.here, knows=True)
    return [Choice(str(person), name) for person, name in sorted(here_now.items(), key=lambda pair: pair[1])]


def _who_counted(stands: Standing) -> dict[str, UUID | None]:
    """Who counted the vote before this one."""
    motions = [held for item in queries.items(stands.session.id) for held in item.motions]
    before = next((one.tally for one in reversed(motions) if one.tally is not None), None)
    return {} if before is None else {"counter_one": before.counter_one, "counter_two": before.counter_two}


def _before(stands: Standing, held: MotionStanding, act: type[Act]) -> list[Part]:
    """The motion, what it needs, and the other ways of voting on it."""
    ways: list[tuple[type[Act], str, str]] = [
        (RecordDiffering if act is RecordDiffering else RecordCount, "assemblies:vote", pgettext("vote", "hands")),
        (RecordPapers, "assemblies:papers", pgettext("vote", "secret, on paper")),
    ]
    if not stands.everyone_sits:
        ways.insert(1, (RecordNames, "assemblies:names", pgettext("vote", "by name")))
    links = [Link(words, _href(stands, held, page), current=one is act) for one, page, words in ways]
    if queries.is_voted_by_name(stands, held.motion.item_id):
        links = [link for link in links if link.current]
    return [
        *([Text(_words(held))] if act is RecordNames else []),  # the others have it right above the counts
        *_beside_instructions(stands, held),
        *([Notice(Sign.WAITING, differing_words(one)) for one in held.differing]),
        *([Facts([_slips(stands, held)])] if act is RecordPapers else []),
        *([Filters(_("How it is voted"), links)] if len(links) > 1 else []),
        _majority_facts(stands),
    ]


def _words(held: MotionStanding) -> str:
    """What is voted on; that it is an amendment, and to which motion."""
    amended = held.motion.amends
    return motion_words(held, {amended.id: amended.number} if amended else {})


def _beside_instructions(stands: Standing, held: MotionStanding) -> list[Part]:
    """Where a vote here carries a mandate: why this one carries none, or another."""
    if stands.organ.imperative is None:
        return []
    item = held.motion.item
    said = [added_words(stands, item)]
    if queries.instructions_on(item.id):
        said.append(_("An amendment: everybody votes as they think best.") if held.motion.amends_id else "")
        said.append(changed_words() if held.wording is not None else "")
    return [Text(words) for words in said if words]


def _slips(stands: Standing, held: MotionStanding) -> Fact:
    return Fact(_("Slips"), Link(_("Print slips"), _href(stands, held, "assemblies:slips")))


def _majority_facts(stands: Standing) -> Facts:
    """Who is there and what a motion needs to pass."""
    facts = [Fact(_("Present"), stands.present)]
    majority = stands.organ.decision
    if majority is not None:
        needed = counting.votes_needed(majority, queries.counts_of(stands, stands.present))
        said = f"{majority_rule(majority)} ({majority.rule.source})"
        facts.append(Fact(_("To pass"), said if needed is None else f"{number_words(needed)}: {said}"))
    facts.append(Fact(_("A tie"), _("does not pass")))
    return Facts(facts)


# By name


@never_cache
@on_a_motion
def by_name(request: HttpRequest, stands: Standing, held: MotionStanding) -> HttpResponse:
    """Every seat that is present with the votes it may give, those bound by an instruction with it."""
    one = reader(request)
    refusal = refused(request, RecordNames, one, stands.session.organ)
    if refusal is not None:
        return show(
            request, _page_of_names(stands, held, refusal_part(request, RecordNames.label, refusal)), status=403
        )
    seats = queries.seated_now(stands.session.id)
    errors: Sequence[FieldError] = ()
    not_done: Part | None = None
    status = 200
    if request.method == "POST":
        act, errors = decode(RecordNames, _as_fields(request.POST, seats))
        errors = [*_not_called(request.POST, seats), *errors]
        status = 422
        if act is not None and not errors:
            answer = hand_in(request, act)
            if not isinstance(answer, NotDone):
                proposed = request.POST.get("_propose") == "1"
                href = reverse("books:proposal", args=[answer.id]) if proposed else _session(stands)
                return HttpResponseRedirect(href)
            not_done, status = _at_seat(answer, act, stands), answer.status
    form = _form_of_names(request, stands, held, seats, errors)
    return show(request, _page_of_names(stands, held, not_done, FormPart(form)), status=status)


def _session(stands: Standing) -> str:
    return reverse("assemblies:session", args=[stands.session.id])


def _page_of_names(stands: Standing, held: MotionStanding, not_done: Part | None, *form: Part) -> Page:
    return Page(
        title=RecordNames.label,
        room=session_words(stands.statute, stands.session),
        room_href=_session(stands),
        answer=Answer(_("How did each one vote?"), help_of(RecordNames)),
        next=not_done,
        facts=[*_before(stands, held, RecordNames), *form],
    )


def _form_of_names(
    request: HttpRequest,
    stands: Standing,
    held: MotionStanding,
    seats: Sequence[Attendance],
    errors: Sequence[FieldError],
) -> Form:
    typed = request.POST if request.method == "POST" else QueryDict()
    who = names([row.person for row in seats], knows=True)
    given_by = {given.organ: given for given in queries.instructions_on(held.motion.item_id)}
    sent_by = {kind.id: kind.chosen_by for kind in stands.statute.seats_in(stands.organ.id)}
    choices = (*(Choice(value, words) for value, words in Vote.labels().items()), Choice(DID_NOT_VOTE, _("no vote")))
    widget = "radios" if len(seats) <= SEATS_WITH_BUTTONS else "select"  # a parliament of buttons is long on a phone
    faults = {error.field: str(error.words) for error in errors}
    controls = []
    for row in seats:
        given = given_by.get(sent_by.get(row.seat, ""))
        told = _("Instruction: {vote}").format(vote=vote_words(given.vote)) if given else ""
        words = seat_words(stands.statute, row.seat, row.number)
        controls.append(
            Control(
                _control(row),
                widget,
                f"{words}: {who.get(row.person, '')}",
                help=told,
                values=(typed.get(_control(row), ""),),
                choices=choices if widget == "radios" else (Choice("", "—"), *choices),
                fault=faults.get(_control(row), ""),
            )
        )
    people = (Choice("", "—"), *_who_may_count(stands))
    counted = _who_counted(stands)
    for name, label in (("counter_one", _("Heard by")), ("counter_two", _("and by"))):
        value = typed.get(name) or str(counted.get(name) or "")
        fault = faults.get(name, "")
        controls.append(Control(name, "select", label, values=(value,), choices=people, fault=fault))
    at, fault = typed.get("hour", hour_now(stands)), faults.get("hour", "")
    controls.append(Control("hour", "hour", VOTED_AT.words, help=VOTED_AT.help, values=(at,), fault=fault))
    rule = reader(request).statute.signatures_for(RecordNames.verb)
    return Form(
        id=uuid4(),
        button=RecordNames.label,
        controls=(Control("motion", "hidden", "", values=(str(held.motion.id),)), *controls),
        faults=_summary(controls, faults),
        propose=bool(rule and rule.needed > 1),
        cancel=_session(stands),
    )


def _summary(controls: Sequence[Control], faults: Mapping[str, str]) -> tuple[Fault, ...]:
    """Each named by the words of its field, in the order in which they stand; what has no field here, by itself."""
    named = {control.name: control for control in controls}
    at_fields = [Fault(one.id, one.label, faults[name]) for name, one in named.items() if name in faults]
    others = [Fault("", _("Votes"), words) for name, words in faults.items() if name not in named]
    return (*at_fields, *others)


def _not_called(typed: QueryDict, seats: Sequence[Attendance]) -> list[FieldError]:
    """Every seat that is present is called, and something is written beside it."""
    words = _("Nothing is written beside this seat. Say how it voted, or that it did not.")
    return [FieldError(_control(row), "assemblies.not-called", words) for row in seats if not typed.get(_control(row))]


def _control(row: Attendance) -> str:
    return f"vote.{row.seat}.{row.number}"


def _as_fields(typed: QueryDict, seats: Sequence[Attendance]) -> QueryDict:
    """What was chosen for each seat as the lines of the act, seats without a vote left out."""
    fields = typed.copy()
    voted = [row for row in seats if typed.get(_control(row), DID_NOT_VOTE) not in ("", DID_NOT_VOTE)]
    for place, row in enumerate(voted):
        line = {"seat": row.seat, "number": str(row.number), "vote": str(typed.get(_control(row)))}
        fields.update({f"votes.{place}.{column}": value for column, value in line.items()})
    for row in seats:
        fields.pop(_control(row), None)
    return fields


def _at_seat(answer: NotDone, act: RecordNames, stands: Standing) -> Part:
    """A refusal of one line says whose it is."""
    parts = answer.field.split(".")
    if parts[0] == "votes" and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < len(act.votes):
        row = act.votes[int(parts[1])]
        words = seat_words(stands.statute, row.seat, row.number)
        refusal = answer.part
        said = [str(getattr(refusal, name, "")) for name in ("words", "citation")]
        return Notice(Sign.REFUSED, words, [one for one in said if one])
    return answer.part


# How a spokesperson votes elsewhere


def instruct(request: HttpRequest, id: UUID) -> HttpResponse:
    """From the page of a decision: for which item of which session, and how."""
    decided = queries.resolution(id, here())
    if decided is None:
        raise Http404
    row, one = decided.resolution, reader(request)
    open_items = queries.items_open_to(one.commune, row.organ, one.day)
    words = [
        Choice(str(item.id), f"{session_words(stands.statute, stands.session)}: {item.number}. {title_of(item)}")
        for stands, item in open_items
    ]
    organs = {stands.organ.id: stands.organ for stands, _item in open_items}.values()
    facts = [
        Fact(organ_words(one.statute, organ.id), f"{bound(organ.imperative.how)} ({organ.imperative.rule.source})")
        for organ in organs
        if organ.imperative
    ]
    href = reverse("assemblies:resolution", args=[id])
    nothing = Text(_("No session is convened in which your spokesperson sits and votes as instructed."))
    return act_page(
        request,
        Instruct,
        room=resolution_words(row),
        room_href=href,
        initial={"motion": row.motion_id},
        fixed={"motion": resolution_words(row)},
        choices={"item": words},
        before=[Text(erased_or(decided.text)), Facts(facts) if facts else nothing],
        on_done=lambda done: HttpResponseRedirect(href),
        cancel=href,
        organ=row.organ,
    )


def undo_instruction(request: HttpRequest) -> HttpResponse:
    found = queries.instruction(id_in(request, "instruction"), here())
    if found is None:
        raise Http404
    one = reader(request)
    said = f"{organ_words(one.statute, found.organ)}: {vote_words(found.vote)}"
    return about_session(
        request,
        found.item.session_id,
        UndoInstruction,
        initial={"instruction": found.id},
        fixed={"instruction": said},
    )
