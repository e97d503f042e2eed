"""Who may enter which page of an office: one table, and every address asked by everybody.

Each address of an office asks for one permission before it looks at anything else; ROLES (hubs.roles) say who has it.
A page that asks for more within (the keeper's office, one's own proposal) has that in the table of its room.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from concivis.hubs.factories import HubFactory
from concivis.hubs.permissions import Permission
from concivis.hubs.roles import ROLES
from concivis.hubs.testing import WHO, ask, people_around

TABLE: dict[Permission, dict[str, str]] = {
    Permission.VIEW_OFFICE: {
        "desk": "letter_choice today today_act today_bring_back today_count",
        "directory": "office_organisation office_organisations office_organisations_export",
        "exchange": "iati_facts",
        "hubs": "leave members office",
        "portal": "office_embed office_poster office_posters",
        "reach": "office office_export",
        "initiatives": """
            office office_archive office_ask_back office_confirm office_decline office_delete
            office_edit office_hygiene office_initiative office_match office_owner office_paper_remove
            office_papers office_picture office_pictures office_publish office_restore
            office_seen office_translate office_translate_new office_translation_remove
            office_translations office_update office_updates
        """,
        "introductions": "learnt radar",
        "twinning": """
            office_activities office_activities_export office_agreement office_agreement_approve
            office_agreement_compare office_agreement_pdf office_agreement_version
            office_all_activities office_all_activities_export office_bulk office_contacts
            office_dates office_document office_documents office_finder office_finder_compare
            office_forget_view office_journey office_keep_view office_letter_kept office_letters
            office_looking office_objective_approve office_objective_close office_objective_new
            office_objective_replace office_objective_withdraw office_objectives office_partner
            office_partner_confirm office_partner_correct office_partner_decline
            office_partnerships office_partnerships_export office_rename_view
            office_review_approve office_shortlist office_shortlist_export office_shortlists
            office_step office_step_remove_proof office_tie office_views
        """,
    },
    Permission.VIEW_RECORD: {
        "hubs": "record record_export verify_record",
    },
    Permission.PROPOSE: {
        "initiatives": "office_new",
    },
    Permission.PUBLISH: {
        "directory": "office_organisation_show",
        "reports": "publish withdraw",
        "twinning": "office_looking_renew office_looking_withdraw",
    },
    Permission.IMPORT: {
        "exchange": """
            again apply batch columns discard end iati iati_apply iati_discard iati_file
            iati_files iati_undo imports progress proposal_file proposal_file_again proposal_file_apply
            proposal_file_discard proposal_file_progress proposal_file_undo proposal_files
            rows_export sheet sheet_again sheet_apply
            sheet_choose sheet_columns sheet_decide sheet_discard sheet_export sheet_progress sheet_rejected
            sheet_template sheet_undo sheets undo
        """,
    },
    Permission.EDIT_HUB: {
        "desk": "rules",
        "exchange": "iati_publisher",
        "hubs": "settings visibility",
        "initiatives": "office_rules",
        "reach": "office_settings",
        "twinning": "office_rules",
    },
    Permission.MANAGE_MEMBERS: {
        "exchange": "takeout takeouts",
        "hubs": """
            change_role invitations remove_member resend_invitation withdraw_invitation
        """,
    },
    Permission.MANAGE_INTEGRATIONS: {
        "hubs": """
            delete_webhook integrations new_token new_webhook renew_secret revoke_token
            send_again switch_webhook test_webhook webhook
        """,
    },
    Permission.EDIT_PARTNERSHIPS: {
        "twinning": """
            office_activity_edit office_activity_new office_activity_remove
            office_agreement_discard office_agreement_new office_agreement_propose
            office_agreement_signed office_agreement_title office_article office_article_move
            office_article_new office_article_remove office_bulk_done office_candidate_note
            office_candidate_remove office_contact_change office_contact_delete
            office_contact_new office_date_correct office_date_delete office_date_new
            office_document_change office_document_delete office_document_new office_end
            office_journey_start office_journey_step_retire office_journey_steps office_letter
            office_partner_actors office_partner_ask office_partner_ask_again
            office_partner_distrust office_partner_take_over office_partner_trust
            office_partner_withdraw office_partnership_new office_plan_item office_plan_new
            office_plan_remove office_plan_state office_resume office_review office_review_new
            office_shortlist_add office_shortlist_delete office_shortlist_put_back
            office_shortlist_rename office_step_care office_step_finish office_step_reopen
            office_step_skip office_suspend office_tie_edit office_tie_state
        """,
    },
    Permission.EDIT_DIRECTORY: {
        "directory": """
            office_claim_accept office_claim_decline office_claims office_duplicates
            office_merge office_merge_undo office_network_delete office_network_join
            office_network_leave office_not_the_same office_organisation_confirm
            office_organisation_delete office_organisation_edit office_organisation_new
            office_person_change office_person_end office_person_forget office_person_new
            office_steward_dismiss office_tie_change office_tie_delete office_tie_new
            office_translate
        """,
    },
    Permission.EDIT_INITIATIVES: {
        "initiatives": "office_export",
        "introductions": """
            forget judge look office office_export office_introduction office_new
        """,
    },
    Permission.WORK_ON_CODESIGN: {
        "codesign": """
            office office_cancel office_connector office_connector_back
            office_connector_edit office_connector_end office_connector_forget
            office_connector_step office_count office_decide office_delete office_edit
            office_expenses office_expenses_export office_insight office_insight_aside
            office_insight_delete office_insight_edit office_insight_new
            office_insight_translate office_insights office_insights_export office_invite
            office_new office_note office_note_new office_participant_new
            office_participant_remove office_phase office_phases office_process office_read
            office_receipt office_refuse office_roster office_rules office_session
            office_session_cancel office_session_delete office_session_edit
            office_session_new office_sessions office_step office_thread office_threads
            office_training office_training_done office_training_part office_translate
            office_translations
            office_answer office_box office_box_audio office_cluster office_cluster_new office_clusters office_input
            office_input_reply office_input_set_aside office_input_take_up office_insight_move
            office_measure office_measure_new office_measure_step office_quotes
            office_recommendation office_recommendation_delete office_recommendation_edit
            office_recommendation_hand_over office_recommendation_new office_recommendation_seen
            office_recommendation_withdraw office_recommendations office_text office_texts
            office_vote office_vote_enter office_vote_new office_vote_poster office_vote_print
            office_vote_step office_votes
        """,
    },
    Permission.WORK_AT_DESK: {
        "desk": """
            meeting_agenda meeting_agenda_act meeting_attendance meeting_attendance_csv
            meeting_attendance_note meeting_cancel meeting_copy meeting_delete meeting_edit
            meeting_guest meeting_guest_remove meeting_guests meeting_guests_add meeting_invite
            meeting_item meeting_minutes meeting_minutes_show meeting_new meeting_office
            meeting_task meeting_task_act meeting_tasks meetings meetings_tasks
            attachment enquiries enquiries_csv enquiry enquiry_act enquiry_edit enquiry_forget
            enquiry_hand_over enquiry_new figures figures_csv mails mails_seen text text_delete
            text_new texts
        """,
    },
    Permission.SEND_NEWSLETTER: {
        "newsletter": """
            arrange delete edit edit_item move new new_item office preview progress remove_item
            remove_subscriber send subscribers test
        """,
    },
    Permission.WORK_ON_PROPOSALS: {
        "proposals": """
            office office_answer office_answer_text office_ask office_check office_claim
            office_correct office_decision office_end office_export office_fate office_figures
            office_handover office_held office_hide office_invalidate office_invalidation_cancel
            office_limits office_list_rejection office_measure office_measure_new
            office_measure_remove office_measure_text office_package_again office_package_new
            office_package_withdraw office_paper office_pause office_proposal
            office_publish office_receipt office_register office_register_fetch office_reject
            office_release office_resume office_rules office_rules_compare office_rules_edit
            office_rules_text office_rules_version office_sheet office_sheet_pdf
            office_sheet_remove office_sheet_scan office_show office_signatures office_talk
        """,
    },
    Permission.WRITE_REPORTS: {
        "reports": """
            days delete edit fix new numbers office preview preview_file release rules sections
            stories story story_act words
        """,
    },
}
REDIRECTIONS = {"office/<slug:slug>/attention/"}  # an address of before, which leads to where it asks
SAMPLES = {"int": "1", "str": "x", "slug": "x"}
PUBLIC_ID = "0123456789"  # for the converters of the rooms


@dataclass(frozen=True)
class Page:
    room: str
    name: str
    route: str  # without the language: office/<slug:slug>/…
    permission: Permission | None

    def address(self, slug: str) -> str:
        """With something in place of each variable, which need not exist: the permission is asked for first."""
        parts = self.route.replace("<slug:slug>", slug, 1).split("/")
        return "/en/" + "/".join(_filled(part) for part in parts)


def test_every_page_of_an_office_asks_for_the_permission_in_the_table() -> None:
    known = {
        (room, name): asked
        for asked, rooms in TABLE.items()
        for room, names in rooms.items()
        for name in names.split()
    }
    found = {(page.room, page.name): page.permission for page in office_pages()}
    assert found == known


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("who", WHO)
def test_nobody_enters_without_the_permission(who: str) -> None:
    hub = HubFactory(slug="city")
    person = people_around(hub)[who]
    client = Client()
    if person:
        client.force_login(person)
    found = {
        (method, page.address("city")): (ask(client, method, page.address("city")), wanted(who, page))
        for page in office_pages()
        for method in ("GET", "POST")
    }
    assert {asked: said for asked, said in found.items() if not re.fullmatch(said[1], said[0])} == {}


def wanted(who: str, page: Page) -> str:
    """What may be said, as a pattern. Whoever enters may hear that there is no such thing, that it is done another way,
    or that this needs more: that stands in the table of the room."""
    if who == "anonymous":
        return "login"
    if who not in ROLES:
        return "404"
    if page.permission not in ROLES[who].permissions:
        return "403"
    return r"\d+"


def office_pages() -> Iterator[Page]:
    for room, pattern, route in _routes(get_resolver(), "", ""):
        local = route.removeprefix("en/")
        if local.startswith("office/<slug:slug>/") and local not in REDIRECTIONS:
            yield Page(room, pattern.name or "", local, getattr(pattern.callback, "permission", None))


def _routes(resolver: URLResolver, room: str, prefix: str) -> Iterator[tuple[str, URLPattern, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, entry.app_name or room, route)
        else:
            yield room, entry, route


def _filled(part: str) -> str:
    before, bracket, rest = part.partition("<")
    if not bracket:
        return part
    variable, _end, after = rest.partition(">")
    converter = variable.partition(":")[0] if ":" in variable else "str"
    return before + SAMPLES.get(converter, PUBLIC_ID) + _filled(after)
