"""The agreement of one partnership: its versions, the draft article by article, approval, two versions compared."""

from collections.abc import Callable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell import parts
from concivis.shell.templatetags.shell import language_name
from concivis.twinning import agreement_changes, agreement_pdf, agreements
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions import agreements as actions
from concivis.twinning.agreements import Passage
from concivis.twinning.enums import AgreementState
from concivis.twinning.models import Agreement, Article
from concivis.twinning.office.acting import acting_here, inside, one_acting
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP

TAB = "office_agreement"
TONES = {
    AgreementState.PROPOSED: "notice",
    AgreementState.AGREED: "good",
    AgreementState.SIGNED: "good",
    AgreementState.REPLACED: "over",
}


# --- the versions ------------------------------------------------------------------------------------------


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_GET
def agreement(request: HttpRequest, tie: Tie) -> HttpResponse:
    versions = list(agreements.seen_by(tie))
    edits = _edits(request, tie)
    context = {
        "versions": [_row(version) for version in versions],
        "headings": [
            parts.Heading(_("Version")),
            parts.Heading(_("State")),
            parts.Heading(_("Languages")),
            parts.Heading(_("Approved by")),
            parts.Heading(_("Document")),
        ],
        "edits": edits,
        "may_begin": edits and not any(version.state == AgreementState.DRAFT for version in versions),
        "pair": versions[:2] if len(versions) > 1 else [],
        "zone": ZoneInfo(tie.hub.timezone),
    }
    return workbench_page(request, tie, "twinning/office/agreement.html", context, tab=TAB)


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_GET
def version(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    shown = find(tie, number)
    edits = _edits(request, tie) and shown.state == AgreementState.DRAFT
    awaited = agreements.awaited(shown)
    proposed = shown.state == AgreementState.PROPOSED
    acts_for = {acting.side.pk for acting in acting_here(request, tie)} if proposed else set()
    context = {
        "agreement": shown,
        "tone": tone(shown),
        "titles": [(tag, shown.title.get(tag, "")) for tag in shown.languages],
        "articles": _articles(shown),
        "edits": edits,
        "missing": agreements.missing(shown) if edits else [],
        "awaited": awaited if proposed else [],
        "may_approve": [side for side in awaited if side.pk in acts_for],
        "may_sign": _edits(request, tie) and shown.state == AgreementState.AGREED,
        "before": agreements.seen_by(tie).filter(version__lt=number).first(),
        "zone": ZoneInfo(tie.hub.timezone),
    }
    return workbench_page(request, tie, "twinning/office/agreement_version.html", context, tab=TAB)


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_GET
def document(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    """The version as a PDF to save."""
    shown = find(tie, number)
    response = HttpResponse(agreement_pdf.pdf(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{agreement_pdf.filename(shown)}"'
    return response


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_GET
def compare(request: HttpRequest, tie: Tie) -> HttpResponse:
    """`?from=1&to=2`: numbers of versions; without them the latest two."""
    found = {each.version: each for each in agreements.seen_by(tie)}
    latest = sorted(found, reverse=True)[:2]
    newer = _chosen(request, "to", found) or found.get(latest[0] if latest else 0)
    older = _chosen(request, "from", found) or found.get(latest[-1] if latest else 0)
    if older is None or newer is None:
        messages.info(request, _("There is nothing to compare yet."))
        return redirect(address(TAB, tie))
    changes = agreement_changes.compare(older, newer)
    context = {
        "older": older,
        "newer": newer,
        "numbers": sorted(found),
        "changes": [change for change in changes if change.changed],
        "unchanged": sum(not change.changed for change in changes),
    }
    return workbench_page(request, tie, "twinning/office/agreement_compare.html", context, tab=TAB)


# --- both sides --------------------------------------------------------------------------------------------


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    draft = find(tie, number)
    acting = one_acting(request, tie)
    if request.method == "POST":
        return do(
            request,
            tie,
            draft,
            lambda: actions.propose_agreement(acting=acting, agreement=draft),
            _("The version is proposed. The other side can read and approve it."),
        )
    text = _(
        "From then on nobody can change this version; a later one can replace it. Your own side approves it thereby."
    )
    heading = _("Propose version {number} to the other side?").format(number=number)
    return ask(request, tie, draft, heading, text, _("Propose"))


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_POST
def approve(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    """For the side named by `side`."""
    shown = find(tie, number)
    acting = one_acting(request, tie, request.POST.get("side", ""))
    return do(
        request,
        tie,
        shown,
        lambda: actions.approve_agreement(acting=acting, agreement=shown),
        _("The approval is noted."),
    )


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def signed(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    agreed = find(tie, number)
    if request.method == "POST":
        return do(
            request,
            tie,
            agreed,
            lambda: actions.mark_signed(by=user_of(request), agreement=agreed),
            _("This version is noted as signed. Enter the date of each side under “Dates”."),
        )
    heading = _("Was version {number} signed?").format(number=number)
    text = _("It takes the place of the version signed before. Dates and decisions stand under “Dates”.")
    return ask(request, tie, agreed, heading, text, _("It was signed"))


# --- what the views share ----------------------------------------------------------------------------------


def tone(agreement: Agreement) -> str:
    return TONES.get(AgreementState(agreement.state), "neutral")


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def _edits(request: HttpRequest, tie: Tie) -> bool:
    return tie.keeps and may(request, KEEP, tie)


def find(tie: Tie, number: int) -> Agreement:
    return get_object_or_404(agreements.seen_by(tie), version=number)


def _chosen(request: HttpRequest, name: str, seen: dict[int, Agreement]) -> Agreement | None:
    said = request.GET.get(name, "")
    return seen.get(int(said)) if said.isdecimal() and len(said) < 6 else None


def _row(agreement: Agreement) -> dict[str, Any]:
    return {
        "agreement": agreement,
        "tone": tone(agreement),
        "languages": ", ".join(language_name(tag) for tag in agreement.languages),
        "approved": ", ".join(each.side.place.name for each in agreement.approvals.all()),
    }


def _articles(agreement: Agreement) -> list[tuple[str, Article, list[Passage]]]:
    objectives = agreements.objectives_of(agreement)
    return [
        (number, each, agreements.passages(each, agreement.languages, objectives))
        for number, each in agreements.numbered(list(agreement.articles.all()))
    ]


def do(
    request: HttpRequest, tie: Tie, agreement: Agreement, act: Callable[[], object], done: str
) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect(address("office_agreement_version", tie, agreement.version))


def ask(
    request: HttpRequest,
    tie: Tie,
    agreement: Agreement,
    heading: str,
    text: str,
    submit: str,
    *,
    danger: bool = False,
) -> HttpResponse:
    context = {
        "heading": heading,
        "text": text,
        "submit": submit,
        "danger": danger,
        "cancel_url": address("office_agreement_version", tie, agreement.version),
    }
    return office_page(request, tie.hub, "shell/confirm.html", context)
