"""What is said in the sample's sessions, as the secretary writes it down."""

from __future__ import annotations

from random import Random

_SAID = (
    "Se explicó de qué se trata. {n} personas pidieron la palabra.",
    "Se leyó el informe de la comisión. Hubo dudas sobre el costo y se pidió traer dos presupuestos.",
    "Varias vecinas contaron cómo está la situación en su cuadra. Se escuchó primero a quienes viven más lejos.",
    "Se preguntó quién puede prestar herramientas. {n} personas se anotaron.",
    "Se dijo qué se hizo desde la última vez y qué falta.\n\nSe pidió que el próximo informe venga por escrito.",
    "Hubo dos opiniones: hacerlo ya con lo que hay, o esperar el material. Se conversó hasta llegar a un texto común.",
    "Se aclaró que el trabajo es voluntario y que se empieza temprano, por el calor.",
    "Se recordó que el año pasado se decidió algo parecido y no se cumplió. Se pidió poner responsable y fecha.",
    "Se contó lo gastado y lo que queda en caja. Nadie tuvo objeciones.",
    "Se pidió no olvidar a las personas mayores que no pueden salir. {n} casas quedaron anotadas.",
    "Se discutió poco: casi todo el mundo conocía el punto por la cartelera.",
    "Se habló de la lluvia y de cómo quedó el paso.\n\nSe avisará por el grupo si hay que cambiar el día.",
)


def said(random: Random) -> str:
    """One of them, with a small figure."""
    return random.choice(_SAID).format(n=random.randrange(3, 10))
