"""Every address of the site. Pages carry their language in front; the API and files do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from concivis.portal import sitemaps
from concivis.site import public
from concivis.site.addresses import Room, room
from concivis.site.api import api

handler500 = "concivis.site.outage.server_error"
api_patterns, api_name, api_namespace = api.urls
urlpatterns: list[URLPattern | URLResolver] = [
    Room("api/v1/", api_patterns, api_name, api_namespace),
    path("robots.txt", public.robots),
    path("health", public.health),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<str:name>.xml", sitemaps.part, name="sitemap_part"),
    *i18n_patterns(
        room("concivis.portal.urls"),
        path("accounts/", include("concivis.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        room("concivis.places.urls"),
        room("concivis.hubs.urls"),  # before twinning, whose hubs/<slug>/ would take hubs/new/
        room("concivis.twinning.urls"),  # the public pages first: each pattern before is tried
        room("concivis.initiatives.urls"),
        room("concivis.directory.urls"),
        room("concivis.introductions.urls"),
        room("concivis.desk.urls"),
        room("concivis.newsletter.urls"),
        room("concivis.proposals.urls"),
        room("concivis.codesign.urls"),
        room("concivis.reports.urls"),
        room("concivis.reach.urls"),
        room("concivis.exchange.urls"),
        room("concivis.demo.urls"),
    ),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns += i18n_patterns(path("", include("concivis.shell.urls")))
