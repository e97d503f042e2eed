"""The addresses of hubs. They stand before twinning's, whose `/hubs/<slug>/` would take `/hubs/new/`."""

from django.urls import URLPattern, path

from concivis.hubs import creation, invitations, new_place, public
from concivis.hubs.office import integrations, members, overview, record, webhooks

app_name = "hubs"

urlpatterns: list[URLPattern] = [
    path("hubs/", public.hubs, name="list"),
    path("hubs/mine/", public.mine, name="mine"),
    path("hubs/new/", creation.city, name="new"),
    path("hubs/new/place/", new_place.place, name="new_place"),
    path("hubs/new/office/", creation.office, name="new_office"),
    path("hubs/new/preview/", creation.preview, name="new_preview"),
    path("hubs/new/theme.css", creation.draft_theme, name="new_theme"),
    path("hubs/new/crest", creation.draft_crest, name="new_crest"),
    path("hubs/invitations/<int:pk>/accept/", invitations.accept_waiting, name="accept_waiting"),
    path("hubs/invitations/<str:key>/", invitations.invitation, name="invitation"),
    path("hubs/<slug:slug>/theme.css", public.theme, name="theme"),
    path("hubs/<slug:slug>/crest", public.crest, name="crest"),
    path("office/<slug:slug>/", overview.overview, name="office"),
    path("office/<slug:slug>/settings/", overview.settings, name="settings"),
    path("office/<slug:slug>/visibility/", overview.visibility, name="visibility"),
    path("office/<slug:slug>/members/", members.members, name="members"),
    path("office/<slug:slug>/members/<int:pk>/role/", members.change_role, name="change_role"),
    path("office/<slug:slug>/members/<int:pk>/remove/", members.remove, name="remove_member"),
    path("office/<slug:slug>/leave/", members.leave, name="leave"),
    path("office/<slug:slug>/invitations/", members.invitations, name="invitations"),
    path("office/<slug:slug>/invitations/<int:pk>/resend/", members.resend, name="resend_invitation"),
    path("office/<slug:slug>/invitations/<int:pk>/withdraw/", members.withdraw, name="withdraw_invitation"),
    path("office/<slug:slug>/record/", record.record, name="record"),
    path("office/<slug:slug>/record.<str:extension>", record.record_export, name="record_export"),
    path("office/<slug:slug>/record/verify/", record.verify, name="verify_record"),
    path("office/<slug:slug>/integrations/", integrations.integrations, name="integrations"),
    path("office/<slug:slug>/integrations/tokens/new/", integrations.new_token, name="new_token"),
    path(
        "office/<slug:slug>/integrations/tokens/<int:pk>/revoke/",
        integrations.revoke_token,
        name="revoke_token",
    ),
    path("office/<slug:slug>/integrations/webhooks/new/", webhooks.new_webhook, name="new_webhook"),
    path("office/<slug:slug>/integrations/webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path(
        "office/<slug:slug>/integrations/webhooks/<int:pk>/test/", webhooks.test_webhook, name="test_webhook"
    ),
    path(
        "office/<slug:slug>/integrations/webhooks/<int:pk>/switch/",
        webhooks.switch_webhook,
        name="switch_webhook",
    ),
    path(
        "office/<slug:slug>/integrations/webhooks/<int:pk>/secret/",
        webhooks.renew_secret,
        name="renew_secret",
    ),
    path(
        "office/<slug:slug>/integrations/webhooks/<int:pk>/delete/",
        webhooks.delete_webhook,
        name="delete_webhook",
    ),
    path(
        "office/<slug:slug>/integrations/deliveries/<int:pk>/again/", webhooks.send_again, name="send_again"
    ),
]
