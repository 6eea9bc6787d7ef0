"""What waits for signatures: every word of it, who signed, and the button to sign."""

from __future__ import annotations

from datetime import date
from difflib import unified_diff
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from pydantic import BaseModel

from comuna.acts import queries
from comuna.acts.act import Act, By, act_of
from comuna.acts.acts import Sign, Withdraw
from comuna.acts.authority import authority
from comuna.acts.fields import Field, Kind, fields_of
from comuna.acts.models import Proposal
from comuna.acts.proposals import Stands, open_proposals, proposed_act, stands
from comuna.acts.reading import read_one
from comuna.journal import files
from comuna.look.act_page import act_page
from comuna.look.frame import Link, actor_of
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Part,
    Section,
    Sign as Mark,
    Source,
    Status,
    Text,
    Value,
    WhoCan,
)
from comuna.look.words import day_words, number_words
from comuna.mandates.pages.reader import here, today_in
from comuna.mandates.queries import Holding, holders, who_may
from comuna.statutes import queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory.models import Person
from comuna.territory.queries import names
from comuna.treasury.acts import Pay
from comuna.treasury.pages.proposed import asks_words
from comuna.treasury.pages.rows import row_shown

WAITING = gettext_lazy("What waits for signatures")


def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for signatures, seen by everybody."""
    commune, today = _here_and_today()
    waiting = [stands(proposal, today) for proposal in open_proposals(commune, today)]
    lines = [
        Line(
            str(act_of(here.proposal.verb).label),
            _("until {day}").format(day=day_words(here.proposal.expires_on)),
            " · ".join(filter(None, [asks_words(here.act, commune), _signatures_words(here)])),
            reverse("books:proposal", args=[here.proposal.id]),
            Status(Mark.WAITING, _("waits")),
        )
        for here in waiting
    ]
    title = ngettext("{count} proposal waits for signatures", "{count} proposals wait for signatures", len(lines))
    page = Page(
        title=WAITING,
        room=_("The books"),
        room_href=reverse("books:latest"),
        answer=Answer(title.format(count=number_words(len(lines))) if lines else _("No proposal waits for signatures")),
        facts=[Lines(lines, Empty(_("Nothing waits. What several seats must sign stands here until they have.")))],
    )
    return show(request, page)


def proposal(request: HttpRequest, id: UUID) -> HttpResponse:
    """One proposal: what is proposed, who signed, and the button to sign."""
    commune, today = _here_and_today()
    found = next((one for one in open_proposals(commune, today) if one.id == id), None)
    if found is None:
        return HttpResponseRedirect(reverse("books:thread", args=[id]))
    here = stands(found, today)
    label, may_sign = type(here.act).label, here.may_sign(actor_of(request).person)
    signed: list[Part] = [Lines([_signer(mandate, mandate in here.counting) for mandate, _person in here.signed])]
    if here.why:
        signed.append(Text(here.why))
    page = Page(
        title=str(label),
        room=WAITING,
        room_href=reverse("books:proposals"),
        answer=Answer(
            _("{what}: {signed}").format(what=label, signed=_signatures_words(here)),
            _("Open until {day}").format(day=day_words(found.expires_on)),
        ),
        next=_next(request, here, may_sign),
        facts=[_proposed(here, may_sign), Section(_("Signed by"), signed)],
        source=Source(links=[*_paper(found), Link(_("The whole thread"), reverse("books:thread", args=[found.id]))]),
    )
    return show(request, page)


def _paper(proposal: Proposal) -> list[Link]:
    """The sheet on which it is signed by hand, where there is one."""
    if proposal.verb != Pay.verb:
        return []
    return [Link(_("Print the payment order"), reverse("treasury:order", args=[proposal.id]))]


def _next(request: HttpRequest, here: Stands, may_sign: bool) -> Part | None:
    """Sign, for who may and has not; take it back, for who proposed it; else who can sign."""
    person, id = actor_of(request).person, here.proposal.id
    signers = [one for _mandate, one in here.signed]
    if person is not None and person in signers:
        withdraw = Do(Withdraw.label, f"{reverse('books:withdraw')}?proposal={id}")
        return withdraw if person == signers[0] else None
    if may_sign:
        return Do(_("Sign"), f"{reverse('books:sign')}?proposal={id}")
    return WhoCan(Sign.label, [f"{one.words}: {one.name}" for one in _who_can(here) if one.person not in signers])


def _who_can(here: Stands) -> list[Holding]:
    """By their seats alone: who is left out because she lives with whom it is about, nobody reads here."""
    commune, today = _here_and_today()
    if here.need is None:
        held = who_may(commune, here.proposal.verb, today, here.act.in_organ(), council=here.act.in_council())
    else:
        held = holders(commune, today, kinds=set(here.need.seats))
    by_mandate = {one.mandate: one for one in held}
    return [by_mandate[mandate] for mandate in here.with_power(list(by_mandate))]


def _here_and_today() -> tuple[UUID, date]:
    commune = here()
    return commune, today_in(commune)


def _signatures_words(here: Stands) -> str:
    """Of those that are needed today: the door asks for no fewer."""
    words = ngettext("{signed} of {needed} signature", "{signed} of {needed} signatures", here.needed)
    return words.format(signed=number_words(len(here.counting)), needed=number_words(here.needed))


def _signer(mandate: UUID, counts: bool) -> Line:
    """Why one counts no more is not said: that somebody lives with whom it is about is theirs to tell."""
    status = Status(Mark.DONE, _("counts")) if counts else Status(Mark.REFUSED, _("no longer counts"))
    more = "" if counts else _("Somebody else signs in its place.")
    return Line(authority().signs_as(By(mandate=mandate)), more=more, status=status)


# What is proposed, field by field


def _proposed(here: Stands, knows: bool) -> Section:
    """Every field. Private ones are read by whoever may sign, and by nobody else."""
    id, act = here.proposal.id, here.act
    facts = _fields(id, act, knows)
    parts: list[Part] = [Facts(facts)]
    hidden = any(field.audience not in (None, "public") for field in fields_of(type(act)))
    if hidden and not knows:
        parts.append(Text(_("Private words are read here by whoever may sign.")))
    if isinstance(act, AdoptStatute):
        href = reverse("books:proposal-changes", args=[id])
        facts.append(Fact(_("What changes"), Link(_("Line by line, beside the text in force"), href)))
    return Section(_("What is proposed"), parts)


def _fields(proposal: UUID, model: BaseModel, knows: bool, before: str = "") -> list[Fact]:
    facts = []
    for field in fields_of(type(model)):
        value = getattr(model, field.name)
        label = f"{before}{field.label}"
        if value is None or value in ("", ()):
            continue
        if field.audience not in (None, "public") and not knows:
            facts.append(Fact(label, "—"))
        elif field.kind is Kind.ROW:
            for number, row in enumerate(value, start=1):
                facts += _fields(proposal, row, knows, f"{label} {number}: ")
        else:
            several = value if isinstance(value, tuple) else (value,)
            unit = str(getattr(model, field.counted_in, "")) if field.counted_in else ""
            said = [_value(proposal, field, one, knows, unit) for one in several]
            facts.append(Fact(label, said[0] if len(said) == 1 else ", ".join(str(one) for one in said)))
    return facts


def _value(proposal: UUID, field: Field, value: Any, knows: bool, unit: str) -> Value:
    if field.kind is Kind.AMOUNT:
        return authority().amount_words(
            int(value), unit, Proposal.objects.values_list("commune", flat=True).get(pk=proposal)
        )
    if field.kind is Kind.FLAG:
        return _("yes") if value else _("no")
    if field.kind is Kind.DAY:
        return day_words(value)
    if field.kind is Kind.CHOICE:
        labels: dict[Any, Any] = getattr(field.choices, "labels", dict)()
        return str(labels.get(value, value))
    if field.kind is Kind.FILE:
        if files.described(value) is None:
            return str(value)[:16]
        return Link(_("Read the file"), reverse("books:proposal-file", args=[proposal, field.name]))
    if field.kind is Kind.ID:
        return _referred(field, value, knows)
    return number_words(value) if field.kind is Kind.NUMBER else str(value)


def _referred(field: Field, id: UUID, knows: bool) -> Value:
    """A person by name or initials, another row by the act that made it."""
    if field.to is Person or Person.objects.filter(pk=id).exists():
        return names([id], knows=knows).get(id, "—")
    if (shown := row_shown(field.to, id, _here_and_today()[1])) is not None:
        return shown
    try:
        words = queries.said(read_one(id))
    except LookupError:
        return str(id)
    return Link(words, reverse("books:thread", args=[id]))


def file(request: HttpRequest, id: UUID, name: str) -> HttpResponse:
    """A file that an open proposal would have the books cite."""
    return _text(_file_of(id, name))


def changes(request: HttpRequest, id: UUID) -> HttpResponse:
    """A proposed statute beside the one in force on its first day."""
    act = _open_act(id)
    if not isinstance(act, AdoptStatute):
        raise Http404
    commune, _today = _here_and_today()
    before = files.read(statutes.adoption_on(commune, act.first_day).digest).decode("utf-8").splitlines(keepends=True)
    after = _file_of(id, "file").decode("utf-8", "replace").splitlines(keepends=True)
    lines = unified_diff(before, after, _("in force"), _("proposed"), n=2)
    return _text("".join(lines).encode() or _("Nothing changes.").encode())


def _open_act(id: UUID) -> Act:
    if all(one.id != id for one in open_proposals(*_here_and_today())):
        raise Http404
    return proposed_act(id)


def _file_of(id: UUID, name: str) -> bytes:
    act = _open_act(id)
    if all((one.name, one.kind) != (name, Kind.FILE) for one in fields_of(type(act))):
        raise Http404
    try:
        return files.read(getattr(act, name))
    except files.NoSuchFile:
        raise Http404 from None


def _text(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/plain; charset=utf-8")


# Signing


def sign(request: HttpRequest) -> HttpResponse:
    return _about_a_proposal(request, Sign)


def withdraw(request: HttpRequest) -> HttpResponse:
    return _about_a_proposal(request, Withdraw)


def _about_a_proposal(request: HttpRequest, act: type[Sign] | type[Withdraw]) -> HttpResponse:
    try:
        about = UUID(request.GET.get("proposal") or request.POST.get("proposal", ""))
        proposed = proposed_act(about)
        here = stands(Proposal.objects.get(pk=about), _here_and_today()[1], proposed)
    except (ValueError, LookupError, Proposal.DoesNotExist):
        raise Http404 from None
    return act_page(
        request,
        act,
        room=WAITING,
        room_href=reverse("books:proposals"),
        initial={"proposal": about},
        fixed={"proposal": str(type(proposed).label)},
        before=[_proposed(here, here.may_sign(actor_of(request).person))],
        on_done=lambda done: HttpResponseRedirect(reverse("books:thread", args=[done.performed or done.id])),
    )
