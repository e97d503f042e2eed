"""An index as a folder: one file per array, read as it is used and shared by all processes."""

import json
import shutil
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from concivis.catalogue.radar.segment import Segment, Strings

VERSION = 1  # of the folder's layout


def save_parts(folder: Path, segments: list[Segment], removed: list[set[int]], model: str) -> None:
    """Written beside the folder and put in its place at the end, so that nobody reads half an index."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    for number, segment in enumerate(segments):
        _write(segment, fresh / str(number))
    facts = {"version": VERSION, "model": model, "removed": [sorted(rows) for rows in removed]}
    (fresh / "radar.json").write_text(json.dumps(facts), encoding="utf-8")
    old = fresh.with_name(f"{fresh.name}-old")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def load_parts(folder: Path) -> tuple[list[Segment], list[set[int]], str]:
    facts = json.loads((folder / "radar.json").read_text(encoding="utf-8"))
    if facts["version"] != VERSION:
        raise ValueError(f"{folder} holds an index of another version; build and save it again.")
    removed = [set(rows) for rows in facts["removed"]]
    return [_read(folder / str(number)) for number in range(len(removed))], removed, facts["model"]


def _write(segment: Segment, folder: Path) -> None:
    folder.mkdir()
    for column in fields(segment):
        value = getattr(segment, column.name)
        if isinstance(value, Strings):
            np.save(folder / f"{column.name}.letters.npy", value.letters)
            np.save(folder / f"{column.name}.starts.npy", value.starts)
        else:
            np.save(folder / f"{column.name}.npy", value)


def _read(folder: Path) -> Segment:
    columns: dict[str, Any] = {}
    for column in fields(Segment):
        if column.type in {Strings, "Strings"}:
            parts = (_array(folder, f"{column.name}.{part}") for part in ("letters", "starts"))
            columns[column.name] = Strings(*parts)
        else:
            columns[column.name] = _array(folder, column.name)
    return Segment(**columns)


def _array(folder: Path, name: str) -> Any:
    return np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)  # the plain class is faster
