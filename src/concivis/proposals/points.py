"""A point that somebody means: two numbers, or the address of a map that holds them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

NUMBER = r"[-+]?\d{1,3}(?:\.\d{1,12})?"
PAIR = re.compile(rf"^\s*({NUMBER})\s*[,; ]\s*({NUMBER})\s*$")
GEO = re.compile(rf"^\s*geo:({NUMBER}),({NUMBER})")  # RFC 5870
IN_ADDRESS = re.compile(
    rf"(?:[?&]mlat=({NUMBER})&mlon=({NUMBER})|#map=\d+/({NUMBER})/({NUMBER})|/@({NUMBER}),({NUMBER})"
    rf"|[?&]q=({NUMBER}),({NUMBER}))"
)
LONGEST = 500

Point = tuple[float, float]


def read(text: str) -> Point | None:
    """Degrees north and east of “51.68, 7.82”, a `geo:` address or a link to a map; None of nothing.

    Raises ValidationError for what is no point.
    """
    if not text.strip():
        return None
    match = PAIR.match(text) or GEO.match(text) or IN_ADDRESS.search(text[:LONGEST])
    numbers = [float(each) for each in match.groups() if each] if match else []
    if len(numbers) != 2 or not (-90 <= numbers[0] <= 90 and -180 <= numbers[1] <= 180):
        words = gettext(
            "This is no point that we understand. Write two numbers, such as 51.68, 7.82, or copy the link of a map."
        )
        raise ValidationError(words)
    return numbers[0], numbers[1]


def written(point: Point | None) -> str:
    """As `read` understands it."""
    return f"{point[0]:.6g}, {point[1]:.6g}" if point else ""
