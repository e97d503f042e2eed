"""What everybody may read."""

from django.urls import URLPattern, path

from concivis.proposals.public import pages, pictures

urlpatterns: list[URLPattern] = [
    path("proposals/<str:public_id>/", pages.proposal, name="proposal"),
    path("proposals/<str:public_id>/pictures/<str:picture>", pictures.picture, name="picture"),
]
