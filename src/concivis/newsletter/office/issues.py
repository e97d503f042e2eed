"""The newsletter in the office: begun, written, looked at, sent to oneself."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.mailings.queries import progress
from concivis.newsletter import queries, writing
from concivis.newsletter.actions import issues as actions
from concivis.newsletter.enums import IssueState
from concivis.newsletter.forms import PeriodForm, WordsForm
from concivis.newsletter.models import Issue
from concivis.newsletter.office.doors import address, crumbs, issue_of, say, title
from concivis.shell.markdown import to_html
from concivis.shell.parts import Stat, Tab

SENT_SHOWN = 50


@office_view(Permission.SEND_NEWSLETTER)
@require_GET
def overview(request: HttpRequest, hub: Hub) -> HttpResponse:
    issues = list(queries.issues(hub)[:SENT_SHOWN])
    by_language = queries.readers_by_language(hub)
    languages = dict(settings.LANGUAGES)
    context = {
        "heading": _("Newsletter"),
        "lead": _("What has happened, told to everybody who asked for it, each in their language."),
        "draft": next((each for each in issues if each.state == IssueState.DRAFT), None),
        "sent": [_sent(each) for each in issues if each.state == IssueState.SENT],
        "stats": [
            Stat(sum(by_language.values()), _("addresses")),
            *(Stat(many, str(languages.get(code, code))) for code, many in by_language.items()),
        ],
    }
    return office_page(request, hub, "newsletter/office/overview.html", context)


def _sent(issue: Issue) -> dict[str, object]:
    mailing = queries.mailing_of(issue)
    return {
        "issue": issue,
        "title": title(issue),
        "mailing": mailing,
        "progress": mailing and progress(mailing),
    }


@office_view(Permission.SEND_NEWSLETTER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    latest = hub.issues.filter(state=IssueState.SENT).first()
    form = PeriodForm(request.POST or None, hub=hub, since=latest.until if latest else None)
    if request.method == "POST" and form.is_valid():
        since, until = form.period()
        try:
            issue = actions.compose(by=cast(User, request.user), hub=hub, since=since, until=until)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(address(issue))
    context = {
        "heading": _("New newsletter"),
        "lead": _(
            "It begins with everything that became public or changed in these days. You choose, order and edit."
        ),
        "crumbs": crumbs(hub),
        "form": form,
        "submit": _("Begin"),
    }
    return office_page(request, hub, "newsletter/office/form.html", context)


@office_view(Permission.SEND_NEWSLETTER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """The words around, in one language after the other, and the list of items. Once sent: how far it is."""
    issue = issue_of(hub, public_id)
    language = chosen_language(request, hub)
    if issue.state == IssueState.SENT:
        return _sent_page(request, issue)
    text = next((each for each in issue.texts.all() if each.language == language), None)
    initial = {
        "revision": issue.revision,
        **({name: getattr(text, name) for name in ("subject", "greeting", "closing")} if text else {}),
    }
    form = WordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _save_words(request, issue, language, form):
        return redirect(f"{address(issue)}?language={language}")
    context = {
        "heading": title(issue),
        "crumbs": crumbs(hub),
        "issue": issue,
        "form": form,
        "language": language,
        "tabs": _language_tabs(issue, language),
        "items": _items(issue, language),
        "obstacles": queries.obstacles(issue),
    }
    return office_page(request, hub, "newsletter/office/edit.html", context)


def _save_words(request: HttpRequest, issue: Issue, language: str, form: WordsForm) -> bool:
    cleaned = dict(form.cleaned_data)
    revision = cleaned.pop("revision")
    try:
        actions.edit_words(
            by=cast(User, request.user),
            issue=issue,
            revision=revision,
            language=language,
            words=actions.Words(**cleaned),
        )
    except ValidationError as error:
        form.add_error(None, error)
        typed = request.POST.copy()
        typed["revision"] = str(issue.revision)  # what was typed stays, and a second look may save it
        form.data = typed
        return False
    messages.success(request, _("Saved."))
    return True


def _sent_page(request: HttpRequest, issue: Issue) -> HttpResponse:
    mailing = queries.mailing_of(issue)
    context = {
        "heading": title(issue),
        "crumbs": crumbs(issue.hub),
        "issue": issue,
        "mailing": mailing,
        "progress": progress(mailing) if mailing else None,
    }
    return office_page(request, issue.hub, "newsletter/office/sent.html", context)


def _items(issue: Issue, language: str) -> list[dict[str, object]]:
    items = issue.items.prefetch_related("texts")
    return [{"item": item, "shown": writing.shown(item, issue, language)} for item in items]


def _language_tabs(issue: Issue, current: str) -> list[Tab]:
    """Each language of the interface; those with readers first, with their number."""
    readers = queries.readers_by_language(issue.hub)
    languages = dict(settings.LANGUAGES)
    ordered = [*queries.languages_of(issue.hub), *languages]
    return [
        Tab(str(languages[code]), f"?language={code}", current=code == current, count=readers.get(code, 0))
        for code in dict.fromkeys(ordered)
        if code in languages
    ]


def chosen_language(request: HttpRequest, hub: Hub) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else interface_language(hub.language)


@office_view(Permission.SEND_NEWSLETTER)
@require_GET
def preview(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    issue = issue_of(hub, public_id)
    language = chosen_language(request, hub)
    around = queries.text_for(issue, language)
    context = {
        "heading": _("Preview"),
        "crumbs": crumbs(hub, issue),
        "issue": issue,
        "language": language,
        "tabs": _language_tabs(issue, language),
        "letter": writing.finish(issue, language, ()),
        "greeting": to_html(around.greeting),
        "closing": to_html(around.closing),
        "sections": writing.sections_of(issue, language),
    }
    return office_page(request, hub, "newsletter/office/preview.html", context)


@office_view(Permission.SEND_NEWSLETTER)
@require_POST
def test(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """One letter to who asks for it, with links that end nothing."""
    issue = issue_of(hub, public_id)
    language = chosen_language(request, hub)
    user = cast(User, request.user)
    letter = writing.finish(issue, language, ())
    if letter is None:
        messages.error(request, _("Nothing is in this newsletter yet."))
        return redirect(address(issue))
    nowhere = settings.BASE_URL + address(issue, "preview")
    try:
        writing.message(letter, user.email, {writing.LEAVE: nowhere, writing.MANAGE: nowhere}).send()
    except OSError:
        messages.error(request, _("The mail server did not take the letter. Try again in a while."))
    else:
        messages.success(request, _("The letter is on its way to %(address)s.") % {"address": user.email})
    return redirect(f"{address(issue, 'preview')}?language={language}")


@office_view(Permission.SEND_NEWSLETTER)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    issue = issue_of(hub, public_id)
    if request.method == "POST":
        try:
            actions.delete(by=cast(User, request.user), issue=issue)
        except ValidationError as error:
            say(request, error)
            return redirect(address(issue))
        messages.success(request, _("The draft is deleted."))
        return redirect("newsletter:office", hub.slug)
    context = {
        "heading": _("Delete this draft?"),
        "text": _("What was written in it is lost. Newsletters that were sent stay."),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": address(issue),
    }
    return office_page(request, hub, "shell/confirm.html", context)
