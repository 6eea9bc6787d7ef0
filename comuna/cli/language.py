"""The language in which the command line speaks: ``COMUNA_LANG``, else what the terminal says, else the program's own.

``COMUNA_LANG`` and the variables of the terminal (``LC_ALL``, ``LC_MESSAGES``, ``LANG``) are read as ``es``,
``es_VE.UTF-8`` or ``en``. ``C`` and ``POSIX`` say nothing about a language.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

VARIABLES = ("COMUNA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language_in(environment: Mapping[str, str], known: Mapping[str, str], otherwise: str) -> str:
    """The first known language that a variable names."""
    for name in VARIABLES:
        said = environment.get(name, "").replace("-", "_").split(".")[0].split("_")[0].lower()
        if said in known:
            return said
    return otherwise


def speak() -> None:
    """Say what follows in that language. Call it once the program is set up."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(language_in(os.environ, dict(settings.LANGUAGES), settings.LANGUAGE_CODE))
