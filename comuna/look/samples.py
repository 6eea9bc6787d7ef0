"""Invented contents for the pattern pages."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from comuna.acts.act import Act
from comuna.acts.fields import Count, Day, Flag, Hour, Label, Line as LineField, PublicLine, PublicText, Row
from comuna.look.frame import Link
from comuna.look.parts import (
    Column,
    Fact,
    Facts,
    Line,
    Lines,
    Many,
    Pages,
    Refusal,
    Sign,
    Small,
    Status,
    Step,
    Table,
    Text,
    Thread,
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
        [
            "Vocera de agua",
            "Carmen Rojas",
            date(2027, 3, 14),
            61,
            Many([Status(Sign.REFUSED, "revocada"), Small("LOCC art. 39"), Link("Decisión 15 de 2026", "#")]),
        ],
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

MOTION = Text(
    "Que el fondo de emergencia pague la reparación de la bomba, hasta Bs 1.250,00.\n\nResponde la unidad financiera."
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
