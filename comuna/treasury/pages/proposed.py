"""What a proposal asks for, as lists of what waits say it: how much, to whom and what for."""

from __future__ import annotations

from uuid import UUID

from comuna.acts.act import Act
from comuna.acts.fields import fields_of
from comuna.treasury.acts import PayAid
from comuna.treasury.models import AidCase
from comuna.treasury.pages.words import aid_words
from comuna.treasury.queries import amount_said


def asks_words(act: Act, commune: UUID) -> str:
    """Nothing where it is about no amount. Only what anybody may read: a case of aid is said by its number."""
    if isinstance(act, PayAid):
        case = AidCase.objects.filter(pk=act.case).first()
        return f"{amount_said(case.amount, case.unit, commune)} · {aid_words(case.number)}" if case else ""
    public = {field.name for field in fields_of(type(act)) if field.audience in (None, "public")}
    if not {"amount", "unit"} <= public:
        return ""
    amount, unit = getattr(act, "amount", None), getattr(act, "unit", None)
    if not amount or not unit:
        return ""
    said = (getattr(act, name, None) for name in ("payee", "words") if name in public)
    return " · ".join([amount_said(int(amount), unit, commune), *(str(each) for each in said if each)])
