from django.urls import URLPattern, path

from concivis.initiatives.public import pictures

app_name = "initiatives"
urlpatterns: list[URLPattern] = [
    path("initiatives/<str:public_id>/pictures/<str:picture>", pictures.picture, name="picture"),
]
