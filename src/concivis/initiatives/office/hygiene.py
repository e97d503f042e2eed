"""What has grown stale, and what is missing: lists with actions on many, and the hub's own months."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from concivis.accounts.models import User
from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.initiatives import actions, queries
from concivis.initiatives.models import Initiative
from concivis.initiatives.office.doors import may_edit
from concivis.shell.parts import Crumb
from concivis.shell.refusals import put_into

SHOWN = 100  # of each list; the rest follows when these are dealt with


@dataclass(frozen=True)
class Check:
    code: str
    title: str
    advice: str
    find: Callable[[Hub], QuerySet[Initiative]]


def checks() -> list[Check]:
    return [
        Check(
            "untouched",
            _("Not confirmed for a long time"),
            _("Ask the owners, or confirm what you know is valid."),
            queries.to_ask_about,
        ),
        Check(
            "over",
            _("Past its end, but open"),
            _("Say that it is finished, or correct the end."),
            queries.over_but_open,
        ),
        Check(
            "contact",
            _("Nobody to ask"),
            _("Name an owner, so that somebody is asked once a year."),
            queries.without_contact,
        ),
        Check(
            "picture",
            _("Without a picture"),
            _("Ask the initiative for one, or add one yourself."),
            queries.without_picture,
        ),
        Check(
            "outdated",
            _("With an outdated translation"),
            _("The original has changed since: look at the translation."),
            queries.with_outdated_translation,
        ),
        Check(
            "translation",
            _("In one language only"),
            _("Add a translation, so that others find it."),
            queries.without_translation,
        ),
    ]


class RulesForm(forms.Form):
    ask_after_months = forms.IntegerField(
        label=gettext_lazy("After how many months without a confirmation is the owner asked?"),
        min_value=1,
        max_value=119,
    )
    archive_after_months = forms.IntegerField(
        label=gettext_lazy("After how many months without a confirmation is an entry archived?"),
        min_value=2,
        max_value=120,
        help_text=gettext_lazy("Archived means: not to be seen, nothing deleted, and easily brought back."),
    )


@office_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def hygiene(request: HttpRequest, hub: Hub) -> HttpResponse:
    """The lists; POST acts on the ticked."""
    edits = may_edit(request, hub)
    if request.method == "POST":
        policies.require(request.user, Permission.EDIT_INITIATIVES, hub)
        _act(request, hub)
        return redirect("initiatives:office_hygiene", hub.slug)
    found = [
        (check, list(check.find(hub).order_by("last_confirmed", "title")[: SHOWN + 1])) for check in checks()
    ]
    context = {
        "heading": _("What needs care"),
        "lead": _("So that the register does not grow stale."),
        "crumbs": [Crumb(_("Initiatives"), reverse("initiatives:office", args=[hub.slug]))],
        "lists": [
            (
                check,
                [(each, _address(hub, each)) for each in rows[:SHOWN]],
                len(rows) > SHOWN,
            )
            for check, rows in found
            if rows
        ],
        "rules": actions.rules_of(hub),
        "edits": edits,
    }
    return office_page(request, hub, "initiatives/office/hygiene.html", context)


def _address(hub: Hub, initiative: Initiative) -> str:
    return reverse("initiatives:office_initiative", args=[hub.slug, initiative.public_id])


def _act(request: HttpRequest, hub: Hub) -> None:
    """Confirms, asks or archives each of the ticked; what cannot be done is left, and said."""
    ticked = list(queries.in_office(hub).filter(public_id__in=request.POST.getlist("id")[: 6 * SHOWN]))
    by = cast(User, request.user)
    acts: dict[str, Callable[[Initiative], object]] = {
        "confirm": lambda each: actions.confirm(by=by, initiative=each),
        "ask": lambda each: actions.ask_owner(initiative=each),
        "archive": lambda each: actions.archive(by=by, initiative=each),
    }
    act, done = acts.get(request.POST.get("act", "")), 0
    if act is None or not ticked:
        messages.info(request, _("Tick some entries first."))
        return
    for each in ticked:
        try:
            done += bool(act(each))
        except ValidationError:
            continue
    told = ngettext("Done for %(n)s entry.", "Done for %(n)s entries.", done) % {"n": done}
    left = len(ticked) - done
    if left:
        told += " " + ngettext(
            "It was not possible, or had been done already, for %(n)s.",
            "It was not possible, or had been done already, for %(n)s.",
            left,
        ) % {"n": left}
    messages.success(request, told)


@office_view(Permission.EDIT_HUB)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, hub: Hub) -> HttpResponse:
    standing = actions.rules_of(hub)
    names = ("ask_after_months", "archive_after_months")
    form = RulesForm(request.POST or None, initial={name: getattr(standing, name) for name in names})
    back = reverse("initiatives:office_hygiene", args=[hub.slug])
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rules(by=cast(User, request.user), hub=hub, **form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    context = {
        "heading": _("When entries grow stale"),
        "crumbs": [
            Crumb(_("Initiatives"), reverse("initiatives:office", args=[hub.slug])),
            Crumb(_("What needs care"), back),
        ],
        "form": form,
        "cancel_url": back,
    }
    return office_page(request, hub, "initiatives/office/rules.html", context)
