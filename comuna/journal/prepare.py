"""Making a database ready: tables, then triggers, in that order every time."""

from __future__ import annotations

from django.core.management import call_command

from comuna.journal import triggers


def prepare() -> None:
    """Bring the database to this release's tables and put every trigger in place."""
    call_command("migrate", verbosity=0, interactive=False)
    triggers.install()
