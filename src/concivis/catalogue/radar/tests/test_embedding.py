import numpy as np
import pytest

from concivis.catalogue.radar import EmbedderError, Index, Reader, ReasonKind, load_embedder
from concivis.catalogue.radar.tests.cards import entry

GHANA = {"countries": frozenset({"GH"})}


class TwoWords:
    """Knows two things: whether a text is about boats, and whether it is not."""

    def __init__(self, model="two-words"):
        self.model = model

    def embed(self, texts):
        return [
            np.array([1, 0] if "boat" in text or "canoe" in text else [0, 1], dtype=np.float32)
            for text in texts
        ]


def cards():
    return [entry("canoes", "canoe", **GHANA), entry("bread", "bread", **GHANA)]


def test_a_model_ranks_what_words_cannot_join():
    index = Index.build(cards(), Reader(embedder=TwoWords()))
    finding = index.find(entry("q", "boat", **GHANA))[0]
    meaning = next(reason for reason in finding.reasons if reason.kind is ReasonKind.MEANING)
    assert (finding.id, meaning.facts.model, meaning.facts.share) == ("canoes", "two-words", 1.0)


def test_the_vectors_are_kept_with_the_name_of_their_model(tmp_path):
    Index.build(cards(), Reader(embedder=TwoWords())).save(tmp_path / "radar")
    loaded = Index.load(tmp_path / "radar", Reader(embedder=TwoWords()))
    assert loaded.model == "two-words"
    assert loaded.find(entry("q", "boat", **GHANA))[0].id == "canoes"


def test_vectors_of_two_models_are_not_compared(tmp_path):
    Index.build(cards(), Reader(embedder=TwoWords())).save(tmp_path / "radar")
    loaded = Index.load(tmp_path / "radar", Reader(embedder=TwoWords("another")))
    reasons = {reason.kind for each in loaded.find(entry("q", "boat", **GHANA)) for reason in each.reasons}
    assert ReasonKind.MEANING not in reasons


def test_a_folder_without_a_model_is_refused_in_words(tmp_path):
    with pytest.raises(EmbedderError, match="holds no model"):
        load_embedder(tmp_path)


def test_the_missing_library_is_named(tmp_path, monkeypatch):
    (tmp_path / "modules.json").write_text("[]")
    monkeypatch.setattr("concivis.catalogue.radar.embedding.find_spec", lambda name: None)
    with pytest.raises(EmbedderError, match="sentence-transformers"):
        load_embedder(tmp_path)


def test_a_model_is_read_from_its_folder_only(tmp_path, monkeypatch):
    asked = []

    class Library:
        class SentenceTransformer:
            def __init__(self, folder, **options):
                asked.append((folder, options))

            def encode(self, texts):
                return [[0.0, 1.0] for _text in texts]

    (tmp_path / "modules.json").write_text("[]")
    monkeypatch.setattr("concivis.catalogue.radar.embedding.find_spec", lambda name: True)
    monkeypatch.setattr("concivis.catalogue.radar.embedding.import_module", lambda name: Library)
    embedder = load_embedder(tmp_path)
    assert embedder.embed(["a"])[0].tolist() == [0.0, 1.0]
    assert embedder.model == tmp_path.name
    assert asked == [(str(tmp_path), {"local_files_only": True, "device": "cpu"})]
