"""Writes a hub's take-out: lines of JSON for each table, the files, and a manifest with the sum of each."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage
from django.db.models import FileField, Model, Q

from concivis import __version__
from concivis.catalogue.models import Card
from concivis.exchange.takeout.contents import LEFT, SHARED, TAKEN, model_of, rows_of
from concivis.exchange.takeout.lines import Line, Orphan, Writer, plain
from concivis.hubs.models import Hub
from concivis.places.models import Country, Place, Region
from concivis.vocabulary.models import Term

FORMAT = "concivis-takeout-1"
MANIFEST = "manifest.json"
BLOCK = 1 << 20
AT_ONCE = 500

Report = Callable[[str, int, int], None]
Stored = tuple[Storage, str]


def silent(_phase: str, _done: int, _total: int) -> None:
    """Reports nothing."""


def pack(hub: Hub, target: Path, *, at: datetime, report: Report = silent) -> None:
    """Call it inside a transaction: then it is one state of the hub. About two queries for each table."""
    taken = {label: set(rows_of(label, hub).values_list("pk", flat=True)) for label in TAKEN}
    writer, tables = Writer(taken), {}
    files: dict[str, Stored] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, label in enumerate(TAKEN):
            report("taking", done, len(TAKEN))
            tables[label] = _write(archive, f"tables/{label}.jsonl", _lines(label, hub, writer, files))
        for label, lines in {**_shared(writer), "catalogue.Card": _card_dates(hub)}.items():
            tables[label] = _write(archive, f"shared/{label}.jsonl", lines)
        kept = {name: _copy(archive, *stored) for name, stored in sorted(files.items())}
        manifest = {
            "format": FORMAT,
            "software": __version__,
            "made_at": at.isoformat(),
            "hub": {"address": hub.slug, "name": hub.name, "id": hub.public_id},
            "tables": tables,
            "files": {name: said for name, said in kept.items() if said},
            "shared": dict(SHARED),
            "left": dict(LEFT),
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))


def _lines(label: str, hub: Hub, writer: Writer, files: dict[str, Stored]) -> Iterator[Line]:
    model = model_of(label)
    stored = [field for field in model._meta.concrete_fields if isinstance(field, FileField)]
    for row in rows_of(label, hub).order_by("pk").iterator(AT_ONCE):
        try:
            line = writer.line(row)
        except Orphan:
            continue
        for field in stored:
            if name := line[field.attname]:
                files[name] = (field.storage, name)
        yield line


def _write(archive: zipfile.ZipFile, name: str, lines: Iterable[Line]) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as file:
        for line in lines:
            text = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
            file.write(text)
            digest.update(text)
            rows += 1
    return {"file": name, "rows": rows, "sha256": digest.hexdigest()}


def _copy(archive: zipfile.ZipFile, storage: Storage, name: str) -> dict[str, Any] | None:
    """None for a file that is not there any more."""
    if not storage.exists(name):
        return None
    digest, size = hashlib.sha256(), 0
    with storage.open(name) as source, archive.open(f"files/{name}", "w", force_zip64=True) as target:
        while block := source.read(BLOCK):
            target.write(block)
            digest.update(block)
            size += len(block)
    return {"size": size, "sha256": digest.hexdigest()}


def _shared(writer: Writer) -> dict[str, list[Line]]:
    """What the rows refer to, by what is the same everywhere; places whole: one is made where it is missing."""
    found = writer.shared
    places = list(Place.objects.filter(pk__in=found["places.Place"]).prefetch_related("names").order_by("pk"))
    found["places.Region"] |= {place.region_id for place in places if place.region_id}
    regions = list(Region.objects.filter(pk__in=found["places.Region"]).order_by("pk"))
    found["places.Country"] |= {place.country_id for place in places}
    found["places.Country"] |= {region.country_id for region in regions}
    countries = Country.objects.filter(pk__in=found["places.Country"]).order_by("pk")
    terms = Term.objects.filter(pk__in=found["vocabulary.Term"]).order_by("pk")
    return {
        "places.Country": [_whole(each) for each in countries],
        "places.Region": [_whole(each) for each in regions],
        "places.Place": [
            {**_whole(place), "names": [_whole(name) for name in place.names.all()]} for place in places
        ],
        "vocabulary.Term": [{"id": term.pk, "scheme": term.scheme_id, "code": term.code} for term in terms],
    }


def _whole(row: Model) -> Line:
    return {field.attname: plain(field.value_from_object(row)) for field in row._meta.concrete_fields}


def _card_dates(hub: Hub) -> list[Line]:
    """“The latest” is told by them; all else of a card is made anew."""
    commons = [
        rows_of(label, hub).filter(hub=None).values("public_id")
        for label in ("twinning.Partnership", "directory.Organisation")
    ]
    ours = Q(hub=hub) | Q(hub=None, public_id__in=commons[0]) | Q(hub=None, public_id__in=commons[1])
    cards = Card.objects.filter(ours).order_by("pk").only("kind", "public_id", "published_at", "changed_at")
    return [
        {name: plain(getattr(card, name)) for name in ("kind", "public_id", "published_at", "changed_at")}
        for card in cards
    ]
