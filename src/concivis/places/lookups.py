from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

END = "\U0010ffff"  # sorts after every letter


@CharField.register_lookup
class Begins(Lookup[str]):
    """`folded__begins="ha"`: a range of the index, where LIKE would read the whole table on SQLite."""

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        start = str(self.rhs)
        return f"({column} >= %s AND {column} < %s)", (*parameters, start, *parameters, start + END)
