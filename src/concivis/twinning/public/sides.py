"""What a mailed link leads to: the other side looks, then answers. Looking changes nothing; an answer is a POST."""

from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.access import discreet, opened_by_key
from concivis.accounts.models import User
from concivis.hubs.models import Hub
from concivis.hubs.policies import may
from concivis.hubs.queries import hubs_of
from concivis.twinning import answers, listing, matters, queries, side_pages, telling
from concivis.twinning.actions import sides as actions
from concivis.twinning.models import Partnership, Side, SideKey
from concivis.twinning.policies import KEEP, Acting
from concivis.twinning.side_forms import AgreeForm, AnswerForm, ConfirmForm

Answer = TypeVar("Answer", bound=HttpResponseBase)
LOOK_OR_ANSWER = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Opened:
    """An open key, as it stands in the address."""

    key: SideKey
    written: str

    @property
    def side(self) -> Side:
        return self.key.side

    def address(self, name: str = "side", *args: object) -> str:
        return reverse(f"twinning:{name}", args=[self.written, *args])

    def acting(self, form: AnswerForm) -> Acting:
        return Acting(self.side, None, form.named_by, self.key)


def _opening(request: HttpRequest, key: str) -> Opened | HttpResponse:
    found = answers.find_key(key)
    return Opened(found, key) if found and found.is_open else _closed(request, found, key)


keyed = opened_by_key(_opening)
"""Decorates `view(request, opened, …)` at `sides/<key>/…`. A key that opens nothing gets a page that says why."""


@require_http_methods(LOOK_OR_ANSWER)
@keyed
def side(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The facts and the three answers. POST: “This is right.”"""
    form = ConfirmForm(request.POST or None, initial=_last_named(opened), by_key=True)
    if request.method == "POST" and form.is_valid():
        side_pages.confirm(request, opened.acting(form), form)
        if not form.errors:
            return redirect(opened.address())
    context = {"form": form, "offices": _offices(request, opened), **_facts(opened)}
    return _page(request, "twinning/side/page.html", opened, context)


@require_http_methods(LOOK_OR_ANSWER)
@keyed
def correct(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = side_pages.correct_form(request, opened.side, by_key=True, initial=_last_named(opened))
    if request.method == "POST" and form.is_valid():
        side_pages.correct(request, opened.acting(form), form)
        if not form.errors:
            return redirect(opened.address())
    return _page(request, "twinning/side/form.html", opened, {**side_pages.CORRECT, "form": form})


@require_http_methods(LOOK_OR_ANSWER)
@keyed
def decline(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = side_pages.decline_form(request, by_key=True, initial=_last_named(opened))
    if request.method == "POST" and form.is_valid():
        side_pages.decline(request, opened.acting(form), form)
        if not form.errors:
            return redirect(opened.address())
    return _page(request, "twinning/side/form.html", opened, {**side_pages.DECLINE, "form": form})


@require_http_methods(LOOK_OR_ANSWER)
@keyed
def agree(request: HttpRequest, opened: Opened, kind: str, id: str) -> HttpResponse:
    """To an objective, a review or a version of the agreement of this partnership; that of another is not found."""
    matter = matters.find(opened.side, kind, id)
    initial = {**_last_named(opened), "read": matter.digest}
    form = AgreeForm(request.POST or None, initial=initial, by_key=True)
    if request.method == "POST" and form.is_valid():
        agreed = side_pages.agree(request, opened.acting(form), matter, form)
        return redirect(opened.address() if agreed else request.path)
    return _page(request, "twinning/side/agree.html", opened, {"matter": matter, "form": form})


@require_POST
@keyed
def answer_as(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who holds the link and writes for an office of that city lets the office answer from now on, by account."""
    office = next(
        (each for each in _offices(request, opened) if each.slug == request.POST.get("office")), None
    )
    if office is None:
        raise Http404
    try:
        actions.answer_as_office(by=cast(User, request.user), key=opened.key, office=office)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(opened.address())
    words = {"office": office.name, "place": opened.side.place.name}
    messages.success(request, _("{office} answers for {place} from now on.").format(**words))
    return redirect("twinning:office_partner", office.slug, opened.side.partnership.public_id)


@require_POST
def ask_again(request: HttpRequest, key: str) -> HttpResponse:
    """Who holds an expired link asks the office for a new one."""
    found = answers.find_key(key)
    try:
        if found is not None and actions.want_new_key(key=found):
            messages.success(request, _("The office has been told. It will send you a new link."))
        elif found is not None:
            messages.info(request, _("The office was told today already."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return discreet(redirect("twinning:side", key))


def _page(request: HttpRequest, template: str, opened: Opened, context: dict[str, Any]) -> HttpResponse:
    partnership = opened.side.partnership
    hub = partnership.hub
    shared = {
        "heading": partnership.title,
        "kicker": partnership.get_kind_display(),
        "asking": hub,
        "side": opened.side,
        "page_url": opened.address(),
        "correct_url": opened.address("side_correct"),
        "decline_url": opened.address("side_decline"),
        "office_url": opened.address("side_office"),
        "until": answers.day_in(hub)(opened.key.expires_at),
    }
    return render(request, template, {**shared, **context})


def _facts(opened: Opened) -> dict[str, Any]:
    shown = queries.for_page(Partnership.objects.filter(pk=opened.side.partnership_id)).get()
    state = listing.seen_state(shown.state, shown.sleeps_on)
    told = answers.told(shown, [opened.side])[0]
    return {
        "told": told,
        "standing": answers.sentence(told, answers.day_in(shown.hub)),
        "partnership": shown,
        "state": state,
        "state_label": listing.state_label(state),
        "state_explained": telling.STATES[state],
        "kind_explained": telling.KINDS[shown.kind],
        "sides": [telling.side(each) for each in shown.sides.all()],
        "events": telling.timeline(shown),
        "accounts": telling.differing_accounts(shown),
        "journey": side_pages.journey(opened.side),
        "matters": [
            (matter, opened.address("side_agree", matter.kind, matter.id))
            for matter in matters.of(opened.side)
        ],
    }


def _offices(request: HttpRequest, opened: Opened) -> list[Hub]:
    """Those of the side's city that the reader writes for and that do not answer for it yet."""
    side = opened.side
    there = {side.partnership.hub_id, side.office_id}
    own = hubs_of(request.user).filter(place=side.place_id)
    return [hub for hub in own if hub.pk not in there and may(request.user, KEEP, hub)]


def _last_named(opened: Opened) -> dict[str, str]:
    """So that who answers twice with the same link writes the name once; who got another does not read it."""
    return {"named": opened.side.confirmed_as if opened.key.used_at else ""}


def _closed(request: HttpRequest, found: SideKey | None, written: str) -> HttpResponse:
    if found is None:
        text, status = _("There is no such link. Was it cut in two by your mail program?"), 404
    elif found.withdrawn_at:
        text, status = _("This link was withdrawn. Perhaps the office has sent you a newer one."), 410
    else:
        text, status = _("This link has expired. Ask the office for a new one: it gets a letter."), 410
    expired = found is not None and not found.withdrawn_at
    context = {
        "heading": _("This link opens nothing"),
        "text": text,
        "ask_url": reverse("twinning:side_ask_again", args=[written]) if expired else "",
    }
    return render(request, "twinning/side/closed.html", context, status=status)
