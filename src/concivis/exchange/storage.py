"""Files of imports: below DATA/imports, under names of our own, never served. Archives are opened with care."""

import hashlib
import os
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from concivis.exchange.errors import UnreadableFile

UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes a person may send; said beside the field
FILE_LIMIT = 200 * 1024 * 1024  # bytes on the command line, or unpacked
RATIO_LIMIT = 100  # unpacked to packed; text packs to about a tenth
BLOCK = 1 << 20
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # LZMA may ask for gigabytes at once
TABLES = (".csv", ".tsv", ".txt", ".tab", ".json")


@dataclass(frozen=True)
class StoredFile:
    name: str
    sha256: str
    inner_name: str  # of the file inside an archive; else ""


def folder() -> Path:
    path = Path(settings.DATA) / "imports"
    path.mkdir(parents=True, exist_ok=True, mode=0o750)
    return path


def path_of(name: str) -> Path:
    return folder() / name


def keep(blocks: Iterator[bytes], limit: int = FILE_LIMIT) -> StoredFile:
    """Stores the bytes, unpacked if they are an archive of one table. Raises UnreadableFile; then nothing is left."""
    name = secrets.token_hex(12)
    arrived = folder() / f"{name}.part"
    try:
        _write(blocks, arrived, limit)
        inner = _unpack(arrived, limit) if _is_archive(arrived) else ""
        arrived.replace(folder() / name)
    finally:
        arrived.unlink(missing_ok=True)
    return StoredFile(name, _digest(folder() / name), inner)


def keep_whole(content: bytes) -> StoredFile:
    """Stores what is no archive of ours to open, such as a spreadsheet."""
    name = secrets.token_hex(12)
    _write(iter([content]), folder() / name, len(content))
    return StoredFile(name, hashlib.sha256(content).hexdigest(), "")


def blocks_of(path: Path) -> Iterator[bytes]:
    """Raises UnreadableFile with a sentence where there is no such file."""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block
    except OSError as error:
        raise UnreadableFile(
            _("“%(path)s” cannot be opened: %(why)s.") % {"path": path, "why": error.strerror or error}
        ) from error


def discard(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def _write(blocks: Iterator[bytes], path: Path, limit: int) -> None:
    size = 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for block in blocks:
            size += len(block)
            if size > limit:
                raise too_large(limit)
            file.write(block)
    if not size:
        raise UnreadableFile(_("The file is empty."))


def too_large(limit: int) -> UnreadableFile:
    return UnreadableFile(
        _("The file is larger than %(limit)s megabytes. Split it into several files.")
        % {"limit": limit // 1024 // 1024}
    )


def _is_archive(path: Path) -> bool:
    """Also one whose end is missing, as after a download that broke off."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\3\4" or zipfile.is_zipfile(file)


def _unpack(archive: Path, limit: int) -> str:
    """Puts the one table of the archive in the archive's place. What an archive says of sizes is not trusted."""
    unpacked = archive.with_suffix(".unpacked")
    try:
        with zipfile.ZipFile(archive) as opened:
            entry = _only_table(opened)
            with opened.open(entry) as source, unpacked.open("wb") as target:
                _copy(source, target, min(limit, RATIO_LIMIT * max(entry.compress_size, 10_000)))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        unpacked.unlink(missing_ok=True)
        raise UnreadableFile(_("The archive is damaged or locked with a password.")) from error
    except UnreadableFile:
        unpacked.unlink(missing_ok=True)
        raise
    shutil.move(unpacked, archive)
    archive.chmod(0o600)
    return Path(entry.filename).name


def _only_table(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise UnreadableFile(
            _("This is a spreadsheet of an office program. Save the table as CSV and try again.")
        )
    tables = [
        entry
        for entry in entries
        if entry.filename.lower().endswith(TABLES) and not entry.filename.startswith(("__MACOSX/", "."))
    ]
    if len(tables) != 1:
        raise UnreadableFile(
            _("The archive holds %(count)s tables (.csv, .tsv, .txt, .json); it must hold one.")
            % {"count": len(tables)}
        )
    if tables[0].compress_type not in PACKINGS:
        raise zipfile.BadZipFile("a packing that needs much memory or time to undo")
    return tables[0]


def _copy(source: IO[bytes], target: IO[bytes], limit: int) -> None:
    size = 0
    while block := source.read(BLOCK):
        size += len(block)
        if size > limit:
            raise UnreadableFile(_("The archive unpacks to far more than a table would; it was not opened."))
        target.write(block)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
