"""A small gazetteer of real places, and files that name them."""

from collections.abc import Iterator
from typing import Any

from concivis.exchange import actions
from concivis.exchange.models import Batch
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.places.models import Place

PLACES = [
    # name, country, latitude, longitude, people, other names
    ("Hamm", "DE", 51.68033, 7.82089, 185_327, []),
    ("Düsseldorf", "DE", 51.22172, 6.77616, 620_523, ["Dusseldorf"]),
    ("Halle (Saale)", "DE", 51.48158, 11.97947, 234_107, ["Halle"]),
    ("Bradford", "GB", 53.79391, -1.75206, 299_310, []),
    ("Keighley", "GB", 53.86791, -1.90664, 48_000, []),
    ("Poix-du-Nord", "FR", 50.18874, 3.60946, 2_148, []),
    ("Reggio nell'Emilia", "IT", 44.69825, 10.63125, 133_296, ["Reggio Emilia"]),
    ("Dijon", "FR", 47.31667, 5.01667, 149_782, []),
    ("Girona", "ES", 41.98311, 2.82493, 96_722, ["Gerona"]),
    ("Santa Monica", "US", 34.01949, -118.49138, 93_220, []),
    ("Keene", "US", 42.93369, -72.27814, 23_265, []),
    ("Keene", "US", 32.39681, -97.32390, 6_181, []),
    ("Göttingen", "DE", 51.53443, 9.93228, 122_149, []),
    ("Prishtina", "XK", 42.67272, 21.16688, 161_751, ["Pristina"]),
]


def draw() -> dict[str, Place]:
    for code in ("DE", "GB", "FR", "IT", "ES", "US", "XK", "RS", "JP"):
        CountryFactory(code=code)
    return {
        name: PlaceFactory(
            name=name,
            country__code=code,
            latitude=latitude,
            longitude=longitude,
            population=people,
            names=names,
        )
        for name, code, latitude, longitude, people, names in PLACES
    }


HEADER = "city1,country1,lat1,lng1,city2,country2,lat2,lng2"
HAMM_BRADFORD = "Hamm,Germany,51.68,7.82,Bradford,United Kingdom,53.79,-1.75"
HAMM_SANTA_MONICA = "Hamm,Germany,51.68,7.82,Santa Monica,United States,34.02,-118.49"
KEIGHLEY_POIX = "Keighley,England,53.87,-1.91,Poix-du-Nord,France,50.19,3.61"


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def sent(content: bytes, filename: str = "list.csv", **more: Any) -> Batch:
    """Uploaded: the file is kept and its columns guessed."""
    fields = {"by": None, "hub": None, "source_title": "A list", **more}
    return actions.upload(blocks=_blocks(content), filename=filename, **fields)


def staged(content: bytes, **more: Any) -> Batch:
    return actions.stage(by=None, batch=sent(content, **more))


def applied(content: bytes, **more: Any) -> Batch:
    return actions.apply(by=None, batch=staged(content, **more))


def _blocks(content: bytes) -> Iterator[bytes]:
    yield from (content[start : start + 65536] for start in range(0, len(content), 65536))


def states(batch: Batch) -> list[str]:
    return list(batch.rows.order_by("line").values_list("state", flat=True))


def reasons(batch: Batch, line: int) -> list[str]:
    """The codes of what is said about a row and its ends."""
    row = batch.rows.select_related("a", "b").get(line=line)
    return [note["code"] for notes in (row.notes, *(end.notes for end in row.ends)) for note in notes]


def found(batch: Batch, line: int) -> list[str]:
    """How the two ends of a row were found."""
    return [end.how for end in batch.rows.select_related("a", "b").get(line=line).ends]
