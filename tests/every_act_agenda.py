"""What is done to the agenda of the life's assembly, and written under it."""

from __future__ import annotations

from uuid import UUID

from comuna.assemblies.acts import AddAgendaItem, CorrectItem, StrikeItem, UndoNote, WriteNote
from tests.town import Town


def changed_agenda(town: Town, session: UUID) -> UUID:
    """Items come onto it: one worded anew, one struck at once, and one to be struck later, which is the answer."""
    first = town.promoters[0]
    misspelt = town.do(first, AddAgendaItem(session=session, title="Barios")).id
    town.do(first, CorrectItem(item=misspelt, title="Varios"))
    twice = town.do(first, AddAgendaItem(session=session, title="Varios")).id
    dropped = town.do(first, AddAgendaItem(session=session, title="Fiesta")).id
    town.do(first, StrikeItem(item=twice, reason="Está dos veces"))
    return dropped


def noted(town: Town, session: UUID) -> None:
    note = WriteNote(session=session, item=1, seat="secretary", who="Y. R.", words="Falta un tubo", hour="09:30")
    town.do(town.promoters[0], UndoNote(note=town.do(town.promoters[0], note).id))
    town.do(town.promoters[0], note)
