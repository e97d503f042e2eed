from django.urls import path

from concivis.portal import calendar, public, searching, things

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("search/", searching.search, name="search"),
    path("search.<str:extension>", searching.search_export, name="search_export"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("cards/<slug:kind>/<slug:public_id>/", searching.card, name="card"),
    path("countries/", public.countries, name="countries"),
    path("countries/<str:code>/", public.country, name="country"),
    path("themes/", things.themes, name="themes"),
    path("themes/<slug:code>/", things.theme, name="theme"),
    path("everything/", things.world, name="world"),
    path("everything/cards.json", things.map_cards, name="map_cards"),
    path("hubs/<slug:slug>/calendar/", calendar.calendar, name="calendar"),
    path("hubs/<slug:slug>/calendar.ics", calendar.calendar_feed, name="calendar_feed"),
    path("hubs/<slug:slug>/everything/", things.world, name="hub_world"),
    path("hubs/<slug:slug>/countries/<str:code>/", things.hub_country, name="hub_country"),
    path("hubs/<slug:slug>/themes/<slug:code>/", things.theme, name="hub_theme"),
]
