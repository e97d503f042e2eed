from django.urls import path, register_converter
from django.urls.converters import StringConverter

from concivis.twinning import public
from concivis.twinning.office import dates, looking, table, tie
from concivis.twinning.public import looking as looking_public

app_name = "twinning"
urlpatterns = [
    path("map/", public.world_map, name="map"),
    path("map/links.json", public.map_links, name="map_links"),
    path("partnerships/", public.partnerships, name="partnerships"),
    path("partnerships.<str:extension>", public.partnerships_export, name="partnerships_export"),
    path("partnerships/<str:public_id>/", public.partnership, name="partnership"),
    path("partnerships/<str:public_id>/changes.atom", public.partnership_feed, name="partnership_feed"),
    path("partnerships/<str:public_id>/share.png", public.partnership_share, name="partnership_share"),
    path("places/<str:public_id>/chain/", public.chain, name="chain"),
    path("places/<str:public_id>/<str:slug>/", public.place, name="place"),
    path(
        "places/<str:public_id>/<str:slug>/partners.<str:extension>", public.place_export, name="place_export"
    ),
    path("places/<str:public_id>/<str:slug>/share.png", public.place_share, name="place_share"),
    path("chain/", public.any_chain, name="any_chain"),
    path("figures/", public.figures, name="figures"),
    path("hubs/<slug:slug>/", public.hub, name="hub"),
    path("hubs/<slug:slug>/partnerships.<str:extension>", public.hub_export, name="hub_export"),
    path("hubs/<slug:slug>/share.png", public.hub_share, name="hub_share"),
]

# --- the office: each topic has its module in `office/` -------------------------------------------------------


class PartnershipId(StringConverter):
    """As `actions.partnerships.new_public_id` makes them, so that no other page's word is taken for one."""

    regex = "[0-9a-f]{10}"


register_converter(PartnershipId, "tie")

OFFICE = "office/<slug:slug>/partnerships/"
TIE = OFFICE + "<tie:public_id>/"

# --- the workbench: one partnership ---------------------------------------------------------------------------

urlpatterns += [
    path(TIE, tie.overview, name="office_tie"),
    path(TIE + "state/", tie.move, name="office_tie_state"),
    path(TIE + "dates/", dates.dates, name="office_dates"),
    path(TIE + "dates/new/", dates.new, name="office_date_new"),
    path(TIE + "dates/<int:pk>/", dates.correct, name="office_date_correct"),
    path(TIE + "dates/<int:pk>/delete/", dates.delete, name="office_date_delete"),
    path(TIE + "suspend/", dates.suspend, name="office_suspend"),
    path(TIE + "resume/", dates.resume, name="office_resume"),
    path(TIE + "end/", dates.end, name="office_end"),
]

# --- the office's table ---------------------------------------------------------------------------------------

urlpatterns += [
    path(OFFICE, table.partnerships, name="office_partnerships"),
    path(
        "office/<slug:slug>/partnerships.<str:extension>",
        table.partnerships_export,
        name="office_partnerships_export",
    ),
]

# --- the search for a partner ---------------------------------------------------------------------------------

urlpatterns += [
    path("looking-for-a-partner/", looking_public.looking, name="looking"),
    path("looking-for-a-partner.<str:extension>", looking_public.looking_export, name="looking_export"),
    path("looking-for-a-partner/<str:public_id>/", looking_public.profile, name="looking_profile"),
    path("office/<slug:slug>/looking/", looking.looking, name="office_looking"),
    path("office/<slug:slug>/looking/renew/", looking.renew, name="office_looking_renew"),
    path("office/<slug:slug>/looking/withdraw/", looking.withdraw, name="office_looking_withdraw"),
]
