"""The application: Django behind the front cache."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concivis.site.settings")
django_application = get_wsgi_application()


def _application() -> object:
    from django.conf import settings
    from django.db import connection

    from concivis import __version__
    from concivis.hubs.record import data_version
    from concivis.site.frontcache import FrontCache

    def version() -> int:
        try:
            return data_version()
        finally:
            connection.close_if_unusable_or_obsolete()  # gives a pooled connection back

    return FrontCache(
        django_application,
        version=version,
        build=__version__,
        megabytes=settings.FRONT_CACHE_MEGABYTES,
        version_seconds=settings.FRONT_CACHE_VERSION_SECONDS,
    )


application = _application()
