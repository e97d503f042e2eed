"""How the pages of the office find a report: within its hub, or not at all."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.hubs.models import Hub
from concivis.reports import queries
from concivis.reports.models import Report, Story
from concivis.shell.parts import Crumb


def report_of(hub: Hub, year: int) -> Report:
    found = get_object_or_404(queries.complete(queries.of_hub(hub)), year=year)
    found.hub = hub
    return found


def story_of(report: Report, pk: int) -> Story:
    found = get_object_or_404(report.stories.prefetch_related("translations"), pk=pk)
    found.report = report
    return found


def address(report: Report, name: str = "edit") -> str:
    return reverse(f"reports:{name}", args=[report.hub.slug, report.year])


def crumbs(hub: Hub, report: Report | None = None) -> list[Crumb]:
    trail = [Crumb(_("Reports"), reverse("reports:office", args=[hub.slug]))]
    if report is not None:
        trail.append(Crumb(title(report), address(report)))
    return trail


def title(report: Report) -> str:
    return _("Report of %(year)s") % {"year": report.year}


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def say(request: HttpRequest, error: ValidationError) -> None:
    messages.error(request, " ".join(error.messages))
