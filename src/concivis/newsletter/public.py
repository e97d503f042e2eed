"""What everybody sees of newsletters, and what the links in letters lead to. Looking changes nothing."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.access import keep_private
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.newsletter import queries, words, writing
from concivis.newsletter.actions import subscribing as actions
from concivis.newsletter.enums import Rhythm
from concivis.newsletter.forms import LanguageForm, SubscribeForm
from concivis.newsletter.interests import Interests
from concivis.newsletter.models import Issue, Subscription
from concivis.shell import guard
from concivis.shell.exports import Entry, atom_response
from concivis.shell.markdown import to_html, to_text
from concivis.shell.parts import Crumb

ISSUES_ON_A_PAGE = 20
ASKED_AN_HOUR = 10  # for letters, from one address of the internet


@require_GET
def issues(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    page = Paginator(queries.public_issues(hub), ISSUES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Newsletter"),
        "lead": _("What the office writes to those who asked for it."),
        "hub": hub,
        "page": page,
        "cards": [words.card(issue, get_language() or "") for issue in page],
    }
    return render(request, "newsletter/issues.html", context)


@require_GET
def issue(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    shown = get_object_or_404(queries.public_issues(hub), public_id=public_id)
    language = get_language() or ""
    around = queries.text_for(shown, language)
    context = {
        "heading": around.subject,
        "hub": hub,
        "crumbs": [Crumb(_("Newsletter"), reverse("newsletter:issues", args=[hub.slug]))],
        "issue": shown,
        "greeting": to_html(around.greeting),
        "closing": to_html(around.closing),
        "sections": writing.sections_of(shown, language),
    }
    return render(request, "newsletter/issue.html", context)


@require_GET
def feed(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    hub = visible_hub(request.user, slug)
    latest = list(queries.public_issues(hub)[:ISSUES_ON_A_PAGE])
    return atom_response(
        map(_entry, latest),
        title=_("Newsletter of %(office)s") % {"office": hub.name},
        url=settings.BASE_URL + reverse("newsletter:issues", args=[hub.slug]),
        feed_url=settings.BASE_URL + request.get_full_path(),
        updated=max((each.sent_at or each.made_at for each in latest), default=timezone.now()),
    )


def _entry(issue: Issue) -> Entry:
    around = queries.text_for(issue, get_language() or "")
    page = settings.BASE_URL + reverse("newsletter:issue", args=[issue.hub.slug, issue.public_id])
    sent = issue.sent_at or issue.made_at
    return Entry(id=page, title=around.subject, url=page, updated=sent, summary=to_text(around.greeting))


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    return keep_private(_subscribe(request, visible_hub(request.user, slug)))


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe_to_all(request: HttpRequest) -> HttpResponse:
    return keep_private(_subscribe(request, None))


def _subscribe(request: HttpRequest, hub: Hub | None) -> HttpResponse:
    """The wishes stand in the address, as in a search: `?country=GH&term=schools`."""
    interests = Interests.from_query(request.GET)
    rhythm = Rhythm.NEWSLETTER if hub and not interests.wanted else Rhythm.WEEKLY
    initial = {"language": get_language(), "rhythm": rhythm}
    form = SubscribeForm(request.POST or None, hub=hub, initial=initial)
    context = {
        "heading": _("Letters from %(office)s") % {"office": hub.name}
        if hub
        else _("Letters about what is new"),
        "hub": hub,
        "form": form,
        "interests": words.facts(interests),
        "everything_url": request.path,
    }
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "subscribe", most=ASKED_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            actions.subscribe(hub=hub, interests=interests, **form.wishes())
            return render(
                request, "newsletter/asked.html", {**context, "address": form.cleaned_data["email"]}
            )
    return render(request, "newsletter/subscribe.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("key")
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The link of the first letter: asks; a POST confirms."""
    subscription = actions.find_by_key(key)
    if subscription is None:
        return keep_private(render(request, "newsletter/closed.html", {"heading": _("This link has ended")}))
    if request.method == "POST":
        with suppress(ValidationError):  # two clicks at once: the first has done it
            actions.confirm(subscription=subscription)
        return keep_private(redirect("newsletter:manage", actions.token_of(subscription)))
    return _page(request, "newsletter/confirm.html", subscription, _("Get these letters?"))


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, token: str) -> HttpResponse:
    subscription = _found(token)
    form = LanguageForm(request.POST or None, initial={"language": subscription.language})
    saved = request.method == "POST" and form.is_valid()
    if saved:
        subscription = actions.change(subscription=subscription, **form.cleaned_data)
    context = {"form": form, "token": token, "saved": saved}
    return _page(request, "newsletter/manage.html", subscription, _("Your letters"), **context)


@csrf_exempt  # the signed link is the authority: mail programs send it with one click, without a cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Asks; a POST ends. Whoever has left already is told so, not scolded."""
    subscription = actions.find_by_token(token)
    if subscription is None:
        return keep_private(render(request, "newsletter/left.html", {"heading": _("You get no letters")}))
    if request.method == "POST":
        actions.leave(subscription=subscription)
        context = {"heading": _("You get no more letters"), "hub": subscription.hub}
        return keep_private(render(request, "newsletter/left.html", context))
    return _page(request, "newsletter/leave.html", subscription, _("No more letters?"), token=token)


def _found(token: str) -> Subscription:
    subscription = actions.find_by_token(token)
    if subscription is None:
        raise Http404
    return subscription


def _page(
    request: HttpRequest, template: str, subscription: Subscription, heading: str, **context: object
) -> HttpResponse:
    """Of one subscription; no other page learns its address."""
    shared = {
        "heading": heading,
        "hub": subscription.hub,
        "address": subscription.email,
        "facts": words.facts_of(subscription),
    }
    response = render(request, template, {**shared, **context})
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return keep_private(response)
