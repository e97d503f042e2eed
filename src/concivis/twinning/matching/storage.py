"""A fitted finder as a folder: one file per array, read as it is used and shared by all processes."""

import json
import shutil
import tempfile
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse

from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.ground import Ground
from concivis.twinning.matching.shapes import Weights
from concivis.twinning.matching.spelling import Spellings
from concivis.twinning.matching.sphere import Surroundings
from concivis.twinning.matching.ties import Ties

VERSION = 3  # of the folder's layout
PARTS = ("data", "indices", "indptr")  # of a CSR matrix
CLASSES = {each.__name__: each for each in (Gazetteer, Spellings, Surroundings, Ties)}


def save(ground: Ground, weights: Weights, folder: Path) -> None:
    """Written beside the folder and put in its place at the end, so that nobody reads half a finder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    parts = {
        "gazetteer": _write(ground.gazetteer, fresh, "gazetteer"),
        "ties": _write(ground.ties, fresh, "ties"),
    }
    (fresh / "finder.json").write_text(json.dumps({"version": VERSION, **parts}), encoding="utf-8")
    weights.save(fresh / "weights.json")
    old = fresh.with_name(f"{fresh.name}-old")
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> tuple[Ground, Weights]:
    """FileNotFoundError without a finder there; ValueError for one of another layout: fit and save it again."""
    parts = json.loads((folder / "finder.json").read_text(encoding="utf-8"))
    if parts["version"] != VERSION:
        raise ValueError(f"{folder} holds a finder of another version; fit and save it again.")
    gazetteer: Gazetteer = _read(parts["gazetteer"], folder)
    ties: Ties = _read(parts["ties"], folder)
    return Ground.of_ties(gazetteer, ties), Weights.load(folder / "weights.json")


def _write(value: Any, folder: Path, name: str) -> Any:
    """Arrays become files; what is returned, for the JSON, says how to put them together again."""
    if isinstance(value, np.ndarray):
        np.save(folder / f"{name}.npy", value)
        return {"array": name}
    if scipy.sparse.issparse(value):
        for part in PARTS:
            np.save(folder / f"{name}.{part}.npy", getattr(value, part))
        return {"matrix": name, "shape": list(value.shape)}
    if is_dataclass(value):
        made = {
            each.name: _write(getattr(value, each.name), folder, f"{name}.{each.name}")
            for each in fields(value)
        }
        return {"class": type(value).__name__, "fields": made}
    if isinstance(value, tuple):
        return {"tuple": [_write(each, folder, f"{name}.{number}") for number, each in enumerate(value)]}
    return value


def _read(made: Any, folder: Path) -> Any:
    """The value whose `_write` returned this; arrays stay on the disk until they are used."""
    if not isinstance(made, dict):
        return made
    if "array" in made:
        return _array(folder, made["array"])
    if "matrix" in made:
        arrays = tuple(_array(folder, f"{made['matrix']}.{part}") for part in PARTS)
        return scipy.sparse.csr_array(arrays, shape=tuple(made["shape"]))
    if "tuple" in made:
        return tuple(_read(each, folder) for each in made["tuple"])
    return CLASSES[made["class"]](**{name: _read(each, folder) for name, each in made["fields"].items()})


def _array(folder: Path, name: str) -> Any:
    return np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray)  # the plain class is faster
