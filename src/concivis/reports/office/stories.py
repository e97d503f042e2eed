"""Which stories a report tells: cards of the hub, found by words, each with the office's own sentence."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.catalogue import kinds
from concivis.catalogue.models import Card
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.reports import cards
from concivis.reports import stories as telling
from concivis.reports.actions import stories as actions
from concivis.reports.forms import SentenceForm
from concivis.reports.models import Report
from concivis.reports.office.doors import address, crumbs, person, report_of, say, story_of
from concivis.reports.office.words import chosen_language, language_tabs, order_of
from concivis.shell.content import reader_languages

OFFERED = 30
NOT_OFFERED = ("hub", cards.KIND)
LONGEST_WORDS = 100


@office_view(Permission.WRITE_REPORTS)
@require_safe
def stories(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    report = report_of(hub, year)
    text = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    context = {
        "heading": _("Stories"),
        "lead": _("What you are glad of: choose it, and say in a sentence why."),
        "crumbs": crumbs(hub, report),
        "report": report,
        "stories": telling.shown(report),
        "text": text,
        "offered": _offered(report, text),
        "back_url": address(report),
    }
    return office_page(request, hub, "reports/office/stories.html", context)


def _offered(report: Report, text: str) -> list[dict[str, str]]:
    """What changed last comes first; what is told already is left out. Two queries."""
    told = {(story.card_kind, story.card_id) for story in report.stories.all()}
    found = [card for card in _found(report, text) if (card.kind, card.public_id) not in told]
    return [_offer(card, report) for card in found[:OFFERED]]


def _found(report: Report, text: str) -> QuerySet[Card]:
    cards_of_hub = Card.objects.filter(hub=report.hub_id).exclude(kind__in=NOT_OFFERED)
    for word in text.split():
        named = Q(texts__title__icontains=word) | Q(texts__summary__icontains=word)
        cards_of_hub = cards_of_hub.filter(pk__in=Card.objects.filter(named).values("pk"))
    chosen = cards_of_hub.prefetch_related("texts").order_by("-changed_at", "pk")
    return chosen[: OFFERED + actions.MOST_STORIES]


def _offer(card: Card, report: Report) -> dict[str, str]:
    titles = {text.language: text.title for text in card.texts.all()}
    wanted = [*reader_languages((report.language,)), card.language, *titles]
    language = next((tag for tag in wanted if tag in titles), "")
    return {
        "key": f"{card.kind}:{card.public_id}",
        "kicker": str(kinds.kind(card.kind).one),
        "title": titles.get(language, ""),
        "language": "" if language == "mul" else language,
        "url": f"/{get_language()}{card.path}",
    }


@office_view(Permission.WRITE_REPORTS)
@require_POST
def act(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    """Chooses one, takes one out, or puts them in another order."""
    report = report_of(hub, year)
    try:
        _acted(request, report)
    except ValidationError as error:
        say(request, error)
    return redirect(address(report, "stories"))


def _acted(request: HttpRequest, report: Report) -> None:
    if "add" in request.POST:
        kind, _colon, public_id = request.POST["add"].partition(":")
        actions.add(by=person(request), report=report, kind=kind, object_id=public_id)
        messages.success(request, _("Chosen. Now say in a sentence why it mattered."))
    elif "remove" in request.POST:
        pk = request.POST["remove"]
        story = story_of(report, int(pk) if pk.isdecimal() and len(pk) < 18 else 0)
        actions.remove(by=person(request), story=story)
        messages.success(request, _("Taken out."))
    else:
        order = order_of(request, [str(story.pk) for story in report.stories.all()])
        actions.arrange(by=person(request), report=report, order=[int(pk) for pk in order])


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def sentence(request: HttpRequest, hub: Hub, year: int, pk: int) -> HttpResponse:
    """The office's sentence about a story, in one language after the other."""
    report = report_of(hub, year)
    story = story_of(report, pk)
    language = chosen_language(request, report)
    row = next((each for each in story.translations.all() if each.language == language), None)
    known = story.sentence if language == story.language else row.sentence if row else ""
    form = SentenceForm(request.POST or None, initial={"sentence": known})
    if request.method == "POST" and form.is_valid():
        actions.say(by=person(request), story=story, language=language, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(address(report, "stories"))
    titles = telling.title_language(story, reader_languages((report.language,)))
    context = {
        "heading": story.titles.get(titles) or _("A story"),
        "crumbs": crumbs(hub, report),
        "report": report,
        "language": language,
        "is_original": language == story.language,
        "tabs": language_tabs(report, language),
        "form": form,
        "cancel_url": address(report, "stories"),
    }
    return office_page(request, hub, "reports/office/words.html", context)
