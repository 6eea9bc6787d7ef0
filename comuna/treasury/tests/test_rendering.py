"""Accounts are put before a session as they stand; what it says against them is answered; what it approves is closed,
unless something was entered since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from django.test import Client

from comuna.acts.clock import frozen_at
from comuna.acts.queries import thread
from comuna.assemblies.acts import AddAgendaItem, AgendaRow, CloseSession, Convene, StrikeItem
from comuna.assemblies.models import AgendaItem, Motion, Resolution
from comuna.assemblies.tests.test_session import MEETING, Room
from comuna.journal import files
from comuna.journal.models import Checkpoint, Record
from comuna.treasury.acts import (
    ApproveAccounts,
    CloseObservation,
    ImportEntries,
    ObjectToAccounts,
    OpenAccount,
    OpenBook,
    RenderAccounts,
    Reverse,
    WithdrawObservation,
    WithdrawRendering,
)
from comuna.treasury.acts.import_table import MEDIA_TYPE, EntryRow, Posted, table_bytes
from comuna.treasury.acts.rendering import SUMS_MAX
from comuna.treasury.models import Closing, Entry, Observation, Posting, RenderedSum, Rendering
from comuna.treasury.queries.rendering import Figures, figures
from comuna.treasury.tests.cash import FIRST, LATER, LATER_STILL, TODAY, Cash, budgeted, decide
from comuna.treasury.tests.test_pages import read, sent
from tests.cast import Cast, refused

UNTIL = date(2026, 2, 15)
SAID = "Falta decir qué se hizo con la rifa."


@pytest.fixture
def room(founded: Cast) -> Room:
    """The assembly in session; its second item is for the accounts."""
    room = Room(founded, neighbours=3)
    with frozen_at(MEETING):
        room.quorate()
        decide(room, "Comprar válvulas para la Vereda 2")
    return room


@pytest.fixture
def cash(founded: Cast, room: Room) -> Iterator[Cash]:
    """800,00 came in on 10 February; 120,00 were paid on the day of the session."""
    with frozen_at(LATER):
        cash = budgeted(founded)
        cash.signed(cash.paying("12000"))
        yield cash


def item(room: Room, number: int = 2) -> UUID:
    found: UUID = AgendaItem.objects.get(session=room.session, number=number).id
    return found


def putting(cash: Cash, room: Room, **other: object) -> RenderAccounts:
    return RenderAccounts.model_validate({"book": cash.book, "item": item(room), "through": UNTIL} | other)


def approved(cash: Cash, room: Room, **other: object) -> ApproveAccounts:
    """After a vote under the second item."""
    room.count(room.motion(item=2, text="Aprobar las cuentas", approves=True), len(room.roll()), 0)
    newest = Resolution.objects.order_by("-born")[0].id
    return ApproveAccounts.model_validate({"book": cash.book, "through": UNTIL, "resolution": newest} | other)


def test_a_neighbour_comes_from_the_agenda_to_figures_that_stay_as_they_were(cash: Cash, room: Room) -> None:
    put = cash.does(putting(cash, room, through=TODAY)).id
    there = f"/accounts/renderings/{put}/"
    cash.receive("500")  # later, of the same days
    minutes = f"/assemblies/{room.session}/minutes/"
    for path in (f"/assemblies/{room.session}/", minutes, f"/accounts/books/{cash.book}/"):
        assert f'href="{there}"' in read(Client(), path), path
    for path in ("poster/", "notice/"):
        assert "cuentas del 1 de febrero de 2026 al 20 de febrero de 2026" in read(
            Client(), f"/assemblies/{room.session}/{path}"
        )
    assert Client().get(f"{minutes}pdf/")["Content-Type"] == "application/pdf"
    for path in (there, minutes):
        page = read(Client(), path)
        assert "800,00 VES" in page and "680,00 VES" in page and "805,00 VES" not in page
    page = read(Client(), there)
    assert "Ferretería La Esquina" in page and "no están en estas cifras: folio 3" in page


def test_what_the_session_approves_is_closed_with_a_code_and_cites_what_it_saw(cash: Cash, room: Room) -> None:
    put = cash.does(putting(cash, room)).id
    closed = cash.does(approved(cash, room)).id
    assert Closing.objects.get().rendering == put
    assert put in {step.id for step in thread(closed).steps}
    assert Checkpoint.objects.latest("size").size == Record.objects.count()
    assert "aprobadas y cerradas" in read(Client(), f"/accounts/renderings/{put}/")


def test_what_was_entered_since_is_not_approved_and_is_named(cash: Cash, room: Room) -> None:
    cash.does(putting(cash, room))
    cash.receive("100", day=UNTIL)
    approval = approved(cash, room)
    with refused("treasury.entered-since-rendered") as said:
        cash.does(approval)
    assert "folio 3" in str(said.value)


def test_what_was_entered_on_later_days_changes_nothing(cash: Cash, room: Room) -> None:
    cash.does(putting(cash, room))
    cash.receive("100", day=TODAY)
    cash.does(approved(cash, room))


def test_accounts_are_taken_back_and_put_anew_before_the_vote(cash: Cash, room: Room) -> None:
    first = cash.does(putting(cash, room)).id
    cash.signed(Reverse(entry=Entry.objects.get(folio=1).id, day=UNTIL, words="Mal anotado"))
    with refused("treasury.rendered-already"):
        cash.does(putting(cash, room))
    cash.does(WithdrawRendering(rendering=first))
    with refused("treasury.rendering-taken-back"):
        cash.does(WithdrawRendering(rendering=first))
    assert "retirada" in read(Client(), f"/accounts/renderings/{first}/")
    again = cash.does(putting(cash, room)).id
    page = read(Client(), f"/assemblies/{room.session}/")
    assert f"/accounts/renderings/{again}/" in page and f"/accounts/renderings/{first}/" not in page
    approval = approved(cash, room)
    with refused("treasury.rendering-decided"):
        cash.does(WithdrawRendering(rendering=again))
    cash.does(approval)


def test_the_session_closes_the_days_that_it_saw_and_no_others(cash: Cash, room: Room) -> None:
    cash.does(putting(cash, room))
    approval = approved(cash, room)
    with refused("treasury.not-as-rendered"):
        cash.does(approval.model_copy(update={"through": date(2026, 2, 14)}))
    cash.does(approval)


def test_what_the_session_refused_is_not_closed_by_another_decision_nor_by_one_of_before(
    cash: Cash, room: Room
) -> None:
    before = Resolution.objects.get().id
    put = cash.does(putting(cash, room)).id
    room.count(room.motion(item=2, text="Aprobar las cuentas", approves=True), 0, len(room.roll()))
    for decision in (before, decide(room, "Pintar el mural")):
        with refused("treasury.not-before-the-session"):
            cash.does(ApproveAccounts(book=cash.book, through=UNTIL, resolution=decision))
    cash.does(WithdrawRendering(rendering=put))
    with refused("treasury.not-before-the-session"):
        cash.does(ApproveAccounts(book=cash.book, through=UNTIL, resolution=before))


def test_another_motion_under_the_item_of_the_accounts_does_not_close_them(cash: Cash, room: Room) -> None:
    cash.does(putting(cash, room))
    room.count(room.motion(item=2, text="Agradecer a la unidad financiera"), len(room.roll()), 0)
    other = Resolution.objects.latest("born").id
    closing = ApproveAccounts(book=cash.book, through=UNTIL, resolution=other)
    with refused("treasury.not-the-approval"):
        cash.does(closing)
    cash.does(approved(cash, room))


def test_an_amendment_that_was_adopted_says_itself_whether_it_approves(cash: Cash, room: Room) -> None:
    cash.does(putting(cash, room))
    motion = room.motion(item=2, text="Aprobar las cuentas", approves=True)
    room.count(room.motion(item=2, text="Devolver las cuentas a la unidad", amends=motion), len(room.roll()), 0)
    room.count(motion, len(room.roll()), 0)
    closing = ApproveAccounts(book=cash.book, through=UNTIL, resolution=Resolution.objects.latest("born").id)
    with refused("treasury.not-the-approval"):
        cash.does(closing)


def test_an_objection_is_an_observation_that_cites_session_and_accounts(cash: Cash, room: Room) -> None:
    added = room.does(AddAgendaItem(session=room.session, title="Rendición de cuentas")).id
    put = cash.does(putting(cash, room, item=added)).id
    with refused("mandates.other-seat"):
        cash.does(ObjectToAccounts(rendering=put, words=SAID))
    objected = room.does(ObjectToAccounts(rendering=put, words=SAID)).id
    steps = {step.id for step in thread(objected).steps}
    assert {put, room.session, added} <= steps
    for path in (f"/accounts/renderings/{put}/", f"/accounts/books/{cash.book}/"):
        assert SAID in read(Client(), path)
    assert f'href="/accounts/renderings/{put}/"' in read(Client(), f"/accounts/observations/{objected}/")
    with refused("treasury.not-your-observation"):
        cash.does(WithdrawObservation(observation=objected), cash.cast.neighbour)
    cash.does(CloseObservation(observation=objected, words="Contestada"), cash.cast.comptroller)
    assert Observation.objects.get().closed_on == TODAY


def test_nothing_is_put_before_a_session_that_could_not_approve_it(cash: Cash, room: Room) -> None:
    fund = cash.does(OpenBook(kind="cc.fund.social", day=TODAY)).id
    wrong: dict[str, dict[str, object]] = {
        "treasury.day-to-come": {"through": TODAY + timedelta(days=1)},
        "treasury.before-the-book": {"through": FIRST - timedelta(days=1)},
        "treasury.decided-already": {"item": item(room, 1)},
    }
    for rule, fields in wrong.items():
        with refused(rule):
            cash.does(putting(cash, room, **fields))
    with refused("treasury.before-the-book"):
        cash.does(putting(cash, room, book=fund))
    with frozen_at(LATER_STILL):
        room.does(CloseSession(session=room.session, hour="16:00"))
        with refused("assemblies.closed"):
            cash.does(putting(cash, room))


def test_another_organ_s_session_is_refused_and_so_is_one_earlier_than_the_accounts(cash: Cash, room: Room) -> None:
    act = Convene(organ="cc.collective", day=TODAY, hour="18:00", place="Escuela", agenda=(AgendaRow(title="Caja"),))
    other = room.does(act).id
    with refused("treasury.other-organ-decides"):
        cash.does(putting(cash, room, item=AgendaItem.objects.get(session=other).id))
    with frozen_at("2026-02-25T14:00:00Z"), refused("treasury.after-the-decision"):
        cash.does(putting(cash, room, through=date(2026, 2, 24)))


def test_what_is_closed_is_not_put_again_and_the_next_accounts_begin_on_its_morrow(cash: Cash, room: Room) -> None:
    cash.does(putting(cash, room))
    cash.does(approved(cash, room))
    added = room.does(AddAgendaItem(session=room.session, title="Más cuentas")).id
    with refused("treasury.closed-already"):
        cash.does(putting(cash, room, item=added))
    next_one = cash.does(putting(cash, room, item=added, through=TODAY)).id
    assert Rendering.objects.get(pk=next_one).first == UNTIL + timedelta(days=1)
    bank = RenderedSum.objects.get(rendering=next_one, account=cash.account("1.1.02"))
    assert (bank.before, bank.debit, bank.credit) == (80_000, 0, 12_000)


def test_sums_that_no_record_holds_are_not_put(cash: Cash, room: Room) -> None:
    for _time in range(2):
        came = cash.receive("9" + "0" * 14)
        cash.signed(Reverse(entry=came.id, day=TODAY, words="Por error"))
    with refused("treasury.too-large"):
        cash.does(putting(cash, room))


def test_an_item_may_be_struck_with_accounts_under_it(cash: Cash, room: Room) -> None:
    put = cash.does(putting(cash, room)).id
    added = room.does(AddAgendaItem(session=room.session, title="Varios")).id
    room.does(StrikeItem(item=item(room), reason="Otro día"))
    with refused("assemblies.struck"):
        cash.does(putting(cash, room, item=item(room)))
    assert read(Client(), f"/accounts/renderings/{put}/")
    assert read(Client(), f"/assemblies/{room.session}/")
    cash.does(WithdrawRendering(rendering=put))
    cash.does(putting(cash, room, item=added))


def test_before_the_first_call_nobody_objects_in_the_session(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    cash = Cash.opened(founded)
    cash.receive("80000")
    put = cash.does(putting(cash, room, through=date(2026, 2, 10))).id
    with refused("treasury.nobody-called"):
        room.does(ObjectToAccounts(rendering=put, words=SAID))


def test_figures_are_what_the_postings_of_the_days_add_up_to(cash: Cash) -> None:
    random, days = Random(7), [FIRST + timedelta(days=number) for number in range(20)]
    for _time in range(12):
        cash.receive(str(random.randrange(1, 999)), day=random.choice(days))
    for _time in range(30):
        first, last = sorted(random.choices(days, k=2))
        _same(cash, first, last)
    _same(cash, FIRST, TODAY)
    _same(cash, FIRST, date(2026, 4, 15))
    _same(cash, date(2025, 12, 7), date(2026, 2, 28))


def _same(cash: Cash, first: date, last: date) -> None:
    expected: dict[tuple[UUID, str], Figures] = {}
    for one in Posting.objects.filter(entry__book=cash.book, entry__day__lte=last).select_related("entry"):
        place = one.account_id, one.unit
        was = expected.get(place, Figures(0, 0, 0))
        if one.entry.day < first:
            was = Figures(was.before + one.amount, was.debit, was.credit)
        elif one.amount > 0:
            was = Figures(was.before, was.debit + one.amount, was.credit)
        else:
            was = Figures(was.before, was.debit, was.credit - one.amount)
        expected[place] = was
    moved = {place: one for place, one in expected.items() if one != Figures(0, 0, 0)}
    assert figures(cash.book, first, last) == moved


def test_more_accounts_than_a_record_holds_are_put_in_shorter_times(cash: Cash, room: Room) -> None:
    box = cash.account("1.1.01")
    codes = [f"1.1.01.{number}" for number in range(1, SUMS_MAX + 1)]
    for code in codes:
        cash.does(OpenAccount(beneath=box, code=code, name=f"Caja {code}"))
    rows = [
        EntryRow(day=FIRST, lines=_lines(codes[start : start + 50]), reference=False, words=False)
        for start in range(0, SUMS_MAX, 50)
    ]
    cash.signed(ImportEntries(book=cash.book, table=files.store(table_bytes(rows), MEDIA_TYPE)))
    with refused("treasury.too-many-accounts"):
        cash.does(putting(cash, room))


def _lines(codes: list[str]) -> list[Posted]:
    """One bolívar into each."""
    return [*(Posted(code, "VES", "1") for code in codes), Posted("4.1.01", "VES", str(-len(codes)))]


def test_from_the_agenda_to_the_closing_on_pages(cash: Cash, room: Room) -> None:
    keeper, minutes = cash.cast.browser(cash.cast.signer), cash.cast.browser(cash.cast.secretary)
    form = f"/accounts/renderings/put/?book={cash.book}"
    assert form in read(keeper, f"/accounts/books/{cash.book}/")
    assert "2. Alumbrado" in read(keeper, form)
    where = sent(keeper, form, book=cash.book, item=item(room), through="15/2/2026")
    assert f'href="{where}"' in read(minutes, f"/assemblies/{room.session}/")
    put = where.split("/")[3]
    objection = f"/accounts/renderings/object/?rendering={put}"
    assert objection in read(minutes, where) and objection not in read(keeper, where)
    observed = sent(minutes, objection, rendering=put, words=SAID)
    assert SAID in read(Client(), observed)
    where_put = f"/assemblies/{room.session}/motion/"
    assert "Aprueba lo que se presentó a la sesión" in read(minutes, where_put)
    sent(minutes, where_put, session=room.session, item=2, text="Aprobar las cuentas", approves="yes")
    room.count(Motion.objects.latest("born").id, len(room.roll()), 0)
    decision = f"/assemblies/decisions/{Resolution.objects.latest('born').id}/"
    assert "Lo que se presentó a la sesión en su punto" in read(Client(), decision)
    closing = f"/accounts/approve/?book={cash.book}&rendering={put}"
    assert closing.replace("&", "&amp;") in read(keeper, where)
    assert "2026-02-15" in read(keeper, closing)
    decided = Resolution.objects.order_by("-born")[0].id
    sent(keeper, closing, book=cash.book, through="15/2/2026", resolution=decided)
    assert "aprobadas y cerradas" in read(Client(), where)
    assert "aprobadas y cerradas hasta el" in read(Client(), f"/accounts/books/{cash.book}/")
    assert "No hay sesión convocada" in read(keeper, form)
    assert "/accounts/renderings/take-back/" not in read(keeper, where)
