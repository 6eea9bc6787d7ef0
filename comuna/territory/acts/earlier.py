"""Who was in the books and was taken out of them on purpose: a list does not bring her back without a word."""

from __future__ import annotations

from uuid import UUID

from comuna.acts.reading import read_all
from comuna.journal.models import Record
from comuna.territory.acts.census import ImportCensus
from comuna.territory.acts.known import Conflict
from comuna.territory.acts.people import RegisterPerson, StrikePerson
from comuna.territory.acts.rows import person_key
from comuna.territory.models import CensusImport, Person
from comuna.territory.reading.outcome import PersonRead
from comuna.territory.reading.text import fold


class Earlier:
    """Entries struck, known by their names as long as these stand in the journal; and people erased, of whom nothing is
    left but their place in a list, so that only the very same file is known to bring them back."""

    def __init__(self, commune: UUID, digest: str) -> None:
        records = Record.objects.filter(commune=commune)
        strikes = (read.act for read in read_all(records.filter(verb=StrikePerson.verb).order_by("seq")))
        struck = {act.person for act in strikes if isinstance(act, StrikePerson)}
        blank = set(Person.objects.filter(commune=commune, full_name="").values_list("id", flat=True))
        self.struck: set[str] = set()
        self.erased: set[UUID] = set()
        self.same_file: list[UUID] = []
        if not (struck or blank):
            return
        standing = CensusImport.objects.filter(commune=commune).values("id")
        wrote = records.filter(pk__in=standing) | records.filter(pk__in=struck, verb=RegisterPerson.verb)
        for read in read_all(wrote.order_by("seq")):
            if isinstance(read.act, RegisterPerson):
                self.struck.add(_words(read.act.full_name))
            elif isinstance(read.act, ImportCensus):
                self.struck |= {_words(row.full_name) for row in read.act.taken if row.person in struck}
                if digest and read.act.file_digest == digest:
                    self.same_file.append(read.record.id)
                    self.erased = blank
        self.struck.discard("")

    def says(self, one: PersonRead) -> Conflict | None:
        """Why somebody whom the books do not know is not taken after all."""
        if any(person_key(act, one.at) in self.erased for act in self.same_file):
            return Conflict.ERASED
        return Conflict.STRUCK if _words(one.full_name) in self.struck else None


def _words(name: str | None) -> str:
    return " ".join(sorted(fold(name or "").split()))
