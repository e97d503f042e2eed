"""What everybody may read."""

from django.urls import URLPattern, path

from concivis.proposals.public import lists, pages, pictures

ONE = "proposals/<str:public_id>"
urlpatterns: list[URLPattern] = [
    path("proposals/", lists.proposals, name="proposals"),
    path("proposals.<str:extension>", lists.export, name="export"),
    path("proposals/reasons/", lists.reasons, name="reasons"),
    path("hubs/<slug:slug>/proposals/", lists.of_hub, name="of_hub"),
    path("hubs/<slug:slug>/proposals.<str:extension>", lists.of_hub_export, name="of_hub_export"),
    path("hubs/<slug:slug>/proposals/became/", lists.became, name="became"),
    path(f"{ONE}/", pages.proposal, name="proposal"),
    path(f"{ONE}/share.png", pages.share, name="share"),
    path(f"{ONE}/deadline.ics", pages.calendar, name="calendar"),
    path(f"{ONE}/steps.atom", pages.feed, name="feed"),
    path(f"{ONE}/pictures/<str:picture>", pictures.picture, name="picture"),
]
