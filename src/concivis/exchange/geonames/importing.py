"""A GeoNames dump into places: what to take of it, and as which kind."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concivis.exchange.geonames.read import Feature, LineFault, read_features, read_names, read_regions
from concivis.hubs import record
from concivis.places import actions
from concivis.places.enums import NameKind, PlaceKind, PlaceOrigin
from concivis.places.facts import NameFacts, PlaceFacts
from concivis.places.sizes import kind_of

DEFAULT_CLASSES = ("P", "ADM1", "ADM2")
NO_LONGER_LIVED_IN = {
    "PPLH",
    "PPLQ",
    "PPLW",
    "PPLCH",
}  # historical, abandoned, destroyed places; former capitals
PARTS = {"PPLX"}  # quarters of a place
UNIT_KINDS = {"ADM1": PlaceKind.REGION, "ADM2": PlaceKind.PROVINCE}
BETWEEN = {("DE", "ADM3"), ("FR", "ADM3"), ("BE", "ADM3")}
"""Third-level units that stand above the municipalities: Kreise (which law calls associations of municipalities) and
arrondissements. Elsewhere the third and fourth levels of GeoNames are mostly municipalities, and get a kind by size."""
SHOWN_FAULTS = 20
STEP = 5_000  # lines between two reports of progress

Progress = Callable[[str, int, int], object]


@dataclass(slots=True)
class DumpOutcome:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    names_added: int = 0
    identified: int = 0  # places that got their Wikidata id
    regions: int = 0
    left_out: int = 0  # lines with a fault
    faults: list[str] = field(default_factory=list)  # the first of them, as sentences

    @property
    def counts(self) -> dict[str, int]:
        return {key: getattr(self, key) for key in self.__slots__ if key != "faults"}


@transaction.atomic
def import_dump(
    places: Path,
    *,
    by: Any = None,
    names: Path | None = None,
    regions: Path | None = None,
    classes: Collection[str] = DEFAULT_CLASSES,
    progress: Progress,
) -> DumpOutcome:
    """Adds and changes places; all or nothing. Writes one line into the record if anything changed.

    `classes` are GeoNames' feature classes or codes ("P", "ADM1"); without `names` the names that `places` itself lists
    are taken, whose languages are not known. Raises UnreadableDump.
    """
    outcome = DumpOutcome()
    faults = _Faults(outcome)
    actions.save_countries()
    if regions:
        found = list(read_regions(regions, faults.of(regions)))
        actions.save_regions(found)
        outcome.regions = len(found)
    wanted = _facts(places, classes, with_names=names is None, faults=faults)
    merged = actions.merge_places(
        wanted, origin=PlaceOrigin.DUMP, progress=lambda done: progress(_("Places"), done, 0)
    )
    outcome.added, outcome.changed, outcome.unchanged = merged.added, merged.changed, merged.unchanged
    outcome.names_added = merged.names_added
    if names:
        _save_names(names, outcome, faults, progress)
    if outcome.added or outcome.changed or outcome.names_added or outcome.identified:
        record.write(
            hub=None, by=by, action="gazetteer.loaded", kind="gazetteer", object_id=places.name[:40],
            details=outcome.counts,
        )  # fmt: skip
    return outcome


def kind_of_feature(feature: Feature) -> PlaceKind:
    """ADM1 is a region, ADM2 a province, a level between them and the municipalities an association; else by size."""
    if feature.feature_code in UNIT_KINDS:
        return UNIT_KINDS[feature.feature_code]
    if (feature.country, feature.feature_code) in BETWEEN:
        return PlaceKind.ASSOCIATION
    return kind_of(feature.population)


class _Faults:
    """Counts the lines left out and keeps the first of them."""

    def __init__(self, outcome: DumpOutcome) -> None:
        self.outcome = outcome

    def of(self, path: Path) -> Callable[[LineFault], None]:
        def note(fault: LineFault) -> None:
            self.outcome.left_out += 1
            if len(self.outcome.faults) < SHOWN_FAULTS:
                self.outcome.faults.append(f"{path.name}: {fault}")

        return note


def _facts(
    path: Path, classes: Collection[str], *, with_names: bool, faults: _Faults
) -> Iterator[PlaceFacts]:
    for feature in read_features(path, faults.of(path)):
        if _is_wanted(feature, classes):
            yield PlaceFacts(
                geonames_id=feature.geonames_id,
                name=feature.name,
                country=feature.country,
                region=feature.region,
                kind=kind_of_feature(feature),
                latitude=feature.latitude,
                longitude=feature.longitude,
                population=feature.population,
                timezone=feature.timezone,
                names=tuple(map(NameFacts, feature.other_names)) if with_names else (),
            )


def _is_wanted(feature: Feature, classes: Collection[str]) -> bool:
    if feature.feature_code in classes:
        return True
    return feature.feature_class in classes and feature.feature_code not in NO_LONGER_LIVED_IN | PARTS


def _save_names(path: Path, outcome: DumpOutcome, faults: _Faults, progress: Progress) -> None:
    chunk: list[tuple[int, NameFacts]] = []
    identities: dict[int, str] = {}
    for done, name in enumerate(read_names(path, faults.of(path)), start=1):
        if name.wikidata_id:
            identities.setdefault(name.geonames_id, name.wikidata_id)
        else:
            kind = NameKind.PREFERRED if name.is_preferred and name.language else NameKind.ALTERNATE
            chunk.append((name.geonames_id, NameFacts(name.name, name.language, kind.value)))
        if done % STEP == 0:
            outcome.names_added += actions.add_names(chunk)
            outcome.identified += actions.identify(identities)
            chunk, identities = [], {}
            progress(_("Names"), done, 0)
    outcome.names_added += actions.add_names(chunk)
    outcome.identified += actions.identify(identities)
