"""Backup archive: one zip file with the database, the secret key and a manifest, proven by reading it back.

All that people bring in lies in the database; beside it there is only the key, without which no row of a workbook that
was handed out would be known again.
"""

import hashlib
import json
import os
import tempfile
import tomllib
import zipfile
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from binhlu_portal.management.files import write_file

from .databases import DAMAGED, KINDS

MANIFEST, KEY = "manifest.json", "secret-key"


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: by which version of the portal, of which database, with which digests (SHA-256)."""

    made_at: str
    portal: str
    vendor: str
    migrations: list[str]
    digests: dict[str, str]


def key_path() -> Path:
    """The file with the portal's secret key."""
    return settings.DATA_DIR / KEY


def write_archive(path: Path, now: datetime) -> Manifest:
    """Write everything into a new file at `path`, which appears whole, read back and sound, or not at all."""
    return write_file(path, lambda unfinished: _write(unfinished, now))


def _write(path, now):
    kind = KINDS[connection.vendor]
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        kind.dump(folder / kind.name)
        (folder / KEY).write_bytes(key_path().read_bytes())
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            portal=tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"],
            vendor=connection.vendor,
            migrations=sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations()),
            digests={part: _digest(folder / part) for part in (kind.name, KEY)},
        )
        path.touch(mode=0o600)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
            file.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
            for part in manifest.digests:
                file.write(folder / part, part)
    with tempfile.TemporaryDirectory(dir=path.parent) as name:
        read_archive(path, Path(name))
    with open(path, "rb") as file:
        os.fsync(file.fileno())
    return manifest


def read_archive(path: Path, folder: Path) -> Manifest:
    """Unpack an archive into `folder`. Raises CommandError unless it is whole and sound."""
    try:
        with zipfile.ZipFile(path) as file:
            manifest = Manifest(**json.loads(file.read(MANIFEST)))
            for part in manifest.digests:
                file.extract(part, folder)
    except FileNotFoundError:
        raise CommandError(f"Không có tệp “{path}”.") from None
    except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError) as error:
        raise CommandError(DAMAGED.format("không đọc được tệp")) from error
    kind = KINDS.get(manifest.vendor)
    if kind is None or {*manifest.digests} != {kind.name, KEY}:
        raise CommandError(DAMAGED.format("thiếu cơ sở dữ liệu hoặc khóa"))
    for part, digest in manifest.digests.items():
        if _digest(folder / part) != digest:
            raise CommandError(DAMAGED.format(f"sai mã băm của {part}"))
    kind.check(folder / kind.name)
    return manifest


def refuse_unfit(manifest: Manifest) -> None:
    """Raise CommandError when this portal cannot take the archive: of the other database, or of a newer version."""
    if manifest.vendor != connection.vendor:
        raise CommandError(
            f"Bản sao lưu của {manifest.vendor} chỉ khôi phục được vào {manifest.vendor}: đặt DATABASE_URL cho đúng."
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if not known.issuperset(manifest.migrations):
        raise CommandError(f"Bản sao lưu của phiên bản {manifest.portal} mới hơn hệ thống này: cài phiên bản đó trước.")


def put_key(path: Path) -> None:
    """Put the secret key of an archive in place of the present one."""
    path.chmod(0o600)
    with tempfile.TemporaryDirectory(dir=key_path().parent) as folder:
        fresh = Path(folder) / KEY
        fresh.touch(mode=0o600)
        fresh.write_bytes(path.read_bytes())
        os.replace(fresh, key_path())


def _digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
