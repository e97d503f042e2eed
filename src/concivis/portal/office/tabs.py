"""What an office shows elsewhere: on the city's website, on paper."""

from django.urls import reverse
from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.shell.parts import Tab


def tabs(hub: Hub, current: str) -> list[Tab]:
    pages = [("embed", gettext("On your website")), ("posters", gettext("Posters and cards"))]
    return [
        Tab(label, reverse(f"portal:office_{name}", args=[hub.slug]), name == current)
        for name, label in pages
    ]
