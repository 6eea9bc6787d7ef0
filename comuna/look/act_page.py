"""An act from its form through the door, and every answer the door may give.

``act_page`` is the whole page; ``hand_in`` is its second half, for pages that lay their form out
themselves. Nothing here is ever stored by a cache: the hidden id and token belong to one reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from comuna.acts.act import Act, Cite, Power, Signing
from comuna.acts.acts import Propose
from comuna.acts.authority import Actor, SignatureNeed, authority
from comuna.acts.door import Done, perform
from comuna.acts.moment import day_now
from comuna.acts.refusal import FieldError, IdTaken, Refused
from comuna.journal.queries import commune_here
from comuna.look.decode import ID, PROPOSE, Decimals, Decoded, decode
from comuna.look.forms import BLANK_ROWS, Choices, FormPart, form_of, help_of
from comuna.look.frame import Link, Words, actor_of
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Notice, Part, Refusal, Sign


@dataclass(frozen=True)
class NotDone:
    """Nothing was written: what to show at the top of the page, its HTTP status, and the field it is about."""

    part: Refusal | Notice
    status: int
    field: str = ""


def hand_in(
    request: HttpRequest,
    act: Act,
    *,
    grounds: Sequence[Cite] = (),
    channel: str = "web",
    on_behalf_of: UUID | None = None,
) -> Done | NotDone:
    """Perform a decoded act under the form's own id, or propose it where the form said so."""
    id = form_id(request.POST)
    if id is None:
        words = _("This form had lost its number. Nothing was written; please send it again.")
        return NotDone(Notice(Sign.REFUSED, words), 400)
    asked: Act = Propose(act=act) if request.POST.get(PROPOSE) == "1" else act
    try:
        return perform(asked, actor_of(request), id=id, grounds=grounds, channel=channel, on_behalf_of=on_behalf_of)
    except IdTaken:
        return NotDone(_TAKEN, 409)
    except Refused as refused:
        return NotDone(refusal_part(request, act.label, refused), 422, (refused.field or "").removeprefix("act."))


def refusal_part(request: HttpRequest, asked: Words, refused: Refused) -> Refusal:
    """A refusal in the grammar of the page; a stranger is led to the sign-in."""
    now = []
    if actor_of(request).person is None and commune_here() is not None:  # in empty books nobody has an account
        back = urlencode({"next": request.get_full_path()})
        now.append(Link(_("Sign in"), f"{resolve_url(settings.LOGIN_URL)}?{back}"))
    return Refusal(
        asked=asked,
        words=refused.words,
        citation=refused.citation or "",
        rule=refused.rule,
        who=refused.who,
        now=now,
    )


def act_page(
    request: HttpRequest,
    act_class: type[Act],
    *,
    on_done: Callable[[Done], HttpResponse],
    choices: Choices | None = None,
    initial: Mapping[str, Any] | None = None,
    fixed: Mapping[str, Words] | None = None,
    room: Words = "",
    room_href: str = "",
    title: Words = "",
    before: Sequence[Part | Words] = (),
    cancel: str = "",
    blank_rows: int = BLANK_ROWS,
    grounds: Sequence[Cite] = (),
    channel: str = "web",
    read: Callable[[QueryDict], Decoded[Any]] | None = None,
    organ: str | None = None,
    given: Sequence[str] = (),
    signing: Signing | None = None,
    decimals: Decimals | None = None,
) -> HttpResponse:
    """An act's form on GET, the act itself on POST, then whatever ``on_done`` answers; after a proposal its page.

    ``on_done`` gets the same Done when a form is sent twice. ``before`` stands between heading and form.
    ``read`` makes the act of what was typed where that is more than ``decode``. ``organ`` is the one in whose
    session the act would be done; ``given`` the seats that have it besides, from what it rests on; ``signing`` what
    makes it need more signatures, before the act says so; ``decimals`` those of units that its amounts are in.
    """
    typed, errors = request.POST if request.method == "POST" else None, list[FieldError]()
    not_done: NotDone | None = None
    if typed is not None:
        act, errors = read(typed) if read else decode(act_class, typed, decimals)
        if act is not None:
            signing = act.signing()
            answer = hand_in(request, act, grounds=grounds, channel=channel)
            if isinstance(answer, Done):
                proposed = typed.get(PROPOSE) == "1"
                return _unstored(redirect("books:proposal", answer.id) if proposed else on_done(answer))
            not_done = answer
    barred = _barred(act_class, actor_of(request), organ, given)
    if barred is not None and not_done is None:
        not_done = NotDone(refusal_part(request, act_class.label, barred), 403)
    need, heading, facts = signatures_of(act_class, signing), title or act_class.label, [*before]
    if barred is None:
        form = form_of(
            act_class,
            typed=typed,
            initial=initial,
            choices=choices,
            fixed=fixed,
            errors=errors or _at_field(not_done),
            blank_rows=blank_rows,
            propose=need is not None,
            cancel=cancel,
            decimals=decimals,
        )
        if not_done is not None:
            form = replace(form, faults=())  # said above in full
        facts += [*([signature_notice(need)] if need else []), FormPart(form)]
    page = Page(
        title=heading,
        room=room,
        room_href=room_href,
        answer=Answer(heading, help_of(act_class)),
        next=not_done.part if not_done else None,
        facts=facts,
    )
    status = not_done.status if not_done else 422 if errors else 200
    return _unstored(show(request, page, status=status))


_TAKEN = Notice(
    Sign.WAITING,
    _("Already recorded with other words"),
    [
        _("This form was handed in before, with other words than now; those stand."),
        _("If this is a new one, hand it in again below: it will be recorded anew."),
    ],
)


def taken_notice() -> Notice:
    """That a form was handed in before, with other words than now."""
    return _TAKEN


def _at_field(not_done: NotDone | None) -> list[FieldError]:
    """The refusal's words once more beside the field that it is about."""
    if not_done is None or not not_done.field or not isinstance(not_done.part, Refusal):
        return []
    return [FieldError(not_done.field, not_done.part.rule, not_done.part.words)]


def form_id(data: QueryDict) -> UUID | None:
    """The id under which a form was shown; None where it is none."""
    try:
        id = UUID(data.get(ID, ""))
    except ValueError:
        return None
    return id if id.version == 4 else None


def _barred(act_class: type[Act], actor: Actor, organ: str | None, given: Sequence[str] = ()) -> Refused | None:
    """Why this reader cannot do the act today, as far as can be known before it is filled in."""
    if act_class.power in (Power.SIGNERS, Power.FOUNDING):
        return None
    here = _here()
    if here is None:
        return None
    need = signatures_of(act_class)
    try:
        authority().standing(act_class, actor, *here, need.seats if need else (), organ, given)
    except Refused as refused:
        return refused
    return None


def signatures_of(act_class: type[Act], signing: Signing | None = None) -> SignatureNeed | None:
    """How many must sign, where it is more than one."""
    here = _here()
    if here is None or act_class.power is not Power.SEAT:
        return None
    need = authority().signatures(act_class, *here, signing=signing)
    return need if need is not None and need.needed > 1 else None


def _here() -> tuple[UUID, date] | None:
    """The commune that these books belong to, and its local day."""
    commune = commune_here()
    if commune is None:
        return None
    return commune, day_now(commune)


def signature_notice(need: SignatureNeed) -> Notice:
    signed = ngettext("{n} seat must sign this.", "{n} seats must sign this.", need.needed).format(n=need.needed)
    open_for = ngettext("The proposal is open for {n} day.", "The proposal is open for {n} days.", need.days_open)
    first = gettext("You propose it and sign first; the last signature does it.")
    return Notice(Sign.WAITING, signed, [f"{first} {open_for.format(n=need.days_open)}", need.citation])


def _unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
