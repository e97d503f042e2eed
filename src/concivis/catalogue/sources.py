"""The rooms that publish cards, and how each lists all of them for the rebuild."""

from collections.abc import Callable, Iterable, Mapping

from concivis.catalogue.cards import CardDraft

_sources: dict[str, Callable[[], Iterable[CardDraft]]] = {}


def register(kind: str, iterate_drafts: Callable[[], Iterable[CardDraft]]) -> None:
    """Called in a room's `AppConfig.ready`: `iterate_drafts()` yields every card of `kind` that should exist now."""
    _sources[kind] = iterate_drafts


def registered() -> Mapping[str, Callable[[], Iterable[CardDraft]]]:
    return dict(_sources)
