"""What an answer to everybody is as new as."""

from django.http import HttpRequest
from django.utils.translation import get_language

from concivis.hubs.record import data_version


def etag(request: HttpRequest, **address: object) -> str:
    """Of anything that depends on the data and the language alone: for `django.views.decorators.http.condition`."""
    return f'W/"{data_version()}-{get_language()}"'
