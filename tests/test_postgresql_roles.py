"""On PostgreSQL the role that the server runs as owns nothing: real commands, a real server, two real roles."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from tests.programs import comuna, digest_in, done

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Roles:
    """One database, and the addresses of those who use it."""

    admin: str  # a superuser
    owner: str
    runs: str
    owner_name: str
    runs_name: str


@pytest.fixture(scope="module")
def server() -> str:
    address = os.environ.get("TEST_POSTGRESQL_URL", "")
    assert address, "script/test --long starts a PostgreSQL and says where in TEST_POSTGRESQL_URL"
    return address


def made(server: str) -> Iterator[Roles]:
    """A database as docs/postgresql.md says to make it; gone afterwards with its roles."""
    tag = uuid4().hex[:10]
    name, owner, runs = f"roles_{tag}", f"owner_{tag}", f"runs_{tag}"
    start, place = server.split("://")[0], server.split("@")[1].rsplit("/", 1)[0]
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {owner} LOGIN".encode())
        admin.execute(f"CREATE ROLE {runs} LOGIN".encode())
        admin.execute(f"CREATE DATABASE {name} OWNER {owner}".encode())
    yield Roles(
        admin=f"{server.rsplit('/', 1)[0]}/{name}",
        owner=f"{start}://{owner}@{place}/{name}",
        runs=f"{start}://{runs}@{place}/{name}",
        owner_name=owner,
        runs_name=runs,
    )
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        admin.execute(f"DROP ROLE {owner}".encode())
        admin.execute(f"DROP ROLE {runs}".encode())


@pytest.fixture
def roles(server: str) -> Iterator[Roles]:
    yield from made(server)


@pytest.fixture(scope="module")
def kept(server: str) -> Iterator[Roles]:
    yield from made(server)


@pytest.fixture(scope="module")
def home(kept: Roles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample commune: its tables made by the owner, all of its acts done by the role that runs."""
    folder = tmp_path_factory.mktemp("roles") / "home"
    done(folder, "demo", "--council", database=kept.runs, owner=kept.owner)
    return folder


def refused(address: str, *statements: str) -> None:
    """Each statement is refused for want of a right or of ownership, for no other reason."""
    for statement in statements:
        with psycopg.connect(address) as session, pytest.raises(errors.InsufficientPrivilege):
            session.execute(statement.encode())


def tables_of(address: str, like: str) -> list[str]:
    with psycopg.connect(address) as session:
        found = session.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname LIKE %s ORDER BY relname",
            [like],
        )
        return [str(name) for (name,) in found]


def test_the_running_role_owns_nothing_and_can_make_nothing(kept: Roles, home: Path) -> None:
    with psycopg.connect(kept.admin) as session:
        owners = session.execute(
            "SELECT DISTINCT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " UNION SELECT pg_get_userbyid(proowner)::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        ).fetchall()
    assert owners == [(kept.owner_name,)]
    refused(
        kept.runs,
        "CREATE TABLE public.own (id int)",
        "CREATE VIEW public.own AS SELECT 1",
        "CREATE FUNCTION public.own() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA own",
        "CREATE OR REPLACE FUNCTION public.journal_record_never_changed() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$",
        "DROP FUNCTION public.journal_record_never_changed() CASCADE",
        "SET session_replication_role = replica",
        f"SET ROLE {kept.owner_name}",
        "COMMENT ON TABLE journal_record IS '1'",
    )


def test_the_running_role_can_neither_disable_nor_drop_nor_alter_nor_empty_any_table(kept: Roles, home: Path) -> None:
    tables = tables_of(kept.admin, "%")
    assert len(tables) > 40
    for table in tables:
        refused(
            kept.runs,
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"ALTER TABLE {table} ADD COLUMN own int",
            f"DROP TABLE {table}",
            f"TRUNCATE {table} CASCADE",
            f"CREATE TRIGGER own BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION journal_record_never_changed()",
            f"CREATE RULE own AS ON INSERT TO {table} DO INSTEAD NOTHING",
        )
    refused(kept.runs, "DROP TRIGGER journal_record_never_changed ON journal_record")


def test_the_running_role_cannot_change_the_journal(kept: Roles, home: Path) -> None:
    for table in tables_of(kept.admin, "journal_%"):
        if table in ("journal_writer", "journal_upload"):  # local
            continue
        column = "at" if table == "journal_record" else "id"
        refused(kept.runs, f"UPDATE {table} SET {column} = {column}")
        if table != "journal_privatepart":
            refused(kept.runs, f"DELETE FROM {table}")


def test_a_private_part_goes_only_when_an_erasure_of_ours_names_it(kept: Roles, home: Path) -> None:
    """A temporary table under the name of ours is not asked."""
    with psycopg.connect(kept.runs) as session:
        session.execute("CREATE TEMPORARY TABLE journal_erasure AS SELECT id FROM public.journal_privatepart")
        assert session.execute("SELECT count(*) FROM journal_erasure").fetchone() != (0,)
        with pytest.raises(errors.RaiseException, match="append-only"):
            session.execute("DELETE FROM public.journal_privatepart")


def test_the_running_role_gets_what_each_class_of_table_needs_and_no_more(kept: Roles, home: Path) -> None:
    said = comuna(home, "doctor", database=kept.runs)
    assert "WARN" not in said.stdout, said.stdout
    assert "rights that the server's role lacks" not in said.stdout
    with psycopg.connect(kept.admin, autocommit=True) as admin:
        admin.execute(f"GRANT UPDATE ON journal_record TO {kept.runs_name}".encode())
        assert "may UPDATE in journal_record" in comuna(home, "doctor", database=kept.runs).stdout
        admin.execute(f"REVOKE UPDATE ON journal_record FROM {kept.runs_name}".encode())
        admin.execute(f"GRANT CREATE ON SCHEMA public TO {kept.runs_name}".encode())
        assert "may make tables" in comuna(home, "doctor", database=kept.runs).stdout
        admin.execute(f"REVOKE CREATE ON SCHEMA public FROM {kept.runs_name}".encode())
    assert "WARN" not in comuna(home, "doctor", database=kept.runs).stdout


def test_rights_that_were_taken_away_are_missed_in_words_and_given_again_by_the_owner(
    kept: Roles, home: Path, tmp_path: Path
) -> None:
    with psycopg.connect(kept.admin, autocommit=True) as admin:
        admin.execute(f"REVOKE ALL ON journal_record FROM {kept.runs_name}".encode())
    for words in (("verify", "--fast"), ("backup", "unused"), ("rebuild", "--check"), ("upgrade",)):
        answer = comuna(home, *words, database=kept.runs)
        assert answer.returncode == 1
        assert "the role may not SELECT in journal_record" in answer.stderr
        assert "DATABASE_OWNER_URL" in answer.stderr
        assert "Traceback" not in answer.stderr
    assert "MEND" in comuna(home, "doctor", database=kept.runs).stdout
    done(home, "backup", str(tmp_path / "backup"), database=kept.runs, owner=kept.owner)
    done(home, "verify", "--fast", database=kept.runs)


def test_verify_rebuild_and_export_need_no_owner(kept: Roles, home: Path, tmp_path: Path) -> None:
    assert "Yes:" in done(home, "verify", database=kept.runs)
    assert done(home, "rebuild", "--check", database=kept.runs).strip().endswith("equal")
    done(home, "journal", "export", str(tmp_path / "journal.zip"), database=kept.runs)


def test_a_function_that_runs_as_somebody_else_or_looks_elsewhere_is_named(kept: Roles, home: Path) -> None:
    with psycopg.connect(kept.owner, autocommit=True) as owner:
        owner.execute("ALTER FUNCTION journal_rewrite() SECURITY INVOKER")
        assert (
            "NO: the function journal_rewrite() was altered"
            in comuna(home, "verify", "--fast", database=kept.runs).stdout
        )
        owner.execute("ALTER FUNCTION journal_rewrite() SECURITY DEFINER")
        owner.execute("ALTER FUNCTION journal_privatepart_never_deleted() RESET search_path")
        answer = comuna(home, "verify", "--fast", database=kept.runs)
        assert "journal_privatepart_never_deleted() was altered" in answer.stdout
        assert "not safe to open" in comuna(home, "backup", "unused", database=kept.runs).stderr
        owner.execute("ALTER FUNCTION journal_privatepart_never_deleted() SET search_path = public, pg_temp")
    done(home, "verify", "--fast", database=kept.runs)


def test_a_backup_from_postgresql_comes_back_there_and_on_sqlite(
    kept: Roles, home: Path, roles: Roles, tmp_path: Path
) -> None:
    archive, key = tmp_path / "backup.age", tmp_path / "key.txt"
    done(home, "backup", str(archive), "--new-key", str(key), database=kept.runs)
    digest = digest_in(done(home, "verify", database=kept.runs))
    words = ("restore", str(archive), "--key", str(key))
    refusal = comuna(tmp_path / "poor", *words, database=roles.runs)
    assert (refusal.returncode, "DATABASE_OWNER_URL" in refusal.stderr) == (1, True)
    assert not any((tmp_path / "poor").iterdir())
    assert digest_in(done(tmp_path / "poor", *words, database=roles.runs, owner=roles.owner)) == digest
    assert digest_in(done(tmp_path / "lite", *words)) == digest
    with psycopg.connect(roles.runs) as there, psycopg.connect(kept.runs) as here:
        accounts = "SELECT * FROM mandates_account ORDER BY 1"
        assert there.execute(accounts).fetchall() == here.execute(accounts).fetchall()
        assert here.execute(accounts).fetchall()
        assert there.execute("SELECT count(*) FROM journal_writer").fetchone() == (0,)
    refused(roles.runs, "ALTER TABLE journal_record DISABLE TRIGGER ALL")
    again = comuna(tmp_path / "again", *words, database=roles.runs, owner=roles.owner)
    assert (again.returncode, "already has books" in again.stderr) == (1, True)


def test_a_backup_of_sqlite_is_refused_on_postgresql_before_anything_is_written(tmp_path: Path, roles: Roles) -> None:
    (tmp_path / "comuna.db").write_bytes(b"SQLite format 3\0")
    with tarfile.open(tmp_path / "backup.tar", "w") as tar:
        tar.add(tmp_path / "comuna.db", "comuna.db")
    answer = comuna(tmp_path / "home", "restore", str(tmp_path / "backup.tar"), database=roles.runs, owner=roles.owner)
    assert answer.returncode == 1
    assert "holds a database of SQLite" in answer.stderr
    assert not (tmp_path / "home").exists()


def test_books_that_the_running_role_made_are_given_to_an_owner(
    kept: Roles, home: Path, roles: Roles, tmp_path: Path
) -> None:
    """As a home from before the owner, without the mark of its release: said in words, mended by two commands."""
    bundle, old = tmp_path / "journal.zip", tmp_path / "old"
    done(home, "journal", "export", str(bundle), database=kept.runs)
    with psycopg.connect(roles.admin, autocommit=True) as admin:
        admin.execute(f"GRANT CREATE ON SCHEMA public TO {roles.runs_name}".encode())
    digest = digest_in(done(old, "journal", "import", str(bundle), database=roles.runs))
    said = comuna(old, "doctor", database=roles.runs).stdout
    assert f"the server runs as {roles.runs_name}, who owns" in said
    with psycopg.connect(roles.runs, autocommit=True) as session:
        session.execute("COMMENT ON TABLE journal_record IS NULL")
        session.execute("ALTER TABLE territory_person DROP COLUMN relation")
    answer = comuna(old, "backup", "unused", database=roles.runs)
    assert "Run: comuna upgrade" in answer.stderr
    answer = comuna(old, "upgrade", database=roles.runs, owner=roles.owner)
    assert answer.returncode == 1
    assert f"REASSIGN OWNED BY {roles.runs_name} TO {roles.owner_name};" in answer.stderr
    with psycopg.connect(roles.admin, autocommit=True) as admin:
        admin.execute(f"REASSIGN OWNED BY {roles.runs_name} TO {roles.owner_name}".encode())
        admin.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.runs_name}".encode())
    answer = comuna(old, "upgrade", database=roles.runs)
    assert (answer.returncode, "DATABASE_OWNER_URL" in answer.stderr) == (1, True)
    done(old, "upgrade", database=roles.runs, owner=roles.owner)
    assert digest_in(done(old, "verify", database=roles.runs)) == digest
    assert "WARN" not in comuna(old, "doctor", database=roles.runs).stdout
    refused(roles.runs, "ALTER TABLE journal_record DISABLE TRIGGER ALL")


def test_an_upgrade_that_does_not_verify_leaves_the_tables_as_they_were(kept: Roles, home: Path) -> None:
    with psycopg.connect(kept.admin, autocommit=True) as admin:
        change = "UPDATE journal_record SET at = %s WHERE seq = 3"
        row = admin.execute("SELECT at FROM journal_record WHERE seq = 3").fetchone()
        assert row is not None
        admin.execute("SET session_replication_role = replica")
        admin.execute(change, ["2001-01-01T00:00:00Z"])
        before = admin.execute("SELECT 'journal_record'::regclass::oid").fetchone()
        answer = comuna(home, "upgrade", "--anyway", database=kept.runs, owner=kept.owner)
        assert answer.returncode == 1
        assert "Nothing was changed: the new copy does not verify" in answer.stderr
        assert admin.execute("SELECT 'journal_record'::regclass::oid").fetchone() == before
        admin.execute(change, [row[0]])
    done(home, "verify", "--fast", database=kept.runs)


def test_an_upgrade_keeps_records_state_and_accounts(kept: Roles, home: Path) -> None:
    digest = digest_in(done(home, "verify", database=kept.runs))
    accounts = "SELECT * FROM mandates_account ORDER BY 1"
    with psycopg.connect(kept.runs) as session:
        before = session.execute(accounts).fetchall()
    done(home, "upgrade", "--anyway", database=kept.runs, owner=kept.owner)
    assert digest_in(done(home, "verify", database=kept.runs)) == digest
    with psycopg.connect(kept.runs) as session:
        assert session.execute(accounts).fetchall() == before


def test_an_erasure_by_the_running_role_leaves_no_words_in_the_tables(kept: Roles, home: Path) -> None:
    """The pages of the tables are read as files, after a checkpoint."""
    name = b"Eufrosina Quintiliana"
    assert name not in pages_of(kept)
    with psycopg.connect(kept.runs) as session:
        household = session.execute("SELECT id FROM territory_household LIMIT 1").fetchone()
    assert household is not None
    fields = {"full_name": name.decode() + " Zambrano", "household": str(household[0]), "birth_day": "1951-03-02"}
    person = acts(kept, home, "secretaria", "territory.register_person", **fields)
    assert name in pages_of(kept)
    inner = {"subject": person, "audiences": ["household", "identity", "health"], "reason": "lo pidió"}
    erasing = {"verb": "acts.erase_private", "version": 1, "fields": inner}
    proposal = acts(kept, home, "secretaria", "acts.propose", act=erasing)
    acts(kept, home, "contraloria", "acts.sign", proposal=proposal)
    assert not (home / "scrub.due").exists()
    assert name not in pages_of(kept)
    with psycopg.connect(kept.admin) as admin:
        logged = admin.execute("SELECT count(*) FROM journal_record WHERE verb = 'acts.erase_private'").fetchone()
    assert logged == (1,)


def acts(roles: Roles, home: Path, name: str, verb: str, **fields: object) -> str:
    """One act of somebody of the sample, with her own password, at the command line; its id."""
    account = next(one for one in json.loads((home / "demo.json").read_text("utf-8")) if one["name"] == name)
    word = home.parent / f"{name}.txt"
    word.write_text(account["password"], "utf-8")
    id = str(uuid4())
    words = ("act", verb, "--json", "-", "--as", name, "--password-file", str(word), "--id", id)
    answer = comuna(home, *words, database=roles.runs, stdin=json.dumps(fields))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return id


def pages_of(roles: Roles) -> bytes:
    """The bytes of all tables of ours and of what is stored beside them."""
    with psycopg.connect(roles.admin, autocommit=True) as admin:
        admin.execute("CHECKPOINT")
        found = admin.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE pg_relation_filenode(oid) > 0"
            " AND (relnamespace = 'public'::regnamespace OR relnamespace = 'pg_toast'::regnamespace)"
        )
        return b"".join(bytes(content) for (content,) in found)
