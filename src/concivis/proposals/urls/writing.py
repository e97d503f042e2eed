"""Writing a proposal, the private page of its authors, first supporters."""

from django.urls import URLPattern, path

from concivis.proposals.public import own

urlpatterns: list[URLPattern] = [
    path("proposals/mine/<str:key>/", own.own, name="own"),
    path("proposals/<str:public_id>/link/", own.ask_link, name="ask_link"),
]
