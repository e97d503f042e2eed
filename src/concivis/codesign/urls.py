from django.urls import URLPattern, URLResolver, path

from concivis.codesign import urls_outcomes
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
urlpatterns: list[URLPattern | URLResolver] = [
    *CONNECTORS,
    *urls_outcomes.PUBLIC,
    path("codesign/participant/<str:key>/", participants.participant, name="participant"),
    *urls_outcomes.OFFICE,
    *urls_outcomes.PROCESS,
]
