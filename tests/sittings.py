"""What goes on in the sessions of the town of ``tests/stage.py``: every state of a session is there at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from django.test import Client

    from tests.stage import Here

ONE_WHO_IS_NOT_KNOWN = "A1,Nicanor Uribe Landa,present,,\nA2,Ninfa Belandria,present,25:00,\n"


def told(here: Here, session: UUID, days: int) -> None:
    """People were told of a session in two ways, so many days ago."""
    from comuna.assemblies.acts import RecordNotice
    from comuna.assemblies.acts.noticing import How

    by, day = here.people[0], here.day(days)
    here.do(RecordNotice(session=session, how=How.POSTER, on=day, by=by, where="En la bodega y en la escuela"))
    here.do(RecordNotice(session=session, how=How.LOUDSPEAKER, on=day, by=by))


def ratifiable(here: Here) -> None:
    """The board decides while the term of one of it is over: that waits for the assembly."""
    from comuna.assemblies.acts import CloseSession, PutMotion, RecordCount

    session = here.board(days=5)
    motion = here.do(PutMotion(session=session, item=2, text="Pagar la reparación de la bomba"))
    one, two = here.people[0], here.people[2]
    here.do(RecordCount.model_validate({"motion": motion, **counted(3, 0, 0), "counter_one": one, "counter_two": two}))
    here.do(CloseSession(session=session, hour="00:00"))


def goes_on(here: Here, session: UUID) -> None:
    """In today's assembly two left, an item was struck, something was reported, a motion has amendments, one with two
    counts, another motion was withdrawn."""
    from comuna.assemblies.acts import (
        AddAgendaItem,
        PresentRow,
        PutMotion,
        RecordDiffering,
        RecordLeaving,
        StrikeItem,
        WithdrawMotion,
        WriteNote,
    )

    struck = here.do(AddAgendaItem(session=session, title="Fiesta de la parroquia"))
    here.do(StrikeItem(item=struck, reason="Quien la propuso no vino"))
    said = "Sin agua desde el lunes: la bomba no prende.\n\nHay tres presupuestos; dos vienen de Barinas."
    here.do(WriteNote(session=session, item=1, seat="committee.water", who="Y. R.", words=said, hour="00:00"))

    def put(text: str, amends: UUID | None = None) -> UUID:
        return here.do(PutMotion(session=session, item=1, text=text, amends=amends))

    one, two = here.people[5:7]
    rows = tuple(PresentRow(person=person) for person in sorted(here.people[7:9]))
    here.do(RecordLeaving(session=session, hour="00:00", people=rows))
    here.do(WithdrawMotion(motion=put("Cobrar el agua por casa")))
    motion = put("Comprar una bomba de dos caballos con el dinero de la rifa")
    first = put("Comprar una bomba de tres caballos con el dinero de la rifa", amends=motion)
    put("Comprar una bomba de dos caballos cuando haya tres presupuestos", amends=motion)
    other = {"votes_for_two": 6, "against_two": 3, "abstain_two": 0}
    by = {"counter_one": one, "counter_two": two}
    here.do(
        RecordDiffering.model_validate({"motion": first, "votes_for": 7, "against": 2, "abstain": 0, **other, **by})
    )


def counted(votes_for: int, against: int, abstain: int) -> dict[str, int]:
    """The same in both counts."""
    votes = {"votes_for": votes_for, "against": against, "abstain": abstain}
    return votes | {f"{name}_two": count for name, count in votes.items()}


def spoken(here: Here, resolution: UUID) -> None:
    """By a decision the assembly said something in public, took something back, and moved its next regular day."""
    from comuna.assemblies import queries
    from comuna.assemblies.acts import MoveMeeting, PublishStatement, WithdrawStatement

    text = "Exigimos que vuelva el agua a la calle Nueva.\n\nEsperamos respuesta antes de fin de mes."
    here.do(PublishStatement(resolution=resolution, title="Por el agua de todas y todos", text=text))
    wrong = here.do(PublishStatement(resolution=resolution, title="Por la luz", text="Exigimos la luz."))
    here.do(WithdrawStatement(statement=wrong))
    organ, today = here.town.statute.highest(), here.day(0)
    regular = queries.regular_meetings(here.town.id, organ, today + timedelta(days=15))[0][1]
    moved = MoveMeeting(resolution=resolution, organ=organ.id, from_day=regular, day=regular + timedelta(days=7))
    here.do(moved)


def earlier(browser: Client) -> list[str]:
    """Sessions of earlier papers: tables that wait to be accepted, and others that were. Where to look at them."""
    from comuna.assemblies.papers import Table
    from tests.past import tables

    sound = tables.sound()
    spoilt = {table: text.replace("2019-", "2018-") for table, text in sound.items()}
    spoilt[Table.ATTENDANCE] += ONE_WHO_IS_NOT_KNOWN
    accepted, waits = handed(browser, sound), handed(browser, spoilt)
    found = browser.get(accepted).content.decode().split('name="findings" value="')[1].split('"')[0]
    form = {"_id": str(uuid4()), "names": "full", "findings": found}
    return [waits, browser.post(f"{accepted}accept/", form)["Location"]]


def handed(browser: Client, texts: dict[Any, str]) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {
        table.value: SimpleUploadedFile(f"{table.value}.csv", text.encode(), "text/csv")
        for table, text in texts.items()
    }
    return str(browser.post("/assemblies/past/import/", form)["Location"])
