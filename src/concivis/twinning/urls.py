from django.urls import path, register_converter
from django.urls.converters import StringConverter

from concivis.twinning import public
from concivis.twinning.office import (
    activities,
    dates,
    editing,
    journey,
    journey_steps,
    looking,
    partner,
    table,
    tie,
)
from concivis.twinning.public import looking as looking_public
from concivis.twinning.public import sides

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
    path(OFFICE + "new/", editing.new, name="office_partnership_new"),
    path(TIE, tie.overview, name="office_tie"),
    path(TIE + "edit/", editing.edit, name="office_tie_edit"),
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

# --- activities, the office's rules ---------------------------------------------------------------------------

urlpatterns += [
    path(TIE + "activities/", activities.activities, name="office_activities"),
    path(TIE + "activities.csv", activities.activities_csv, name="office_activities_csv"),
    path(TIE + "activities/new/", activities.activity_new, name="office_activity_new"),
    path(TIE + "activities/<str:activity_id>/", activities.activity_edit, name="office_activity_edit"),
    path(
        TIE + "activities/<str:activity_id>/remove/",
        activities.activity_remove,
        name="office_activity_remove",
    ),
    path("office/<slug:slug>/activities/", activities.all_activities, name="office_all_activities"),
    path(
        "office/<slug:slug>/activities.csv", activities.all_activities_csv, name="office_all_activities_csv"
    ),
    path("office/<slug:slug>/partnership-rules/", activities.partnership_rules, name="office_rules"),
]

# --- the ten steps --------------------------------------------------------------------------------------------

urlpatterns += [
    path(TIE + "journey/", journey.journey, name="office_journey"),
    path(TIE + "journey/start/", journey.start, name="office_journey_start"),
    path(TIE + "journey/<int:step>/", journey.step, name="office_step"),
    path(TIE + "journey/<int:step>/done/", journey.finish, name="office_step_finish"),
    path(TIE + "journey/<int:step>/leave-out/", journey.skip, name="office_step_skip"),
    path(TIE + "journey/<int:step>/open/", journey.reopen, name="office_step_reopen"),
    path(TIE + "journey/<int:step>/care/", journey.care, name="office_step_care"),
    path(
        TIE + "journey/<int:step>/evidence/<int:proof>/remove/",
        journey.remove_proof,
        name="office_step_remove_proof",
    ),
    path("office/<slug:slug>/journey-steps/", journey_steps.own_steps, name="office_journey_steps"),
    path(
        "office/<slug:slug>/journey-steps/<int:step>/retire/",
        journey_steps.retire,
        name="office_journey_step_retire",
    ),
]

# --- the other side: what a mailed link leads to, and the office's page ---------------------------------------

OTHER_SIDE = TIE + "other-side/"
urlpatterns += [
    path("sides/<str:key>/", sides.side, name="side"),
    path("sides/<str:key>/correct/", sides.correct, name="side_correct"),
    path("sides/<str:key>/decline/", sides.decline, name="side_decline"),
    path("sides/<str:key>/ask/", sides.ask_again, name="side_ask_again"),
    path("sides/<str:key>/agree/<str:kind>/<str:id>/", sides.agree, name="side_agree"),
    path(OTHER_SIDE, partner.partner, name="office_partner"),
    path(OTHER_SIDE + "<int:pk>/ask/", partner.ask, name="office_partner_ask"),
    path(OTHER_SIDE + "<int:pk>/ask-again/", partner.ask_again, name="office_partner_ask_again"),
    path(OTHER_SIDE + "<int:pk>/withdraw/", partner.withdraw, name="office_partner_withdraw"),
    path(OTHER_SIDE + "<int:pk>/people/", partner.actors, name="office_partner_actors"),
    path(OTHER_SIDE + "<int:pk>/confirm/", partner.confirm, name="office_partner_confirm"),
    path(OTHER_SIDE + "<int:pk>/correct/", partner.correct, name="office_partner_correct"),
    path(OTHER_SIDE + "<int:pk>/decline/", partner.decline, name="office_partner_decline"),
    path(OTHER_SIDE + "dates/<int:pk>/take-over/", partner.take_over, name="office_partner_take_over"),
]
