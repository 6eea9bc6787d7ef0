"""What every page of this room asks first: who reads, which book, and what may be done in it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from comuna.acts.act import Act
from comuna.acts.authority import authority
from comuna.acts.reach import ANYWHERE
from comuna.acts.refusal import Refused
from comuna.look.frame import actor_of
from comuna.statutes import queries as statutes
from comuna.territory.pages.reader import Reader
from comuna.treasury.models import Account, Book


def may_in(reader: Reader, act: type[Act], organ: str) -> bool:
    """Whether who reads may do the act, or propose it where several sign, in the books of an organ."""
    if reader.person is None:
        return False
    return barred_in(reader, act, organ) is None


def book_or_404(reader: Reader, id: UUID) -> Book:
    found: Book | None = Book.objects.filter(pk=id, commune=reader.commune).first()
    if found is None:
        raise Http404
    return found


def account_or_404(reader: Reader, id: UUID) -> Account:
    found: Account | None = Account.objects.filter(pk=id, commune=reader.commune).select_related("book").first()
    if found is None:
        raise Http404
    return found


def decimals(reader: Reader) -> dict[str, int]:
    """Of every unit that any statute ever had."""
    return statutes.decimals(reader.commune)


def address(name: str, **asked: object) -> str:
    """Of a page of this room, with what it is asked about."""
    return f"{reverse(f'treasury:{name}')}?{urlencode({key: str(value) for key, value in asked.items()})}"


def account_address(account: UUID, unit: str) -> str:
    """Of an account's statement in a unit."""
    return f"{reverse('treasury:account', args=[account])}?{urlencode({'unit': unit})}"


def barred_in(reader: Reader, act: type[Act], organ: str | None, council: str | None = ANYWHERE) -> Refused | None:
    """Why who reads may not do the act in the books of an organ, or in the matters of a council (None: of the whole
    commune); None where she may, or may propose it."""
    need = authority().signatures(act, reader.commune, reader.day, organ, council)
    seats = need.seats if need and need.needed > 1 else ()
    try:
        authority().standing(act, actor_of(reader.request), reader.commune, reader.day, seats, organ, (), council)
    except Refused as refused:
        return refused
    return None
