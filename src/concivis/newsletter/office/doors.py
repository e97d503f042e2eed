"""How the pages of the office find a newsletter: within its hub, or not at all."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.hubs.models import Hub
from concivis.newsletter.models import Issue, Item
from concivis.shell.parts import Crumb


def issue_of(hub: Hub, public_id: str) -> Issue:
    found = get_object_or_404(hub.issues.prefetch_related("texts"), public_id=public_id)
    found.hub = hub
    return found


def item_of(issue: Issue, pk: int) -> Item:
    return get_object_or_404(issue.items.select_related("issue").prefetch_related("texts"), pk=pk)


def address(issue: Issue, name: str = "edit") -> str:
    return reverse(f"newsletter:{name}", args=[issue.hub.slug, issue.public_id])


def crumbs(hub: Hub, issue: Issue | None = None) -> list[Crumb]:
    trail = [Crumb(_("Newsletter"), reverse("newsletter:office", args=[hub.slug]))]
    if issue is not None:
        trail.append(Crumb(title(issue), address(issue)))
    return trail


def title(issue: Issue) -> str:
    return _("Newsletter %(number)s") % {"number": issue.number}


def say(request: HttpRequest, error: ValidationError) -> None:
    messages.error(request, " ".join(error.messages))
