"""Integrations: the programs that work for an office. Here the overview and the tokens; webhooks next door."""

from typing import cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs import tokens, webhooks
from concivis.hubs.access import office_view
from concivis.hubs.integration_forms import TokenForm
from concivis.hubs.models import ApiToken, Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Heading


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_GET
def integrations(request: HttpRequest, hub: Hub) -> HttpResponse:
    context = {
        "heading": _("Integrations"),
        "lead": _("Programs of yours that read and write here, and that are told when something happens."),
        "tokens": [{"token": token, "scopes": " ".join(token.scopes)} for token in tokens.tokens_of(hub)],
        "token_headings": [
            Heading(pgettext("of a token", "For")),
            Heading(pgettext("of a token", "May do")),
            Heading(pgettext("of a token", "Last day")),
            Heading(pgettext("of a token", "Last used")),
            Heading(_("Change"), unseen=True),
        ],
        "webhooks": webhooks.webhooks_of(hub),
        "webhook_headings": [
            Heading(_("Address")),
            Heading(pgettext("of a webhook", "State")),
            Heading(pgettext("of a webhook", "Last delivery")),
        ],
        "zone": ZoneInfo(hub.timezone),
    }
    return office_page(request, hub, "hubs/office/integrations.html", context)


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_http_methods(["GET", "POST"])
def new_token(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = TokenForm(request.POST or None, hub=hub)
    if request.method == "POST" and form.is_valid():
        try:
            token, key = tokens.issue_token(by=cast(User, request.user), hub=hub, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _key_once(request, hub, token, key)
    context = {
        "heading": _("New token"),
        "lead": _("A key with which a program works for {hub}.").format(hub=hub.name),
        "form": form,
        "submit": _("Issue the token"),
    }
    return office_page(request, hub, "hubs/office/new_integration.html", context)


def _key_once(request: HttpRequest, hub: Hub, token: ApiToken, key: str) -> HttpResponse:
    """Answers the form itself: a key that is shown after a redirection must have been kept somewhere."""
    context = {
        "heading": _("The token “{name}” is issued").format(name=token.name),
        "text": _(
            "The program sends this key with each request. Whoever has it can do what the token may do."
        ),
        "label": _("Key"),
        "secret": key,
        "example": f"curl -H 'Authorization: Bearer {key}' {request.build_absolute_uri('/api/v1/hub')}",
        "back_url": reverse("hubs:integrations", args=[hub.slug]),
    }
    return office_page(request, hub, "hubs/office/secret_once.html", context)


@office_view(Permission.MANAGE_INTEGRATIONS)
@require_http_methods(["GET", "POST"])
def revoke_token(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    token = get_object_or_404(tokens.tokens_of(hub), pk=pk)
    if request.method == "POST":
        tokens.revoke_token(by=cast(User, request.user), token=token)
        messages.success(request, _("The token “{name}” opens nothing any more.").format(name=token.name))
        return redirect("hubs:integrations", hub.slug)
    used = date_format(token.last_used_on, "DATE_FORMAT") if token.last_used_on else _("never")
    text = _("The program that uses it is shut out at once, and for good. Last used: {day}.")
    context = {
        "heading": _("Revoke the token “{name}”?").format(name=token.name),
        "text": text.format(day=used),
        "submit": _("Revoke"),
        "danger": True,
        "cancel_url": reverse("hubs:integrations", args=[hub.slug]),
    }
    return office_page(request, hub, "shell/confirm.html", context)
