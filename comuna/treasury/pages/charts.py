"""What came in and went out, drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from comuna.look.flows import Flow, Flows, scaled
from comuna.look.parts import Empty
from comuna.look.words import month_words
from comuna.treasury.queries import amount_said
from comuna.treasury.queries.flows import InOut


def months(sums: Mapping[date, InOut], unit: str, commune: UUID) -> Flows:
    """A line a month, the newest first."""
    lines = [_flow(month_words(month), one, unit, commune) for month, one in sorted(sums.items(), reverse=True)]
    heads = (_("Month"), _("In and out"), _("Came in"), _("Went out"))
    return Flows(_("In and out by month, in {unit}").format(unit=unit), heads, scaled(lines), _EMPTY)


def councils(sums: Mapping[str, InOut], names: Mapping[str, str], unit: str, commune: UUID) -> Flows:
    """A line a council, in the order of their names; the whole commune's own books first."""
    ordered = sorted(sums, key=lambda slug: (slug != "", names.get(slug, slug)))
    lines = [_flow(names.get(slug, slug) or _("The whole commune"), sums[slug], unit, commune) for slug in ordered]
    heads = (_("Council"), _("In and out"), _("Came in"), _("Went out"))
    return Flows(_("In and out by council, in {unit}").format(unit=unit), heads, scaled(lines), _EMPTY)


_EMPTY = Empty("")


def _flow(words: str, one: InOut, unit: str, commune: UUID) -> Flow:
    came, went = amount_said(one.came, unit, commune), amount_said(one.went, unit, commune)
    return Flow(words, one.came, one.went, came, went)
