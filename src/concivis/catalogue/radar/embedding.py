"""The optional third voice: vectors of whole texts from a model that the operator keeps in a local folder."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from concivis.catalogue.radar.entries import Vector


class EmbedderError(RuntimeError):
    """Why there is no embedder, as a sentence for the operator."""


class Embedder(Protocol):
    """`model` names the model; vectors of different models are never compared."""

    @property
    def model(self) -> str: ...

    def embed(self, texts: Sequence[str]) -> list[Vector]: ...


class SentenceTransformer:
    """A model as the sentence-transformers library saves one. Nothing is ever downloaded."""

    def __init__(self, folder: Path, library: Any) -> None:
        self.model = folder.resolve().name
        self._model = library.SentenceTransformer(str(folder), local_files_only=True, device="cpu")

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        return [np.asarray(vector, dtype=np.float32) for vector in self._model.encode(list(texts))]


def load_embedder(folder: Path) -> Embedder:
    """The model in `folder`. Raises EmbedderError without one, or where the library that reads it is missing."""
    if not (folder / "modules.json").is_file():
        raise EmbedderError(f"{folder} holds no model: it should be a folder saved by sentence-transformers.")
    if find_spec("sentence_transformers") is None:
        raise EmbedderError(
            "Install the package “sentence-transformers” beside Concivis to use an embedding model; "
            "without one, leave the setting empty."
        )
    return SentenceTransformer(folder, import_module("sentence_transformers"))
