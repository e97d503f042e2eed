"""Opens a take-out with care: nothing is believed before every sum is right, and nothing is written outside."""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from concivis.exchange.takeout.contents import SHARED, TAKEN
from concivis.exchange.takeout.lines import Line
from concivis.exchange.takeout.packing import BLOCK, FORMAT, MANIFEST

MOST_BYTES = 20 * 1024**3  # unpacked, of the whole archive
MOST_MANIFEST = 64 * 1024**2
LONGEST_LINE = 16 * 1024**2
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
SAFE = re.compile(r"^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    RuntimeError,
    OSError,
    ValueError,
    KeyError,
)


class BrokenArchive(ValueError):
    """The archive is not loaded; the message is a sentence for the person."""


class Archive:
    """A take-out whose every sum was checked. Raises BrokenArchive."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(path)
            self.manifest = self._manifest()
            self._require_bounds()
            self._require_sums()
        except BrokenArchive:
            raise
        except BROKEN as error:
            raise BrokenArchive(_("The archive is damaged, or it is no take-out of Concivis.")) from error

    def lines(self, label: str) -> Iterator[Line]:
        said = self.manifest["tables"].get(label)
        if not said:
            return
        with self.zip.open(said["file"]) as file:
            while text := file.readline(LONGEST_LINE):
                yield json.loads(text)

    @property
    def files(self) -> list[str]:
        return sorted(self.manifest["files"])

    def file(self, name: str) -> IO[bytes]:
        return self.zip.open(f"files/{name}")

    def _manifest(self) -> dict[str, Any]:
        if self.zip.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise BrokenArchive(_("The archive unpacks to far more than it should; it was not opened."))
        manifest = json.loads(self.zip.read(MANIFEST))
        if not isinstance(manifest, dict) or not str(manifest.get("format", "")).startswith(
            "concivis-takeout-"
        ):
            raise BrokenArchive(_("The archive is damaged, or it is no take-out of Concivis."))
        unknown = set(manifest["tables"]) - set(TAKEN) - set(SHARED)
        if manifest["format"] != FORMAT or unknown:
            raise BrokenArchive(
                _("The archive was made by another version of Concivis (%(version)s). Update this one first.")
                % {"version": str(manifest.get("software", "–"))[:20]}
            )
        return manifest

    def _require_bounds(self) -> None:
        entries = self.zip.infolist()
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise BrokenArchive(_("The archive unpacks to far more than it should; it was not opened."))
        for entry in entries:
            if (
                not SAFE.match(entry.filename)
                or ".." in entry.filename
                or entry.compress_type not in PACKINGS
            ):
                raise BrokenArchive(
                    _("The archive holds a file with a forbidden name: %(name)s")
                    % {"name": entry.filename[:60]}
                )
        if len({entry.filename for entry in entries}) != len(entries):
            raise BrokenArchive(_("The archive holds a file twice."))

    def _require_sums(self) -> None:
        wanted = {said["file"]: said["sha256"] for said in self.manifest["tables"].values()}
        wanted |= {f"files/{name}": said["sha256"] for name, said in self.manifest["files"].items()}
        for name, sha256 in wanted.items():
            if self._sum(name) != sha256:
                raise BrokenArchive(
                    _("The archive was changed or damaged: the sum of %(name)s is wrong.")
                    % {"name": name[:80]}
                )

    def _sum(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with self.zip.open(name) as file:
                while block := file.read(BLOCK):
                    digest.update(block)
        except KeyError:
            return ""
        return digest.hexdigest()
