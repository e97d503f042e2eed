"""The other side of a partnership: whether it was asked, what it says; and its answers, given with an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.choices import language_of_country
from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Fact
from concivis.twinning import answers, side_pages
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions import sides as actions
from concivis.twinning.models import Milestone, Side, SideKey
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP, Acting, acting_for, answers_for, require_acting
from concivis.twinning.side_forms import ActorsForm, AskForm, ConfirmForm

TAB = "office_partner"


@dataclass(frozen=True)
class Shown:
    """One side on the page. `ask`, `actors`: the keeper's forms; `confirm`: of who acts for the side. None: not for
    the reader. `offices`: of that city, for the keeper."""

    told: answers.Told
    sentence: str
    by: str  # who confirmed, for the keeper
    until: str  # how long the mailed link is good
    ask: AskForm | None
    actors: ActorsForm | None
    confirm: ConfirmForm | None
    correct_url: str
    decline_url: str
    confirm_url: str
    offices: Sequence[Hub]
    is_outside: bool  # it is the reader's own city, for which the keeper lets no or another office answer

    @property
    def side(self) -> Side:
        return self.told.side


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def partner(request: HttpRequest, tie: Tie) -> HttpResponse:
    return _page(request, tie)


def _page(
    request: HttpRequest, tie: Tie, *, ask: tuple[int, AskForm] | None = None, status: int = 200
) -> HttpResponse:
    """`ask`: a form that was refused, and for which side."""
    told = answers.told(tie.partnership, tie.answering)
    keeps = tie.keeps and may(request, KEEP, tie)
    offices = list(actions.offices_of([each.side for each in told])) if keeps else []
    context = {"sides": [_shown(request, tie, each, ask, offices) for each in told], "keeps": keeps}
    return workbench_page(request, tie, "twinning/office/partner.html", context, tab=TAB, status=status)


def _shown(
    request: HttpRequest,
    tie: Tie,
    told: answers.Told,
    ask: tuple[int, AskForm] | None,
    offices: Sequence[Hub],
) -> Shown:
    side, day = told.side, answers.day_in(tie.partnership.hub)
    keeps = tie.keeps and may(request, KEEP, tie)
    refused = ask[1] if ask and ask[0] == side.pk else None
    return Shown(
        told=told,
        sentence=answers.sentence(told, day),
        by=_confirmed_by(side) if keeps else "",
        until=day(told.key.expires_at) if told.key and keeps else "",
        ask=(refused or _ask_form(told)) if keeps else None,
        actors=_actors_form(tie, side) if keeps else None,
        confirm=ConfirmForm(by_key=False) if acting_for(request.user, side) else None,
        confirm_url=address("office_partner_confirm", tie, side.pk),
        offices=[office for office in offices if office.place_id == side.place_id],
        is_outside=side == tie.side and not answers_for(tie.hub, side),
        correct_url=address("office_partner_correct", tie, side.pk),
        decline_url=address("office_partner_decline", tie, side.pk),
    )


def _confirmed_by(side: Side) -> str:
    if side.confirmed_as:
        return side.confirmed_as
    return side.confirmed_by.name if side.confirmed_by else ""


def _ask_form(told: answers.Told, data: Any = None) -> AskForm:
    language = interface_language(language_of_country(told.side.place.country_id))
    first = {"language": language}
    if told.key:
        first = {"language": told.key.language, "email": told.key.email}
    return AskForm(data, initial=first, prefix=f"side{told.side.pk}")


# --- the keeper asks ---------------------------------------------------------------------------------------


@tie_view(KEEP, keeper=True)
@require_POST
def ask(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    side = _side(tie, pk)
    form = AskForm(request.POST, prefix=f"side{side.pk}")
    if form.is_valid():
        said = form.cleaned_data
        user = cast(User, request.user)
        try:
            actions.ask_side(by=user, side=side, email=said["email"], language=said["language"])
        except ValidationError as error:
            side_pages.put_into(form, error)
        else:
            messages.success(request, _("The letter is on its way to {email}.").format(email=said["email"]))
            return redirect(address(TAB, tie))
    return _page(request, tie, ask=(side.pk, form))


@tie_view(KEEP, keeper=True)
@require_POST
def ask_again(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    """The same letter once more; the earlier link loses its force."""
    key = _key(tie, pk)
    user = cast(User, request.user)
    try:
        actions.ask_side(by=user, side=key.side, email=key.email, language=key.language)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The letter was sent again; the earlier link has lost its force."))
    return redirect(address(TAB, tie))


@tie_view(KEEP, keeper=True)
@require_POST
def withdraw(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    try:
        actions.withdraw_key(by=cast(User, request.user), key=_key(tie, pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The link is withdrawn: it opens nothing any more."))
    return redirect(address(TAB, tie))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def take_over(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    """Asks first: what the side states becomes the keeper's date, in the place of the keeper's own."""
    statement = get_object_or_404(
        Milestone.objects.select_related("source", "side__place"),
        pk=pk,
        partnership=tie.partnership,
        source__stated_by__isnull=False,
    )
    if request.method == "POST":
        return _take_over(request, tie, statement)
    replaced = [Fact(_("Replaced: your date"), str(each.when)) for each in actions.replaced_by(statement)]
    kind, place = statement.get_kind_display(), statement.side.place.name if statement.side else ""
    context = {
        "heading": _("Take over this date?"),
        "text": _("It will stand as your own, with the statement of {place} as its source.").format(
            place=place
        ),
        "details": [Fact(str(kind).capitalize(), f"{statement.when} · {place}"), *replaced],
        "submit": _("Take it over"),
        "cancel_url": address(TAB, tie),
    }
    return workbench_page(request, tie, "shell/confirm.html", context, tab=TAB)


def _take_over(request: HttpRequest, tie: Tie, statement: Milestone) -> HttpResponse:
    try:
        actions.take_over(by=cast(User, request.user), statement=statement)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("You have taken over the date."))
    return redirect(address(TAB, tie))


@tie_view(KEEP, keeper=True)
@require_POST
def trust(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    """The office of that city answers for this side from now on."""
    side = _side(tie, pk)
    office = get_object_or_404(actions.offices_of([side]), slug=request.POST.get("office", ""))
    try:
        actions.trust_office(by=cast(User, request.user), side=side, office=office)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = {"office": office.name, "place": side.place.name}
        messages.success(request, _("{office} can now answer for {place}.").format(**words))
    return redirect(address(TAB, tie))


@tie_view(KEEP, keeper=True)
@require_POST
def distrust(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    side = _side(tie, pk)
    actions.withdraw_trust(by=cast(User, request.user), side=side)
    messages.success(request, _("No office answers for {place} any more.").format(place=side.place.name))
    return redirect(address(TAB, tie))


def _actors_form(tie: Tie, side: Side, data: Any = None) -> ActorsForm | None:
    """None where nobody could be chosen."""
    possible = User.objects.filter(pk__in=actions.possible_actors(tie.hub).values("user")).order_by("name")
    if not possible:
        return None
    return ActorsForm(
        data, possible=possible, initial={"people": side.actors.all()}, prefix=f"actors{side.pk}"
    )


@tie_view(KEEP, keeper=True)
@require_POST
def actors(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    side = _side(tie, pk)
    form = _actors_form(tie, side, request.POST)
    if form is None or not form.is_valid():
        messages.error(request, _("Choose among the members with the role “Partner city”."))
        return redirect(address(TAB, tie))
    actions.name_actors(by=cast(User, request.user), side=side, people=form.cleaned_data["people"])
    messages.success(request, _("Who may answer for {place} is noted.").format(place=side.place.name))
    return redirect(address(TAB, tie))


# --- the side answers, with an account ---------------------------------------------------------------------


@tie_view(Permission.VIEW_OFFICE)
@require_POST
def confirm(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    acting = _acting(request, tie, pk)
    form = ConfirmForm(request.POST, by_key=False)
    if form.is_valid():
        side_pages.confirm(request, acting, form)
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return redirect(address(TAB, tie))


@tie_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    acting = _acting(request, tie, pk)
    form = side_pages.correct_form(request, acting.side, by_key=False, initial={})
    if request.method == "POST" and form.is_valid():
        side_pages.correct(request, acting, form)
        if not form.errors:
            return redirect(address(TAB, tie))
    return _form_page(request, tie, {**side_pages.CORRECT, "form": form})


@tie_view(Permission.VIEW_OFFICE)
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    acting = _acting(request, tie, pk)
    form = side_pages.decline_form(request, by_key=False, initial={})
    if request.method == "POST" and form.is_valid():
        side_pages.decline(request, acting, form)
        if not form.errors:
            return redirect(address(TAB, tie))
    return _form_page(request, tie, {**side_pages.DECLINE, "form": form})


def _form_page(request: HttpRequest, tie: Tie, context: dict[str, Any]) -> HttpResponse:
    shared = {"page_url": address(TAB, tie)}
    return workbench_page(request, tie, "twinning/office/partner_form.html", {**shared, **context}, tab=TAB)


def _acting(request: HttpRequest, tie: Tie, pk: int) -> Acting:
    """Raises `Http404` for another partnership's side and the keeper's own, 403 for who may not act for it."""
    return require_acting(request.user, _side(tie, pk))


def _side(tie: Tie, pk: int) -> Side:
    found = next((side for side in tie.answering if side.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _key(tie: Tie, pk: int) -> SideKey:
    """The latest key of the side `pk` that was not withdrawn."""
    side = _side(tie, pk)
    found = side.keys.filter(withdrawn_at=None).order_by("-asked_at").first()
    if found is None:
        raise Http404
    return found
