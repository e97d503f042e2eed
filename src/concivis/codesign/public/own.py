"""A connector's first page: what waits, what they can do, what became of what they heard. Nothing on GET."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.access import personal_view
from concivis.accounts.models import User
from concivis.accounts.queries import has_confirmed
from concivis.codesign import queries, telling
from concivis.codesign.actions import connectors
from concivis.codesign.enums import Sender
from concivis.codesign.forms.own import AboutForm
from concivis.codesign.models import Connector, Reading
from concivis.codesign.public.doors import ACCOUNT, Opened, connector_view, own_page
from concivis.shell.parts import Card
from concivis.shell.refusals import attempt, fill

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
LATEST = 5


@personal_view
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """For who signs in: the offices for which they are a connector."""
    own = Connector.objects.filter(user=cast(User, request.user)).select_related("hub")
    if len(own) == 1:
        return redirect("codesign:own", ACCOUNT + own[0].public_id)
    cards = [
        Card(
            each.hub.name,
            reverse("codesign:own", args=[ACCOUNT + each.public_id]),
            badge=each.get_state_display(),
            tone=telling.connector_tone(each),
        )
        for each in own
    ]
    return render(request, "codesign/mine.html", {"heading": _("Community connector"), "cards": cards})


@require_safe
@connector_view
def own(request: HttpRequest, opened: Opened) -> HttpResponse:
    connector = opened.connector
    insights = list(connector.insights.prefetch_related("translations")[:LATEST])
    fates = queries.fates_of(insights)
    sessions = connector.sessions.select_related("process").filter(cancelled_at=None)
    unread = _unread(connector)
    coming = sessions.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")[:LATEST]
    context = {
        "heading": _("Hello %(name)s") % {"name": connector.name},
        "insights": [(insight, fates[insight.pk]) for insight in insights],
        "insight_count": connector.insights.count(),
        "sessions": [(each, telling.when(each), telling.where(each)) for each in coming],
        "unread": unread,
        "unread_words": _unread_words(unread),
        "training": _training(connector),
        "may_connect": not opened.by_account and _may_connect(request, connector),
    }
    return own_page(request, opened, "codesign/own/page.html", context)


@require_POST
@connector_view
def join(request: HttpRequest, opened: Opened) -> HttpResponse:
    done = attempt(
        request,
        lambda: connectors.join(connector=opened.connector),
        _("Thank you. You are a community connector now."),
    )
    return redirect(opened.address("own_about") if done else opened.address())


@require_POST
@connector_view
def pause(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A break, or its end."""
    if "resume" in request.POST:
        attempt(request, lambda: connectors.resume(connector=opened.connector), _("Welcome back."))
    else:
        attempt(request, lambda: connectors.rest(connector=opened.connector), _("You are taking a break."))
    return redirect(opened.address())


@require_POST
@connector_view
def account(request: HttpRequest, opened: Opened) -> HttpResponse:
    if not isinstance(request.user, User):
        messages.error(request, _("Sign in first, then open this link again."))
        return redirect(opened.address())
    by = request.user
    attempt(
        request,
        lambda: connectors.connect_account(by=by, connector=opened.connector),
        _("From now on you can also enter by signing in."),
    )
    return redirect(opened.address())


@require_http_methods(LOOK_OR_SAY)
@connector_view
def end(request: HttpRequest, opened: Opened) -> HttpResponse:
    if request.method == "POST":
        attempt(
            request,
            lambda: connectors.end(connector=opened.connector),
            _("Your time as a connector has ended. Thank you."),
        )
        return redirect(opened.address())
    months = queries.rules_of(opened.connector.hub).connector_months
    text = ngettext(
        "You get no more letters and can write nothing more. After %(months)s month everything about you is "
        "deleted; what you heard stays, without your name.",
        "You get no more letters and can write nothing more. After %(months)s months everything about you is "
        "deleted; what you heard stays, without your name.",
        months,
    ) % {"months": months}
    context = {
        "heading": _("Stop being a connector?"),
        "text": text,
        "submit": _("Yes, I stop"),
        "danger": True,
        "cancel_url": opened.address(),
        "hub": opened.connector.hub,
    }
    return render(request, "shell/confirm.html", context)


@require_http_methods(LOOK_OR_SAY)
@connector_view
def about(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """What they volunteer, and what is public of it."""
    if not opened.connector.is_working:
        return redirect(opened.address())
    form = AboutForm.of(opened.connector, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.said()
        if fill(form, lambda: connectors.say_about_oneself(connector=opened.connector, **said)):
            messages.success(request, _("Saved. What you took out is deleted."))
            return redirect(opened.address())
    context = {
        "heading": _("About you"),
        "lead": _(
            "You alone decide what is kept here. All of it can stay empty, and you can change it any time."
        ),
        "form": form,
        "submit": _("Save"),
    }
    return own_page(request, opened, "codesign/own/form.html", context)


def _unread(connector: Connector) -> int:
    """Messages of the office that they have not said to have read. One query."""
    read = Reading.objects.filter(message__connector=connector, by=None)
    return connector.messages.filter(sender=Sender.OFFICE).exclude(pk__in=read.values("message")).count()


def _unread_words(count: int) -> str:
    return ngettext(
        "%(count)s message of the office is new", "%(count)s messages of the office are new", count
    ) % {"count": count}


def _training(connector: Connector) -> list[tuple[object, object]]:
    """(part, the day it was done, or None). Two queries."""
    done = dict(connector.training.values_list("part", "done_on"))
    return [(part, done.get(part.pk)) for part in queries.training_of(connector.hub)]


def _may_connect(request: HttpRequest, connector: Connector) -> bool:
    user = request.user
    return isinstance(user, User) and connector.user_id is None and has_confirmed(user, connector.email)
