"""The pattern pages, put together from the samples."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from comuna.look.days import Days, Happening
from comuna.look.decode import decode
from comuna.look.forms import FormPart, form_of
from comuna.look.frame import Link
from comuna.look.page import Page
from comuna.look.parts import (
    Answer,
    Bar,
    BarLine,
    Bars,
    Beside,
    Code,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Figure,
    Figures,
    Filters,
    Lines,
    Notice,
    Pages,
    Search,
    Section,
    Sign,
    Signatures,
    Source,
    Status,
    Table,
    Text,
    Thread,
    WhoCan,
)
from comuna.look.samples import AGENDA, CODE, FACTS, LINES, MEMBERS, MOTION, NOTE, REFUSAL, ROOM, THREAD, Sample


def parts_page() -> Page:
    return Page(
        title="Patrones",
        room=ROOM,
        room_href="#",
        answer=Answer(
            "Hay quórum: 61 de 196 (31 %), primera convocatoria",
            "sábado 4 de octubre, 9:12",
            Status(Sign.DONE, "abierta"),
        ),
        next=Do(
            "Anotar una votación", "#", (Link("Cerrar la sesión", "#"), Link("Imprimir la hoja de asistencia", "#"))
        ),
        facts=[*_said(), *_listed(), *_noted()],
        source=Source(
            Thread(THREAD.steps[:2]),
            "Decidido en la asamblea 31.",
            [Link("Imprimir", "#"), Link("Hoja de cálculo", "#"), Link("Calendario", "#")],
        ),
    )


def _said() -> list[Section]:
    """What a page says to somebody."""
    return [
        Section(
            "Notice",
            [
                Notice(
                    Sign.DONE,
                    "Quedó asentada la convocatoria",
                    ["Se publica hoy."],
                    [Link("Deshacer", "#"), Link("Imprimir", "#")],
                ),
                Notice(Sign.WAITING, "Falta una firma de dos"),
                Notice(Sign.REFUSED, "El código no coincide: en el grupo 3 hay un error de copia"),
            ],
        ),
        Section("Refusal", [REFUSAL]),
        Section(
            "WhoCan",
            [
                WhoCan(
                    "Convocar la asamblea",
                    ["la vocería de la comisión de organización", "diez por ciento del vecindario"],
                    (Link("Quién decide qué aquí", "#"),),
                )
            ],
        ),
        Section("Facts", [FACTS]),
        Section(
            "Facts, folded",
            [Facts([Fact("Secretaría de actas, Comisión electoral y contraloría", "Convocar")])],
            folded=True,
        ),
        Section(
            "Figures",
            [
                Figures(
                    [
                        Figure("Saldo", "Bs 12.480,50", "al 4 de octubre"),
                        Figure("Entró en octubre", "Bs 3.100,00"),
                        Figure("Salió en octubre", "Bs 1.250,00", "1 pago sin recibo"),
                    ]
                )
            ],
        ),
        Section(
            "Bar",
            [
                Bar("Presentes", 61, 196, 59, "Quórum, primera convocatoria"),
                Bar("Presentes", 12, 196, 59, "Quórum, primera convocatoria"),
                Bar("Presentes", 0, 0, 0, "Quórum"),
                Bar("Recibos entregados", 7, 9),
            ],
        ),
        Section(
            "Bars",
            [
                Bars(
                    "Quiénes vinieron",
                    ("Día", "Presentes", "Quórum"),
                    [
                        BarLine("3 de octubre", "#", Bar("Presentes", 61, 196, 59)),
                        BarLine("7 de noviembre", "#", Bar("Presentes", 12, 196, 59)),
                        BarLine("5 de diciembre", "#", None, Status(Sign.PLAIN, "cancelada")),
                    ],
                )
            ],
        ),
    ]


def _listed() -> list[Section]:
    """Lists and tables."""
    return [
        Section("Lines", [LINES, Pages(1, 3, "?page={page}")]),
        Section(
            "Table",
            [
                Filters(
                    "Ver",
                    [
                        Link("todos", "#", current=True),
                        Link("vigentes", "#"),
                        Link("vencidos", "#"),
                        Link("vacantes", "#"),
                    ],
                ),
                Search("Buscar un puesto o una persona"),
                MEMBERS,
            ],
            wide=True,
        ),
        Section(
            "Days",
            [
                Days(
                    [
                        Happening(
                            date(2026, 10, 4),
                            "Asamblea de ciudadanas y ciudadanos",
                            "09:00",
                            "Cancha techada",
                            "#",
                            Status(Sign.WAITING, "convocada, en 2 días"),
                        ),
                        Happening(date(2026, 10, 6), "Reparar la bomba de la calle Bolívar", "", "", "#"),
                    ]
                )
            ],
        ),
        Section(
            "Empty",
            [
                Lines(
                    [],
                    Empty(
                        "Todavía no hay asambleas. La primera la convoca la vocería de organización.",
                        Link("Quién decide qué aquí", "#"),
                    ),
                )
            ],
        ),
    ]


def _noted() -> list[Section]:
    """Words, threads and what belongs on paper."""
    return [
        Section(
            "Text",
            [Text("La bomba está parada desde el 12.\n\nPedimos repararla.\nSomos 43 familias.")],
        ),
        Section("Thread", [THREAD]),
        Section("Code", [Code(CODE, "Estos libros el 4 de octubre de 2026: 1.204 asientos", NOTE)]),
        Section("Signatures", [Signatures(["Vocera de la asamblea", "Secretario", "Contraloría social"])]),
    ]


def session_page() -> Page:
    return Page(
        title="Asamblea del 4 de octubre",
        room=ROOM,
        room_href="#",
        answer=Answer(
            "Faltan 47 personas para el quórum",
            "sábado 4 de octubre, 9:12 · primera convocatoria",
            Status(Sign.WAITING, "en curso"),
        ),
        next=Do("Anotar la asistencia", "#", (Link("Pasar a la segunda convocatoria", "#"),)),
        facts=[
            Bar("Presentes", 12, 196, 59, "Quórum, primera convocatoria", large=True),
            Beside(
                [Section("En discusión", [MOTION]), Section("Lo que sigue", [LINES]), Section("La sesión", [FACTS])]
            ),
            Section("Orden del día", [AGENDA], wide=True),
        ],
        source=Source(THREAD, links=[Link("Imprimir", "#"), Link("Hoja de cálculo", "#")]),
    )


def form_page() -> Page:
    form = form_of(Sample, initial={"day": date(2026, 10, 4), "hour": "09:00"}, fixed={}, cancel="#", blank_rows=3)
    return Page(
        title=Sample.label,
        room=ROOM,
        room_href="#",
        answer=Answer(Sample.label, Sample.__doc__ or ""),
        facts=[FormPart(form)],
    )


def faulty_form_page() -> Page:
    typed = QueryDict(mutable=True)
    typed.update(
        {
            "kind": "ordinary",
            "day": "31/2/2026",
            "hour": "9 de la mañana",
            "place": "Cancha techada",
            "items.0.words": "Cuentas",
            "items.0.minutes": "veinte",
            "items.1.minutes": "15",
        }
    )
    form = form_of(Sample, typed=typed, errors=decode(Sample, typed).errors, cancel="#", blank_rows=2)
    return Page(
        title=Sample.label,
        room=ROOM,
        room_href="#",
        answer=Answer(Sample.label, Sample.__doc__ or ""),
        facts=[FormPart(form)],
    )


def refused_page() -> Page:
    return Page(title="Convocar la asamblea", room=ROOM, room_href="#", next=REFUSAL)


def empty_page() -> Page:
    nothing = Empty(
        "Aquí aparecen las decisiones de la asamblea con lo que fue de cada una. Las anota quien lleva el acta."
    )
    return Page(
        title="Decisiones",
        room=ROOM,
        room_href="#",
        answer="Todavía no se ha decidido nada",
        next=WhoCan("Convocar la asamblea", ["la vocería de la comisión de organización"]),
        facts=[Section("Decisiones", [Table("Decisiones", [Column("Asunto", head=True)], [], empty=nothing)])],
    )


def minutes_page() -> Page:
    heading = Facts(
        [
            Fact("Lugar", "Cancha techada de la calle Bolívar, consejo comunal El Mirador"),
            Fact("Fecha", "sábado 4 de octubre de 2026, 9:00 a 11:40"),
            Fact(
                "Quórum",
                "61 de 196 (31 %), primera convocatoria; hacían falta 59 (30 %; LOCC, art. 22)",
            ),
        ]
    )
    long = Table(
        "Asistencia",
        [Column("Nº", number=True), Column("Quién", head=True), Column("Calle"), Column("Firma", write=True)],
        [
            [number, f"{initials}. M.", "Calle Bolívar", ""]
            for number, initials in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 2, start=1)
        ],
    )
    return Page(
        title="Acta 31",
        room=ROOM,
        answer=Answer("Acta 31 de la asamblea de ciudadanos y ciudadanas"),
        facts=[
            heading,
            Section("Decisiones", [AGENDA], wide=True),
            Section("Asistencia", [long], wide=True),
            Code(CODE, "Estos libros el 4 de octubre de 2026: 1.204 asientos", NOTE),
            Signatures(["Vocera de la asamblea", "Secretario", "Contraloría social"]),
        ],
        paper=True,
        every_sheet=f"Acta 31 · {CODE}",
    )
