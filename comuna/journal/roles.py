"""Two roles on PostgreSQL: the owner makes the tables, the one that the server runs as owns nothing.

``DATABASE_OWNER_URL`` names the owner; ``as_owner`` connects as it for the length of a block, and ``forget`` loses
the address before pages are served. What the running role may do is granted by the class of each table, so that
it can neither switch a trigger off nor change a record. Where there is no owner's address, or on SQLite, all of
this does nothing: one role does everything, and ``weaknesses`` says what that costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from comuna.journal.models import PrivatePart
from comuna.journal.tables import Local, State, Truth, of_class

OWNER = "OWNER"
"""The key in the database's settings under which the owner's stand."""

EVERY_RIGHT = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def has_owner() -> bool:
    """Whether the owner's address is known to this process."""
    return OWNER in connection.settings_dict


def forget() -> None:
    """From here on this process can only do what the running role may."""
    connection.settings_dict.pop(OWNER, None)


@contextmanager
def as_owner() -> Iterator[None]:
    """The connection belongs to the owner inside, to the running role again afterwards. No transaction may be open."""
    settings = connection.settings_dict
    if not has_owner():
        yield
        return
    assert not connection.in_atomic_block, "the role is changed between transactions"
    runs = {name: settings[name] for name in settings[OWNER]}
    connection.close()
    settings.update(settings[OWNER])
    try:
        yield
    finally:
        connection.close()
        settings.update(runs)


def running_role() -> str:
    """The name of the role that the server runs as. Ask before ``as_owner``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def rights() -> dict[str, tuple[str, ...]]:
    """What the running role needs on each table, no more."""
    everything = ("SELECT", "INSERT", "UPDATE", "DELETE")
    needed: dict[str, tuple[str, ...]] = {model._meta.db_table: ("SELECT", "INSERT") for model in of_class(Truth)}
    needed[PrivatePart._meta.db_table] = ("SELECT", "INSERT", "DELETE")  # the trigger keeps what no act orders erased
    return needed | {model._meta.db_table: everything for kind in (State, Local) for model in of_class(kind)}


def grant(role: str) -> None:
    """Give the running role what it needs on the tables that stand, and take the rest away. Called as the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s, quote_ident(%s), quote_ident(current_schema())", [role, role])
        itself, name, schema = cursor.fetchone()
        if itself:
            return
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {name}")
        for table, needed in rights().items():
            cursor.execute(f"REVOKE ALL ON {table} FROM PUBLIC, {name}")
            cursor.execute(f"GRANT {', '.join(needed)} ON {table} TO {name}")
        cursor.execute(f"REVOKE ALL ON FUNCTION journal_rewrite() FROM PUBLIC, {name}")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION journal_rewrite() TO {name}")


def lacks() -> list[str]:
    """In words: what the running role needs and may not do."""
    if connection.vendor != "postgresql":
        return []
    return [
        f"the role may not {right} in {table}"
        for table, needed in rights().items()
        for right in needed
        if _may(table, right) is False
    ]


def weaknesses() -> list[str]:
    """In words: what lets the running role walk past the triggers, or change what they guard."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),"
            " has_schema_privilege(current_schema(), 'CREATE'),"
            " (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            "  WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname = ANY(%s)"
            "  AND pg_has_role(c.relowner, 'MEMBER'))",
            [list(rights())],
        )
        role, is_super, may_create, owned = cursor.fetchone()
    if is_super:
        return [f"the server runs as {role}, a superuser: it can switch every trigger off and change any record"]
    found = []
    if owned:
        found.append(f"the server runs as {role}, who owns {owned} tables: it can switch their triggers off")
    if may_create:
        found.append(f"the server's role {role} may make tables and functions beside ours")
    if not owned:
        found.extend(
            f"the server's role {role} may {right} in {table}"
            for table, needed in rights().items()
            for right in EVERY_RIGHT
            if right not in needed and _may(table, right)
        )
    return found


def _may(table: str, right: str) -> bool | None:
    """None where there is no such table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(to_regclass(%s), %s)", [table, right])
        may: bool | None = cursor.fetchone()[0]
        return may
