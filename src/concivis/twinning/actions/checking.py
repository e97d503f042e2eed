"""What a person wrote, checked by the rules of its fields before it is stored."""

from django.db.models import Model


def check_fields(row: Model, *names: str) -> None:
    """Raises ValidationError by field where one of these is empty, too long or not what it should be."""
    row.clean_fields(exclude={field.name for field in row._meta.fields} - set(names))
