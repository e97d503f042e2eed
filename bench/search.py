"""How long a page of the search takes, beside a bare query of the full-text index.

    python bench/search.py [10000 100000 1000000]
    DATABASE_URL=postgresql://… python bench/search.py …

Makes a database of its own with so many invented cards (on PostgreSQL in the database named, which must be empty).
A page is what the reader waits for: words understood, cards found, ranked and counted by fourteen facets, twenty of
them loaded and made into cards. The yardstick is the same words asked of the bare index: the twenty best by its own
rank, nothing else. Times in milliseconds of one process, all queries of a kind different, 50th and 95th percentile.
"""

import gc
import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 40
HUBS, PLACES, WORDS = 200, 2_000, 60_000
KINDS = ("initiative", "organisation", "partnership", "event", "call")
COLUMNS = {
    "catalogue_card": (
        "id", "kind", "public_id", "hub_id", "path", "state", "format", "language", "from_date", "last_confirmed",
        "weight", "organisations", "languages", "needs", "offers", "picture", "published_at", "changed_at",
    ),
    "catalogue_cardtext": ("card_id", "language", "title", "summary"),
    "catalogue_cardindex": ("card_id", "weight", "last_confirmed", "tags", "title", "body"),
    "catalogue_card_countries": ("card_id", "country_id"),
    "catalogue_card_places": ("card_id", "place_id"),
}  # fmt: skip


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        scene = Scene()
        made = 0
        for size in sorted(sizes):
            seconds = timed(lambda made=made, size=size: fill(scene, made, size))
            made = size
            report(scene, size, seconds)


def set_up(folder: Path) -> None:
    os.environ.update(
        CONCIVIS_DATA=str(folder),
        CONCIVIS_DEMO="1",
        CONCIVIS_DEMO_DATABASE="1",
        DJANGO_SETTINGS_MODULE="concivis.site.settings",
    )
    sys.path.insert(0, str(ROOT / "src"))
    import django
    from django.core.management import call_command

    from concivis.setup.database import make_tables

    django.setup()
    make_tables()
    call_command("load_vocabulary", verbosity=0)


class Scene:
    """What the cards are about, and words as frequent as words are (Zipf)."""

    def __init__(self) -> None:
        from concivis.hubs.models import Hub
        from concivis.places.countries import codes
        from concivis.places.models import Country, Place
        from concivis.vocabulary.models import Term

        self.chance = random.Random(4)
        self.countries = sorted(codes())
        Country.objects.bulk_create([Country(code=code) for code in self.countries])
        places = [
            Place(
                public_id=f"b{n}", kind="town", name=f"Town {n}", country_id=self.chance.choice(self.countries),
                latitude=self.chance.uniform(-50, 65), longitude=self.chance.uniform(-170, 170), origin="hand",
            )
            for n in range(PLACES)
        ]  # fmt: skip
        Place.objects.bulk_create(places)
        self.places = list(Place.objects.values_list("pk", "country"))
        hubs = [
            Hub(
                public_id=f"h{n}", slug=f"hub-{n}", name=f"Office {n}", place_id=self.places[n][0], language="en",
                is_published=True,
            )
            for n in range(HUBS)
        ]  # fmt: skip
        Hub.objects.bulk_create(hubs)
        self.hubs = list(Hub.objects.values_list("pk", flat=True))
        self.terms = list(Term.objects.values_list("pk", flat=True))
        syllables = [a + b for a in "bdfghklmnprstvw" for b in "aeiou"]
        self.words = list(
            dict.fromkeys(
                "".join(self.chance.choices(syllables, k=self.chance.choice((2, 3, 3, 4))))
                for _ in range(WORDS)
            )
        )
        self.frequencies = [0.0]
        for rank in range(1, len(self.words) + 1):
            self.frequencies.append(self.frequencies[-1] + 1 / (rank + 20))
        self.frequencies.pop(0)

    def text(self, words: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.frequencies, k=words))


def cards(scene: Scene, first: int, last: int) -> Iterator[dict[str, tuple[object, ...]]]:
    """Rows of every table for the cards with the keys from `first` + 1 to `last`."""
    from concivis.catalogue.tags import tags_of

    chance, now = scene.chance, datetime(2026, 11, 1, tzinfo=UTC)
    for key in range(first + 1, last + 1):
        kind = chance.choices(KINDS, (5, 3, 2, 2, 1))[0]
        place, home = chance.choice(scene.places)
        hub, weight = chance.choice(scene.hubs), round(chance.random() * 6, 3)
        begun, confirmed = date(chance.randint(1990, 2026), 3, 1), date(2026, chance.randint(1, 10), 1)
        state, language = (
            chance.choice(("planned", "running", "finished")),
            chance.choice(("de", "en", "it", "fr", "tr")),
        )
        need, offer = (
            chance.choice(("room", "money", "volunteers")),
            chance.choice(("translation", "contacts")),
        )
        terms = chance.sample(scene.terms, 3)
        title, summary = scene.text(4), scene.text(24)
        tags = tags_of(
            kind=kind, hub=hub, state=state, format="", from_date=begun, country=[home], place=[place], term=terms,
            language=[language], need=[need], offer=[offer],
        )  # fmt: skip
        public_id = f"c{key}"
        yield {
            "catalogue_card": (
                key, kind, public_id, hub, f"/c/{public_id}/", state, "", language, begun, confirmed, weight, "[]",
                f'["{language}"]', f'["{need}"]', f'["{offer}"]', "", now, now,
            ),
            "catalogue_cardtext": (key, language, title, summary),
            "catalogue_cardindex": (key, weight, confirmed, tags, title, summary),
            "catalogue_card_countries": (key, home),
            "catalogue_card_places": (key, place),
        }  # fmt: skip


def fill(scene: Scene, first: int, last: int) -> None:
    """In bulk, the index made afterwards, as an operator would load a large stock."""
    from django.db import connection

    rows = cards(scene, first, last)
    if connection.vendor == "postgresql":
        fill_postgres(rows)
    else:
        fill_sqlite(rows)
    from concivis.catalogue.models import CardWord

    if not first:
        words = [CardWord(word=word, backwards=word[::-1]) for word in sorted(scene.words)]
        CardWord.objects.bulk_create(words, batch_size=5_000)


def fill_sqlite(rows: Iterator[dict[str, tuple[object, ...]]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'catalogue_fts%%'"
        )
        triggers = cursor.fetchall()
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA synchronous=OFF")
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("BEGIN")
        while chunk := list(islice(rows, 10_000)):
            for table, columns in COLUMNS.items():
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
                    [row[table] for row in chunk],
                )
        cursor.execute("INSERT INTO catalogue_fts(catalogue_fts) VALUES ('rebuild')")
        cursor.execute("COMMIT")
        for _, sql in triggers:
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def fill_postgres(rows: Iterator[dict[str, tuple[object, ...]]]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS catalogue_fts")
        while chunk := list(islice(rows, 10_000)):
            for table, columns in COLUMNS.items():
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in chunk:
                        copy.write_row(row[table])
        cursor.execute("CREATE INDEX catalogue_fts ON catalogue_cardindex USING gin (vector)")
        cursor.execute("VACUUM ANALYZE")


def report(scene: Scene, size: int, seconds: float) -> None:
    from django.db import connection

    print(f"\n{size:,} cards on {connection.vendor}, made in {seconds:.0f} s\n")
    print(f"{'':34}{'hits':>9}{'p50 ms':>9}{'p95 ms':>9}{'yardstick':>11}{'ratio':>7}")
    for name, queries in asked(scene).items():
        hits, times = measured(queries, page)
        bare = statistics.median(
            measured([query for query in queries if query.get("q")], yardstick)[1] or [0]
        )
        middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        told = f"{bare:11.2f}{middle / bare:7.1f}" if bare else ""
        print(f"{name:34}{hits:>9}{middle:9.1f}{slow:9.1f}{told}")
    for name, queries in typed(scene).items():
        hits, times = measured(queries, proposals)
        middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:34}{hits:>9}{middle:9.1f}{slow:9.1f}")


def asked(scene: Scene) -> dict[str, list[dict[str, str]]]:
    """For each kind of search ROUNDS different ones."""
    from concivis.catalogue.models import Card
    from concivis.places.countries import country_name
    from concivis.vocabulary.models import Term

    chance = random.Random(7)
    rare, middling, common = scene.words[5_000:9_000], scene.words[300:1_500], scene.words[:ROUNDS]
    themes = list(Term.objects.filter(scheme="theme").values_list("code", flat=True))
    titles = [
        title.split() for title in Card.objects.order_by("pk").values_list("texts__title", flat=True)[:ROUNDS]
    ]

    def many(make: Callable[[int], dict[str, str]]) -> list[dict[str, str]]:
        return [make(n) for n in range(ROUNDS)]

    return {
        "a rare word": many(lambda n: {"q": chance.choice(rare)}),
        "a middling word": many(lambda n: {"q": chance.choice(middling)}),
        "a word in every tenth card": many(lambda n: {"q": common[n]}),
        "two words of a title": many(lambda n: {"q": " ".join(titles[n][:2])}),
        "three letters": many(lambda n: {"q": chance.choice(middling)[:3]}),
        "who works with a country": many(
            lambda n: {"q": f"who works with {country_name(scene.countries[n])}"}
        ),
        "a misspelt word": many(lambda n: {"q": misspelt(chance.choice([w for w in rare if len(w) > 5]))}),
        "a word and two facets": many(
            lambda n: {"q": chance.choice(middling), "kind": "initiative", "theme": chance.choice(themes)}
        ),
        "three facets": many(
            lambda n: {"country": scene.countries[n], "kind": "initiative", "theme": chance.choice(themes)}
        ),
        "nothing: the first page": many(lambda n: {"page": str(n + 1)}),
    }


def typed(scene: Scene) -> dict[str, list[dict[str, str]]]:
    """What is proposed while somebody types."""
    chance = random.Random(8)
    rare, common = [word for word in scene.words[5_000:9_000] if len(word) > 5], scene.words[:ROUNDS]
    return {
        "typing: two letters": [{"q": word[:2]} for word in common],
        "typing: a rare word": [{"q": chance.choice(rare)[:5]} for _ in range(ROUNDS)],
        "typing: a word that is nowhere": [{"q": misspelt(chance.choice(rare))} for _ in range(ROUNDS)],
    }


def proposals(query: dict[str, str]) -> int:
    from concivis.portal.suggesting import suggest

    return sum(len(group.proposals) for group in suggest(query["q"]))


def misspelt(word: str) -> str:
    return word[:3] + word[4] + word[3] + word[5:]


def page(query: dict[str, str]) -> int:
    from django.http import QueryDict

    from concivis.portal.search import Search

    given = QueryDict(mutable=True)
    given.update(query)
    search = Search(given)
    assert search.facets is not None and search.cards is not None
    return search.found.total + search.found.more


def yardstick(query: dict[str, str]) -> int:
    from django.db import connection

    from concivis.places.names import fold

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            match = " & ".join(f"'{word}':*" for word in fold(query["q"]).split())
            cursor.execute(
                "SELECT card_id FROM catalogue_cardindex WHERE vector @@ to_tsquery('simple', %s) "
                "ORDER BY ts_rank(vector, to_tsquery('simple', %s)) DESC LIMIT 20",
                [match, match],
            )
        else:
            match = " ".join(f'"{word}" *' for word in fold(query["q"]).split())
            cursor.execute(
                "SELECT rowid FROM catalogue_fts WHERE catalogue_fts MATCH %s ORDER BY rank LIMIT 20", [match]
            )
        return len(cursor.fetchall())


def measured(queries: list[dict[str, str]], ask: Callable[[dict[str, str]], int]) -> tuple[str, list[float]]:
    hits, times = [], []
    if queries:
        ask(queries[0])  # what is loaded once
    gc.collect()
    for query in queries:
        began = time.perf_counter()
        hits.append(ask(query))
        times.append((time.perf_counter() - began) * 1000)
    middle = int(statistics.median(hits)) if hits else 0
    return (f"{middle:,}" if middle <= 10_000 else "10,000+"), times


def timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, line_buffering=True)
    main()
