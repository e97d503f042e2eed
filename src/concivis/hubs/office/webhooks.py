from typing import cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs import outgoing, webhooks
from concivis.hubs.access import office_view
from concivis.hubs.integration_forms import EventsForm, WebhookForm
from concivis.hubs.models import Delivery, Hub, Webhook
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Heading


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_http_methods(["GET", "POST"])
def new_webhook(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            webhook, secret = webhooks.create_webhook(
                by=cast(User, request.user), hub=hub, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _secret_once(request, webhook, secret, _("The webhook is created"))
    context = {
        "heading": _("New webhook"),
        "lead": _("An address of yours that gets a signed message when something happens in the office."),
        "form": form,
        "submit": _("Create the webhook"),
    }
    return office_page(request, hub, "hubs/office/new_integration.html", context)


def _secret_once(request: HttpRequest, webhook: Webhook, secret: str, heading: str) -> HttpResponse:
    context = {
        "heading": heading,
        "text": _(
            "Your program verifies with this secret that a message comes from here and was not changed."
        ),
        "label": _("Secret"),
        "secret": secret,
        "example": "",
        "back_url": _address(webhook),
    }
    return office_page(request, webhook.hub, "hubs/office/secret_once.html", context)


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    shown = get_object_or_404(webhooks.webhooks_of(hub), pk=pk)
    form = EventsForm(request.POST or None, initial={"events": shown.events})
    if request.method == "POST" and form.is_valid():
        webhooks.change_events(by=cast(User, request.user), webhook=shown, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(_address(shown))
    context = {
        "heading": outgoing.host_of(shown.url),
        "webhook": shown,
        "form": form,
        "deliveries": [
            {"delivery": each, "label": webhooks.label_of(each.event)}
            for each in webhooks.deliveries_to(shown)
        ],
        "headings": [
            Heading(pgettext("of a message", "What")),
            Heading(pgettext("of a message", "When")),
            Heading(pgettext("of a message", "State")),
            Heading(_("Change"), unseen=True),
        ],
        "zone": ZoneInfo(hub.timezone),
    }
    return office_page(request, hub, "hubs/office/webhook.html", context)


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_POST
def test_webhook(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    tested = get_object_or_404(webhooks.webhooks_of(hub), pk=pk)
    try:
        webhooks.send_test(webhook=tested)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The test is on its way. Load this page again in a moment."))
    return redirect(_address(tested))


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_POST
def switch_webhook(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    switched = get_object_or_404(webhooks.webhooks_of(hub), pk=pk)
    on = request.POST.get("on") == "1"
    switch = webhooks.switch_on if on else webhooks.switch_off
    switch(by=cast(User, request.user), webhook=switched)
    done = _("The webhook is switched on.") if on else _("The webhook is switched off: nothing is sent.")
    messages.success(request, done)
    return redirect(_address(switched))


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_http_methods(["GET", "POST"])
def renew_secret(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    renewed = get_object_or_404(webhooks.webhooks_of(hub), pk=pk)
    if request.method == "POST":
        renewed, secret = webhooks.renew_secret(by=cast(User, request.user), webhook=renewed)
        return _secret_once(request, renewed, secret, _("The webhook has a new secret"))
    context = {
        "heading": _("Make a new secret for {host}?").format(host=outgoing.host_of(renewed.url)),
        "text": _("From then on messages are signed with it. Your program must learn it at the same time."),
        "submit": _("Make a new secret"),
        "danger": True,
        "cancel_url": _address(renewed),
    }
    return office_page(request, hub, "shell/confirm.html", context)


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_http_methods(["GET", "POST"])
def delete_webhook(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    deleted = get_object_or_404(webhooks.webhooks_of(hub), pk=pk)
    if request.method == "POST":
        webhooks.delete_webhook(by=cast(User, request.user), webhook=deleted)
        messages.success(request, _("The webhook is deleted."))
        return redirect("hubs:integrations", hub.slug)
    context = {
        "heading": _("Delete the webhook to {host}?").format(host=outgoing.host_of(deleted.url)),
        "text": _("Nothing is sent to it any more, and the list of what was sent is deleted, too."),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": _address(deleted),
    }
    return office_page(request, hub, "shell/confirm.html", context)


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_POST
def send_again(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.select_related("webhook__hub"), pk=pk, webhook__hub=hub)
    try:
        webhooks.send_again(delivery=delivery)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The message is sent again. Load this page again in a moment."))
    return redirect(_address(delivery.webhook))


def _address(webhook: Webhook) -> str:
    return reverse("hubs:webhook", args=[webhook.hub.slug, webhook.pk])
