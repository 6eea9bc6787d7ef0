"""What comes after the founding, in its order, until a commune runs by itself: a short list that grows shorter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.assemblies import queries as assemblies
from comuna.look.parts import Line, Lines, Section, Sign, Status
from comuna.mandates import accounts, queries as mandates
from comuna.statutes.statute import Statute
from comuna.territory import queries as territory


@dataclass(frozen=True)
class _Step:
    words: str
    more: str
    href: str
    is_done: bool


def section(commune: UUID, statute: Statute, day: date) -> list[Section]:
    """Nothing once every step was taken."""
    left = [step for step in _steps(commune, statute, day) if not step.is_done]
    if not left:
        return []
    first, *others = left
    lines = [Line(first.words, more=first.more, href=first.href, status=Status(Sign.WAITING, _("next")))]
    lines += [Line(step.words, more=step.more, href=step.href) for step in others]
    who = mandates.seat_words(statute, statute.founding.seat)
    intro = _("Until there is somebody elected these are done by: {seat}.").format(seat=who)
    return [Section(_("What comes after the founding"), [Lines(lines)], intro=intro)]


def _steps(commune: UUID, statute: Statute, day: date) -> Iterator[_Step]:
    people = territory.has_households(commune)
    if statute.level is not None:
        yield _Step(
            _("Register the councils, if there are several"),
            _("Each then has its own people, assembly and seats. The books of a single council need none."),
            reverse("mandates:register-council"),
            bool(statute.councils) or people,
        )
    yield _Step(
        _("Bring in the list of people"),
        _("A spreadsheet as it is; you see what becomes of each row before anything is written."),
        reverse("territory:import"),
        people,
    )
    elected = any(one.kind != statute.founding.seat for one in mandates.holders(commune, day))
    yield _Step(
        _("Hand out the printed codes"),
        _("With a code each neighbour makes an account of her own."),
        reverse("mandates:issue-code"),
        elected or accounts.claimed(commune) > len(_promoters(commune, statute, day)),
    )
    yield _Step(
        _("Convene the first assembly"),
        _("With its agenda; the sheet to sign is printed from its page."),
        reverse("assemblies:convene"),
        bool(assemblies.organs_that_met(commune)),
    )
    yield _Step(
        _("Elect, and write down whom"),
        _("In the session, once its quorum is reached."),
        reverse("elections:board"),
        elected,
    )


def _promoters(commune: UUID, statute: Statute, day: date) -> list[UUID]:
    return [one.person for one in mandates.holders(commune, day) if one.kind == statute.founding.seat]
