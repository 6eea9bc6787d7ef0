"""What comes after the founding, in its order, until a commune runs by itself: a short list that grows shorter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.assemblies import queries as assemblies
from comuna.look.parts import Line, Lines, Section, Sign, Status
from comuna.look.words import list_words
from comuna.mandates import accounts, queries as mandates
from comuna.mandates.powers import relieved_on
from comuna.mandates.queries import Holding
from comuna.statutes.statute import Statute
from comuna.territory import queries as territory


@dataclass(frozen=True)
class _Step:
    words: str
    more: str
    href: str
    is_done: bool
    if_any: bool = False  # not everybody has to: never the next thing


def section(commune: UUID, statute: Statute, day: date) -> list[Section]:
    """Nothing once every step was taken, nor once those whom the statute names have taken over from the promoters."""
    taken_over = relieved_on(commune, statute)
    if taken_over is not None and taken_over <= day:
        return []
    left = [step for step in _steps(commune, statute, day) if not step.is_done]
    if not left:
        return []
    following = next((step for step in left if not step.if_any), None)
    waits = Status(Sign.WAITING, _("next"))
    lines = [
        Line(step.words, more=step.more, href=step.href, status=waits if step is following else None) for step in left
    ]
    who = mandates.seat_words(statute, statute.founding.seat)
    intro = _("Until there is somebody elected these are done by: {seat}.").format(seat=who)
    return [Section(_("What comes after the founding"), [Lines(lines)], intro=intro)]


def _steps(commune: UUID, statute: Statute, day: date) -> Iterator[_Step]:
    people = territory.has_households(commune)
    held = mandates.holders(commune, day)
    promoters = [one for one in held if one.kind == statute.founding.seat]
    elected, claimed = len(held) > len(promoters), accounts.claimed(commune)
    yield _Step(
        _("Make your account with your code"),
        _("Each promoter with the code that was printed at the founding."),
        reverse("mandates:claim"),
        elected or claimed >= len(promoters),
    )
    if statute.level is not None:
        yield _Step(
            _("Register the councils, if there are several"),
            _("Each then has its own people, assembly and seats. The books of a single council need none."),
            reverse("mandates:register-council"),
            bool(statute.councils) or people,
            if_any=True,
        )
    yield _Step(
        _("Bring in the list of people"),
        _("A spreadsheet as it is; you see what becomes of each row before anything is written."),
        reverse("territory:import"),
        people,
    )
    yield _Step(
        _("Hand out the printed codes"),
        _("With a code each neighbour makes an account of her own."),
        reverse("mandates:issue-code"),
        elected or claimed > len(promoters),
    )
    yield _Step(
        _("Convene the first assembly"),
        _("With its agenda; the sheet to sign is printed from its page."),
        reverse("assemblies:convene"),
        bool(assemblies.organs_that_met(commune)),
    )
    vacant = _vacant(statute, held)
    yield _Step(
        _("Elect, and write down whom"),
        _("Still without anybody: {seats}.").format(seats=list_words(vacant))
        if elected and vacant
        else _("In the session, once its quorum is reached."),
        _where_to_elect(commune, day),
        elected and not vacant,
    )


def _where_to_elect(commune: UUID, day: date) -> str:
    """The page of the session that is on or comes next, from which an election is recorded; else all sessions."""
    coming = assemblies.coming(commune, day)
    return reverse("assemblies:session", args=[coming[0].id]) if coming else reverse("assemblies:sessions")


def _vacant(statute: Statute, held: Sequence[Holding]) -> list[str]:
    """The seats without anybody that must be held before the promoters are done, where the statute names them."""
    handover = statute.founding.until
    taken = {one.kind for one in held if not one.is_alternate}
    return [mandates.seat_words(statute, kind) for kind in (handover.seats if handover else ()) if kind not in taken]
