from django.urls import path

from concivis.places import public

app_name = "places"
urlpatterns = [path("places/suggest/", public.suggest, name="suggest")]
