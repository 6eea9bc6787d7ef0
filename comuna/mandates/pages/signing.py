"""Signing in and out, claiming an account with a printed code, devices and the password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comuna.acts.authority import authority
from comuna.acts.door import Done
from comuna.journal import queries as journal
from comuna.journal.papercode import Mistyped
from comuna.look.act_page import hand_in
from comuna.look.forms import Control, Fault, Form, FormPart
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import Answer, Do, Fact, Facts, Notice, Part, Section, Sign, Status
from comuna.look.words import hour_words
from comuna.mandates import accounts, codes, queries
from comuna.mandates.accounts import LockedOut, NameRefused, NotRecognised, PasswordRefused
from comuna.mandates.acts import ClaimAccount
from comuna.mandates.models import SignIn
from comuna.mandates.pages.reader import here, to_sign_in, today_in
from comuna.mandates.renewing import Renewal, renewal_with
from comuna.mandates.sign_in import COOKIE, address_of, device_words, keep, session_of

LETTERS_MAX = 200


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password, then back to where the reader came from."""
    if request.method == "POST":
        name, password = _typed(request, "name"), _typed(request, "password", strip=False)
        try:
            entered = accounts.sign_in(name, password, address=address_of(request), device=device_words(request))
        except NotRecognised:
            words = _("No account has this name and this password.")
            more = _("If you forgot one of them, ask for a new printed code.")
            return _sign_in_page(request, Notice(Sign.REFUSED, words, [more]), 422)
        except LockedOut as locked:
            return _sign_in_page(request, _locked_notice(locked), 429)
        return keep(request, HttpResponseRedirect(_next(request)), entered)
    return _sign_in_page(request)


def _sign_in_page(request: HttpRequest, notice: Notice | None = None, status: int = 200) -> HttpResponse:
    form = Form(
        id=uuid4(),
        button=_("Sign in"),
        controls=(
            Control("name", "line", _("Account name"), values=(_typed(request, "name"),)),
            Control("password", "password", _("Password")),
            Control("next", "hidden", "", values=(_next(request),)),
        ),
    )
    lost = Notice(
        Sign.PLAIN,
        _("You need a printed code."),
        [_("The seat that looks after the accounts prints one for you.")],
        [Link(_("I have a code"), reverse("mandates:claim"))],
    )
    lost_here = [lost]
    if journal.is_read_only():
        words = _("These books were restored or imported.")
        more = _("Whoever has the computer prints a code for each seat that may open them again: comuna codes.")
        lost_here = [Notice(Sign.WAITING, words, [more], lost.links)]
    page = Page(
        title=_("Sign in"),
        answer=Answer(_("Sign in"), _("Reading needs no account. What you do in the books is done in your name.")),
        notices=[notice] if notice else [],
        facts=[FormPart(form), Section(_("No account yet, or the password is lost?"), lost_here)],
    )
    return show(request, page, status=status)


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """A button, so that no link of somebody else's can sign a reader out."""
    if request.method != "POST":
        form = Form(id=uuid4(), button=_("Sign out"), controls=(), cancel=reverse("mandates:my-mandate"))
        return show(request, Page(_("Sign out of this device"), facts=[FormPart(form)]))
    session = session_of(request)
    if session is not None:
        accounts.end_device(session.person, session.pk)
    response = HttpResponseRedirect("/")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


# Claiming an account


@never_cache
def claim(request: HttpRequest) -> HttpResponse:
    """A printed code makes a name and a password good; a slip of the pen is called one."""
    here()
    if request.method != "POST":
        return _claim_page(request)
    try:
        accounts.count_code_try(address_of(request))
        proof = codes.proof(_typed(request, "code"))
    except LockedOut as locked:
        return _claim_page(request, notice=_locked_notice(locked), status=429)
    except Mistyped as slip:
        return _claim_page(request, faults=[("code", _slip_words(slip))], status=422)
    return _claimed(request, proof)


def _claimed(request: HttpRequest, proof: str) -> HttpResponse:
    id = _form_id(request)
    renewal = renewal_with(proof, today_in(here()))
    if renewal is not None:
        return _renewed(request, renewal)
    code = queries.code_with(codes.digest_of(proof))
    if code is not None:
        accounts.code_was_right(address_of(request))
    fault = _fault(
        request, lambda name, password: accounts.prepare(id, code.person_id, name, password) if code else None
    )
    if fault is not None:
        return _claim_page(request, faults=[fault], status=422)
    answer = hand_in(request, ClaimAccount(proof=proof))
    if not isinstance(answer, Done):
        accounts.forget(id)
        return _claim_page(request, not_done=answer.part, status=answer.status)
    if answer.repeated or code is None:
        return HttpResponseRedirect(reverse("mandates:sign-in"))
    accounts.settle(id, code.person_id)
    entered = accounts.enter_after_claim(id, device_words(request))
    assert entered is not None
    return keep(request, HttpResponseRedirect(reverse("mandates:my-mandate")), entered)


def _renewed(request: HttpRequest, renewal: Renewal) -> HttpResponse:
    """In books that are read-only: another password under the claim that is there, and no act."""
    accounts.code_was_right(address_of(request))

    def renew(name: str, password: str) -> None:
        accounts.renew(renewal.claim, renewal.person, name, password, last=renewal.set_at)

    fault = _fault(request, renew)
    if fault is not None:
        return _claim_page(request, faults=[fault], status=422)
    entered = accounts.enter_after_claim(renewal.claim, device_words(request))
    assert entered is not None
    return keep(request, HttpResponseRedirect(reverse("mandates:my-mandate")), entered)


def _fault(request: HttpRequest, setting: Callable[[str, str], None]) -> tuple[str, str] | None:
    """Set the typed name and password, or the field that is wrong and why."""
    name, password = _typed(request, "name"), _typed(request, "password", strip=False)
    if password != _typed(request, "again", strip=False):
        return "again", _("The two passwords differ.")
    try:
        setting(name, password)
    except NameRefused as refused:
        return "name", _name_words(refused)
    except PasswordRefused as refused:
        return "password", _password_words(refused)
    except NotRecognised:  # the same code was used at the same moment
        return "code", _("This code has been used. Ask for a new one.")
    return None


def _claim_page(
    request: HttpRequest,
    *,
    faults: Sequence[tuple[str, str]] = (),
    notice: Notice | None = None,
    not_done: Part | None = None,
    status: int = 200,
) -> HttpResponse:
    said = dict(faults)

    def control(name: str, widget: str, label: str, help: str = "") -> Control:
        values = (_typed(request, name),) if widget == "line" else ("",)
        return Control(name, widget, label, help, values=values, fault=said.get(name, ""))

    controls = (
        control("code", "line", _("Code"), _("The four groups on your sheet; capitals and spaces do not matter")),
        control("name", "line", _("Account name"), _("Choose a short name to sign in with. Nobody else sees it.")),
        control("password", "new-password", _("Password"), _("At least 8 letters or figures")),
        control("again", "new-password", _("The same password again")),
    )
    labels = {one.name: one for one in controls}
    form = Form(
        id=uuid4(),
        button=_("Claim my account"),
        controls=controls,
        faults=tuple(Fault(labels[name].id, labels[name].label, words) for name, words in faults),
    )
    page = Page(
        title=_("Claim my account"),
        answer=Answer(_("Claim my account"), _("With the printed code that you were given. Each code works once.")),
        notices=[notice] if notice else [],
        next=not_done,
        facts=[FormPart(form)],
    )
    return show(request, page, status=status)


def _slip_words(slip: Mistyped) -> str:
    if slip.group:
        return _("Typing error in group {number}. Compare it with the paper, letter by letter.").format(
            number=slip.group
        )
    return _("Typing error: a code has four groups of five letters and figures.")


def _name_words(refused: NameRefused) -> str:
    if refused.rule == "taken":
        return _("Somebody already signs in with this name. Choose another.")
    return _("Between 3 and 30 letters or figures.")


def _password_words(refused: PasswordRefused) -> str:
    if refused.rule == "common":
        return _("This password is among the first that anybody would try. Choose another.")
    return _("Between 8 and 200 letters or figures.")


# Devices and password


@never_cache
def devices(request: HttpRequest) -> HttpResponse:
    """Where I am signed in; any device can be signed out from here."""
    session = session_of(request)
    if session is None:
        return to_sign_in(request)
    if request.method == "POST":
        accounts.end_device(session.person, _form_uuid(request, "session"))
        return HttpResponseRedirect(reverse("mandates:devices"))
    open_sessions = accounts.devices(session.person)
    parts: list[Part] = [_device(one, one.pk == session.pk) for one in open_sessions]
    page = Page(
        title=_("My devices"),
        room=_("My mandate"),
        room_href=reverse("mandates:my-mandate"),
        answer=Answer(
            _("You are signed in on {count} devices").format(count=len(open_sessions))
            if len(open_sessions) > 1
            else _("You are signed in on this device only"),
            _("Lost a phone? Sign it out here, then change your password."),
        ),
        facts=parts,
        next=Do(_("Change my password"), reverse("mandates:password")),
    )
    return show(request, page)


def _device(one: SignIn, is_this: bool) -> Section:
    words = one.device or _("An unknown device")
    facts: list[Fact] = [
        Fact(_("Since"), _moment(one, "began_at")),
        Fact(_("Last seen"), _moment(one, "seen_at")),
    ]
    if is_this:
        facts.append(Fact(_("Which"), Status(Sign.DONE, _("this device"))))
        return Section(words, [Facts(facts)])
    form = Form(
        id=uuid4(),
        button=_("Sign this device out"),
        controls=(Control("session", "hidden", "", values=(str(one.pk),)),),
        quiet=True,
    )
    return Section(words, [Facts(facts), FormPart(form)])


def _moment(one: SignIn, name: str) -> str:
    moment = localtime(getattr(one, name), authority().time_zone(here()))
    return f"{moment:%d/%m/%Y}, {hour_words(f'{moment:%H:%M}')}"


@never_cache
def password(request: HttpRequest) -> HttpResponse:
    session = session_of(request)
    if session is None:
        return to_sign_in(request)
    faults: dict[str, str] = {}
    if request.method == "POST":
        old, new = _typed(request, "old", strip=False), _typed(request, "password", strip=False)
        try:
            if new != _typed(request, "again", strip=False):
                faults["again"] = _("The two passwords differ.")
            else:
                accounts.change_password(session.person, old, new, keep=session.pk)
                return HttpResponseRedirect(reverse("mandates:devices"))
        except NotRecognised:
            faults["old"] = _("This is not your present password.")
        except PasswordRefused as refused:
            faults["password"] = _password_words(refused)
        except LockedOut as locked:
            faults["old"] = str(_locked_notice(locked).words)
    controls = (
        Control("old", "password", _("Present password"), fault=faults.get("old", "")),
        Control("password", "new-password", _("New password"), fault=faults.get("password", "")),
        Control("again", "new-password", _("The same password again"), fault=faults.get("again", "")),
    )
    form = Form(
        id=uuid4(),
        button=_("Change my password"),
        controls=controls,
        faults=tuple(Fault(one.id, one.label, one.fault) for one in controls if one.fault),
    )
    page = Page(
        title=_("Change my password"),
        room=_("My devices"),
        room_href=reverse("mandates:devices"),
        facts=[FormPart(form)],
    )
    return show(request, page, status=422 if faults else 200)


# What these pages are made of


def _typed(request: HttpRequest, name: str, *, strip: bool = True) -> str:
    text = request.POST.get(name, "")[:LETTERS_MAX]
    return text.strip() if strip else text


def _form_id(request: HttpRequest) -> UUID:
    return _form_uuid(request, "_id")


def _form_uuid(request: HttpRequest, name: str) -> UUID:
    """An id from a form; a form that lost it gets one that stands for nothing."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid4()


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: a page of this house, else my mandate."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and safe else reverse("mandates:my-mandate")


def _locked_notice(locked: LockedOut) -> Notice:
    """Says when the next try is possible, and nothing about whether there is such an account."""
    until = localtime(locked.until, authority().time_zone(here()))
    words = _("Too many tries. The next one is possible at {hour}.").format(hour=hour_words(f"{until:%H:%M}"))
    return Notice(
        Sign.WAITING,
        words,
        [_("A new printed code lets you in at once.")],
        [Link(_("I have a code"), reverse("mandates:claim"))],
    )
