"""Every address of the site. Pages carry their language in front; the API and files do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from concivis.portal import sitemaps
from concivis.site import public
from concivis.site.api import api

handler500 = "concivis.site.outage.server_error"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("robots.txt", public.robots),
    path("health", public.health),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<str:name>.xml", sitemaps.part, name="sitemap_part"),
    *i18n_patterns(
        path("", include("concivis.portal.urls")),
        path("accounts/", include("concivis.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("", include("concivis.places.urls")),
        path("", include("concivis.hubs.urls")),  # before twinning, whose hubs/<slug>/ would take hubs/new/
        path("", include("concivis.twinning.urls")),  # the public pages first: each pattern before is tried
        path("", include("concivis.initiatives.urls")),
        path("", include("concivis.directory.urls")),
        path("", include("concivis.introductions.urls")),
        path("", include("concivis.desk.urls")),
        path("", include("concivis.newsletter.urls")),
        path("", include("concivis.proposals.urls")),
        path("", include("concivis.codesign.urls")),
        path("", include("concivis.reports.urls")),
        path("", include("concivis.reach.urls")),
        path("", include("concivis.exchange.urls")),
        path("", include("concivis.demo.urls")),
    ),
]
if settings.DEBUG or settings.DEMO:
    urlpatterns += i18n_patterns(path("", include("concivis.shell.urls")))
