"""Ends as rows of their table, and as places to be created."""

from collections import defaultdict
from collections.abc import Sequence

from concivis.exchange.gazetteer import DatabaseGazetteer
from concivis.exchange.matching import Decision, How, kilometres
from concivis.exchange.models import Batch, BatchEnd
from concivis.exchange.namings import naming
from concivis.exchange.notes import Note, to_json
from concivis.exchange.records import End
from concivis.places.actions import PlaceDraft
from concivis.places.names import fold
from concivis.places.sizes import kind_of

SAME_NEW = 20.0  # km between coordinates of rows that name the same new place
MOST_PEOPLE = 2_000_000_000


def batch_end(
    batch: Batch, end: End, decision: Decision, said: Sequence[Note], gazetteer: DatabaseGazetteer
) -> BatchEnd:
    """Not saved."""
    code = gazetteer.country(end.country)[0] or decision.country
    return BatchEnd(
        batch=batch,
        name=end.name,
        country=end.country,
        code=code,
        admin=end.admin or gazetteer.country(end.country)[1],
        wikidata_id=end.wikidata_id,
        geonames_id=end.geonames_id,
        latitude=end.latitude,
        longitude=end.longitude,
        population=end.population,
        how=decision.how,
        place_id=decision.place,
        notes=to_json((*said, *decision.notes)),
        proposals=[proposal.as_json() for proposal in decision.proposals],
    )


def link_created_twins(ends: Sequence[BatchEnd]) -> None:
    """Ends to be created that mean the same new place point to the first of them."""
    roots: dict[tuple[str, ...], list[BatchEnd]] = defaultdict(list)
    items: dict[str, BatchEnd] = {}
    for end in ends:
        if end.how != How.CREATED:
            continue
        group = roots[_new_key(end)]
        twin = items.get(end.wikidata_id) or next((root for root in group if _same_new(end, root)), None)
        if twin is None:
            group.append(end)
            if end.wikidata_id:
                items[end.wikidata_id] = end
        end.twin = twin


def _new_key(end: BatchEnd) -> tuple[str, ...]:
    return end.code, fold(end.name)


def _same_new(end: BatchEnd, root: BatchEnd) -> bool:
    if end.latitude is None or end.longitude is None or root.latitude is None or root.longitude is None:
        return True
    return kilometres(end.latitude, end.longitude, root.latitude, root.longitude) <= SAME_NEW


def place_draft(end: BatchEnd, filename: str) -> PlaceDraft:
    """The place an end to be created becomes; its note says why the gazetteer's would not do."""
    reason = " ".join(str(note) for note in end.said) or ""
    body = naming(end.name, end.admin, end.code).body
    population = end.population if end.population and end.population <= MOST_PEOPLE else None
    return PlaceDraft(
        name=end.name,
        country=end.code,
        kind=body or kind_of(population),
        latitude=end.latitude,
        longitude=end.longitude,
        population=population,
        region=end.admin[:200],
        wikidata_id=end.wikidata_id or None,
        note=f"{filename}: {reason}"[:300],
    )
