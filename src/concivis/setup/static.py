"""Collects the static files, ours and the front-end packages', in <data>/static: served from there."""

from pathlib import Path

from concivis.setup.frontend import MANIFESTS
from concivis.setup.steps import PACKAGE, fingerprint, read_stamp, step, write_stamp

# parts of the packages that no page asks for: compressing them would take longer than all the rest
NOT_SERVED = ["*-10m.json", "land-*.json", "d3.js", "htmax-*", "hx-*"]


def is_current(data: Path) -> bool:
    return read_stamp(_stamp(data)) == _stamp_text()


def collect(data: Path) -> None:
    if is_current(data):
        return
    from django.core.management import call_command

    with step("Collecting the static files"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=NOT_SERVED)
    write_stamp(_stamp(data), _stamp_text())


def _stamp(data: Path) -> Path:
    return data / "static.stamp"  # beside the folder, which is emptied each time


def _stamp_text() -> str:
    ours = (path for path in PACKAGE.glob("*/static/**/*") if path.is_file())
    return fingerprint([*ours, *MANIFESTS])
