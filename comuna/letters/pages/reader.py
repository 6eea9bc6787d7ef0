"""Who reads a page about letters: she whose letter it is, a seat that keeps or signs letters, or anybody."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from comuna.acts.act import Act
from comuna.acts.refusal import Refused
from comuna.letters import queries
from comuna.letters.acts import RecordRequest, RefuseLetter, RevokeLetter, SignLetter
from comuna.letters.models import LetterRequest
from comuna.letters.queries import Standing
from comuna.mandates.queries import mandates_of, with_power
from comuna.statutes import queries as statutes
from comuna.statutes.councils import council_in
from comuna.territory.pages.reader import Reader, refused_page, to_sign_in

KEEPING: tuple[type[Act], ...] = (RecordRequest, SignLetter, RefuseLetter, RevokeLetter)


def keeps(reader: Reader, about: LetterRequest | None = None) -> bool:
    """Whether a seat of hers keeps, signs, refuses or revokes letters: of that one's council where one is given."""
    return reader.person is not None and any(reader.may(act, about) for act in KEEPING)


def councils_kept(reader: Reader) -> list[str] | None:
    """Slugs of the councils whose register she reads; None for who reads that of the whole commune. Ask it of who
    keeps one."""
    if reader.person is None:
        return []
    statute = statutes.in_force(reader.commune, reader.day)
    held = mandates_of(reader.person, reader.day)
    seats = {one.kind for act in KEEPING for one in with_power(statute, act.verb, held)}
    slugs = {council_in(seat) for seat in seats}
    return None if None in slugs else sorted(slug for slug in slugs if slug)


def request_or_404(reader: Reader, id: UUID) -> Standing:
    """Raises Http404."""
    try:
        found = queries.standing(id, reader.day)
    except LookupError:
        raise Http404 from None
    if found.request.commune != reader.commune:
        raise Http404
    return found


def turned_away(request: HttpRequest, reader: Reader, stands: Standing) -> HttpResponse | None:
    """What whoever may not read this letter gets instead; None for who may."""
    if reader.person is not None and reader.person == stands.request.person:
        return None
    if keeps(reader, stands.request):
        return None
    if reader.person is None:
        return to_sign_in(request)
    refusal = reader.barred(SignLetter, stands.request)
    assert isinstance(refusal, Refused)
    return refused_page(request, SignLetter, refusal)
