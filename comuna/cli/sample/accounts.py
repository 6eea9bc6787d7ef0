"""What the samples enter in books of accounts: of what, with which words, how much. Who does it, and when, is said in
``money`` of either sample."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from comuna.assemblies.models import Resolution
from comuna.treasury.acts import AdoptBudget, FileReceipt, Pay, Receive, RecordOpening
from comuna.treasury.acts.budgeting import BudgetRow
from comuna.treasury.acts.opening import OpeningRow
from comuna.treasury.effects import account_key

UNIT = "VES"
CASH, BANK, PETTY, ADVANCES, GIVEN_TO_US, OF_THE_STATE = "1.1.01", "1.1.02", "1.1.03", "1.1.05", "4.1.01", "4.1.02"
PURPOSES = {  # the seat that answers for a decision, to the expense that it is paid as
    "cc.committee.water": "5.1.01",
    "cc.committee.energy": "5.1.01",
    "cc.committee.housing": "5.1.01",
    "cc.committee.health": "5.1.06",
    "cc.committee.food": "5.1.05",
}
SELLERS = (
    *("Ferretería La Esquina", "Materiales El Puente", "Bloquera La Unidad", "Papelería Central", "Abasto Mi Fe"),
    *("Farmacia La Salud", "Transporte Los Cedros", "Gasolinera del Centro", "Brigada de la cuadra"),
)
GIVEN = ("Aportes de {month}", "Colecta de {month}", "Rifa de {month}")
MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)


def months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    return day.replace(year=day.year + month // 12, month=month % 12 + 1, day=min(day.day, 28))


def there_was(random: Random, book: UUID) -> RecordOpening:
    there = (
        OpeningRow(account=account_key(book, CASH), amount=str(random.randrange(40, 900) * 100)),
        OpeningRow(account=account_key(book, BANK), amount=str(random.randrange(3_000, 9_000) * 1_000)),
    )
    return RecordOpening(book=book, unit=UNIT, rows=there)


def came_in(random: Random, book: UUID, day: date) -> Receive:
    """Out of the street mostly, one in five times from the state."""
    from_state = random.random() < 0.2
    amount = random.randrange(9_000, 30_000) * 100 if from_state else random.randrange(800, 4_200) * 100
    words = "Recursos del proyecto votado" if from_state else random.choice(GIVEN)
    return Receive(
        book=book,
        day=day,
        into=account_key(book, BANK if from_state else random.choice((CASH, BANK, BANK))),
        source=account_key(book, OF_THE_STATE if from_state else GIVEN_TO_US),
        unit=UNIT,
        amount=str(amount),
        words=words.format(month=MONTHS[day.month - 1]),
        reference=f"{random.randrange(10**6):06}" if from_state else None,
    )


def set_aside(random: Random, book: UUID, day: date, resolution: Resolution) -> AdoptBudget:
    """By a decision, in one line, for three hundred days."""
    purpose = PURPOSES.get(resolution.responsible.partition("@")[0], "5.1.01")
    amount = random.randrange(2_000, 14_000) * 100
    row = BudgetRow(account=account_key(book, purpose), amount=str(amount), words=resolution.motion.item.title)
    ends = date.fromordinal(day.toordinal() + 300)
    return AdoptBudget(book=book, resolution=resolution.id, begins=day, ends=ends, unit=UNIT, rows=(row,))


def paid(random: Random, book: UUID, line: UUID, day: date, amount: int, words: str, payee: str = "") -> Pay:
    """To whoever the sample buys from, where nobody is named."""
    return Pay(
        line=line,
        day=day,
        out_of=account_key(book, BANK),
        unit=UNIT,
        amount=str(amount),
        payee=payee or random.choice(SELLERS),
        words=words,
        reference=f"{random.randrange(10**6):06}",
    )


def paper(random: Random, entry: UUID, act: Pay, sheet: int) -> FileReceipt:
    """Of a payment, on that sheet of the folder."""
    return FileReceipt(
        entry=entry,
        supplier=act.payee,
        number=f"{random.randrange(10**5):05}",
        day=act.day,
        unit=act.unit,
        amount=act.amount,
        kept_at=f"Carpeta {act.day.year}, hoja {sheet}",
    )
