"""One election: who stood and what came of it; and the form in which it is written down, people by their codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache

from comuna.acts.authority import SignatureNeed, authority
from comuna.acts.moment import day_now
from comuna.acts.refusal import FieldError
from comuna.assemblies.models import Session
from comuna.assemblies.pages.codes import OnSheet, on_sheet, whom
from comuna.assemblies.pages.reader import Reader, reader, refused, standing_or_404
from comuna.assemblies.pages.words import session_words
from comuna.assemblies.queries import Standing
from comuna.elections import queries
from comuna.elections.acts import RecordElection, UndoElection
from comuna.elections.acts.electing import gives_as_paper_does
from comuna.elections.models import Election
from comuna.elections.pages import slips
from comuna.elections.pages.minutes import votes_table
from comuna.elections.pages.words import counted_words, counters, papers_words, places_words
from comuna.elections.queries import ElectionStanding
from comuna.look.act_page import NotDone, act_page, hand_in, refusal_part, signature_notice
from comuna.look.decode import decode
from comuna.look.forms import FormPart, form_of, help_of
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Choice,
    Do,
    Fact,
    Facts,
    Line,
    Lines,
    Notice,
    Part,
    Section,
    Sign,
    Source,
    Text,
)
from comuna.look.words import day_words
from comuna.mandates import queries as mandates
from comuna.mandates.pages.reader import here, id_in
from comuna.statutes.councils import council_in
from comuna.statutes.values import Ballot
from comuna.territory import queries as territory

CANDIDATE_LINES = 12
LISTED_UP_TO = 60  # people; of a larger roll nobody reads the list
PERSON = "person"


def election(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who stood, the votes, and who took a seat."""
    here()
    try:
        one = queries.election(id)
    except Election.DoesNotExist:
        raise Http404 from None
    who = reader(request)
    page = Page(
        title=_("Election: {seat}").format(seat=one.kind_words),
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        answer=Answer(_("Election: {seat}").format(seat=one.kind_words), day_words(one.session.sits_on)),
        notices=_tie(one),
        next=_next(one, who),
        facts=[Section(_("Votes"), [votes_table(one.candidacies)], wide=True), _facts(one)],
        source=Source(
            links=[
                Link(_("The session"), reverse("assemblies:session", args=[one.session.id])),
                Link(_("The whole thread"), reverse("books:thread", args=[one.election.id])),
            ]
        ),
    )
    return show(request, page)


def _facts(one: ElectionStanding) -> Facts:
    row = one.election
    facts = [
        Fact(_("Places to fill"), places_words(row)),
        Fact(_("Present"), row.present),
        Fact(_("Ballots"), papers_words(row)),
        *_one_by_one(row),
        Fact(_("Who counted"), counted_words(row.counter_one, row.counter_two)),
        Fact(_("First day in office"), row.begins),
        Fact(_("Last day"), row.ends or _("until recalled")),
    ]
    if row.runoff_of_id is not None:
        href = reverse("elections:election", args=[row.runoff_of_id])
        facts.append(Fact(_("Further vote after a tie"), Link(_("the first vote"), href)))
    return Facts(facts)


def _one_by_one(row: Election) -> list[Fact]:
    """That the ballots stand in the books, and what proves it; never what stands on each: who marks several names can
    be known by them."""
    typed = row.slips.count()
    words = ngettext("{count} ballot, which gives these votes", "{count} ballots, which give these votes", typed)
    return [Fact(_("Ballots one by one"), words.format(count=typed))] if typed else []


def _tie(one: ElectionStanding) -> list[Notice]:
    if not one.tied:
        return []
    return [Notice(Sign.WAITING, _("A tie waits for a further vote"), [_("Only those who are tied stand in it.")])]


def _next(one: ElectionStanding, who: Reader) -> Part | None:
    """The further vote that is due; taking it back while the session lasts."""
    stands = standing_or_404(one.session.id)
    undo = f"{reverse('elections:undo-election')}?election={one.election.id}"
    may_undo = stands.is_open and who.may(UndoElection, stands.session.organ)
    links = (Link(UndoElection.label, undo),) if may_undo else ()
    running = _running(one, who)
    if one.tied and running is not None and who.may(RecordElection, running.organ):
        href = f"{reverse('elections:record')}?session={running.id}&runoff_of={one.election.id}"
        return Do(_("Record the further vote"), href, links)
    return Do(links[0].words, links[0].href) if links else None


def _running(one: ElectionStanding, who: Reader) -> Session | None:
    """The session in which the further vote can be written down: the election's own, else a later one that goes on."""
    running = [row for row in queries.sessions_that_elect(who.commune, who.day) if row.organ == one.session.organ]
    return next((row for row in running if row.id == one.session.id), running[0] if running else None)


def undo_election(request: HttpRequest) -> HttpResponse:
    commune, id = here(), id_in(request, "election")
    if not Election.objects.filter(pk=id, commune=commune).exists():
        raise Http404
    one = queries.election(id)
    return act_page(
        request,
        UndoElection,
        room=_("Elections and recalls"),
        room_href=reverse("elections:board"),
        initial={"election": id},
        fixed={"election": one.kind_words},
        on_done=lambda done: HttpResponseRedirect(reverse("assemblies:session", args=[one.session.id])),
        cancel=reverse("elections:election", args=[id]),
    )


# Writing it down


@never_cache
def record(request: HttpRequest) -> HttpResponse:
    """The form of an election in a session; without one named, in the newest that goes on."""
    who = reader(request)
    stands = _session(request, who)
    if stands is None:
        nothing = _("No session goes on with its quorum. An election is written down in the session that votes.")
        return show(request, Page(RecordElection.label, facts=[Notice(Sign.WAITING, nothing)]))
    refusal = refused(request, RecordElection, who, stands.session.organ)
    if refusal is not None:
        part = refusal_part(request, RecordElection.label, refusal)
        return show(request, Page(RecordElection.label, next=part), status=403)
    here = territory.people_here(who.commune, who.day, council_in(stands.session.organ))
    people = on_sheet(who.commune, list(here.values_list("id", flat=True)))
    errors: list[FieldError] = []
    not_done: NotDone | None = None
    if request.method == "POST":
        typed, errors = _with_people(request.POST, people)
        typed, unreadable = slips.split(typed)
        errors += unreadable
        act, more = decode(RecordElection, typed)
        errors = errors or more
        if act is not None and not errors:
            answer = hand_in(request, act)
            if not isinstance(answer, NotDone):
                return _to_election(answer.id)
            not_done = answer
    return _form_page(request, stands, people, errors, not_done)


def _session(request: HttpRequest, who: Reader) -> Standing | None:
    wanted = request.GET.get("session") or request.POST.get("session")
    if wanted:
        return standing_or_404(id_in(request, "session"))
    running = queries.sessions_that_elect(who.commune, who.day)
    return standing_or_404(running[0].id) if running else None


def _with_people(typed: QueryDict, people: Sequence[OnSheet]) -> tuple[QueryDict, list[FieldError]]:
    """The form with each code replaced by whom it stands for."""
    found = typed.copy()
    errors: list[FieldError] = []
    for name in typed:
        words = str(typed[name]).strip()
        if not (name.startswith("candidates.") and name.endswith(f".{PERSON}")) or not words:
            continue
        person, fault = whom(words, people)
        if person is None:
            errors.append(FieldError(name, "assemblies.no-such-code", fault))
        else:
            found[name] = str(person)
    return found, errors


def _to_election(id: UUID) -> HttpResponse:
    """To its page; to the proposal's where several seats must sign first."""
    known = Election.objects.filter(pk=id).exists()
    return HttpResponseRedirect(reverse("elections:election" if known else "books:thread", args=[id]))


def _form_page(
    request: HttpRequest,
    stands: Standing,
    people: Sequence[OnSheet],
    errors: Sequence[FieldError],
    not_done: NotDone | None,
) -> HttpResponse:
    words = session_words(stands.statute, stands.session)
    fixed = {"session": words}
    first = _runoff(request)
    if first is not None:
        fixed |= {"runoff_of": first.kind_words, "kind": first.kind_words}
    if not_done is not None and not_done.field:
        errors = [FieldError(not_done.field, "", getattr(not_done.part, "words", ""))]
    need = _signers(stands)
    form = form_of(
        RecordElection,
        typed=request.POST if request.method == "POST" else _tied(stands, people, first),
        initial={"session": stands.session.id},
        choices={"kind": _kinds(stands), **counters(stands.session.id)},
        fixed=fixed,
        errors=errors,
        blank_rows=0 if first is not None else CANDIDATE_LINES,
        propose=need is not None,
        cancel=reverse("assemblies:session", args=[stands.session.id]),
    )
    form = slips.with_text(form, request.POST if request.method == "POST" else None, list(errors))
    left_out = _left_out(request, first, errors)
    form = replace(form, controls=tuple(one for one in form.controls if one.name not in left_out))
    few = people if len(people) <= LISTED_UP_TO else ()
    codes = [Section(_("Everybody's code"), [Lines([Line(one.name, more=one.code) for one in few])])] if few else []
    page = Page(
        title=RecordElection.label,
        room=words,
        room_href=reverse("assemblies:session", args=[stands.session.id]),
        answer=Answer(RecordElection.label, help_of(RecordElection)),
        next=not_done.part if not_done else None,
        facts=[
            *([signature_notice(need)] if need else []),
            Text(_("Write each who stood by the code of the sign-in sheet, such as 17K, or by name.")),
            *_slips(stands, first),
            FormPart(form),
            *codes,
        ],
    )
    return show(request, page, status=not_done.status if not_done else 422 if errors else 200)


def _signers(stands: Standing) -> SignatureNeed | None:
    """Who must sign, where it is more than one."""
    row = stands.session
    where = row.organ, None, gives_as_paper_does(row.id)
    need = authority().signatures(RecordElection, row.commune, day_now(row.commune), *where)
    return need if need is not None and need.needed > 1 else None


def _slips(stands: Standing, first: ElectionStanding | None) -> list[Part]:
    """Paper to vote on, for each seat that may be filled by secret ballot."""
    kinds = queries.kinds_chosen_in(stands.statute, stands.organ.id)
    secret = [one for one in kinds if not one.founding and one.ballot is not Ballot.HANDS]
    wanted = [one for one in secret if first is None or one.id == first.election.kind]
    href = reverse("assemblies:slips", args=[stands.session.id])
    lines = [Line(mandates.named(one.name), href=f"{href}?seat={quote(one.id)}") for one in wanted]
    return [Section(_("Print slips"), [Lines(lines)], wide=True, folded=len(lines) > 1)] if lines else []


def _left_out(request: HttpRequest, first: ElectionStanding | None, errors: Sequence[FieldError]) -> set[str]:
    """What the form asks only where it matters: which tie a further vote is about, and whether a tie is right."""
    asked = {error.field for error in errors} | ({"tie_stands"} if "tie_stands" in request.POST else set())
    return {"tie_stands"} - asked if first is not None else {"runoff_of", "tie_stands"} - asked


def _runoff(request: HttpRequest) -> ElectionStanding | None:
    """The election whose tie the further vote is about."""
    wanted = request.GET.get("runoff_of") or request.POST.get("runoff_of")
    if not wanted:
        return None
    try:
        return queries.election(id_in(request, "runoff_of"))
    except Election.DoesNotExist:
        raise Http404 from None


def _kinds(stands: Standing) -> list[Choice]:
    kinds = queries.kinds_chosen_in(stands.statute, stands.organ.id)
    return [Choice(kind.id, mandates.named(kind.name)) for kind in kinds if not kind.founding]


def _tied(stands: Standing, people: Sequence[OnSheet], first: ElectionStanding | None) -> QueryDict | None:
    """A further vote begins with those who are tied; any other with an empty form."""
    if first is None:
        return None
    typed = QueryDict(mutable=True)
    typed["session"], typed["runoff_of"] = str(stands.session.id), str(first.election.id)
    typed["kind"], typed["ballot"], typed["marks"] = first.election.kind, first.election.ballot, "1"
    codes = {one.person: one.code for one in people}
    for number, row in enumerate(first.tied):
        typed[f"candidates.{number}.{PERSON}"] = codes.get(row.person_id, "")
        typed[f"candidates.{number}.public_name"] = row.public_name
    return typed
