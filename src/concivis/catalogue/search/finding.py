"""A search from beginning to end: found, found again where nothing was, ranked, counted, a page at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from concivis.catalogue import queries
from concivis.catalogue.models import Card, CardIndex
from concivis.catalogue.search.asking import Asked, Selection, ask
from concivis.catalogue.search.facets import Counts, counted
from concivis.catalogue.search.matching import MOST, Row, ids, rows
from concivis.catalogue.search.spelling import corrected
from concivis.shell.chunks import chunks

FEW = 3  # hits, with which another spelling is proposed
AT_ONCE = 500  # cards of an export
NAMED = 200  # hits looked at for one that is called exactly so
LIGHT = 40.0  # a weight of this counts as much as the best text


@dataclass(frozen=True)
class Found:
    """`total` is exact up to MOST, else MOST and `more`. Either of these may explain what is shown:
    `corrected`, the words looked for instead of those typed; `any_word`, that no card has all the words.
    `proposal`: words that would find more."""

    asked: Asked
    total: int
    more: bool
    ids: list[int]  # in order
    rows: list[Row]
    corrected: str = ""
    proposal: str = ""
    any_word: bool = False

    def counts(self) -> Counts:
        """One query for each facet selected."""
        return counted(self.asked, self.rows, any_concept=self.any_word)


def find(text: str, selection: Selection | None = None, *, language: str = "en", sort: str = "") -> Found:
    """Cards that hold every word of `text`, or what it means, and have the facts selected; all cards for neither.

    Four queries; where nothing or little is found, two or three more for each word.
    """
    asked = ask(text, selection, language=language)
    found = _looked(asked, sort)
    if not asked.concepts or found.total >= FEW:
        return found
    instead = corrected(asked.concepts)
    if instead:
        again = _looked(ask(instead, selection, language=language), sort, corrected=instead)
        if again.total and not found.total:
            return again
        if again.total > found.total:
            return _looked(asked, sort, proposal=instead)
    if not found.total and len(asked.concepts) > 1:
        return _looked(asked, sort, any_word=True)
    return found


def page_of(found: Found, page: int, size: int) -> list[Card]:
    """Complete cards in the order found. At most five queries."""
    wanted = found.ids[(page - 1) * size : page * size]
    by_id = queries.cards().in_bulk(wanted)
    return [by_id[pk] for pk in wanted if pk in by_id]


def all_cards(found: Found) -> Iterator[Card]:
    """Every card that matches, also beyond MOST, the newest first: for exports."""
    for chunk in chunks(ids(found.asked.expression(any_concept=found.any_word)), AT_ONCE):
        by_id = queries.cards().in_bulk(chunk)
        yield from (by_id[pk] for pk in chunk if pk in by_id)


def _looked(asked: Asked, sort: str, *, any_word: bool = False, **told: Any) -> Found:
    relevance = sort not in SORTS or sort == "relevance"
    ranked = relevance and bool(asked.concepts)
    matching = rows(asked.expression(any_concept=any_word), ranked=ranked)
    more, matching = len(matching) > MOST, matching[:MOST]
    order = [row.id for row in (_by_relevance(matching) if relevance else SORTS[sort](matching))]
    if ranked and len(order) > 1:
        order = _named_first(order, asked)
    return Found(asked, len(matching), more, order, matching, any_word=any_word, **told)


def _by_relevance(found: list[Row]) -> list[Row]:
    best = max((row.score for row in found), default=0.0) or 1.0
    worth = [row.score / best + min(row.weight, 10.0) / LIGHT for row in found]
    # stable, so that among equals the newest stays first
    return [found[n] for n in sorted(range(len(found)), key=worth.__getitem__, reverse=True)]


def _named_first(order: list[int], asked: Asked) -> list[int]:
    """What is called exactly as asked before what only mentions it, among the best. One query."""
    name = " ".join(concept.typed for concept in asked.concepts)
    best = order[:NAMED]
    called = set(CardIndex.objects.filter(card__in=best, title=name).values_list("card", flat=True))
    return sorted(best, key=lambda pk: pk not in called) + order[NAMED:]


def _by_confirmation(found: list[Row]) -> list[Row]:
    return sorted(found, key=lambda row: (str(row.last_confirmed or ""), row.id), reverse=True)


SORTS: Mapping[str, Callable[[list[Row]], list[Row]]] = {
    "relevance": _by_relevance,
    "newest": list,
    "confirmed": _by_confirmation,
}
