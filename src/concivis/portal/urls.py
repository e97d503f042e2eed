from django.urls import path

from concivis.portal import calendar, kept, public, searching, things
from concivis.portal.embeds import pages as embeds
from concivis.portal.office import embedding, posting

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("search/", searching.search, name="search"),
    path("search.<str:extension>", searching.search_export, name="search_export"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("cards/<slug:kind>/<slug:public_id>/", searching.card, name="card"),
    path("your-data/", kept.ask, name="ask_kept"),
    path("your-data/<str:key>/", kept.kept, name="kept"),
    path("countries/", public.countries, name="countries"),
    path("countries/<str:code>/", public.country, name="country"),
    path("themes/", things.themes, name="themes"),
    path("themes/<slug:code>/", things.theme, name="theme"),
    path("everything/", things.world, name="world"),
    path("everything/cards.json", things.map_cards, name="map_cards"),
    path("embed/<slug:slug>/initiatives/", embeds.initiatives, name="embed_initiatives"),
    path("embed/<slug:slug>/proposals/", embeds.proposals, name="embed_proposals"),
    path("embed/<slug:slug>/partnerships/", embeds.partnerships, name="embed_partnerships"),
    path("embed/<slug:slug>/dates/", embeds.dates, name="embed_dates"),
    path("embed/<slug:slug>/map/", embeds.world, name="embed_map"),
    path("embed/<slug:slug>/theme-<slug:look>.css", embeds.theme, name="embed_theme"),
    path("office/<slug:slug>/embed/", embedding.embed, name="office_embed"),
    path("office/<slug:slug>/posters/", posting.posters, name="office_posters"),
    path("office/<slug:slug>/posters/poster.pdf", posting.poster, name="office_poster"),
    path("hubs/<slug:slug>/calendar/", calendar.calendar, name="calendar"),
    path("hubs/<slug:slug>/calendar.ics", calendar.calendar_feed, name="calendar_feed"),
    path("hubs/<slug:slug>/everything/", things.world, name="hub_world"),
    path("hubs/<slug:slug>/countries/<str:code>/", things.hub_country, name="hub_country"),
    path("hubs/<slug:slug>/themes/<slug:code>/", things.theme, name="hub_theme"),
    path("countries/<str:country>/share.png", things.share, name="country_share"),
    path("themes/<slug:code>/share.png", things.share, name="theme_share"),
    path("everything/share.png", things.share, name="world_share"),
    path("hubs/<slug:slug>/everything/share.png", things.share, name="hub_world_share"),
    path("hubs/<slug:slug>/countries/<str:country>/share.png", things.share, name="hub_country_share"),
    path("hubs/<slug:slug>/themes/<slug:code>/share.png", things.share, name="hub_theme_share"),
]
