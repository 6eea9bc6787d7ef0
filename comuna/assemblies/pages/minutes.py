"""Minutes: what a session was, as a printed record that carries the code of the books.

Everybody reads who sat in which seat and how many came; who keeps the minutes may print them with the
names of all who were present.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from operator import itemgetter
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext, pgettext

from comuna.assemblies import queries
from comuna.assemblies.acts import PrintCertified, RecordAttendance
from comuna.assemblies.holding import changed_outside, typed_at
from comuna.assemblies.models import Call, Closure, Differing, Tally
from comuna.assemblies.pages import also
from comuna.assemblies.pages.carried import carried
from comuna.assemblies.pages.named import by_name
from comuna.assemblies.pages.notes import note_words
from comuna.assemblies.pages.noticing import told
from comuna.assemblies.pages.people import PUBLIC, Telling, attendance, mentioned, signed, who_signs
from comuna.assemblies.pages.reader import Reader, reader, refused, standing_or_404
from comuna.assemblies.pages.rolls import roll_words
from comuna.assemblies.pages.states import call_moment, seats_changed
from comuna.assemblies.pages.undone import taken_back_during
from comuna.assemblies.pages.words import (
    added_words,
    altered,
    call_words,
    differing_words,
    erased_or,
    method_words,
    motion_status,
    moves_words,
    quorum_words,
    resolution_words,
    responsible_words,
    session_words,
    status_words,
    struck_words,
    tally_words,
    title_of as item_title,
    voted_at_words,
)
from comuna.assemblies.queries import ItemStanding, MotionStanding, Standing
from comuna.assemblies.rules import minutes_between, minutes_into, moment_after
from comuna.journal import checkpoint
from comuna.journal.lock import once_a_page
from comuna.journal.models import Checkpoint
from comuna.look import pdf
from comuna.look.act_page import refusal_part
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Code,
    Column,
    Fact,
    Facts,
    Many,
    Notice,
    Part,
    Section,
    Sign,
    Signatures,
    Small,
    Source,
    Table,
    Text,
    Value,
)
from comuna.look.words import day_words, hour_words, moment_words, number_words, share_words
from comuna.statutes.words import majority as majority_rule
from comuna.territory.queries import names

TYPED_LATER_MINUTES = 60


def minutes(request: HttpRequest, id: UUID) -> HttpResponse:
    """``?names=1`` gives the names of those present to whoever may record them."""
    stands, one = standing_or_404(id), reader(request)
    stop = not_to_be_signed(request, stands)
    if stop is not None:
        return stop
    with_names = request.GET.get("names") == "1"
    if with_names:
        refusal = refused(request, RecordAttendance, one, stands.session.organ)
        if refusal is not None:
            part = refusal_part(request, _("Minutes with names"), refusal)
            return show(request, Page(_("Minutes with names"), next=part), status=403)
    page = page_of(stands, Telling(full_names=with_names), Source(links=_links(stands, with_names, one)))
    response = show(request, page)
    response["Cache-Control"] = "no-store"  # held against the records each time they are printed
    return response


def page_of(stands: Standing, telling: Telling = PUBLIC, source: Source | None = None) -> Page:
    """The minutes: for a screen with its links, for paper without."""
    id = stands.session.id
    present = queries.attendance(id)
    items = queries.items(id)
    known = names(mentioned(stands, items, present, telling), knows=telling.full_names)
    witness = queries.witness_of(stands.closure) if stands.closure else None
    told = also.told_by(stands)
    return Page(
        title=title_of(stands),
        room=session_words(stands.statute, stands.session),
        room_href=reverse("assemblies:session", args=[id]),
        answer=_heading(stands),
        notices=_unfinished(stands, witness),
        facts=[
            _opening(stands, known),
            *_calls(stands),
            attendance(stands, present, known, telling),
            *[_item(stands, item, known, bool(told)) for item in items if _is_told(item)],
            *carried(stands, items, partial(_noted_alone, stands)),
            *by_name(stands, items),
            *also.parts_of(stands, telling.full_names),
            *seats_changed(stands, told),
            *taken_back_during(stands),
            *([Text(_closing(stands.closure))] if stands.closure else []),
            *_foot(stands, witness, who_signs(stands, items, present, known, telling)),
        ],
        source=source,
        paper=True,
        every_sheet=checkpoint.paper_code(witness) if witness else "",
    )


def title_of(stands: Standing) -> str:
    return _("Minutes: {session}").format(session=session_words(stands.statute, stands.session))


def not_to_be_signed(request: HttpRequest, stands: Standing) -> HttpResponse | None:
    """Instead of minutes whose values are not those of the records: no vote, no code, no lines to sign on. None where
    all of it fits."""
    id = stands.session.id
    changed = [*changed_outside(id), *also.changed_in(id)]
    if not changed:
        return None
    page = Page(
        title=title_of(stands),
        room=session_words(stands.statute, stands.session),
        room_href=reverse("assemblies:session", args=[id]),
        answer=Answer(_("These minutes cannot be printed")),
        notices=[altered(changed)],
        source=Source(links=[Link(_("Check the code"), reverse("books:verification"))]),
    )
    return show(request, page, status=409)


def _heading(stands: Standing) -> Answer:
    session = stands.session
    decided = quorum_words(stands.calls[-1]) if stands.calls else _("No call was made yet")
    title = _("Minutes: {session}").format(session=session_words(stands.statute, session))
    return Answer(title, f"{moment_words(session.day, session.hour)}. {decided}", status_words(stands))


def _unfinished(stands: Standing, witness: Checkpoint | None) -> list[Notice]:
    if stands.cancellation is not None:
        return [Notice(Sign.REFUSED, _("This session was cancelled"), [erased_or(stands.cancellation.reason)])]
    if stands.closure is None:
        words = _("The code of the books stands here once the session is closed.")
        return [Notice(Sign.WAITING, _("These minutes are not finished"), [words])]
    if witness is None:
        return [Notice(Sign.WAITING, _("The books have not been witnessed since this session was closed"))]
    return []


def _opening(stands: Standing, known: dict[UUID, str]) -> Facts:
    session = stands.session
    facts = [
        Fact(_("Place"), erased_or(session.place)),
        Fact(_("Day and hour"), moment_words(session.day, session.hour)),
        Fact(_("Convened by"), _convened(stands)),
    ]
    facts += told(stands)
    if stands.moves:
        facts.append(Fact(_("Moved"), Many(moves_words(stands.moves, stands.session))))
    if stands.closure and stands.closure.chaired_by:
        facts.append(Fact(_("Directed the debate"), known.get(stands.closure.chaired_by)))
    if stands.closure:
        facts.append(Fact(_("Kept the minutes"), signed(stands.closure.id)))
    return Facts(facts)


def _convened(stands: Standing) -> str:
    who = signed(stands.session.id)
    if stands.session.from_paper:
        return _("{who}, recorded afterwards from paper").format(who=who)
    days, (day, hour) = stands.session.notice_days, stands.called_for_first
    at = typed_at([stands.session.id])[stands.session.id]
    if not days and at.date() == day:  # how soon before, or that it was after, is for whoever signs to judge
        said = _("{who}, the same day at {hour}").format(who=who, hour=hour_words(f"{at:%H:%M}"))
    else:
        said = ngettext("{who}, {n} day before", "{who}, {n} days before", days).format(who=who, n=number_words(days))
    return _("{days}, for {moment}").format(days=said, moment=moment_words(day, hour)) if stands.moves else said


def _calls(stands: Standing) -> list[Part]:
    """Each call with both numbers and the rule between them."""
    if not stands.calls:
        return []
    columns = [
        Column(_("Call"), head=True),
        Column(_("Hour")),
        Column(_("Present"), number=True),
        Column(_("Needed"), number=True),
        Column(_("On the roll"), number=True),
        Column(_("Quorum")),
    ]
    typed = typed_at([call.id for call in stands.calls])
    rows: list[list[Value]] = [
        [
            capfirst(call_words(call.number)),
            _when(stands, call, typed),
            call.present,
            call.needed,
            call.roll,
            Many([_reached(call), Small(call.citation)]),
        ]
        for call in stands.calls
    ]
    first = stands.calls[0]
    age = _("Of the roll, {n} of unknown age.").format(n=number_words(first.unknown_age)) if first.unknown_age else ""
    away = _("Not counted, because they live elsewhere: {n}.").format(n=number_words(first.away)) if first.away else ""
    said = " ".join(filter(None, [age, away, roll_words(stands, first)]))
    return [Section(_("Calls and quorum"), [Table(_("Calls and quorum"), columns, rows)], said, wide=True)]


def _reached(call: Call) -> str:
    return capfirst(pgettext("quorum", "reached") if call.reached else pgettext("quorum", "not reached"))


def _when(stands: Standing, call: Call, typed: dict[UUID, datetime]) -> Value:
    """Its hour, and when it was typed where that was later: whoever signs knows that the hour is from paper."""
    said, at = call_moment(stands, call), typed[call.id]
    late = minutes_between((stands.day_of(call.sitting), call.hour), (at.date(), f"{at:%H:%M}"))
    return Many([said, Small(_typed_words(at))]) if late >= TYPED_LATER_MINUTES else said


def _typed_words(at: datetime) -> str:
    return _("typed {moment}").format(moment=moment_words(at.date(), f"{at:%H:%M}"))


def _typed_later(stands: Standing, tally: Tally) -> list[Value]:
    """When a vote was typed, where that was an hour or more after the hour of the vote: a quorum that is there no more
    is not voted back without a word."""
    if not tally.hour:
        return []
    counts = Tally.objects.filter(motion__session=stands.session).exclude(hour="").values_list("id", flat=True)
    at = once_a_page(("counts typed", stands.session.id), lambda: typed_at(list(counts)))[tally.id]
    voted = moment_after((stands.day, stands.hour), minutes_into(stands.hour, tally.hour))
    late = minutes_between(voted, (at.date(), f"{at:%H:%M}")) >= TYPED_LATER_MINUTES
    return [Small(_typed_words(at))] if late else []


def _is_told(item: ItemStanding) -> bool:
    """What stands on an agenda by itself is told with the earlier decisions, where nothing was put under it."""
    return bool(item.motions or not item.item.kind)


def _noted_alone(stands: Standing, held: ItemStanding) -> list[Part]:
    return [] if _is_told(held) else [Text(note_words(stands, note)) for note in held.notes]


def _item(stands: Standing, held: ItemStanding, known: dict[UUID, str], elected: bool) -> Section:
    heading = f"{held.item.number}. {item_title(held.item)}"
    if held.struck:
        return Section(heading, [Text(struck_words(held.struck))], added_words(stands, held.item))
    blocks: list[tuple[int, list[Part]]] = [(note.born, [Text(note_words(stands, note))]) for note in held.notes]
    blocks += [(motion.motion.born, _block(stands, held, motion, known)) for motion in held.main]
    parts: list[Part] = [part for _born, block in sorted(blocks, key=itemgetter(0)) for part in block]
    if not held.motions:
        nothing = (
            _("No motion was put; what was elected or recalled stands below.") if elected else _("No motion was put.")
        )
        parts.append(Text(nothing))
    return Section(heading, parts, added_words(stands, held.item))


def _block(stands: Standing, item: ItemStanding, held: MotionStanding, known: dict[UUID, str]) -> list[Part]:
    """A motion as it was put, its amendments in the order of voting, and the vote on what then stood."""
    amendments = item.amendments(held)
    if not amendments and item.notes:  # told apart from what was said
        words = _("Motion {number}: {text}").format(
            number=number_words(held.motion.number), text=erased_or(held.text, held.motion.id)
        )
        return _motion(stands, held, known, words)
    if not amendments:
        return _motion(stands, held, known)
    parts: list[Part] = [
        Text(
            _("Motion {number}, as it was put: {text}").format(
                number=number_words(held.motion.number), text=erased_or(held.motion.text, held.motion.id)
            )
        )
    ]
    for one in amendments:
        words = _("Amendment, motion {number}: {text}")
        said = words.format(number=number_words(one.motion.number), text=erased_or(one.motion.text, one.motion.id))
        parts += _motion(stands, one, known, said)
    if held.wording is not None:
        final = _("Motion {number}, as amended: {text}").format(
            number=number_words(held.motion.number), text=erased_or(held.text, held.motion.id)
        )
    else:
        final = _("Motion {number}, not amended").format(number=number_words(held.motion.number))
    return [*parts, *_motion(stands, held, known, final)]


def _motion(stands: Standing, held: MotionStanding, known: dict[UUID, str], words: str = "") -> list[Part]:
    outcome: list[Value] = [motion_status(held)]
    if held.resolution is not None:
        outcome.append(resolution_words(held.resolution))
    facts = [Fact(_("Outcome"), Many(outcome))]
    if held.differing:
        facts.insert(0, Fact(_("Counts that differ"), Many([_differing(one, known) for one in held.differing])))
    if held.tally is not None:
        at = len(facts) - 1
        facts.insert(at, Fact(_("Vote"), Many(_vote(stands, held.tally))))
        two = [known.get(one, "—") for one in (held.tally.counter_one, held.tally.counter_two) if one]
        facts.insert(at + 1, Fact(_("Who counted"), ", ".join(two)))
    if held.resolution is not None and held.resolution.responsible:
        due = held.resolution.due_on
        said = [responsible_words(stands.statute, held.resolution.responsible) or ""]
        said += [_("by {day}").format(day=day_words(due))] if due else []
        facts.append(Fact(_("Answers for it"), ", ".join(said)))
    return [Text(words or erased_or(held.text, held.motion.id)), Facts(facts)]


def _differing(one: Differing, known: dict[UUID, str]) -> str:
    who = ", ".join(known.get(person, "—") for person in (one.counter_one, one.counter_two))
    return f"{differing_words(one)} ({who})"


def _vote(stands: Standing, tally: Tally) -> list[Value]:
    """The hands, what was needed by which rule, and the share of all on the roll."""
    rule = stands.organ.decision
    said = f"{majority_rule(rule)}, {tally.citation}" if rule else tally.citation
    needed = said if tally.needed is None else f"{number_words(tally.needed)} ({said})"
    values: list[Value] = [tally_words(tally), *([Small(method_words(tally))] if method_words(tally) else [])]
    if voted_at_words(tally):
        values.append(Small(voted_at_words(tally)))
    values += _typed_later(stands, tally)
    values.append(Small(_("To pass: {needed}").format(needed=needed)))
    if stands.quorate is not None and stands.quorate.roll:
        share = share_words(tally.votes_for, stands.quorate.roll)
        values.append(Small(_("In favour, of all on the roll: {share}").format(share=share)))
    return values


def _closing(closure: Closure) -> str:
    words = _("The session ended at {hour}.").format(hour=hour_words(closure.hour))
    return words if closure.quorate else _("Without a quorum nothing was decided.") + " " + words


def _foot(stands: Standing, witness: Checkpoint | None, under: Sequence[str]) -> list[Part]:
    """The code and the lines to sign on: the neighbours who sign are the witnesses of the books."""
    parts: list[Part] = []
    if witness is not None:
        words = _("The books when this session was closed: {size} acts. Whoever keeps this paper can check them.")
        parts.append(Code(checkpoint.paper_code(witness), words.format(size=number_words(witness.size)), witness.note))
    if stands.closure is not None:
        parts.append(Section(_("Signed by"), [Signatures(under)]))
    return parts


def _links(stands: Standing, with_names: bool, one: Reader) -> list[Link]:
    id, organ = [stands.session.id], stands.session.organ
    here = reverse("assemblies:minutes", args=id)
    links = [Link(_("Back to the session"), reverse("assemblies:session", args=id))]
    if pdf.is_there():
        links.append(Link(_("As PDF"), reverse("assemblies:minutes-pdf", args=id)))
        if stands.closure is not None and one.may(PrintCertified, organ):
            links.append(Link(PrintCertified.label, reverse("assemblies:certified", args=id)))
    links.append(Link(_("Check the code"), reverse("books:verification")))
    if one.may(RecordAttendance, organ):
        links.append(Link(_("Without names"), here) if with_names else Link(_("With names"), f"{here}?names=1"))
    return links
