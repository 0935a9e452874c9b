"""Databases as files: how each of the two is written into one, proven, and put back from it."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

from django.core.management.base import CommandError
from django.db import connection

PATIENCE = 60
"""How many seconds a backup waits for whoever keeps the database locked."""

DAMAGED = "Bản sao lưu hỏng ({}): dùng bản sao lưu khác."
NO_TOOL = "Máy này chưa có chương trình {}: cài gói postgresql-client cùng phiên bản với máy chủ rồi làm lại."

LOCKED = f"Cơ sở dữ liệu bị khóa đã {PATIENCE} giây, chưa sao lưu được: chờ việc đang ghi xong rồi làm lại."


def _give_up(until):
    """Return what SQLite calls after each try to copy: it raises CommandError for a lock that lasts beyond `until`."""

    def tried(status, remaining, total):
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > until:
            raise CommandError(LOCKED)

    return tried


class SQLiteFile:
    """SQLite: its own online copy, taken while others write."""

    name = "database.sqlite3"

    def dump(self, path: Path) -> None:
        """Write the database into a new file that stands alone, without a journal beside it.

        Raises CommandError where somebody keeps it locked: left alone, SQLite would try for ever.
        """
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy, progress=_give_up(monotonic() + PATIENCE))
            copy.execute("PRAGMA journal_mode=DELETE")

    def check(self, path: Path) -> None:
        """Raise CommandError unless the file is a sound database."""
        try:
            with closing(sqlite3.connect(path)) as copy:
                (said,) = copy.execute("PRAGMA integrity_check").fetchone()
                astray = copy.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise CommandError(DAMAGED.format(error)) from error
        if said != "ok" or astray:
            raise CommandError(DAMAGED.format(said if said != "ok" else f"khóa ngoại của bảng {astray[0]}"))

    def install(self, path: Path, prepare: Callable[[], None]) -> None:
        """Let `prepare` make the database in `path` ready, then put it in place of the old one, in one step.

        The old one goes with its journal: beside another database it would be replayed into that. Whoever opened the
        old one and let it go has written its journal into it, so nothing is lost should the machine stop in between.
        """
        place = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = path
        try:
            prepare()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = place
        for journal in ("-wal", "-shm"):
            Path(f"{place}{journal}").unlink(missing_ok=True)
        with open(path, "rb") as file:
            os.fsync(file.fileno())
        os.replace(path, place)


class PostgreSQLDump:
    """PostgreSQL: its own tools; a restore is one transaction, so that the database is the old one or the new one."""

    name = "database.dump"
    CLEAR = """
    DO $$ DECLARE it record; BEGIN
        FOR it IN SELECT oid::regclass AS name FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        LOOP EXECUTE 'DROP TABLE ' || it.name || ' CASCADE'; END LOOP;
        FOR it IN SELECT oid::regprocedure AS name FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend
                WHERE objid = pg_proc.oid AND classid = 'pg_proc'::regclass AND deptype = 'e')
        LOOP EXECUTE 'DROP FUNCTION ' || it.name || ' CASCADE'; END LOOP;
    END $$;
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    """
    """Takes away what an installation made, but for the extension, which may be the superuser's and is kept or made."""

    def dump(self, path: Path) -> None:
        """Write the database into a new file, as of one moment."""
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")

    def check(self, path: Path) -> None:
        """Raise CommandError unless the file can be read to its end."""
        self._script(path)

    def install(self, path: Path, prepare: Callable[[], None]) -> None:
        """Put the database in `path` in place of the old one, in one transaction, then let `prepare` make it ready."""
        script = self.CLEAR.encode() + self._script(path)
        connection.close()
        quiet = ("--no-psqlrc", "--quiet", "--output=/dev/null")
        self._run("psql", *quiet, "--single-transaction", "--set=ON_ERROR_STOP=1", input=script)
        prepare()

    def _script(self, path):
        """Return the SQL that makes the database again; the extension is there already."""
        kept = [line for line in self._read("--list", path).splitlines() if b" EXTENSION " not in line]
        chosen = path.with_suffix(".list")
        chosen.write_bytes(b"\n".join(kept))
        return self._read("--no-owner", "--no-privileges", f"--use-list={chosen}", "--file=-", path)

    def _read(self, *arguments):
        try:
            return subprocess.run(["pg_restore", *arguments], check=True, capture_output=True).stdout
        except FileNotFoundError:
            raise CommandError(NO_TOOL.format("pg_restore")) from None
        except subprocess.CalledProcessError as error:
            raise CommandError(DAMAGED.format(error.stderr.decode().strip())) from error

    def _run(self, tool, *arguments, **more):
        """Run a tool of the server's on the database."""
        command, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [*arguments])
        try:
            known = os.environ | (environment or {})
            subprocess.run([tool, *command[1:]], check=True, capture_output=True, env=known, **more)
        except FileNotFoundError:
            raise CommandError(NO_TOOL.format(tool)) from None
        except subprocess.CalledProcessError as error:
            raise CommandError(f"PostgreSQL không làm được ({tool}): {error.stderr.decode().strip()}") from error


KINDS = {"sqlite": SQLiteFile(), "postgresql": PostgreSQLDump()}
"""How each database becomes a file, by the vendor that Django names."""
