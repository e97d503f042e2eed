from django.urls import path, register_converter
from django.urls.converters import StringConverter

from concivis.directory.office import claims, entries, merging, people, table, ties
from concivis.directory.public import claims as claiming
from concivis.directory.public import pages

app_name = "directory"


class OrganisationId(StringConverter):
    """As `actions.recording` makes them, so that no other page's word is taken for one."""

    regex = "[0-9a-f]{10}"


register_converter(OrganisationId, "organisation")

urlpatterns = [
    path("organisations/", pages.organisations, name="organisations"),
    path("organisations.<str:extension>", pages.organisations_export, name="organisations_export"),
    path("organisations/claims/<str:key>/", claiming.confirm, name="claim_confirm"),
    path("organisations/keys/<str:key>/", claiming.by_key, name="steward"),
    path("organisations/<organisation:public_id>/", pages.organisation, name="organisation"),
    path("organisations/<organisation:public_id>/share.png", pages.share, name="share"),
    path("organisations/<organisation:public_id>/logo/", pages.logo, name="logo"),
    path("organisations/<organisation:public_id>/claim/", claiming.claim, name="claim"),
    path("organisations/<organisation:public_id>/edit/", claiming.own, name="own_edit"),
]

OFFICE = "office/<slug:slug>/organisations/"
ENTRY = OFFICE + "<organisation:public_id>/"

urlpatterns += [
    path(OFFICE, table.organisations, name="office_organisations"),
    path(
        "office/<slug:slug>/organisations.<str:extension>",
        table.organisations_export,
        name="office_organisations_export",
    ),
    path(OFFICE + "new/", table.new, name="office_organisation_new"),
    path(OFFICE + "duplicates/", merging.duplicates, name="office_duplicates"),
    path(OFFICE + "claims/", claims.claims, name="office_claims"),
    path(OFFICE + "claims/<organisation:public_id>/accept/", claims.accept, name="office_claim_accept"),
    path(OFFICE + "claims/<organisation:public_id>/decline/", claims.decline, name="office_claim_decline"),
    path(ENTRY, entries.overview, name="office_organisation"),
    path(ENTRY + "edit/", entries.edit, name="office_organisation_edit"),
    path(ENTRY + "confirm/", entries.confirm, name="office_organisation_confirm"),
    path(ENTRY + "show/", entries.show, name="office_organisation_show"),
    path(ENTRY + "delete/", entries.delete, name="office_organisation_delete"),
    path(ENTRY + "stewards/<int:pk>/", entries.dismiss, name="office_steward_dismiss"),
    path(ENTRY + "ties/new/", ties.new, name="office_tie_new"),
    path(ENTRY + "ties/<int:pk>/", ties.change, name="office_tie_change"),
    path(ENTRY + "ties/<int:pk>/delete/", ties.delete, name="office_tie_delete"),
    path(ENTRY + "networks/new/", ties.join, name="office_network_join"),
    path(ENTRY + "networks/<int:pk>/leave/", ties.leave, name="office_network_leave"),
    path(ENTRY + "networks/<int:pk>/delete/", ties.remove, name="office_network_delete"),
    path(ENTRY + "translate/", ties.translate, name="office_translate"),
    path(ENTRY + "people/new/", people.new, name="office_person_new"),
    path(ENTRY + "people/<int:pk>/", people.change, name="office_person_change"),
    path(ENTRY + "people/<int:pk>/end/", people.end, name="office_person_end"),
    path(ENTRY + "people/<int:pk>/forget/", people.forget, name="office_person_forget"),
    path(ENTRY + "merge/", merging.merge, name="office_merge"),
    path(ENTRY + "merges/<organisation:merge>/undo/", merging.undo, name="office_merge_undo"),
    path(ENTRY + "not-the-same/<organisation:other>/", merging.not_the_same, name="office_not_the_same"),
]
