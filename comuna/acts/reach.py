"""Where somebody may do an act: in the matters of one council, of the whole commune (None), or anywhere at all."""

from __future__ import annotations

ANYWHERE = "*"
"""Asked where it does not matter which council: may she do this at all?"""
