from django.urls import URLPattern, URLResolver, path

from concivis.codesign import urls_outcomes
from concivis.codesign.office import dealings as office_dealings
from concivis.codesign.office import insights, processes, roster, sessions
from concivis.codesign.public import dealings, hearing, own, participants

app_name = "codesign"
OWN = "codesign/connector/<str:key>"
CONNECTORS = [
    path("codesign/mine/", own.mine, name="mine"),
    path(f"{OWN}/", own.own, name="own"),
    path(f"{OWN}/join/", own.join, name="own_join"),
    path(f"{OWN}/pause/", own.pause, name="own_pause"),
    path(f"{OWN}/account/", own.account, name="own_account"),
    path(f"{OWN}/end/", own.end, name="own_end"),
    path(f"{OWN}/about/", own.about, name="own_about"),
    path(f"{OWN}/insights/", hearing.own_insights, name="own_insights"),
    path(f"{OWN}/insights/new/", hearing.new_insight, name="own_insight_new"),
    path(f"{OWN}/insights/<str:public_id>/", hearing.own_insight, name="own_insight"),
    path(f"{OWN}/sessions/", hearing.own_sessions, name="own_sessions"),
    path(f"{OWN}/sessions/new/", hearing.new_session, name="own_session_new"),
    path(f"{OWN}/sessions/<str:public_id>/", hearing.own_session, name="own_session"),
    path(f"{OWN}/sessions/<str:public_id>/count/", hearing.count, name="own_count"),
    path(f"{OWN}/sessions/<str:public_id>/notes/", hearing.note, name="own_note"),
    path(
        f"{OWN}/sessions/<str:public_id>/notes/<int:note>/delete/",
        hearing.delete_note,
        name="own_note_delete",
    ),
    path(f"{OWN}/messages/", dealings.thread, name="own_messages"),
    path(f"{OWN}/messages/read/", dealings.read, name="own_read"),
    path(f"{OWN}/expenses/", dealings.own_expenses, name="own_expenses"),
    path(f"{OWN}/expenses/<str:public_id>/withdraw/", dealings.withdraw_expense, name="own_expense_withdraw"),
    path(f"{OWN}/expenses/<str:public_id>/receipt", dealings.receipt, name="own_receipt"),
]
PLACE = "office/<slug:slug>/codesign"
PROCESS = f"{PLACE}/processes/<str:public_id>"
SESSION = f"{PLACE}/sessions/<str:public_id>"
INSIGHT = f"{PLACE}/insights/<str:public_id>"
CONNECTOR = f"{PLACE}/connectors/<str:public_id>"
EXPENSE = f"{PLACE}/expenses/<str:public_id>"
OFFICE = [
    path(f"{PLACE}/", processes.table, name="office"),
    path(f"{PLACE}/processes/new/", processes.new, name="office_new"),
    path(f"{PROCESS}/", processes.overview, name="office_process"),
    path(f"{PROCESS}/edit/", processes.edit, name="office_edit"),
    path(f"{PROCESS}/step/", processes.step, name="office_step"),
    path(f"{PROCESS}/cancel/", processes.cancel, name="office_cancel"),
    path(f"{PROCESS}/delete/", processes.delete, name="office_delete"),
    path(f"{PROCESS}/phases/", processes.phase_list, name="office_phases"),
    path(f"{PROCESS}/phases/<int:phase>/", processes.phase, name="office_phase"),
    path(f"{PROCESS}/translations/", processes.translations, name="office_translations"),
    path(f"{PROCESS}/translations/<str:language>/", processes.translate, name="office_translate"),
    path(f"{PROCESS}/sessions/", sessions.table, name="office_sessions"),
    path(f"{PROCESS}/sessions/new/", sessions.new, name="office_session_new"),
    path(f"{SESSION}/", sessions.session, name="office_session"),
    path(f"{SESSION}/edit/", sessions.edit, name="office_session_edit"),
    path(f"{SESSION}/cancel/", sessions.cancel, name="office_session_cancel"),
    path(f"{SESSION}/delete/", sessions.delete, name="office_session_delete"),
    path(f"{SESSION}/count/", sessions.count, name="office_count"),
    path(f"{SESSION}/notes/", sessions.note_new, name="office_note_new"),
    path(f"{SESSION}/notes/<int:note>/", sessions.note, name="office_note"),
    path(f"{SESSION}/participants/", sessions.participant_new, name="office_participant_new"),
    path(
        f"{SESSION}/participants/<int:participant>/remove/",
        sessions.participant_remove,
        name="office_participant_remove",
    ),
    path(f"{PLACE}/insights/", insights.table, name="office_insights"),
    path(f"{PLACE}/insights.<str:extension>", insights.export, name="office_insights_export"),
    path(f"{PLACE}/insights/new/", insights.new, name="office_insight_new"),
    path(f"{INSIGHT}/", insights.insight, name="office_insight"),
    path(f"{INSIGHT}/edit/", insights.edit, name="office_insight_edit"),
    path(f"{INSIGHT}/aside/", insights.aside, name="office_insight_aside"),
    path(f"{INSIGHT}/translate/", insights.translate, name="office_insight_translate"),
    path(f"{INSIGHT}/delete/", insights.delete, name="office_insight_delete"),
    path(f"{PLACE}/connectors/", roster.roster, name="office_roster"),
    path(f"{PLACE}/connectors/new/", roster.invite, name="office_invite"),
    path(f"{PLACE}/training/", roster.parts_of_training, name="office_training"),
    path(f"{PLACE}/training/<int:part>/", roster.part, name="office_training_part"),
    path(f"{CONNECTOR}/", roster.connector, name="office_connector"),
    path(f"{CONNECTOR}/edit/", roster.edit, name="office_connector_edit"),
    path(f"{CONNECTOR}/step/", roster.step, name="office_connector_step"),
    path(f"{CONNECTOR}/end/", roster.end, name="office_connector_end"),
    path(f"{CONNECTOR}/back/", roster.back, name="office_connector_back"),
    path(f"{CONNECTOR}/forget/", roster.forget, name="office_connector_forget"),
    path(f"{CONNECTOR}/training/<int:part>/", roster.done, name="office_training_done"),
    path(f"{CONNECTOR}/messages/", office_dealings.thread, name="office_thread"),
    path(f"{CONNECTOR}/messages/read/", office_dealings.read, name="office_read"),
    path(f"{PLACE}/messages/", office_dealings.threads, name="office_threads"),
    path(f"{PLACE}/expenses/", office_dealings.expense_table, name="office_expenses"),
    path(f"{PLACE}/expenses.<str:extension>", office_dealings.expense_export, name="office_expenses_export"),
    path(f"{EXPENSE}/decide/", office_dealings.decide, name="office_decide"),
    path(f"{EXPENSE}/refuse/", office_dealings.refuse, name="office_refuse"),
    path(f"{EXPENSE}/receipt", office_dealings.receipt, name="office_receipt"),
    path(f"{PLACE}/rules/", office_dealings.rules_page, name="office_rules"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *CONNECTORS,
    *urls_outcomes.PUBLIC,
    *OFFICE,
    path("codesign/participant/<str:key>/", participants.participant, name="participant"),
    *urls_outcomes.OFFICE,
    *urls_outcomes.PROCESS,
]
