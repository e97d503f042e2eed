"""The index asked. Of what matches, the newest ten thousand are read: they are ranked and counted exactly.

Ten thousand lines cost some tens of milliseconds on either database, whether the table holds ten thousand cards or a
million; beyond them a count is a lower bound, and says so.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from concivis.catalogue.models import CardIndex
from concivis.catalogue.search.expressions import Expression, for_postgres, for_sqlite

MOST = 10_000
TITLE, BODY = 8.0, 1.0  # what a word counts in either
IN_POSTGRES = "FROM catalogue_cardindex WHERE vector @@ to_tsquery('simple', %s)"
IN_SQLITE = "FROM catalogue_fts WHERE catalogue_fts MATCH %s"
READ = "weight, last_confirmed, tags"
EVERYTHING = (
    f"SELECT card_id, CAST(0 AS FLOAT), {READ} FROM catalogue_cardindex ORDER BY card_id DESC LIMIT %s"  # noqa: S608
)


class Row(NamedTuple):
    id: int
    score: float  # of the text, larger is better; 0 where only facts were asked
    weight: float
    last_confirmed: object  # a date, or its text in ISO 8601, which sorts alike
    tags: str


def rows(asked: Expression | None, *, ranked: bool = True, most: int = MOST) -> list[Row]:
    """The newest cards that match, one more than `most` if there are more. One query."""
    if asked is None:
        sql, parameters = EVERYTHING, list[str]()
    else:
        sql, parameters = _postgres(asked, ranked) if _is_postgres() else _sqlite(asked, ranked)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, most + 1])
        return list(map(Row._make, cursor.fetchall()))


def is_there(asked: Expression) -> bool:
    """Whether any card matches. One query.

    Counted among ten thousand: of a query for the first one, PostgreSQL expects to meet it soon, and reads a million
    cards in their order where there is none.
    """
    if _is_postgres():
        matching, match, most = f"{IN_POSTGRES} LIMIT %s", for_postgres(asked), MOST
    else:
        matching, match, most = f"{IN_SQLITE} LIMIT %s", for_sqlite(asked), 1
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {matching}) AS found", [match, most])  # noqa: S608 - our own SQL
        return bool(cursor.fetchone()[0])


def ids(asked: Expression | None) -> Iterator[int]:
    """All that match, newest first, however many. One query."""
    if asked is None:
        yield from CardIndex.objects.order_by("-card").values_list("card", flat=True)
        return
    if _is_postgres():
        sql, match = f"SELECT card_id {IN_POSTGRES} ORDER BY card_id DESC", for_postgres(asked)
    else:
        sql, match = f"SELECT rowid {IN_SQLITE} ORDER BY rowid DESC", for_sqlite(asked)
    with connection.cursor() as cursor:
        cursor.execute(sql, [match])
        yield from (row[0] for row in cursor.fetchall())


def _sqlite(asked: Expression, ranked: bool) -> tuple[str, list[str]]:
    score = f"-bm25(catalogue_fts, {TITLE}, {BODY}, 0.0)" if ranked else "0.0"
    return (
        "SELECT i.card_id, f.score, i.weight, i.last_confirmed, i.tags "  # noqa: S608 - our own SQL
        f"FROM (SELECT rowid AS id, {score} AS score {IN_SQLITE} "
        "ORDER BY rowid DESC LIMIT %s) f CROSS JOIN catalogue_cardindex i ON i.card_id = f.id",
        [for_sqlite(asked)],
    )


def _postgres(asked: Expression, ranked: bool) -> tuple[str, list[str]]:
    match = for_postgres(asked)
    score = "ts_rank('{0, 0, 0.125, 1}', vector, to_tsquery('simple', %s))" if ranked else "0.0::float8"
    return (
        f"SELECT card_id, {score} AS score, weight, last_confirmed, tags {IN_POSTGRES} "
        "ORDER BY card_id DESC LIMIT %s",
        [match, match] if ranked else [match],
    )


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"
