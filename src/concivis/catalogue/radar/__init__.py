"""The radar: who already does this? A pure engine: entries and texts in, findings with reasons out.

    index = Index.build(entries, Reader(places=lookup))     from cards, by a job
    index.find(entry, 10, not_hubs={"hamm"})                [Finding(id, kind, confidence, reasons), …]
    index.add(entry); index.remove(id)                      what changed since the build
    index.save(folder); Index.load(folder, reader)          one folder, shared by the web workers
    suggest_tags("Schulpartnerschaft mit Ghana", "de")      [Suggestion(kind, code, confidence, spans), …]
    learn([Verdict.on(…)], hub_weights)                     a hub's judgements, and what they changed
    warm_up()                                               two seconds of CPU that the first text would cost

Controlled tags carry the match, text ranks. No database, no request, no download.
"""

from concivis.catalogue.radar.embedding import Embedder, EmbedderError, load_embedder
from concivis.catalogue.radar.entries import Entry, Place, Profile, Text
from concivis.catalogue.radar.findings import (
    Distance,
    Facts,
    Finding,
    Kind,
    Likeness,
    Nothing,
    Reason,
    ReasonKind,
    SharedTags,
    SharedWords,
)
from concivis.catalogue.radar.index import Index, Reader
from concivis.catalogue.radar.lexicon import Lexicon, Tag
from concivis.catalogue.radar.lexicon import shipped as warm_up
from concivis.catalogue.radar.places import KnownPlace, Lookup
from concivis.catalogue.radar.suggesting import Suggestion, suggest_tags
from concivis.catalogue.radar.weighing import Change, HubWeights, Tally, Verdict, Weights, learn

__all__ = [
    "Change",
    "Distance",
    "Embedder",
    "EmbedderError",
    "Entry",
    "Facts",
    "Finding",
    "HubWeights",
    "Index",
    "Kind",
    "KnownPlace",
    "Lexicon",
    "Likeness",
    "Lookup",
    "Nothing",
    "Place",
    "Profile",
    "Reader",
    "Reason",
    "ReasonKind",
    "SharedTags",
    "SharedWords",
    "Suggestion",
    "Tag",
    "Tally",
    "Text",
    "Verdict",
    "Weights",
    "learn",
    "load_embedder",
    "suggest_tags",
    "warm_up",
]
