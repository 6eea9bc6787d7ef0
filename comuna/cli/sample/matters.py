"""What the sample's assemblies talk about: motions in their own words, who answers for them, what became of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """An item with its motion. Shares are of those present, in hundredths."""

    title: str
    motion: str
    for_percent: int = 88
    against_percent: int = 6
    responsible: str = ""
    due_days: int = 0
    done_after: int = 0  # days; 0: nobody has said that it is done
    done_words: str = ""
    not_yet: str = ""  # said when it is due and not done


FOUNDING = (
    Matter(
        "Por qué nos constituimos",
        "Constituir el consejo comunal Los Araguaneyes con los sectores del censo, y usar estos libros desde hoy.",
        96,
        1,
    ),
)

MONTHS: tuple[tuple[Matter, ...], ...] = (
    (
        Matter(
            "Tanque de agua de la parte alta",
            "Reparar la tapa y la tubería de salida del tanque de la parte alta con trabajo voluntario y materiales del"
            " fondo de acción social.",
            94,
            2,
            "cc.committee.water",
            45,
            38,
            "Quedó reparado el domingo; el tanque llena en seis horas y no bota agua.",
        ),
        Matter(
            "Días de asamblea",
            "Reunirnos el primer sábado de cada mes a las nueve en la cancha techada.",
            90,
            5,
        ),
    ),
    (
        Matter(
            "Alumbrado de las escaleras",
            "Pedir quince luminarias a la alcaldía y poner diez bombillos propios mientras llegan.",
            91,
            3,
            "cc.committee.energy",
            60,
            52,
            "Se pusieron los diez bombillos. Llegaron once de las quince luminarias y están instaladas.",
        ),
        Matter(
            "Cobrar el uso de la cancha",
            "Cobrar una cuota a los equipos de fuera por usar la cancha los domingos.",
            38,
            49,
        ),
    ),
    (
        Matter(
            "Lista del gas",
            "Publicar cada quincena en la cartelera la lista de espera de las bombonas, por orden de entrega.",
            97,
            0,
            "cc.committee.energy",
            20,
            18,
            "La lista está en la cartelera desde el 15 y se renueva cada quincena.",
        ),
        Matter(
            "Pintura de la escuela",
            "Pintar los tres salones de la escuela antes del comienzo de clases; la pintura la pone la dirección.",
            93,
            1,
            "cc.committee.education",
            70,
            0,
            "",
            "La dirección entregó la mitad de la pintura; hay dos salones listos y falta uno.",
        ),
    ),
    (
        Matter(
            "Día de la basura",
            "Sacar la basura solo los martes y viernes antes de las siete, y multar con una jornada de limpieza a quien"
            " la deje otro día.",
            72,
            17,
            "cc.committee.health",
            15,
            14,
            "Se avisó casa por casa; el camión pasa los dos días.",
        ),
    ),
    (
        Matter(
            "Bodega comunal",
            "Abrir la bodega comunal en el local de la calle Bolívar con horario de tarde.",
            45,
            45,
        ),
        Matter(
            "Cuentas del trimestre",
            "Aprobar las cuentas que presentó la unidad financiera, con las observaciones de la contraloría.",
            61,
            24,
            "cc.finance",
            30,
            0,
            "",
            "Faltan dos recibos de los materiales del tanque.",
        ),
    ),
    (
        Matter(
            "Quebrada",
            "Limpiar la quebrada el próximo domingo, cada sector su tramo, antes de las lluvias.",
            95,
            0,
            "cc.committee.land",
            9,
            10,
            "Fuimos 84 personas. Salieron cuatro camiones de escombros.",
        ),
    ),
    (
        Matter(
            "Censo de personas con discapacidad",
            "Visitar a las familias que lo pidan y pasar la lista de ayudas técnicas que hacen falta.",
            98,
            0,
            "cc.committee.disability",
            40,
            41,
            "Se visitaron 23 familias; la lista tiene nueve sillas y cuatro andaderas.",
        ),
        Matter(
            "Bomba del pozo",
            "Comprar el sello y el rodamiento de la bomba con lo que hay en el fondo, hasta 180 dólares.",
            86,
            6,
            "cc.committee.water",
            25,
            0,
            "",
            "No se consigue el rodamiento en el estado; se encargó a Valencia.",
        ),
    ),
    (
        Matter(
            "Plan de emergencia por lluvias",
            "Tener una persona con radio en cada sector y la escuela como punto de encuentro.",
            92,
            2,
            "cc.committee.security",
            20,
            17,
            "Cada sector tiene su persona y la llave de la escuela está en dos casas.",
        ),
    ),
    (
        Matter(
            "Transporte escolar",
            "Proponer a la línea un turno a las seis y cuarto y llevar la carta entre cinco familias.",
            89,
            3,
            "cc.committee.education",
            30,
            0,
            "",
        ),
        Matter(
            "Comedor",
            "Abrir el comedor también los sábados con lo que produce el huerto.",
            83,
            7,
            "cc.committee.food",
            35,
            33,
            "Abrió el primer sábado con 61 platos.",
        ),
    ),
    (
        Matter(
            "Vereda 3",
            "Vaciar la placa de la vereda 3 con cemento de la comuna y trabajo de la cuadra.",
            90,
            2,
            "cc.committee.housing",
            50,
            0,
            "",
        ),
    ),
    (
        Matter(
            "Horas de agua",
            "Publicar cada domingo las horas de agua de la semana por sector, y anotar a qué hora llegó de verdad.",
            96,
            0,
            "cc.committee.water",
            14,
            0,
            "",
        ),
        Matter(
            "Fiesta de los araguaneyes",
            "Hacer la fiesta el último sábado del mes en la cancha, sin venta de licor.",
            69,
            19,
            "cc.committee.sport",
            21,
            0,
            "",
        ),
    ),
    (
        Matter(
            "Papeleras de la calle principal",
            "Hacer doce papeleras con pipotes donados y ponerlas en la avenida El Samán.",
            94,
            1,
            "cc.committee.health",
            30,
            28,
            "Están puestas nueve; las otras tres esperan tapa.",
        ),
    ),
    (
        Matter(
            "Semillas y huerto",
            "Repartir las semillas entre las familias con patio y guardar un tercio para el huerto de la escuela.",
            95,
            0,
            "cc.committee.economy",
            25,
            21,
            "Se repartieron a 47 familias.",
        ),
        Matter(
            "Ruido de madrugada",
            "Apagar la música a la una los fines de semana; quien no cumpla limpia la cancha.",
            64,
            28,
        ),
    ),
    (
        Matter(
            "Bombillos de la cancha",
            "Cambiar los cuatro reflectores de la cancha por otros de menor consumo.",
            87,
            4,
            "cc.committee.energy",
            60,
            0,
            "",
        ),
    ),
)

TODAY = (
    "Lectura del acta anterior",
    "Decisiones que se pasaron de su día",
    "Tanquilla de la entrada: propuesta de la mesa técnica de agua",
    "Proyecto para la próxima consulta",
)

RECALL_ASKED = (
    "No presentó las cuentas del fondo de riesgo en las asambleas de los últimos tres meses, y no entregó los recibos"
    " que la contraloría pidió por escrito dos veces."
)
RECALL_FOUND = (
    "Se revisó el libro del fondo y se habló con cuatro personas. Faltan los recibos de dos compras. No se encontró que"
    " el dinero se usara para otra cosa."
)
RECALL_DEFENCE = (
    "Dice que guardó los recibos en su casa, que se mojaron con la lluvia de enero, y que no se negó a entregarlos."
)
