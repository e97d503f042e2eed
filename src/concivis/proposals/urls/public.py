"""What everybody may read."""

from django.urls import URLPattern, path

from concivis.proposals.public import lists, machines, not_admitted, pages, pictures

ONE = "proposals/<str:public_id>"
urlpatterns: list[URLPattern] = [
    path("proposals/", lists.proposals, name="proposals"),
    path("proposals.<str:extension>", lists.export, name="export"),
    path("proposals/reasons/", lists.reasons, name="reasons"),
    path("hubs/<slug:slug>/proposals/", lists.of_hub, name="of_hub"),
    path("hubs/<slug:slug>/proposals.<str:extension>", lists.of_hub_export, name="of_hub_export"),
    path("hubs/<slug:slug>/proposals/not-admitted/", not_admitted.page, name="not_admitted"),
    path(
        "hubs/<slug:slug>/proposals/not-admitted.<str:extension>",
        not_admitted.export,
        name="not_admitted_export",
    ),
    path("hubs/<slug:slug>/proposals/became/", lists.became, name="became"),
    # in the shapes of other platforms
    path("proposals/petitions.json", machines.petitions_json, name="petitions_json"),
    path("proposals/initiatives.json", machines.initiatives_json, name="initiatives_json"),
    path("proposals/events.json", machines.events_json, name="events_json"),
    path("proposals/decidim.csv", machines.decidim_csv, name="decidim_csv"),
    path("hubs/<slug:slug>/proposals/petitions.json", machines.petitions_json, name="hub_petitions_json"),
    path(
        "hubs/<slug:slug>/proposals/initiatives.json", machines.initiatives_json, name="hub_initiatives_json"
    ),
    path("hubs/<slug:slug>/proposals/events.json", machines.events_json, name="hub_events_json"),
    path("hubs/<slug:slug>/proposals/decidim.csv", machines.decidim_csv, name="hub_decidim_csv"),
    path(f"{ONE}.json", machines.petition_json, name="petition_json"),
    path(f"{ONE}/count.json", machines.count_json, name="count_json"),
    path(f"{ONE}/", pages.proposal, name="proposal"),
    path(f"{ONE}/share.png", pages.share, name="share"),
    path(f"{ONE}/deadline.ics", pages.calendar, name="calendar"),
    path(f"{ONE}/steps.atom", pages.feed, name="feed"),
    path(f"{ONE}/pictures/<str:picture>", pictures.picture, name="picture"),
]
