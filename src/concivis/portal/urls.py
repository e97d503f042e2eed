from django.urls import path

from concivis.portal import public

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("search/", public.search, name="search"),
    path("countries/", public.countries, name="countries"),
    path("countries/<str:code>/", public.country, name="country"),
]
