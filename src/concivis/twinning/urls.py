from django.urls import path

from concivis.twinning import public

app_name = "twinning"
urlpatterns = [
    path("map/", public.world_map, name="map"),
    path("map/links.json", public.map_links, name="map_links"),
    path("partnerships/", public.partnerships, name="partnerships"),
    path("partnerships.<str:extension>", public.partnerships_export, name="partnerships_export"),
    path("partnerships/<str:public_id>/", public.partnership, name="partnership"),
    path("partnerships/<str:public_id>/changes.atom", public.partnership_feed, name="partnership_feed"),
    path("partnerships/<str:public_id>/share.png", public.partnership_share, name="partnership_share"),
    path("places/<str:public_id>/<str:slug>/", public.partnerships, name="place"),
]
