"""The rule of what of a person may be public, for every room that notes people.

A field is shown to everybody only if it is there, and the person agreed to just that one, which is noted with its day
and with how it was said. Boxes of a form that make a field public are called after it: `email_public`.
"""

import datetime as dt
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext


def require_consent(
    fields: Collection[str], *, on: dt.date | None, how: str, on_field: str = "consent_on"
) -> None:
    """`fields` shall become public. Raises ValidationError by `on_field` where day or manner are not noted."""
    if fields and (on is None or not how.strip()):
        raise ValidationError(
            {on_field: gettext("Note when and how the person agreed, or make no field public.")}
        )


def require_filled(fields: Collection[str], values: Mapping[str, object]) -> None:
    """Raises ValidationError by the box of a public field where there is nothing to show."""
    for name in fields:
        if not values[name]:
            raise ValidationError(
                {f"{name}_public": gettext("There is nothing to make public: the field is empty.")}
            )
