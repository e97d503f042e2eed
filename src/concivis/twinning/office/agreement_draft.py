"""The draft of an agreement: begun, written article by article in all its languages, discarded."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from concivis.shell import parts
from concivis.shell.templatetags.shell import language_name
from concivis.twinning import agreements
from concivis.twinning.access import Tie, tie_view
from concivis.twinning.actions import agreements as actions
from concivis.twinning.enums import AgreementState
from concivis.twinning.models import Agreement
from concivis.twinning.office.agreement import TAB, ask, do, find, user_of
from concivis.twinning.office.agreement_forms import ArticleForm, LanguagesForm, TitleForm
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, tie: Tie) -> HttpResponse:
    latest = tie.partnership.agreements.first()
    spoken = latest.languages if latest else agreements.languages_of(tie.partnership)
    form = LanguagesForm(request.POST or None, languages=spoken)
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.draft_agreement(
                by=user_of(request), partnership=tie.partnership, languages=form.chosen()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("The draft is there. Read it article by article and change what you like.")
            )
            return redirect(address("office_agreement_version", tie, draft.version))
    ready = ", ".join(language_name(tag) for tag in agreements.model_languages())
    context = {
        "form": form,
        "form_heading": _("A new version") if latest else _("Begin the agreement"),
        "form_lead": _(
            "It begins with the latest version. What is not written in a language yet is yours to write."
        )
        if latest
        else _(
            "It begins with model articles, ready in: {languages}. Other languages are yours to write."
        ).format(languages=ready),
        "submit": _("Begin"),
        "back": address(TAB, tie),
        "stands": [],
    }
    return workbench_page(request, tie, "twinning/office/date_form.html", context, tab=TAB)


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def title(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    draft = find(tie, number)
    form = TitleForm(request.POST or None, agreement=draft)
    if request.method == "POST" and form.is_valid():
        saved = _try(
            form, lambda: actions.change_title(by=user_of(request), agreement=draft, title=form.texts())
        )
        if saved:
            return _back_to(request, tie, draft, _("The title is saved."))
    return _texts_page(request, tie, draft, form, _("Title of the agreement"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def article_new(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    draft = find(tie, number)
    form = ArticleForm(request.POST or None, agreement=draft, heading={}, body={})
    if request.method == "POST" and form.is_valid():
        saved = _try(
            form,
            lambda: actions.add_article(
                by=user_of(request), agreement=draft, heading=form.texts(), body=form.texts("body")
            ),
        )
        if saved:
            return _back_to(request, tie, draft, _("The article is added."))
    return _texts_page(request, tie, draft, form, _("A new article"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def article(request: HttpRequest, tie: Tie, number: int, pk: int) -> HttpResponse:
    draft = find(tie, number)
    changed = get_object_or_404(draft.articles, pk=pk)
    form = ArticleForm(request.POST or None, agreement=draft, heading=changed.heading, body=changed.body)
    if request.method == "POST" and form.is_valid():
        saved = _try(
            form,
            lambda: actions.change_article(
                by=user_of(request), article=changed, heading=form.texts(), body=form.texts("body")
            ),
        )
        if saved:
            return _back_to(request, tie, draft, _("The article is saved."))
    return _texts_page(request, tie, draft, form, agreements.name_of(changed))


@tie_view(KEEP, keeper=True)
@require_POST
def article_move(request: HttpRequest, tie: Tie, number: int, pk: int) -> HttpResponse:
    draft = find(tie, number)
    moved = get_object_or_404(draft.articles, pk=pk)
    earlier = request.POST.get("to") == "earlier"
    return do(
        request,
        tie,
        draft,
        lambda: actions.move_article(by=user_of(request), article=moved, earlier=earlier),
        _("The article stands elsewhere now."),
    )


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def article_remove(request: HttpRequest, tie: Tie, number: int, pk: int) -> HttpResponse:
    draft = find(tie, number)
    removed = get_object_or_404(draft.articles, pk=pk)
    if request.method == "POST":
        return do(
            request,
            tie,
            draft,
            lambda: actions.remove_article(by=user_of(request), article=removed),
            _("The article is removed."),
        )
    heading = _("Remove the article “{article}”?").format(article=agreements.name_of(removed))
    return ask(
        request, tie, draft, heading, _("Its text in all languages is lost."), _("Remove"), danger=True
    )


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, tie: Tie, number: int) -> HttpResponse:
    draft = find(tie, number)
    if request.method == "POST":
        try:
            actions.discard_draft(by=user_of(request), agreement=draft)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The draft is discarded."))
        return redirect(address(TAB, tie))
    heading = _("Discard the draft of version {number}?").format(number=number)
    return ask(request, tie, draft, heading, _("All its articles are lost."), _("Discard"), danger=True)


def _try(form: TitleForm, act: Callable[[], object]) -> bool:
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _back_to(request: HttpRequest, tie: Tie, agreement: Agreement, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(address("office_agreement_version", tie, agreement.version))


def _texts_page(
    request: HttpRequest, tie: Tie, draft: Agreement, form: TitleForm, heading: str
) -> HttpResponse:
    if draft.state != AgreementState.DRAFT:
        messages.error(
            request, _("This version can no longer be changed. Make a new version and change that one.")
        )
        return redirect(address("office_agreement_version", tie, draft.version))
    changed = form.is_bound and bool(form.non_field_errors())
    stands = [
        parts.Fact(f"{language_name(tag)}: {label}", form.stands[part].get(tag, ""))
        for tag in form.languages
        for part, label in (("heading", _("Heading")), ("body", pgettext("of an article", "Text")))
        if part in form.stands
    ]
    context = {
        "form": form,
        "form_heading": heading,
        "stands": stands if changed else [],
        "back": address("office_agreement_version", tie, draft.version),
    }
    return workbench_page(request, tie, "twinning/office/agreement_texts.html", context, tab=TAB)
