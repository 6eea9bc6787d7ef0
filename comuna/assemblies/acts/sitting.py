"""Who is there, whether that is enough, and the end of the session."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Audience, Count, Flag, Hour, Id, Label, Number, Row, Slug, To
from comuna.acts.models import Ground
from comuna.acts.refusal import Refused, refuse_if
from comuna.assemblies import queries, rules
from comuna.assemblies.acts.convening import open_session, refuse_ahead
from comuna.assemblies.models import Attendance, Closure, Session, Sheet, Tally
from comuna.territory.models import Person
from comuna.territory.queries import on_roll

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


CAME_AT = Label(_("Came at"), help=_("Empty for those who are there from the beginning"))


class RecordAttendance(Act):
    """Type the sign-in sheet: everybody who is there, each once. A second sheet is for those who came later, or came
    back, with the hour at which they did."""

    verb = "assemblies.record_attendance"
    power = Power.SEAT
    label = _("Record attendance")
    said = _("{seat} recorded who is present: {count}")
    undo = "assemblies.undo_attendance"

    session: Annotated[Id, To(Session), Label(_("Session"))]
    present: Annotated[tuple[PresentRow, ...], Private, Label(_("Present"))]
    hour: Annotated[Hour | None, CAME_AT] = None

    class Facts(ActFacts):
        count: Count
        sitting: Count
        placed: Annotated[tuple[PlacedRow, ...], Private]

    def in_organ(self) -> str | None:
        return queries.organ_of(self.session)

    def check(self, world: World) -> Facts:
        stands = open_session(world, self.session)
        refuse_if(
            stands.day > world.day, "assemblies.not-yet", _("The day of this session has not come."), field="session"
        )
        refuse_if(not self.present, "assemblies.empty-sheet", _("The sheet is empty."), field="present")
        refuse_if(len(self.present) > ROWS_MAX, "acts.too-large", _("Too many on one sheet."), field="present")
        came = frozenset(row.person for row in self.present)
        on_fixed = queries.still_entitled(stands, came)
        entitled = on_fixed
        if stands.calls and stands.organ.roll is not None:
            entitled |= on_roll(world.commune, stands.day, stands.organ.roll, came)
        if self.hour is not None:
            refuse_counted(world, stands, self.hour)
        else:
            _refuse_after_a_call(stands)
        already = {row.person for row in queries.seated_now(stands.session.id)}
        seen: dict[UUID, int] = {}
        for place, row in enumerate(self.present):
            self._row(place, row.person, entitled, already, seen)
        self._refuse_newcomers(on_fixed)
        self._refuse_back_too_soon(stands)
        return self.Facts(count=len(self.present), sitting=stands.sitting, placed=self._placed(stands))

    def _row(
        self, place: int, person: UUID, entitled: frozenset[UUID], already: set[UUID], seen: dict[UUID, int]
    ) -> None:
        refused = None
        if person in seen:
            refused = "twice-on-sheet", _("Row {row}: this person is already on the sheet.")
        elif person in already:
            refused = "already-present", _("Row {row}: this person was already recorded as present.")
        elif person not in entitled:
            refused = "not-on-roll", _("Row {row}: this person is not entitled to sit in this session on that day.")
        if refused is not None:  # words are made only then: hundreds come
            rule, words = refused
            raise Refused(f"assemblies.{rule}", words.format(row=place + 1), field=f"present.{place}.person")
        seen[person] = place

    def _refuse_newcomers(self, on_fixed: frozenset[UUID]) -> None:
        """The first call fixed how many could come: whoever was written onto the roll after it is not one of them."""
        for place, row in enumerate(self.present):
            refuse_if(
                row.person not in on_fixed,
                "assemblies.after-the-roll",
                _("Row {row}: this person was written onto the roll after the first call, when it was fixed.").format(
                    row=place + 1
                ),
                field=f"present.{place}.person",
            )

    def _refuse_back_too_soon(self, stands: queries.Standing) -> None:
        """Whoever comes back does so at an hour, after the one at which she left."""
        left = {stay.person: stay.left for stay in stands.stays if stay.left}
        for place, row in enumerate(self.present):
            gone = left.get(row.person)
            refuse_if(
                gone is not None and (self.hour is None or not rules.was_there(stands.hour, gone, "", self.hour)),
                "assemblies.came-back-when",
                _("Row {row}: this person left at {hour}. Say at which hour after that she came back.").format(
                    row=place + 1, hour=gone
                ),
                field="hour",
            )

    def _taken(self, stands: queries.Standing) -> list[rules.Seat]:
        """Where somebody else sits, or sat until after the hour at which these came: two are never in one seat."""
        return [
            (stay.seat, stay.number)
            for stay in stands.recorded
            if stay.number is not None
            and (self.hour is None or not stay.left or rules.was_there(stands.hour, "", stay.left, self.hour))
        ]

    def _placed(self, stands: queries.Standing) -> tuple[PlacedRow, ...]:
        came = [row.person for row in self.present]
        if stands.everyone_sits:
            return tuple(PlacedRow(person=person) for person in came)
        rights = queries.entitled(stands.session.commune, stands.organ, stands.statute, stands.day)
        placed = {one.person: one for one in rules.seated(came, rights.sitters, rights.seats, self._taken(stands))}
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
        hour = self.hour or ""
        record.create(Sheet, session_id=self.session, sitting=sitting, people=record.facts.count, hour=hour)
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
                    "came": hour,
                    "left": "",
                }
                for place, row in enumerate(record.facts.placed)
            ],
        )


def _refuse_after_a_call(stands: queries.Standing) -> None:
    """Whom the last call did not count came after it. Raises Refused."""
    call = stands.calls[-1] if stands.calls else None
    refuse_if(
        call is not None and call.sitting == stands.sitting,
        "assemblies.came-when",
        _("Who was there was counted at {hour}. Say at which hour after that these came.").format(
            hour=call.hour if call else ""
        ),
        field="hour",
    )


def refuse_counted(world: World, stands: queries.Standing, hour: str) -> None:
    """An hour at which somebody came or left, which is past, and before which nobody has counted who is there.
    Raises Refused."""
    refuse_ahead(world, *moment_in(stands, hour))
    last = queries.last_count(stands)
    refuse_if(
        last is not None and rules.minutes_into(stands.hour, hour) < rules.minutes_into(stands.hour, last),
        "assemblies.counted-there",
        _("Who was there was counted at {hour}: before that nobody came or left.").format(hour=last),
        field="hour",
    )


def moment_in(stands: queries.Standing, hour: str) -> tuple[date, str]:
    """The day and hour of an hour of the newest sitting: after midnight the next day."""
    return rules.moment_after((stands.day, stands.hour), rules.minutes_into(stands.hour, hour))


def was_decided_in(session: UUID, since: int = 0) -> bool:
    """Whether something was voted in the session after that record: motions, and whatever cites it as decided there."""
    undone = Ground.objects.filter(role=GroundRole.CORRECTS.value).values("ground")
    edges = Ground.objects.filter(ground=session, role=GroundRole.DECIDED_BY.value, born__gt=since)
    return (
        edges.exclude(act__in=undone).exists() or Tally.objects.filter(motion__session=session, born__gt=since).exists()
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
        refuse_if(
            was_decided_in(stands.session.id, since=sheet.born),
            "assemblies.voted-since",
            _("There was a vote since this sheet was typed: it stays."),
        )
        refuse_if(
            Attendance.objects.filter(sheet=sheet).exclude(left="").exists(),
            "assemblies.left-since",
            _("Somebody of this sheet left since: take that back first."),
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.sheet, GroundRole.CORRECTS),)

    def apply(self, record: Performed) -> None:
        record.remove_all(Attendance, sheet_id=self.sheet)
        record.remove(Sheet, self.sheet)


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
        uncounted = queries.first_open_motion(stands.session.id)
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
        last = queries.last_hour(stands)
        later = rules.minutes_into(last, self.hour) if last else 0
        refuse_if(
            later < 0,
            "assemblies.ended-before",
            _("Something is written down of {hour}: the session did not end before it.").format(hour=last),
            field="hour",
        )
        end_day = stands.day + timedelta(days=min(stands.hour, last or stands.hour) > self.hour)
        refuse_ahead(world, end_day, self.hour)
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
