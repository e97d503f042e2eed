"""A row as a line of JSON and back. Foreign keys within the archive are kept as they are; what installations share is
named by what is the same everywhere."""

import base64
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, Field, FileField, ForeignKey, Model

from concivis.exchange.takeout.contents import RENEWED, SHARED, label_of
from concivis.shell import keys

Line = dict[str, Any]


class Orphan(Exception):
    """The row belongs to something that is not taken."""


class Writer:
    """`taken`: {label: primary keys}. `shared`: what installations share and is referred to, to be written beside."""

    def __init__(self, taken: Mapping[str, Collection[Any]]) -> None:
        self.taken = taken
        self.shared: dict[str, set[Any]] = defaultdict(set)

    def line(self, row: Model) -> Line:
        """Raises Orphan for a row that cannot do without what is not taken."""
        kept = RENEWED.get(label_of(type(row)))
        fields = [field for field in row._meta.concrete_fields if field.name != kept]
        said = {field.attname: self._value(row, field) for field in fields}
        for field in row._meta.many_to_many:
            said[field.name] = self._many(row, field)
        return said

    def _value(self, row: Model, field: Field[Any, Any]) -> Any:
        value = field.value_from_object(row)
        if isinstance(field, ForeignKey):
            return self._reference(field, value)
        if isinstance(field, FileField):
            return str(value or "")
        if isinstance(field, BinaryField):
            return base64.b64encode(value).decode() if value is not None else None
        return plain(value)

    def _reference(self, field: ForeignKey[Any, Any], value: Any) -> Any:
        if value is None:
            return None
        label = label_of(field.related_model)
        if label in SHARED:
            self.shared[label].add(value)
            return value
        if value in self.taken.get(label, ()):
            return value
        if not field.null:
            raise Orphan
        return None

    def _many(self, row: Model, field: Any) -> list[Any]:
        """Nothing of accounts."""
        label = label_of(field.related_model)
        if label not in SHARED:
            return []
        keys = sorted(getattr(row, field.name).values_list("pk", flat=True))
        self.shared[label].update(keys)
        return keys


def plain(value: Any) -> Any:
    """As JSON has it, with nothing lost."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


class Reader:
    """`shared`: {label: {key in the archive: key here}} of what installations share."""

    def __init__(self, shared: Mapping[str, Mapping[Any, Any]]) -> None:
        self.shared = shared

    def row(self, model: type[Model], line: Line) -> tuple[Model, dict[str, list[Any]]]:
        """An unsaved row and what its relations to many hold. Raises KeyError, ValidationError."""
        many = {field.name: field for field in model._meta.many_to_many}
        fields = {field.attname: field for field in model._meta.concrete_fields}
        values = {name: self._value(fields[name], value) for name, value in line.items() if name not in many}
        related = {
            name: [self._shared(label_of(field.related_model), key) for key in line.get(name, ())]
            for name, field in many.items()
        }
        if renewed := RENEWED.get(label_of(model)):
            values[renewed] = keys.hashed(keys.new())
        return model(**values), related

    def _value(self, field: Field[Any, Any], value: Any) -> Any:
        if isinstance(field, ForeignKey):
            label = label_of(field.related_model)
            return self._shared(label, value) if label in SHARED and value is not None else value
        if isinstance(field, BinaryField):
            return base64.b64decode(value) if value is not None else None
        return value if isinstance(field, FileField) else field.to_python(value)

    def _shared(self, label: str, key: Any) -> Any:
        return self.shared[label][key]
