"""What minutes say of acts by which people came onto the roll or went off it: numbers, never who."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from comuna.assemblies.holding import ROLL_TOLD_DAYS, roll_changes
from comuna.assemblies.models import Call
from comuna.assemblies.queries import Standing
from comuna.look.words import number_words


def roll_words(stands: Standing, first: Call) -> str:
    """What was written about who is on the roll while the session was coming and while it sat."""
    if not stands.everyone_sits:
        return ""
    changes = roll_changes(stands.session, stands.organ, first, stands.closure)
    if not changes.before and not changes.after:
        return ""
    said = ngettext(
        "Acts that took people off the roll or put them onto it, from {n} day before it was convened."
        " Before the first call: {before}. After it, when the roll was fixed: {after}.",
        "Acts that took people off the roll or put them onto it, from {n} days before it was convened."
        " Before the first call: {before}. After it, when the roll was fixed: {after}.",
        ROLL_TOLD_DAYS,
    )
    return said.format(n=number_words(ROLL_TOLD_DAYS), before=_each(changes.before), after=_each(changes.after))


def _each(changes: dict[str, int]) -> str:
    """``people who died or moved away 6, ages corrected 20``."""
    words = {
        "territory.record_departure": _("died or moved away"),
        "territory.undo_departure": _("departures taken back"),
        "territory.record_residence": _("away, or here again"),
        "territory.join_council": _("of another council"),
        "territory.strike_person": _("entries struck"),
        "territory.register_person": _("people registered"),
        "territory.correct_person": _("age, or since when they live here, corrected"),
        "territory.import_census": _("people of imported lists"),
        "territory.undo_import": _("people of lists taken back"),
        "acts.erase_private": _("people erased"),
    }
    parts = [f"{words[verb]}: {number_words(changes[verb])}" for verb in words if verb in changes]
    return "; ".join(parts) or _("none")
