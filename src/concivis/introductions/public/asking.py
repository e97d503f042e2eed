"""Asking for an introduction: from the other entry's page, or from the page of who looks after one."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from concivis.accounts.access import discreet, personal_view
from concivis.accounts.models import User
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.hubs.policies import roles_of
from concivis.hubs.roles import ROLES
from concivis.introductions import actions, entries, explaining, queries, telling
from concivis.introductions.entries import Entry
from concivis.introductions.forms import AskForm, WhoForm
from concivis.introductions.public.doors import Asker, kept
from concivis.shell import guard
from concivis.shell.parts import Crumb
from concivis.shell.refusals import put_into

LINKS_AN_HOUR = 5
MOST_SHOWN = 10


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Who are you? Leads on to the form of who looks after an entry; tells others what they can do instead."""
    asked = _entry(kind, public_id)
    form, sent = WhoForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "introduction-link", most=LINKS_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            actions.invite_to_ask(email=form.cleaned_data["email"], asked=asked)
            sent = True
    user = request.user if isinstance(request.user, User) else None
    context = {
        "heading": _("Ask for an introduction"),
        "crumbs": [Crumb(asked.title, asked.url)],
        "hub": asked.hub,
        "asked": asked,
        "form": form,
        "sent": sent,
        "own": _own(user, asked) if user else [],
        "offices": _offices(user, asked) if user else [],
        "new_url": reverse("initiatives:new", args=[asked.hub.slug]) if asked.hub else "",
        "write_url": reverse("initiatives:help", args=[asked.public_id])
        if asked.initiative and asked.email
        else "",
    }
    return discreet(render(request, "introductions/ask.html", context))


@require_safe
@kept
def mine(request: HttpRequest, asker: Asker) -> HttpResponse:
    return _overview(request, asker)


@require_safe
@personal_view
def own(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    return _overview(request, Asker(_looked_after(request, kind, public_id)))


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def mine_ask(request: HttpRequest, asker: Asker, kind: str, public_id: str) -> HttpResponseBase:
    return _ask_page(request, asker, _entry(kind, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
@personal_view
def own_ask(request: HttpRequest, own_kind: str, own_id: str, kind: str, public_id: str) -> HttpResponseBase:
    asker = Asker(_looked_after(request, own_kind, own_id))
    return discreet(_ask_page(request, asker, _entry(kind, public_id)))


def address_of(asker: Asker, asked: tuple[str, str] | None = None) -> str:
    """The page of who looks after an entry; with `asked` (kind, public id), where they ask for an introduction."""
    page = "mine" if asker.key else "own"
    arguments = [asker.key] if asker.key else [asker.entry.kind, asker.entry.public_id]
    if asked:
        return reverse(f"introductions:{page}_ask", args=[*arguments, *asked])
    return reverse(f"introductions:{page}", args=arguments)


def _ask_page(request: HttpRequest, asker: Asker, asked: Entry) -> HttpResponseBase:
    own = asker.entry
    form = AskForm(request.POST or None, initial={"name": own.name, "email": own.email})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(
                by=request.user if isinstance(request.user, User) else None,
                asker=own,
                asked=asked,
                contact=form.contact(),
                message=form.cleaned_data["message"],
                language=get_language() or "en",
            )
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, telling.asked_now(made))
            return redirect(address_of(asker))
    context = {
        "heading": _("Ask for an introduction"),
        "crumbs": [Crumb(own.title, address_of(asker))],
        "hub": own.hub,
        "own": own,
        "asked": asked,
        "form": form,
        "cancel_url": address_of(asker),
    }
    return render(request, "introductions/ask_form.html", context)


def _overview(request: HttpRequest, asker: Asker) -> HttpResponse:
    own = asker.entry
    found = explaining.told(queries.findings_for_card(own.kind, own.public_id, MOST_SHOWN))
    context = {
        "heading": _("Others who do something alike"),
        "kicker": own.title,
        "hub": own.hub,
        "found": [(each, address_of(asker, (each.kind, each.public_id))) for each in found],
        "introductions": [telling.row(each, own) for each in queries.introductions_of(own)[:50]],
    }
    return render(request, "introductions/mine.html", context)


def _entry(kind: str, public_id: str) -> Entry:
    found = entries.find(kind, public_id)
    if found is None:
        raise Http404
    return found


def _looked_after(request: HttpRequest, kind: str, public_id: str) -> Entry:
    for each in entries.of_person(cast(User, request.user)):
        if (each.kind, each.public_id) == (kind, public_id):
            return each
    raise PermissionDenied("looks after another entry, or none")


def _own(user: User, asked: Entry) -> list[tuple[Entry, str]]:
    return [
        (each, address_of(Asker(each), (asked.kind, asked.public_id)))
        for each in entries.of_person(user)
        if each.id != asked.id
    ]


def _offices(user: User, asked: Entry) -> list[tuple[str, str]]:
    """(name, address) of the offices in which they may ask both in the name of the city."""
    allowed = [pk for pk, role in roles_of(user).items() if Permission.EDIT_INITIATIVES in _permissions(role)]
    return [
        (hub.name, f"{reverse('introductions:office_new', args=[hub.slug])}?second={asked.id}")
        for hub in Hub.objects.filter(pk__in=allowed).order_by("name")
    ]


def _permissions(role: str) -> Any:
    return ROLES[role].permissions if role in ROLES else ()
