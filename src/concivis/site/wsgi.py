"""The application: Django behind the front cache, behind the counter of visitors."""

import os
from datetime import date

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concivis.site.settings")
django_application = get_wsgi_application()


def _application() -> object:
    from django.conf import settings
    from django.db import connection, connections
    from django.utils import timezone

    from concivis import __version__
    from concivis.hubs.record import data_version
    from concivis.reach import actions
    from concivis.reach.counter import Counter, Seen
    from concivis.site.frontcache import FrontCache

    def version() -> int:
        try:
            return data_version()
        finally:
            connection.close_if_unusable_or_obsolete()  # one that broke is made anew next time

    def key_of(day: date) -> bytes:
        try:
            return actions.key_of(day)
        finally:
            connection.close_if_unusable_or_obsolete()

    def keep(day: date, seen: Seen) -> None:
        try:
            actions.keep(day, seen)
        finally:
            connections.close_all()  # those of the thread, which ends

    cached = FrontCache(
        django_application,
        version=version,
        build=__version__,
        megabytes=settings.FRONT_CACHE_MEGABYTES,
        version_seconds=settings.FRONT_CACHE_VERSION_SECONDS,
    )
    return Counter(
        cached, key_of=key_of, keep=keep, today=timezone.localdate, behind_proxy=settings.BEHIND_PROXY
    )


application = _application()
