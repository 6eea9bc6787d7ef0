"""Given names, by which a list is found to write surnames first: "HERNÁNDEZ MARÍA", without a comma.

What the header says is not believed ("Apellidos y nombres" stands over "María Hernández" as often as not). A list is
taken to write surnames first when far more of its names end in a given name than begin with one. Names that are
surnames as often (Martín, Simón, Vicente) are left out of the words below, which need not be complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from comuna.territory.reading.text import fold

_WORDS = """
abigail adela adelina adolfo adrian adriana aida alba alberto alejandra alejandro alexander alexandra alexis
alfonso alfredo alicia amalia amanda amelia ana andrea andreina angela angelica antonia antonio argenis
armando arturo asdrubal audrey aura aurora beatriz belen belkis bernardo betty blanca brenda camila candelaria
carla carlos carlota carmen carolina catalina cecilia celia cesar clara claudia concepcion consuelo corina
cristina cruz dalia damaris daniel daniela dayana deisy delia diana diego dilia dolores domingo dora douglas
edgar edith eduardo efrain elena eliana elias elisa elizabeth eloisa elsa elvira emilia emilio emma enrique
erika ernesto esperanza esteban estefania estela esther eugenia eugenio eulalia eva evelyn fabiola fatima
felicia felipe fernanda fernando flor francisca francisco freddy gabriela genesis gerardo gilberto giovanni
gisela gladys gloria graciela gregoria gregorio guadalupe guillermo gustavo haydee hector helena henry hilda
hugo humberto ignacio ines irene iris irma isabel ismael ivan ivonne jacinto jackson jacqueline jairo javier
jean jenny jesica jessica jesus jhon joaquin joel jonathan jorge jose josefa josefina juan juana judith julia
juliana julio karen karina katherine keila laura leandro leida leonardo leonor leticia lidia ligia lilian
liliana lina lisbeth lourdes lucas lucia luis luisa luz magaly maikel manuel manuela marcela marcos margarita
maria mariana mariela marilyn marina mario marisol marlene marta martha mateo mayra melania mercedes micaela
miguel milagros mildred miriam mirian moises monica nancy natalia nelida nelly nelson nestor nicolas nidia
noelia noemi nora norma nubia olga omaira omar orlando oscar oswaldo otilia pablo paola patricia paula pedro
petra pilar rafael rafaela ramon ramona raquel raul rebeca ricardo rigoberto rita roberto rodolfo rodrigo
rogelio rosa rosalia rosario rosaura ruben ruth samuel sandra santa sara saul sergio silvia socorro sofia
soledad sonia susana tania teofilo teresa tibisay ursula valentina valeria vanessa veronica victor victoria
vilma virginia wilfredo wilmer wilson xiomara yadira yajaira yamileth yanira yelitza yenny yesenia yolanda
yudith yuleidy yusmary zenaida zoraida zulay
"""
_GIVEN = frozenset(_WORDS.split())
_EITHER_WORDS = """
adrian alfonso alonso angel aquino benito bernardo candelaria clara cruz domingo esteban felipe fermin flor german
gregorio jaime leon lucas luna luz marcos martin mateo pascual paz pilar rosario salvador santa santana santiago
santos simon tomas valentin vicente victoria vidal
"""
_EITHER = frozenset(_EITHER_WORDS.split())
"""Given names that are surnames as often: what stands before or behind them decides, never they themselves."""
_PARTS = re.compile(r"(?:(?:de|del|la|las|los|da|dos|von|van|san)\s+)*\S+", re.IGNORECASE)
_TIMES = 2  # as many must say so as say the opposite


def writes_surnames_first(names: Iterable[str]) -> bool:
    """Whether the names of a list end in given names rather than begin with them."""
    ends = begins = 0
    for name in names:
        parts = _PARTS.findall(name)
        first, last = (
            (len(parts) > 1 and _is_only_given(part) for part in (parts[0], parts[-1])) if parts else (False, False)
        )
        ends += last and not first
        begins += first and not last
    return ends > _TIMES * begins


def given_names_first(name: str) -> tuple[str, bool]:
    """A name of such a list the other way about, and whether that is in doubt.

    The surnames are what stands before the first word that is only ever a given name. Two and four words without one
    are cut in half; so are four words whose only given name is the last, or the second: two names and two surnames are
    the rule, but that is then said to be in doubt. Of three words nobody can say how many are surnames where none is
    known, or where the middle one is either (Cruz, Martín): these stay as they are written, in doubt.
    """
    parts = _PARTS.findall(name)
    sure = [_is_only_given(part) for part in parts]
    if len(parts) < 2 or sure[0] or (is_given(parts[0]) and not sure[-1]):
        return name, False
    known = next((number for number, is_sure in enumerate(sure) if is_sure), None)
    half, either = len(parts) // 2, [_is_either(part) for part in parts]
    if len(parts) == 4 and not all(sure[1:]):
        return _turned(parts, half), known not in (None, half)
    if known is None:
        return (_turned(parts, half), any(either)) if len(parts) == 2 else (name, True)
    if either[known - 1] and known > 1:
        return name, True
    return _turned(parts, known), False


def _turned(parts: list[str], at: int) -> str:
    return " ".join(parts[at:] + parts[:at])


def is_given(part: str) -> bool:
    """Whether a word of a name is known as a given name, also where it is a surname as often."""
    return fold(part) in _GIVEN


def _is_only_given(part: str) -> bool:
    return is_given(part) and not _is_either(part)


def _is_either(part: str) -> bool:
    return fold(part) in _EITHER
