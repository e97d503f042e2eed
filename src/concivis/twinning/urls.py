from django.urls import path, register_converter
from django.urls.converters import StringConverter

from concivis.twinning import public
from concivis.twinning.office import (
    activities,
    agreement,
    agreement_draft,
    bulk,
    contacts,
    dates,
    documents,
    editing,
    finder,
    journey,
    journey_steps,
    letters,
    looking,
    objectives,
    partner,
    plan,
    saved,
    shortlists,
    table,
    tie,
)
from concivis.twinning.public import finder as finder_public
from concivis.twinning.public import looking as looking_public
from concivis.twinning.public import network as network_public
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
    path(
        "partnerships/<str:public_id>/documents/<str:document>/",
        public.partnership_document,
        name="partnership_document",
    ),
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
    path(TIE + "documents/", documents.documents, name="office_documents"),
    path(TIE + "documents/new/", documents.new, name="office_document_new"),
    path(TIE + "documents/<str:document>/file/", documents.download, name="office_document"),
    path(TIE + "documents/<str:document>/", documents.change, name="office_document_change"),
    path(TIE + "documents/<str:document>/delete/", documents.delete, name="office_document_delete"),
    path(TIE + "people/", contacts.contacts, name="office_contacts"),
    path(TIE + "people/new/", contacts.new, name="office_contact_new"),
    path(TIE + "people/<int:pk>/", contacts.change, name="office_contact_change"),
    path(TIE + "people/<int:pk>/delete/", contacts.delete, name="office_contact_delete"),
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
    path(OFFICE + "bulk/", bulk.bulk, name="office_bulk"),
    path(OFFICE + "bulk/done/", bulk.done, name="office_bulk_done"),
    path(OFFICE + "views/", saved.views, name="office_views"),
    path(OFFICE + "views/keep/", saved.keep, name="office_keep_view"),
    path(OFFICE + "views/<int:pk>/rename/", saved.rename, name="office_rename_view"),
    path(OFFICE + "views/<int:pk>/delete/", saved.forget, name="office_forget_view"),
]

# --- the search for a partner ---------------------------------------------------------------------------------

urlpatterns += [
    path("looking-for-a-partner/", looking_public.looking, name="looking"),
    path("looking-for-a-partner.<str:extension>", looking_public.looking_export, name="looking_export"),
    path("looking-for-a-partner/<str:public_id>/", looking_public.profile, name="looking_profile"),
    path("office/<slug:slug>/looking/", looking.looking, name="office_looking"),
    path("office/<slug:slug>/looking/renew/", looking.renew, name="office_looking_renew"),
    path("office/<slug:slug>/looking/withdraw/", looking.withdraw, name="office_looking_withdraw"),
    path("finder/", finder_public.explained, name="finder_explained"),
    path("places/<str:public_id>/<str:slug>/finder/", finder_public.finder, name="finder"),
    path("places/<str:public_id>/<str:slug>/finder/compare/", finder_public.compare, name="finder_compare"),
    path("places/<str:public_id>/<str:slug>/network/", network_public.network, name="place_network"),
    path("office/<slug:slug>/finder/", finder.finder, name="office_finder"),
    path("office/<slug:slug>/finder/compare/", finder.compare, name="office_finder_compare"),
    path("office/<slug:slug>/finder/letter/<str:public_id>/", letters.letter, name="office_letter"),
    path("office/<slug:slug>/letters/", letters.letters, name="office_letters"),
    path("office/<slug:slug>/letters/<int:pk>/", letters.kept, name="office_letter_kept"),
    path("office/<slug:slug>/shortlists/", shortlists.shortlists, name="office_shortlists"),
    path("office/<slug:slug>/shortlists/add/", shortlists.add, name="office_shortlist_add"),
    path("office/<slug:slug>/shortlists/<int:pk>/", shortlists.shortlist, name="office_shortlist"),
    path(
        "office/<slug:slug>/shortlists/<int:pk>.<str:extension>",
        shortlists.export,
        name="office_shortlist_export",
    ),
    path("office/<slug:slug>/shortlists/<int:pk>/rename/", shortlists.rename, name="office_shortlist_rename"),
    path("office/<slug:slug>/shortlists/<int:pk>/delete/", shortlists.delete, name="office_shortlist_delete"),
    path(
        "office/<slug:slug>/shortlists/<int:pk>/undo/", shortlists.put_back, name="office_shortlist_put_back"
    ),
    path("office/<slug:slug>/candidates/<int:pk>/note/", shortlists.note, name="office_candidate_note"),
    path("office/<slug:slug>/candidates/<int:pk>/remove/", shortlists.remove, name="office_candidate_remove"),
]

# --- activities, the office's rules ---------------------------------------------------------------------------

urlpatterns += [
    path(TIE + "activities/", activities.activities, name="office_activities"),
    path(TIE + "activities.<str:extension>", activities.activities_export, name="office_activities_export"),
    path(TIE + "activities/new/", activities.activity_new, name="office_activity_new"),
    path(TIE + "activities/<str:activity_id>/", activities.activity_edit, name="office_activity_edit"),
    path(
        TIE + "activities/<str:activity_id>/remove/",
        activities.activity_remove,
        name="office_activity_remove",
    ),
    path("office/<slug:slug>/activities/", activities.all_activities, name="office_all_activities"),
    path(
        "office/<slug:slug>/activities.<str:extension>",
        activities.all_activities_export,
        name="office_all_activities_export",
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
    path("sides/<str:key>/office/", sides.answer_as, name="side_office"),
    path("sides/<str:key>/agree/<str:kind>/<str:id>/", sides.agree, name="side_agree"),
    path(OTHER_SIDE, partner.partner, name="office_partner"),
    path(OTHER_SIDE + "<int:pk>/ask/", partner.ask, name="office_partner_ask"),
    path(OTHER_SIDE + "<int:pk>/ask-again/", partner.ask_again, name="office_partner_ask_again"),
    path(OTHER_SIDE + "<int:pk>/withdraw/", partner.withdraw, name="office_partner_withdraw"),
    path(OTHER_SIDE + "<int:pk>/people/", partner.actors, name="office_partner_actors"),
    path(OTHER_SIDE + "<int:pk>/trust/", partner.trust, name="office_partner_trust"),
    path(OTHER_SIDE + "<int:pk>/take-back/", partner.distrust, name="office_partner_distrust"),
    path(OTHER_SIDE + "<int:pk>/confirm/", partner.confirm, name="office_partner_confirm"),
    path(OTHER_SIDE + "<int:pk>/correct/", partner.correct, name="office_partner_correct"),
    path(OTHER_SIDE + "<int:pk>/decline/", partner.decline, name="office_partner_decline"),
    path(OTHER_SIDE + "dates/<int:pk>/take-over/", partner.take_over, name="office_partner_take_over"),
]

# --- objectives, plan, reviews --------------------------------------------------------------------------------

OBJECTIVES = TIE + "objectives/"
urlpatterns += [
    path(OBJECTIVES, objectives.objectives, name="office_objectives"),
    path(OBJECTIVES + "new/", objectives.propose, name="office_objective_new"),
    path(OBJECTIVES + "<tie:replaces>/replace/", objectives.propose, name="office_objective_replace"),
    path(OBJECTIVES + "<tie:objective>/agree/", objectives.approve, name="office_objective_approve"),
    path(OBJECTIVES + "<tie:objective>/withdraw/", objectives.withdraw, name="office_objective_withdraw"),
    path(OBJECTIVES + "<tie:objective>/close/", objectives.close, name="office_objective_close"),
    path(OBJECTIVES + "plan/new/", plan.add, name="office_plan_new"),
    path(OBJECTIVES + "plan/<int:item>/", plan.change, name="office_plan_item"),
    path(OBJECTIVES + "plan/<int:item>/state/", plan.state, name="office_plan_state"),
    path(OBJECTIVES + "plan/<int:item>/remove/", plan.remove, name="office_plan_remove"),
    path(OBJECTIVES + "reviews/new/", plan.hold, name="office_review_new"),
    path(OBJECTIVES + "reviews/<int:year>/", plan.change_review, name="office_review"),
    path(OBJECTIVES + "reviews/<int:year>/agree/", plan.approve_review, name="office_review_approve"),
]

# --- the agreement --------------------------------------------------------------------------------------------

AGREEMENT = TIE + "agreement/"
VERSION = AGREEMENT + "<int:number>/"
urlpatterns += [
    path(AGREEMENT, agreement.agreement, name="office_agreement"),
    path(AGREEMENT + "new/", agreement_draft.begin, name="office_agreement_new"),
    path(AGREEMENT + "compare/", agreement.compare, name="office_agreement_compare"),
    path(VERSION, agreement.version, name="office_agreement_version"),
    path(VERSION + "agreement.pdf", agreement.document, name="office_agreement_pdf"),
    path(VERSION + "title/", agreement_draft.title, name="office_agreement_title"),
    path(VERSION + "discard/", agreement_draft.discard, name="office_agreement_discard"),
    path(VERSION + "propose/", agreement.propose, name="office_agreement_propose"),
    path(VERSION + "approve/", agreement.approve, name="office_agreement_approve"),
    path(VERSION + "signed/", agreement.signed, name="office_agreement_signed"),
    path(VERSION + "articles/new/", agreement_draft.article_new, name="office_article_new"),
    path(VERSION + "articles/<int:pk>/", agreement_draft.article, name="office_article"),
    path(VERSION + "articles/<int:pk>/move/", agreement_draft.article_move, name="office_article_move"),
    path(VERSION + "articles/<int:pk>/remove/", agreement_draft.article_remove, name="office_article_remove"),
]
