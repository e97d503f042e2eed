"""What several addresses take and give: days, languages, mail addresses, short texts."""

import datetime as dt
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field
from pydantic import AfterValidator, StringConstraints

from concivis.hubs.forms import DAYS

TAG = "[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}"


def within_reach(day: dt.date) -> dt.date:
    try:
        for check in DAYS:
            check(day)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return day


def _mail_address(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return text


Day = Annotated[dt.date, AfterValidator(within_reach)]
"""From 1900 to 2200, as the forms take it: beyond, a day has no moment in every time zone."""

Language = Annotated[str, Field(max_length=12, pattern=f"^{TAG}$", description="BCP 47")]
LanguageOrNone = Annotated[
    str, Field(max_length=12, pattern=f"^({TAG})?$", description="BCP 47; empty: none, or several")
]
Mail = Annotated[str, AfterValidator(_mail_address), Field(max_length=254)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Seen = Annotated[
    str,
    Field(
        max_length=64,
        description="`seen` of what the change was made from, so that nobody's work is overwritten unseen",
    ),
]
