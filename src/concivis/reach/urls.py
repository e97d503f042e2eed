from django.urls import URLPattern, path

from concivis.reach import office, public

app_name = "reach"
urlpatterns: list[URLPattern] = [
    path("counting/", public.explained, name="explained"),
    path("hubs/<slug:slug>/reach/", public.public, name="public"),
    path("office/<slug:slug>/reach/", office.reach, name="office"),
    path("office/<slug:slug>/reach.<str:extension>", office.reach_export, name="office_export"),
    path("office/<slug:slug>/reach/settings/", office.reach_settings, name="office_settings"),
]
