"""The first page of empty books: a name, a statute, the promoters; then their codes, to be printed.

The browser that founded keeps a signed mark, by which ``/found/codes/`` shows the codes again that nobody has used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import available_timezones

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from pydantic import ValidationError

from comuna.acts import clock
from comuna.acts.envelope import field_errors
from comuna.acts.refusal import FieldError
from comuna.journal import files
from comuna.journal.models import Record
from comuna.journal.queries import commune_here
from comuna.look.act_page import NotDone, hand_in
from comuna.look.forms import Control, Fault, Form, FormPart, Rows, help_of
from comuna.look.page import Page, show
from comuna.look.paper import address_of
from comuna.look.parts import Answer, Choice, Notice, Part, Sign
from comuna.mandates import codes
from comuna.mandates.acts import FoundCommune
from comuna.mandates.founders import Unclaimed, unclaimed
from comuna.mandates.pages.codes import sheets
from comuna.mandates.pages.reader import here, today_in
from comuna.mandates.queries import named
from comuna.statutes import builtin, loader, queries as statutes
from comuna.statutes.statute import Statute

LINES = 12  # promoters that the form has room for
FEW = 5  # that are shown at first
MORE = "_more"  # the button that asks for all lines
COLUMNS = ("full_name", "public_name")
SHOWN_AGAIN_FOR = timedelta(minutes=10)  # the answer with the codes may have been lost on its way
FOUNDED = "comuna_founded"  # the mark of the browser that founded
MARK_LASTS = timedelta(days=30)
_SIGNER = Signer(salt="comuna.mandates.founding")


@never_cache
def found(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        if commune_here() is None:
            return _page(request)
        return HttpResponseRedirect(reverse("mandates:founders-codes") if _founded_here(request) else "/")
    if MORE in request.POST and commune_here() is None:
        return _page(request)
    id = _form_id(request)
    if commune_here() and not _just_founded(id):
        return HttpResponseRedirect("/")
    act, errors = _read(request, id)
    if act is None:
        return _page(request, errors=errors, status=422)
    answer = hand_in(request, act)
    if isinstance(answer, NotDone):
        return _page(request, not_done=answer.part, status=answer.status)
    left = unclaimed(answer.id, answer.day)
    return _marked(request, _shown(request, left), answer.id) if left else HttpResponseRedirect("/")


@never_cache
def founders_codes(request: HttpRequest) -> HttpResponse:
    """The codes once more, for the browser that founded; it can be told to forget."""
    commune = here()
    if not _founded_here(request):
        words = [_("On the computer that keeps the books, “comuna codes” shows those that nobody has used.")]
        notice = Notice(Sign.WAITING, _("The codes are shown again only in the browser that founded."), words)
        return show(request, Page(_("Claim codes"), next=notice), status=403)
    if request.method == "POST":
        answer: HttpResponse = HttpResponseRedirect("/")
        answer.delete_cookie(FOUNDED, path=reverse("mandates:found"), samesite="Lax")
        return answer
    left = unclaimed(commune, today_in(commune))
    if left:
        return _shown(request, left)
    notice = Notice(Sign.DONE, _("No code of the founding is left: each was used, replaced or has run out."))
    return show(request, Page(_("Claim codes"), next=notice))


def _shown(request: HttpRequest, left: Sequence[Unclaimed]) -> HttpResponse:
    forget = Form(
        id=uuid4(),
        button=_("Everything is printed: forget it in this browser"),
        controls=(),
        action=reverse("mandates:founders-codes"),
        quiet=True,
    )
    words = _(
        "Print this page, or copy each code by hand, before you leave it. Should it be lost, this browser shows the"
        " codes that nobody has used again at {where}."
    ).format(where=address_of(request, reverse("mandates:founders-codes")))
    printed = [(one.name, one.code) for one in left]
    return sheets(request, printed, left[0].expires_on, words=words, before=[FormPart(forget)])


def _founded_here(request: HttpRequest) -> bool:
    """Whether this browser founded these books."""
    commune = commune_here()
    try:
        return commune is not None and _SIGNER.unsign(request.COOKIES.get(FOUNDED, "")) == str(commune)
    except BadSignature:
        return False


def _marked(request: HttpRequest, response: HttpResponse, commune: UUID) -> HttpResponse:
    response.set_cookie(
        FOUNDED,
        _SIGNER.sign(str(commune)),
        max_age=int(MARK_LASTS.total_seconds()),
        path=reverse("mandates:found"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _just_founded(id: UUID) -> bool:
    record = Record.objects.filter(pk=id, seq=1).first()
    return record is not None and clock.now() - clock.read_stamp(record.at) < SHOWN_AGAIN_FOR


def _read(request: HttpRequest, id: UUID) -> tuple[FoundCommune | None, Sequence[FieldError]]:
    """The act that was typed; ids of people and their codes follow from the form's, so that sending it
    again is the same act."""
    chosen = request.POST.get("statute", "")
    if chosen not in builtin.names():
        return None, [FieldError("statute", "look.not-a-choice", _("Choose one of the answers."))]
    digest = files.store(builtin.text(chosen).encode(), statutes.MEDIA_TYPE)
    lines = [
        {
            "person": uuid5(id, f"promoter {number}"),
            "full_name": full_name,
            "public_name": public_name,
            "code": codes.digest_of(codes.proof(codes.of_act(id, number))),
        }
        for number, (full_name, public_name) in enumerate(_typed_lines(request))
    ]
    try:
        act = FoundCommune.model_validate(
            {
                "name": request.POST.get("name", ""),
                "time_zone": request.POST.get("time_zone", ""),
                "statute": digest,
                "promoters": tuple(lines),
            }
        )
    except ValidationError as error:
        return None, field_errors(error, "")
    return act, ()


def _typed_lines(request: HttpRequest) -> list[tuple[str, str]]:
    """The promoters that were written down; the public name is the full one where none is given."""
    found = []
    for number in range(LINES):
        full_name, public_name = (request.POST.get(f"promoters.{number}.{name}", "").strip() for name in COLUMNS)
        if full_name or public_name:
            found.append((full_name, public_name or full_name))
    return found


def _page(
    request: HttpRequest, *, errors: Sequence[FieldError] = (), not_done: Part | None = None, status: int = 200
) -> HttpResponse:
    wrong = {error.field: str(error.words) for error in reversed(errors)}
    controls: tuple[Control | Rows, ...] = (
        Control(
            "name",
            "line",
            _("Name of the commune or council"),
            values=_values(request, "name"),
            fault=wrong.get("name", ""),
        ),
        Control(
            "statute",
            "radios",
            _("Statute"),
            _("How you govern yourselves. The assembly can change every rule of it later."),
            values=_values(request, "statute"),
            choices=tuple(Choice(name, named(_statute(name).title)) for name in builtin.names()),
            fault=wrong.get("statute", ""),
        ),
        Control(
            "time_zone",
            "select",
            _("Time zone"),
            values=_values(request, "time_zone", "America/Caracas"),
            choices=tuple(Choice(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())),
            fault=wrong.get("time_zone", ""),
        ),
        _promoters(request, wrong),
    )
    form = Form(
        id=uuid4(),
        button=FoundCommune.label,
        controls=controls,
        more="" if _lines_shown(request) == LINES else _("Lines for more promoters"),
        faults=tuple(_faults(errors, controls)),
    )
    page = Page(
        title=FoundCommune.label,
        answer=Answer(FoundCommune.label, help_of(FoundCommune)),
        next=not_done,
        facts=[FormPart(form)],
    )
    return show(request, page, status=status)


def _faults(errors: Sequence[FieldError], controls: Sequence[Control | Rows]) -> Iterator[Fault]:
    """Each under the words of its field, and leading to it."""
    known = {one.name: one for one in controls}
    for error in errors:
        one = known.get(error.field.partition(".")[0])
        yield Fault(one.id, one.label, error.words) if one else Fault("", error.field, error.words)


def _promoters(request: HttpRequest, wrong: dict[str, str]) -> Rows:
    labels = (_("Full name, not public"), _("Public name; empty: the full one"))
    lines = tuple(
        tuple(
            Control(name := f"promoters.{number}.{column}", "line", label, values=_values(request, name), optional=True)
            for column, label in zip(COLUMNS, labels, strict=True)
        )
        for number in range(_lines_shown(request))
    )
    return Rows(
        name="promoters",
        label=_("Promoters"),
        help=_(
            "They look after the books until the first elections. The next page shows a code for each of them to sign"
            " in with: have a printer or a pen ready."
        )
        + f" {_least_words()}",
        optional=False,
        columns=labels,
        lines=lines,
        fault=next((words for field, words in wrong.items() if field.startswith("promoters")), ""),
    )


def _lines_shown(request: HttpRequest) -> int:
    """A few lines, so that a phone need not scroll past empty ones; all of them once they are asked for or used."""
    typed = any(request.POST.get(f"promoters.{number}.{name}") for number in range(FEW, LINES) for name in COLUMNS)
    return LINES if MORE in request.POST or typed else FEW


def _least_words() -> str:
    """How many promoters each statute asks for at least."""
    least = {named(one.title): one.founding.promoters_min for one in map(_statute, builtin.names())}
    if len(set(least.values())) == 1:
        return _("How many at least: {least}.").format(least=next(iter(least.values())))
    said = "; ".join(f"{title}: {count}" for title, count in least.items())
    return _("How many at least: {least}.").format(least=said)


def _statute(name: str) -> Statute:
    return loader.read(builtin.text(name))


def _values(request: HttpRequest, name: str, default: str = "") -> tuple[str]:
    return (request.POST.get(name, default)[:200],)


def _form_id(request: HttpRequest) -> UUID:
    """The form's id; a form that lost it is told so by ``hand_in``."""
    try:
        return UUID(request.POST.get("_id", ""))
    except ValueError:
        return uuid4()
