"""The roster of connectors: invited, changed, ended; their training."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.codesign import queries, telling
from concivis.codesign.actions import connectors, training
from concivis.codesign.enums import Said
from concivis.codesign.filters import of_roster
from concivis.codesign.forms.roster import ConnectorForm, DoneForm, PartForm, ReturnForm, RosterFilter
from concivis.codesign.models import Connector, TrainingPart
from concivis.codesign.office.doors import (
    LOOK_OR_SAY,
    PER_PAGE,
    address,
    connector_view,
    form_page,
    section_page,
    sure_page,
)
from concivis.codesign.policies import WORK
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.shell import parts
from concivis.shell.parts import Crumb, Fact, Heading
from concivis.shell.refusals import attempt, fill, refused
from concivis.shell.templatetags.shell import language_name


@office_view(WORK)
@require_safe
def roster(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = RosterFilter(request.GET or None)
    page = Paginator(of_roster(queries.roster(hub), form.wanted()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "chips": parts.chips(form, request.GET),
        "page": page,
        "rows": [
            (
                row,
                telling.connector_tone(row),
                ", ".join(queries.said(row, Said.COMMUNITY)),
                ", ".join(language_name(tag) for tag in queries.said(row, Said.LANGUAGE)),
            )
            for row in page.object_list
        ],
        "headings": [
            Heading(_("Connector")),
            Heading(_("Communities")),
            Heading(_("Languages")),
            Heading(_("Until")),
            Heading(_("Training"), numeric=True),
            Heading(_("Insights"), numeric=True),
        ],
        "parts": queries.training_of(hub).count(),
    }
    return section_page(request, hub, "codesign/office/roster.html", context, tab="office_roster")


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def invite(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = ConnectorForm.new(hub, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, made = cast(User, request.user), []
        if fill(form, lambda: made.append(connectors.invite_connector(by=by, hub=hub, **form.said()))):
            messages.success(request, _("Invited. They get a mail with a link, and say yes there."))
            return redirect(address("office_connector", made[0]))
    return form_page(
        request,
        hub,
        form,
        heading=_("Invite a connector"),
        submit=_("Invite"),
        cancel_url=reverse("codesign:office_roster", args=[hub.slug]),
        crumbs=_crumbs(hub),
    )


@connector_view
@require_safe
def connector(request: HttpRequest, connector: Connector) -> HttpResponse:
    done = {row.part_id: row.done_on for row in connector.training.all()}
    hub = connector.hub
    context = {
        "heading": str(connector),
        "kicker": connector.get_state_display(),
        "crumbs": _crumbs(hub),
        "connector": connector,
        "facts": _facts(connector),
        "training": [(part, done.get(part.pk)) for part in queries.training_of(hub)],
        "done_form": DoneForm(initial={"done_on": today_in(hub)}, auto_id=False),
        "sessions": [
            (each, telling.when(each)) for each in connector.sessions.select_related("process")[:10]
        ],
        "insight_count": connector.insights.count(),
        "insights_url": f"{reverse('codesign:office_insights', args=[hub.slug])}?connector={connector.public_id}",
        "expense_rows": [(each, telling.EXPENSE_TONES[each.state]) for each in connector.expenses.all()[:10]],
        "waiting": connector.messages.filter(sender="connector", settled_at=None).count(),
    }
    return office_page(request, hub, "codesign/office/connector.html", context)


@connector_view
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, connector: Connector) -> HttpResponse:
    form = ConnectorForm.of(connector, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, revision = cast(User, request.user), form.cleaned_data["revision"] or 0
        if fill(
            form,
            lambda: connectors.change_connector(by=by, connector=connector, revision=revision, **form.said()),
        ):
            messages.success(request, _("Saved."))
            return redirect(address("office_connector", connector))
    return form_page(
        request,
        connector.hub,
        form,
        heading=_("Change what we keep of %(name)s") % {"name": connector},
        submit=_("Save"),
        cancel_url=address("office_connector", connector),
        crumbs=_crumbs(connector.hub),
    )


@connector_view
@require_POST
def step(request: HttpRequest, connector: Connector) -> HttpResponse:
    """A new link, a break, its end: what can be taken back."""
    by = cast(User, request.user)
    to = request.POST.get("to", "")
    if to == "link":
        attempt(
            request,
            lambda: connectors.send_link(by=by, connector=connector),
            _("A new link is on its way; the one before opens nothing any more."),
        )
    elif to == "rest":
        attempt(request, lambda: connectors.rest(by=by, connector=connector), _("They take a break."))
    elif to == "resume":
        attempt(request, lambda: connectors.resume(by=by, connector=connector), _("They are active again."))
    else:
        raise Http404
    return redirect(address("office_connector", connector))


@connector_view
@require_http_methods(LOOK_OR_SAY)
def end(request: HttpRequest, connector: Connector) -> HttpResponse:
    by = cast(User, request.user)
    if request.method == "POST":
        attempt(request, lambda: connectors.end(by=by, connector=connector), _("It has ended."))
        return redirect(address("office_connector", connector))
    return sure_page(
        request,
        connector.hub,
        heading=_("End the time of %(name)s as a connector?") % {"name": connector},
        text=_(
            "They can still read what became of what they heard. You can bring them back for another term."
        ),
        submit=_("End it"),
        cancel_url=address("office_connector", connector),
    )


@connector_view
@require_http_methods(LOOK_OR_SAY)
def back(request: HttpRequest, connector: Connector) -> HttpResponse:
    """Another term for somebody who ended."""
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, until = cast(User, request.user), form.cleaned_data["term_until"]
        if fill(form, lambda: connectors.return_to_roster(by=by, connector=connector, term_until=until)):
            messages.success(request, _("They are back on the roster."))
            return redirect(address("office_connector", connector))
    return form_page(
        request,
        connector.hub,
        form,
        heading=_("Another term for %(name)s") % {"name": connector},
        submit=_("Bring them back"),
        cancel_url=address("office_connector", connector),
        crumbs=_crumbs(connector.hub),
    )


@connector_view
@require_http_methods(LOOK_OR_SAY)
def forget(request: HttpRequest, connector: Connector) -> HttpResponse:
    by = cast(User, request.user)
    if request.method == "POST":
        attempt(
            request,
            lambda: connectors.forget(by=by, connector=connector),
            _("Nothing of the person is kept any more."),
        )
        return redirect(address("office_connector", connector))
    return sure_page(
        request,
        connector.hub,
        heading=_("Delete everything about %(name)s?") % {"name": connector},
        text=_(
            "Name, address, messages, training, receipts and what they said of themselves are deleted, and who heard "
            "what. What was heard stays, and the sums of expenses. This cannot be undone."
        ),
        submit=_("Delete everything"),
        cancel_url=address("office_connector", connector),
    )


# --- training ----------------------------------------------------------------------------------------------


@connector_view
@require_POST
def done(request: HttpRequest, connector: Connector, part: int) -> HttpResponse:
    """That they have done a part of the training, or that this was wrong."""
    by = cast(User, request.user)
    found = get_object_or_404(TrainingPart, hub=connector.hub, pk=part)
    form = DoneForm(request.POST)
    if "take_back" in request.POST:
        training.take_back_done(by=by, connector=connector, part=found)
    elif form.is_valid():
        day = form.cleaned_data["done_on"]
        attempt(
            request,
            lambda: training.note_done(by=by, connector=connector, part=found, done_on=day),
            _("Noted."),
        )
    else:
        refused(request, form)
    return redirect(address("office_connector", connector))


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def parts_of_training(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = PartForm(request.POST or None, initial={"language": hub.language})
    if request.method == "POST" and form.is_valid():
        by, said = cast(User, request.user), form.cleaned_data
        if fill(form, lambda: training.add_part(by=by, hub=hub, **said)):
            messages.success(request, _("The part is added to the training."))
            return redirect("codesign:office_training", hub.slug)
    context = {"heading": _("Training of the connectors"), "form": form, "rows": queries.training_of(hub)}
    status = 422 if form.is_bound and form.errors else 200
    return section_page(
        request, hub, "codesign/office/training.html", context, tab="office_roster", status=status
    )


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def part(request: HttpRequest, hub: Hub, part: int) -> HttpResponse:
    found = get_object_or_404(TrainingPart, hub=hub, retired_at=None, pk=part)
    by, back_url = cast(User, request.user), reverse("codesign:office_training", args=[hub.slug])
    if request.method == "POST" and "remove" in request.POST:
        attempt(
            request,
            lambda: training.retire_part(by=by, part=found),
            _("It is not offered any more. Who has done it has done it."),
        )
        return redirect(back_url)
    form = PartForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if fill(form, lambda: training.change_part(by=by, part=found, **said)):
            messages.success(request, _("Saved."))
            return redirect(back_url)
    return form_page(
        request,
        hub,
        form,
        heading=found.title,
        submit=_("Save"),
        cancel_url=back_url,
        crumbs=_crumbs(hub),
        removable=_("Offer it no longer"),
    )


def _facts(connector: Connector) -> list[Fact]:
    volunteered = list(connector.volunteered.all())
    told = [each.value for each in volunteered if each.kind == Said.COMMUNITY]
    spoken = [language_name(each.value) for each in volunteered if each.kind == Said.LANGUAGE]
    return [
        Fact(_("Mail address"), connector.email),
        Fact(_("Communities, as they said"), ", ".join(told)),
        Fact(_("Languages, as they said"), ", ".join(spoken)),
        Fact(_("From"), connector.term_from),
        Fact(_("Until"), connector.term_until),
        Fact(pgettext("connector", "Said yes on"), connector.joined_at.date() if connector.joined_at else ""),
    ]


def _crumbs(hub: Hub) -> list[Crumb]:
    return [
        Crumb(_("Co-design"), reverse("codesign:office", args=[hub.slug])),
        Crumb(_("Connectors"), reverse("codesign:office_roster", args=[hub.slug])),
    ]
