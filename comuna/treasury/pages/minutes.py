"""What stands on pages of assemblies (``assemblies.pages.also``): accounts that were put before a session, on its
agenda and its minutes; what a decision set aside, on its page."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from comuna.acts.act import GroundRole
from comuna.acts.models import Ground
from comuna.acts.pencil import misfits, rows_made_by
from comuna.acts.reading import read_all
from comuna.assemblies.models import AgendaItem
from comuna.assemblies.pages.also import Paper
from comuna.assemblies.queries import Standing
from comuna.journal.models import Record
from comuna.look.frame import Link
from comuna.look.parts import Column, Many, Part, Section, Sign, Small, Status, Table, Value
from comuna.look.words import number_words
from comuna.mandates.pages.reader import here
from comuna.treasury import queries
from comuna.treasury.models.rendering import RenderedSum, Rendering
from comuna.treasury.pages.rendering import title_of_accounts, whole
from comuna.treasury.pages.words import book_name, line_words
from comuna.treasury.queries import amount_said, rendering as rendered
from comuna.treasury.queries.decided import uses_of_resolution
from comuna.treasury.queries.flows import in_rendering


def parts(stands: Standing, full_names: bool) -> list[Part]:
    """Each with what the book held before, what came in from outside, went out, and what it held then. They are put
    before a session, and taken back, only until it is over, so that its minutes say the same for ever."""
    return [_section(stands, one) for one in rendered.in_session(stands.session.id)]


def _section(stands: Standing, one: Rendering) -> Section:
    title = title_of_accounts(one, stands.day)
    item = AgendaItem.objects.filter(pk=one.item).values_list("number", flat=True).first()
    said = _("Put before this session under item {item}, with entries up to folio {folio}.").format(
        item=item or "—", folio=number_words(one.folio)
    )
    links = [Link(_("All of these accounts"), reverse("treasury:rendering", args=[one.id]))]
    return Section(title, [whole(one, in_rendering(one), title)], said, links, wide=True)


def papers(stands: Standing) -> list[Paper]:
    return [
        Paper(one.item, title_of_accounts(one, stands.day), reverse("treasury:rendering", args=[one.id]))
        for one in rendered.in_session(stands.session.id)
    ]


def counters(stands: Standing) -> list[UUID]:
    """Nobody counts votes here."""
    return []


def acts(stands: Standing) -> set[UUID]:
    """Nothing that the session would tell twice."""
    return set()


def of_decision(resolution: UUID, day: date) -> list[Part]:
    """What rests on it, and the lines that it set aside; nothing where it was about no money."""
    return [*_uses(resolution), *_set_aside(resolution, day)]


def _uses(resolution: UUID) -> list[Part]:
    found, commune = uses_of_resolution(resolution), here()
    rows: list[list[Value]] = [
        [
            Many(
                [
                    Link(use.said, reverse("books:thread", args=[use.act])),
                    *([Status(Sign.REFUSED, _("taken back"))] if use.taken_back else []),
                ]
            ),
            use.day,
            Many([amount_said(amount, unit, commune) for unit, amount in use.sums]),
        ]
        for use in found
    ]
    if not rows:
        return []
    heading = _("What rests on this decision")
    said = _("What was decided stands above, in the words that were voted on. No program compares them: look yourself.")
    columns = [Column(_("What"), head=True), Column(_("Day")), Column(_("Amount"), number=True)]
    return [Section(heading, [Table(heading, columns, rows)], said, wide=True)]


def _set_aside(resolution: UUID, day: date) -> list[Part]:
    rows: list[list[Value]] = [
        [
            Many(
                [
                    Link(line_words(one), reverse("treasury:line", args=[one.id])),
                    Small(book_name(one.budget.book, day)),
                ]
            ),
            *(
                amount_said(each, one.unit, one.commune)
                for each in (one.amount, one.spent, one.amount - one.spent - one.committed)
            ),
        ]
        for one in queries.set_aside_by(resolution)
    ]
    if not rows:
        return []
    heading = _("What was set aside by this decision")
    columns = [
        Column(_("What for"), head=True),
        Column(_("Set aside"), number=True),
        Column(_("Spent"), number=True),
        Column(_("Remains"), number=True),
    ]
    return [Section(heading, [Table(heading, columns, rows)], wide=True)]


def changed_outside(session: UUID) -> list[str]:
    """``table.column`` of accounts before the session that are not as their records say."""
    of_session = Ground.objects.filter(ground=session, role=GroundRole.PART_OF.value).values("act")
    taken_back = Ground.objects.filter(ground__in=of_session, role=GroundRole.CORRECTS.value).values("act")
    records = Record.objects.filter(verb__in=("treasury.render_accounts", "treasury.withdraw_rendering"))
    ours = records.filter(pk__in=of_session) | records.filter(pk__in=taken_back)
    reads, put = read_all(ours.order_by("seq")), list(Rendering.objects.filter(session=session))
    sums = list(RenderedSum.objects.filter(rendering__in=put)) if put else []
    return misfits([*put, *sums], rows_made_by(reads))
