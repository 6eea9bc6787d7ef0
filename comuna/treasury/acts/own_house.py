"""Nobody decides about, pays or enters what is her own or her household's: one rule, with the words of each case.

An act whose ``check`` asks it says the same of whoever signed it (``may_sign``), since she may have moved in since.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import World
from comuna.acts.refusal import Words, refuse_if
from comuna.treasury.queries.households import is_of_her_house


class Own(NamedTuple):
    """What is refused to whoever it is of."""

    rule: str
    words: Words
    field: str | None = None


CREDIT_DECIDED = Own(
    "treasury.own-credit",
    _("Nobody decides about a credit of her own or of her household; another one of the committee does."),
    "person",
)
MONEY_ENTERED = Own(
    "treasury.own-savings",
    _("Nobody enters what comes and goes in her own name or her household's; another one of the bank does."),
)
AID_DECIDED = Own(
    "treasury.own-aid",
    _("Nobody decides about aid to herself or to her household; others of the organ do."),
    "person",
)
AID_PAID = Own(
    "treasury.own-aid-paid",
    _("Nobody pays aid to herself or to her household; others who keep the book do."),
    "case",
)


def nobody_of_her_house(world: World, person: UUID | None, own: Own) -> None:
    """Refuses who is the person, or lives with her."""
    refuse_if(is_of_her_house(world.person, person), own.rule, own.words, field=own.field)
