"""Invented contents for the pattern pages."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from django.http import QueryDict

from comuna.acts.act import Act
from comuna.acts.fields import Count, Day, Flag, Hour, Label, Line as LineField, PublicLine, PublicText, Row
from comuna.look.decode import decode
from comuna.look.forms import FormPart, form_of
from comuna.look.frame import Link
from comuna.look.page import Page
from comuna.look.parts import (
    Answer,
    Bar,
    Code,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Figure,
    Figures,
    Filters,
    Line,
    Lines,
    Many,
    Notice,
    Pages,
    Part,
    Refusal,
    Search,
    Section,
    Sign,
    Signatures,
    Small,
    Source,
    Status,
    Step,
    Table,
    Text,
    Thread,
    WhoCan,
)

ROOM = "Asambleas"
CODE = "015CV 8K2MPQ0TX 4R7HWZ1NB Y9D3EFGJ5 2S6TKV0CM"
NOTE = (
    "comuna.example/el-mirador\n1204\n"
    "q3VtY2FyYWNhcyBjb211bmEgZWwgbWlyYWRvcg==\n\n— el-mirador Az3vGJ5rT0pV9c1k2l3m4n5o6p7q8r9s0t"
)

THREAD = Thread(
    [
        Step(
            "sábado 4 de octubre",
            "La asamblea de El Mirador aprobó reparar la bomba de la calle Bolívar (61 de 196)",
            "Asamblea de ciudadanos y ciudadanas",
            "#",
        ),
        Step(
            "jueves 9 de octubre",
            "Se pagaron Bs 1.250,00 a Ferretería La Esquina",
            "Unidad financiera, dos firmas",
            "#",
            "pagado de",
        ),
        Step(
            "lunes 13 de octubre",
            "La bomba funciona desde las 16:00",
            "Brigada de agua",
            role="responde a",
            current=True,
        ),
    ]
)

MEMBERS = Table(
    "Quién ocupa cada puesto",
    [Column("Puesto", head=True), Column("Quién"), Column("Hasta"), Column("Votos", number=True), Column("Estado")],
    [
        ["Vocera de finanzas", "Yelitza Márquez", date(2027, 3, 14), 1250, Status(Sign.DONE, "activa")],
        [
            "Vocero de la contraloría social y de la participación protagónica del sector 4",
            "Wilmer Antonio Echezuría Betancourt de la Concepción",
            date(2026, 3, 14),
            48,
            Status(Sign.WAITING, "vencido, en funciones"),
        ],
        ["Vocera de agua", "Carmen Rojas", date(2027, 3, 14), 61, Status(Sign.REFUSED, "revocada")],
        ["Vocero de vivienda", None, None, None, Status(Sign.PLAIN, "vacante")],
    ],
    total=["En total", "3 de 4", None, 1359, ""],
    pages=Pages(2, 7, "?page={page}"),
)

FACTS = Facts(
    [
        Fact("Lugar", "Cancha techada de la calle Bolívar"),
        Fact("Cuándo", Many(["sábado 4 de octubre, 9:00", Small("segunda convocatoria: 10:00")]), Link("Cambiar", "#")),
        Fact(
            "Convocada por",
            "Vocera de organización, en nombre de tres quintas partes de las vocerías del consejo comunal",
        ),
        Fact("Acta", None),
    ]
)

LINES = Lines(
    [
        Line(
            "Asamblea: cuentas del trimestre",
            "sábado 4 de octubre, 9:00",
            "Cancha techada",
            "#",
            Status(Sign.WAITING, "en 3 días"),
        ),
        Line("Camión de la basura", "lunes 6 de octubre, 7:00", href="#"),
        Line(
            "Vuelve el agua",
            "martes 7 de octubre",
            "Tercer día sin servicio; la brigada cambia la válvula y avisará casa por casa",
            "#",
            Status(Sign.REFUSED, "atrasada"),
        ),
    ]
)

AGENDA = Table(
    "Orden del día",
    [
        Column("Nº", number=True),
        Column("Asunto", head=True),
        Column("A favor", number=True),
        Column("En contra", number=True),
        Column("Decisión"),
    ],
    [
        [1, "Cuentas del trimestre", 54, 2, Status(Sign.DONE, "aprobado")],
        [2, "Reparar la bomba de la calle Bolívar con el fondo de emergencia", 61, 0, Status(Sign.DONE, "aprobado")],
        [3, "Cambiar el día del camión", 20, 31, Status(Sign.REFUSED, "negado")],
        [4, "Puntos varios", None, None, Status(Sign.WAITING, "pendiente")],
    ],
)

REFUSAL = Refusal(
    asked="Convocar una asamblea para el jueves 2 de octubre",
    words="Entre la convocatoria y la asamblea deben pasar al menos tres días.",
    citation="Ley Orgánica de los Consejos Comunales, art. 22",
    rule="cc.assembly.notice",
    who=["La vocería de la comisión de organización", "Diez por ciento del vecindario, con firmas"],
    now=[Link("Elegir otro día", "#")],
)


class Kind(StrEnum):
    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"

    @classmethod
    def labels(cls) -> dict[Kind, str]:
        return {cls.ORDINARY: "Ordinaria", cls.EXTRAORDINARY: "Extraordinaria"}


class Item(Row):
    words: Annotated[LineField, Label("Asunto")]
    minutes: Annotated[Count | None, Label("Minutos")] = None
    secret: Annotated[Flag | None, Label("Voto secreto")] = None


class Sample(Act):
    """Llama a todo el vecindario a sentarse y decidir. La convocatoria se publica y se imprime."""

    label = "Convocar la asamblea"

    kind: Annotated[Kind, Label("Clase de asamblea")]
    day: Annotated[Day, Label("Día", help="Al menos tres días después de hoy")]
    hour: Annotated[Hour, Label("Hora")]
    place: Annotated[PublicLine, Label("Lugar", help="Como lo conoce el vecindario")]
    chairs: Annotated[Count | None, Label("Sillas que hacen falta")] = None
    outdoors: Annotated[Flag, Label("Es al aire libre")]
    why: Annotated[PublicText | None, Label("Por qué")] = None
    items: Annotated[tuple[Item, ...], Label("Orden del día", help="Lo más urgente primero.")] = ()


def parts_page() -> Page:
    shown: list[Part] = [
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
        Section(
            "Text",
            [Text("La bomba está parada desde el 12.\n\nPedimos repararla.\nSomos 43 familias.")],
        ),
        Section("Thread", [THREAD]),
        Section("Code", [Code(CODE, "Estos libros el 4 de octubre de 2026: 1.204 asientos", NOTE)]),
        Section("Signatures", [Signatures(["Vocera de la asamblea", "Secretario", "Contraloría social"])]),
    ]
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
        facts=shown,
        source=Source(
            Thread(THREAD.steps[:2]),
            "Decidido en la asamblea 31.",
            [Link("Imprimir", "#"), Link("Hoja de cálculo", "#"), Link("Calendario", "#")],
        ),
    )


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
            Section("Orden del día", [AGENDA], wide=True),
            Section("La sesión", [FACTS]),
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
        [Column("Nº", number=True), Column("Quién", head=True), Column("Calle"), Column("Firma")],
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
