"""The demo's facts: five offices with their partnerships, one file each, every date beside its source."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Office:
    """One file. `sources` stand by key; `partnerships` name their partner by a place's public id."""

    hub: dict[str, str]
    sources: dict[str, dict[str, str]]
    places: list[dict[str, Any]]
    partnerships: list[dict[str, Any]]


def offices(folder: Path = FOLDER) -> Iterator[Office]:
    """All files in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        yield Office(content["hub"], content["sources"], content.get("places", []), content["partnerships"])
