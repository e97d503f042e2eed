"""How often the radar is right: `python bench/radar.py [dev|test|fresh …] [--fit] [--misses] [--pairs] [--bands]`.

The examples of bench/radar_set, each asked in turn for the others of its topic. Tags are read from the texts
("suggested") or handed in ("given"). The yardsticks: the catalogue's own full-text search over the same texts, asked
with the title (every word must be found; when nothing is, any of them), and BM25 over all words, which is kinder.
`--fit` fits the weights on the development half, and on nothing else, and writes them into the package.
"""

import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "src"), str(Path(__file__).resolve().parent)]

import numpy as np  # noqa: E402
from radar_set import Example, lookup, read_half  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402
from scipy.optimize import minimize  # noqa: E402

from concivis.catalogue.radar import Index, Kind, Reader, Weights  # noqa: E402
from concivis.catalogue.radar.asking import SIGNALS, Limits, Question, candidates, measure  # noqa: E402
from concivis.catalogue.radar.weighing import SHIPPED  # noqa: E402
from concivis.places.names import fold  # noqa: E402

Ask = Callable[[Example], list[str]]  # ids, best first
WITHOUT_EXAMPLES = {
    "near",
    "need",
    "offer",
    "same time",
    "other time",
    "meaning",
    "goal",
    "language",
    "place",
}
LEAST = {
    "word": 1.0,
    "gram": 0.5,
}  # by hand: most pairs of the half are in two languages, which words cannot join
AGAINST = {"country apart", "theme apart"}
CARE = 0.125  # how much the fit mistrusts large weights: as if they were drawn from ±2


def main() -> None:
    chosen = [word for word in sys.argv[1:] if not word.startswith("--")] or ["dev"]
    if "--fit" in sys.argv:
        fit(read_half("dev"))
    for half in chosen:
        report(half, read_half(half))


def report(half: str, examples: list[Example]) -> None:
    asked = [
        each for each in examples if sum(other.topic == each.topic for other in examples) > 1 and each.topic
    ]
    topics = len({each.topic for each in asked})
    table = Table(title=f"{half}: {len(asked)} asked among {len(examples)}, {topics} topics")
    for heading in ("how", "precision@1", "recall@5", "× catalogue search", "× BM25"):
        table.add_column(heading, justify="left" if heading == "how" else "right")
    ways = {
        "catalogue search": catalogue_search(examples),
        "BM25": bm25(examples),
        "radar, tags suggested": radar(examples, with_tags=False),
        "radar, tags given": radar(examples, with_tags=True),
    }
    figures = {name: scores(ask, asked, examples) for name, ask in ways.items()}
    for name, (precision, recall) in figures.items():
        ratios = (recall / max(figures[other][1], 1e-9) for other in ("catalogue search", "BM25"))
        table.add_row(name, f"{precision:.3f}", f"{recall:.3f}", *(f"{ratio:.2f}" for ratio in ratios))
    Console(width=110).print(table)
    if "--pairs" in sys.argv:
        Console(width=110).print(pairs(ways["radar, tags suggested"], asked, examples))
    if "--bands" in sys.argv:
        Console(width=110).print(bands(examples))
    if "--misses" in sys.argv:
        misses(ways["radar, tags suggested"], asked, examples)


def wanted(example: Example, examples: list[Example]) -> set[str]:
    return {other.id for other in examples if other.topic == example.topic and other.id != example.id}


def scores(ask: Ask, asked: list[Example], examples: list[Example]) -> tuple[float, float]:
    """Precision at 1 and recall at 5, each the mean over those asked."""
    firsts, recalls = [], []
    for example in asked:
        found, right = ask(example)[:5], wanted(example, examples)
        firsts.append(bool(found) and found[0] in right)
        recalls.append(len(right & set(found)) / min(len(right), 5))
    return float(np.mean(firsts)), float(np.mean(recalls))


def pairs(ask: Ask, asked: list[Example], examples: list[Example]) -> Table:
    """Of the pairs that belong together, how many are found, by the two languages."""
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    language = {each.id: each.language for each in examples}
    for example in asked:
        found = set(ask(example)[:5])
        for right in wanted(example, examples):
            counts[example.language, language[right]].append(right in found)
    names = sorted({each.language for each in examples})
    table = Table("asked ↓ found →", *names, title="recall@5 by pair of languages (pairs)")
    for own in names:
        cells = (counts.get((own, other), []) for other in names)
        table.add_row(own, *(f"{np.mean(each):.2f} ({len(each)})" if each else "–" for each in cells))
    return table


def bands(examples: list[Example]) -> Table:
    """Whether the confidence of parallel findings keeps its word: the share that is right, by bands of it."""
    index = Index.build((each.entry(with_tags=False) for each in examples), Reader(places=lookup))
    told: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for example in examples:
        right = wanted(example, examples) if example.topic else set()
        for finding in index.find(example.entry(with_tags=False), 10):
            if finding.kind is Kind.PARALLEL:
                told[min(int(finding.confidence * 5), 4)].append((finding.confidence, finding.id in right))
    table = Table(
        "confidence", "findings", "mean confidence", "right", title="parallel findings, tags suggested"
    )
    for band, each in sorted(told.items()):
        confidences, truths = zip(*each, strict=True)
        means = (f"{np.mean(values):.2f}" for values in (confidences, truths))
        table.add_row(f"{band / 5:.1f} to {band / 5 + 0.2:.1f}", str(len(each)), *means)
    return table


def misses(ask: Ask, asked: list[Example], examples: list[Example]) -> None:
    for example in asked:
        found, right = ask(example)[:5], wanted(example, examples)
        if missing := right - set(found):
            print(f"{example.id}: {found}; missing {sorted(missing)}")
        elif found[0] not in right:
            print(f"{example.id}: first {found[0]}")


def radar(examples: list[Example], *, with_tags: bool) -> Ask:
    index = Index.build((each.entry(with_tags=with_tags) for each in examples), Reader(places=lookup))
    return lambda example: [found.id for found in index.find(example.entry(with_tags=with_tags), 5)]


def catalogue_search(examples: list[Example]) -> Ask:
    """The statement of `catalogue.queries.search` on SQLite: FTS5 over folded texts, ranked by BM25."""
    base = _full_text(examples)

    def ask(example: Example) -> list[str]:
        words = fold(example.title).split()[:12]
        quoted = [f'"{word}"' for word in words]
        return _matches(base, f"{' '.join(quoted)}*", example) or _matches(base, " OR ".join(quoted), example)

    return ask


def bm25(examples: list[Example]) -> Ask:
    base = _full_text(examples)

    def ask(example: Example) -> list[str]:
        words = dict.fromkeys(fold(f"{example.title} {example.body}").split())
        return _matches(base, " OR ".join(f'"{word}"' for word in words), example)

    return ask


def _full_text(examples: list[Example]) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE fts USING fts5(id UNINDEXED, folded, tokenize='unicode61', prefix='2 3')"
    )
    base.executemany(
        "INSERT INTO fts VALUES (?, ?)", [(each.id, fold(f"{each.title} {each.body}")) for each in examples]
    )
    return base


def _matches(base: sqlite3.Connection, match: str, example: Example) -> list[str]:
    rows = base.execute("SELECT id FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT 7", [match])
    return [row[0] for row in rows if row[0] != example.id]


def fit(examples: list[Example]) -> None:
    """A logistic regression over all pairs of the half, once with tags suggested and once with tags given."""
    tables, truths = zip(*(_pairs(examples, with_tags=given) for given in (False, True)), strict=True)
    table, truth = np.concatenate(tables), np.concatenate(truths)
    old = Weights.load()
    free = [number for number, name in enumerate(SIGNALS) if name not in WITHOUT_EXAMPLES]
    bounds = [(None, None)] + [
        (None, 0) if SIGNALS[number] in AGAINST else (LEAST.get(SIGNALS[number], 0), None) for number in free
    ]
    start = np.array([old.bias] + [old.signals[SIGNALS[number]] for number in free])
    columns = table[:, free]

    def loss(values: np.ndarray) -> float:
        odds = values[0] + columns @ values[1:]
        return float(np.logaddexp(0, np.where(truth, -odds, odds)).sum() + CARE * (values[1:] ** 2).sum())

    found = minimize(loss, start, bounds=bounds, method="L-BFGS-B").x
    signals = dict(old.signals) | {
        SIGNALS[number]: round(float(value), 3) for number, value in zip(free, found[1:], strict=True)
    }
    source = (
        f"bench/radar.py --fit: {len(truth)} pairs of bench/radar_set/dev.md; without examples, so by hand: "
        + ", ".join(sorted(WITHOUT_EXAMPLES))
    )
    Weights(round(float(found[0]), 3), signals, source).save(SHIPPED)


def _pairs(examples: list[Example], *, with_tags: bool) -> tuple[np.ndarray, np.ndarray]:
    index = Index.build((each.entry(with_tags=with_tags) for each in examples), Reader(places=lookup))
    segment, tables, truths = index.segments[0], [], []
    topic = {each.id: each.topic for each in examples}
    for example in examples:
        question = Question.of(index.reader.profile(example.entry(with_tags=with_tags)), segment)
        rows = candidates(question, segment, Limits(), ())
        tables.append(measure(question, segment, rows).table)
        truths.append(
            np.array([bool(example.topic) and topic[segment.ids[row]] == example.topic for row in rows])
        )
    return np.concatenate(tables), np.concatenate(truths)


if __name__ == "__main__":
    main()
