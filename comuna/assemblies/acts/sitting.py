"""Who is there, whether that is enough, and the end of the session."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Audience, Count, Flag, Hour, Id, Label, Line, Number, Row, Slug, To
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.convening import open_session
from comuna.assemblies.models import Attendance, Call, Closure, Motion, Session, Sheet
from comuna.statutes import rules as counting
from comuna.territory.models import Person

Private = Audience("household")
ROWS_MAX = 5_000


class PresentRow(Row):
    """One line of the sheet."""

    subject: ClassVar[str] = "person"

    person: Annotated[Id, To(Person), Label(_("Who"))]


class PlacedRow(Row):
    """Where somebody who came sits."""

    subject: ClassVar[str] = "person"

    person: Id
    seat: Slug | None = None
    number: Number | None = None
    stands_in: Flag = False


class RecordAttendance(Act):
    """Type the sign-in sheet: everybody who is there, each once. A second sheet is for those who came later."""

    verb = "assemblies.record_attendance"
    power = Power.SEAT
    label = _("Record attendance")
    said = _("{seat} recorded that {count} people are present")
    undo = "assemblies.undo_attendance"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    present: Annotated[tuple[PresentRow, ...], Private, Label(_("Present"))]

    class Facts(ActFacts):
        count: Count
        sitting: Count
        placed: Annotated[tuple[PlacedRow, ...], Private]

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        refuse_if(not self.present, "assemblies.empty-sheet", _("The sheet is empty."), field="present")
        refuse_if(len(self.present) > ROWS_MAX, "acts.too-large", _("Too many on one sheet."), field="present")
        rights = queries.entitled(world.commune, stands.organ, stands.statute, stands.session.day)
        before = queries.attendance(stands.session.id)
        already = {row.person for row in before}
        seen: dict[UUID, int] = {}
        for place, row in enumerate(self.present):
            self._row(place, row.person, rights, already, seen)
        return self.Facts(count=len(self.present), sitting=stands.sitting, placed=self._placed(rights, before))

    def _row(
        self, place: int, person: UUID, rights: queries.Entitled, already: set[UUID], seen: dict[UUID, int]
    ) -> None:
        field = f"present.{place}.person"
        refuse_if(
            person in seen,
            "assemblies.twice-on-sheet",
            _("Row {row}: this person is already on the sheet.").format(row=place + 1),
            field=field,
        )
        refuse_if(
            person in already,
            "assemblies.already-present",
            _("Row {row}: this person was already recorded as present.").format(row=place + 1),
            field=field,
        )
        refuse_if(
            person not in rights.people,
            "assemblies.not-on-roll",
            _("Row {row}: this person is not entitled to sit in this session on that day.").format(row=place + 1),
            field=field,
        )
        seen[person] = place

    def _placed(self, rights: queries.Entitled, before: list[Attendance]) -> tuple[PlacedRow, ...]:
        came = [row.person for row in self.present]
        if not rights.sitters:
            return tuple(PlacedRow(person=person) for person in came)
        taken = [(row.seat, row.number) for row in before if row.number is not None]
        placed = {one.person: one for one in rules.seated(came, rights.sitters, taken)}
        for place, person in enumerate(came):
            refuse_if(
                person not in placed,
                "assemblies.seat-taken",
                _("Row {row}: the seat is already filled; an alternate sits only when the principal is absent.").format(
                    row=place + 1
                ),
                field=f"present.{place}.person",
            )
        return tuple(
            PlacedRow(
                person=person,
                seat=placed[person].kind,
                number=placed[person].number,
                stands_in=placed[person].stands_in,
            )
            for person in came
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        sitting = record.facts.sitting
        record.create(Sheet, session_id=self.session, sitting=sitting, people=record.facts.count)
        record.create_many(
            Attendance,
            [
                {
                    "id": record.key("present", place),
                    "session_id": self.session,
                    "sitting": sitting,
                    "sheet_id": record.id,
                    "person": row.person,
                    "seat": row.seat or "",
                    "number": row.number,
                    "stands_in": row.stands_in,
                }
                for place, row in enumerate(record.facts.placed)
            ],
        )


class UndoAttendance(Act):
    """A sheet was typed wrongly: take it back and type it again. Not after a call counted it."""

    verb = "assemblies.undo_attendance"
    power = Power.SEAT
    label = _("Take the sheet back")
    said = _("{seat} took an attendance sheet back")
    undo = None  # type the sheet again

    sheet: Annotated[Id, To(Sheet), Label(_("Sheet"))]

    def in_organ(self) -> str | None:
        session = Sheet.objects.filter(pk=self.sheet).values_list("session_id", flat=True).first()
        return queries.organ_of(session) if session else None

    def check(self, world: World) -> ActFacts:
        sheet = world.get(Sheet, self.sheet, field="sheet")
        stands = open_session(world, sheet.session_id, field="sheet")
        counted = next((call for call in stands.calls if call.born > sheet.born), None)
        refuse_if(
            counted is not None, "assemblies.counted", _("A call has counted this sheet; take the call back first.")
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.sheet, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove_all(Attendance, sheet_id=self.sheet)
        record.remove(Sheet, self.sheet)


class MakeCall(Act):
    """Count who is present against the quorum. When it is not reached, the next call follows as the statute says."""

    verb = "assemblies.make_call"
    power = Power.SEAT
    label = _("Make the call")
    said = _("{seat} made call {number}: {present} present, {needed} needed")
    undo = "assemblies.undo_call"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    number: Annotated[Count, Label(_("Which call"))]
    hour: Annotated[Hour, Label(_("Hour"))]

    class Facts(ActFacts):
        sitting: Count
        present: Count
        whole: Count | None
        roll: Count
        unknown_age: Count
        away: Count
        needed: Count
        reached: Flag
        rule: Slug
        citation: Annotated[Line, Audience("public")]

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        call = self._call(stands)
        refuse_if(
            stands.day > world.day,
            "assemblies.not-yet",
            _("The day of this session has not come."),
            field="session",
        )
        rights = queries.entitled(world.commune, stands.organ, stands.statute, stands.session.day)
        first = stands.calls[0] if stands.calls else None
        counts = queries.counts_of(stands, stands.present, rights)
        quorum = counting.quorum(call, counts)
        return self.Facts(
            sitting=stands.sitting,
            present=stands.present,
            whole=quorum.whole,
            roll=first.roll if first else rights.size,
            unknown_age=first.unknown_age if first else rights.unknown_age,
            away=first.away if first else rights.away,
            needed=quorum.needed,
            reached=quorum.reached,
            rule=quorum.rule.id,
            citation=quorum.rule.source,
        )

    def _call(self, stands: queries.Standing) -> Any:
        refuse_if(
            stands.quorate is not None, "assemblies.quorate", _("The quorum has already been reached."), field="number"
        )
        expected = len(stands.calls) + 1
        refuse_if(
            expected > len(stands.organ.calls),
            "assemblies.no-more-calls",
            _("The statute allows no further call: this session has no quorum. Close it."),
            citation=stands.organ.calls[-1].quorum.rule.source,
            field="number",
        )
        refuse_if(
            self.number != expected,
            "assemblies.call-order",
            _("The next call is number {number}.").format(number=expected),
            field="number",
        )
        call = stands.organ.calls[expected - 1]
        if stands.calls:
            waited = rules.minutes_between(moment_of_last_call(stands), (stands.day, self.hour))
            refuse_if(
                waited < call.minutes_after_previous,
                "assemblies.too-soon",
                _("The statute asks for {minutes} minutes after the call before.").format(
                    minutes=call.minutes_after_previous
                ),
                citation=call.quorum.rule.source,
                field="hour",
            )
        return call

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(
            Call,
            session_id=self.session,
            sitting=facts.sitting,
            number=self.number,
            hour=self.hour,
            present=facts.present,
            whole=facts.whole,
            roll=facts.roll,
            unknown_age=facts.unknown_age,
            away=facts.away,
            needed=facts.needed,
            reached=facts.reached,
            rule=facts.rule,
            citation=facts.citation,
        )


def moment_of_last_call(stands: queries.Standing) -> tuple[date, str]:
    last = stands.calls[-1]
    return stands.day_of(last.sitting), last.hour


class UndoCall(Act):
    """The last call was recorded wrongly: take it back. Not after a motion was put."""

    verb = "assemblies.undo_call"
    power = Power.SEAT
    label = _("Take the call back")
    said = _("{seat} took a call back")
    undo = None  # make the call again

    call: Annotated[Id, To(Call), Label(_("Call"))]

    def in_organ(self) -> str | None:
        session = Call.objects.filter(pk=self.call).values_list("session_id", flat=True).first()
        return queries.organ_of(session) if session else None

    def check(self, world: World) -> ActFacts:
        call = world.get(Call, self.call, field="call")
        stands = open_session(world, call.session_id, field="call")
        refuse_if(stands.calls[-1].id != call.id, "assemblies.last-call", _("Only the last call can be taken back."))
        refuse_if(
            stands.sitting > call.sitting,
            "assemblies.adjourned",
            _("The session was adjourned after this call."),
        )
        refuse_if(
            Motion.objects.filter(session=stands.session).exists(),
            "assemblies.motion-put",
            _("A motion already rests on this call."),
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.call, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove(Call, self.call)


class CloseSession(Act):
    """The session is over. From now on nothing in it changes, and its minutes carry the code that proves so.
    A session without a quorum is closed too: its minutes say who came."""

    verb = "assemblies.close_session"
    power = Power.SEAT
    label = _("Close the session")
    said = _("{seat} closed the session")
    undo = None  # its minutes are printed; what is wrong is mended in the next session
    witnessed = True

    session: Annotated[Id, To(Session), Label(_("Session"))]
    hour: Annotated[Hour, Label(_("Hour at which it ended"))]
    chaired_by: Annotated[Id | None, To(Person), Label(_("Who directed the debate"))] = None

    class Facts(ActFacts):
        quorate: Flag

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        refuse_if(
            not stands.calls,
            "assemblies.no-call",
            _("No call was made yet. Make it, or cancel the session."),
            field="session",
        )
        uncounted = Motion.objects.filter(session=stands.session, tally__isnull=True).first()
        if uncounted is not None:
            raise Refused(
                "assemblies.uncounted",
                _("Motion {number} was put and not voted on.").format(number=uncounted.number),
                field="session",
            )
        refuse_if(
            self.chaired_by is not None and self.chaired_by not in queries.present_people(stands.session.id),
            "assemblies.chair-absent",
            _("Who directed the debate was present."),
            field="chaired_by",
        )
        return self.Facts(quorate=stands.quorate is not None)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.session, GroundRole.PART_OF),)

    def apply(self, record: Performed) -> None:
        record.create(
            Closure,
            session_id=self.session,
            quorate=record.facts.quorate,
            hour=self.hour,
            chaired_by=self.chaired_by,
        )
