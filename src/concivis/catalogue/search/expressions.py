"""What is asked of the full-text index, and how FTS5 and PostgreSQL spell it.

Words are folded, hence letters and digits only: nothing typed can be taken for an operator.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of title or text; `begins`: or any that begins so; `title`: in the title only."""

    text: str
    begins: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """See `catalogue.tags`."""

    text: str


@dataclass(frozen=True, slots=True)
class Every:
    parts: Sequence["Expression"]


@dataclass(frozen=True, slots=True)
class Any:
    parts: Sequence["Expression"]


Expression = Word | Tag | Every | Any


def every(parts: Iterable[Expression]) -> Expression | None:
    """All of them; None where nothing is asked."""
    return _joined(Every, parts)


def either(parts: Iterable[Expression]) -> Expression | None:
    """One of them at least."""
    return _joined(Any, parts)


def _joined(kind: type[Every] | type[Any], parts: Iterable[Expression]) -> Expression | None:
    distinct = list(dict.fromkeys(parts))
    return None if not distinct else distinct[0] if len(distinct) == 1 else kind(tuple(distinct))


def for_sqlite(asked: Expression) -> str:
    match asked:
        case Word(text, begins, title):
            return f'{"title" if title else "{title body}"} : "{text}"{" *" if begins else ""}'
        case Tag(text):
            return f'tags : "{text}"'
        case Every(parts):
            return f"({' AND '.join(map(for_sqlite, parts))})"
        case Any(parts):
            return f"({' OR '.join(map(for_sqlite, parts))})"


def for_postgres(asked: Expression) -> str:
    match asked:
        case Word(text, begins, title):
            return f"'{text}':{'*' if begins else ''}{'A' if title else 'AB'}"
        case Tag(text):
            return f"'{text}':D"
        case Every(parts):
            return f"({' & '.join(map(for_postgres, parts))})"
        case Any(parts):
            return f"({' | '.join(map(for_postgres, parts))})"
