"""Municipalities that look for a partner: the list in every format, and the page of one."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_safe

from concivis.hubs import choices, policies
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.hubs.queries import hubs_of
from concivis.places.choices import country_choices
from concivis.shell import parts
from concivis.shell.exports import FEEDS, TABLES, Column, Entry, feed_response, table_response
from concivis.shell.templatetags.shell import absolute_url, number
from concivis.shell.widgets import QuickSelect
from concivis.twinning import profiles
from concivis.twinning.filters import field_choices
from concivis.twinning.models import PartnerProfile
from concivis.twinning.policies import KEEP
from concivis.twinning.profiles import MOST_PEOPLE
from concivis.twinning.public.places import as_listed, where

PER_PAGE = 24
ENTRIES = 100
SHORT = 240  # characters of the text on a card

COLUMNS: list[Column[PartnerProfile]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("url", _("page"), lambda row: absolute_url(profiles.address(row))),
    Column("place", _("municipality"), lambda row: row.hub.place.name),
    Column("place_id", _("identifier of the place"), lambda row: row.hub.place.public_id),
    Column("country", _("country, ISO 3166-1"), lambda row: row.hub.place.country_id),
    Column("population", _("people"), lambda row: row.hub.place.population),
    Column("text", _("what is looked for"), lambda row: row.text),
    Column("language", _("language of the text, BCP 47"), lambda row: row.language),
    Column("fields", _("fields of work"), lambda row: [term.code for term in row.fields.all()]),
    Column("countries", _("countries wanted; none: any"), lambda row: list(row.countries)),
    Column("languages", _("languages of answers"), lambda row: list(row.languages)),
    Column("smallest", _("from how many people"), lambda row: row.smallest),
    Column("largest", _("to how many people"), lambda row: row.largest),
    Column("until", _("shown until"), lambda row: row.expires_on),
    Column("published", _("published"), lambda row: row.published_at),
]


def _any(options: Any) -> Any:
    return lambda: [("", _("all")), *options()]


class LookingFilter(forms.Form):
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=_any(country_choices), widget=QuickSelect
    )
    partners_in = forms.ChoiceField(
        label=_("Looks for a partner in"), required=False, choices=_any(country_choices), widget=QuickSelect
    )
    field = forms.ChoiceField(
        label=_("Field"), required=False, choices=_any(field_choices), widget=QuickSelect
    )
    language = forms.ChoiceField(
        label=_("Answers in"), required=False, choices=_any(choices.languages), widget=QuickSelect
    )
    size = forms.IntegerField(
        label=_("People in your municipality"), required=False, min_value=0, max_value=MOST_PEOPLE
    )

    def wanted(self) -> profiles.Wanted:
        """What is not understood filters nothing; the form says so beside its field."""
        if not self.is_bound:
            return profiles.Wanted()
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return profiles.Wanted(**given)


def found(request: HttpRequest) -> tuple[LookingFilter, QuerySet[PartnerProfile]]:
    form = LookingFilter(request.GET or None)
    rows = profiles.wanted(profiles.open_profiles(), form.wanted())
    return form, profiles.with_all(rows).order_by("-published_at", "-pk")


@require_safe
def looking(request: HttpRequest) -> HttpResponse:
    form, rows = found(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "twinning/looking.html",
        {
            "heading": gettext("Looking for a partner"),
            "lead": gettext("Municipalities of the world that look for a partner town, and what for."),
            "form": form,
            "chips": parts.chips(form, request.GET),
            "page": page,
            "cards": [card(profile) for profile in page.object_list],
            "exports": parts.exports(reverse("twinning:looking")),
        },
    )


def card(profile: PartnerProfile) -> parts.Card:
    place = profile.hub.place
    people = gettext("%(n)s people") % {"n": number(place.population)} if place.population else ""
    fields = ", ".join(term.label for term in profile.fields.all())
    until = gettext("until %(day)s") % {"day": date_format(profile.expires_on)}
    return parts.Card(
        title=place.name,
        url=profiles.address(profile),
        kicker=where(place),
        summary=truncatechars(profile.text, SHORT),
        meta=[line for line in (people, fields, profiles.countries(profile), until) if line],
    )


@require_safe
@condition(etag)
def looking_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    form, rows = found(request)
    title, page = gettext("Looking for a partner"), absolute_url(reverse("twinning:looking"))
    if extension in TABLES:
        filters = {chip.label: chip.value for chip in parts.chips(form, request.GET)}
        name = "looking-for-a-partner"
        return table_response(extension, rows, COLUMNS, name, title=title, url=page, filters=filters)
    if extension in FEEDS:
        latest = list(rows[:ENTRIES])
        return feed_response(request, extension, entries(latest), title=title, url=page)
    raise Http404


def entries(rows: list[PartnerProfile]) -> Iterator[Entry]:
    for row in rows:
        page = absolute_url(profiles.address(row))
        title = gettext("%(place)s looks for a partner") % {"place": row.hub.place.name}
        yield Entry(id=page, title=title, url=page, updated=_published(row), summary=row.text)


def _published(row: PartnerProfile) -> Any:
    return row.published_at or row.created_at


@require_safe
def profile(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = get_object_or_404(profiles.with_all(profiles.open_profiles()), public_id=public_id)
    place = shown.hub.place
    return render(
        request,
        "twinning/looking_profile.html",
        {
            "heading": gettext("%(place)s looks for a partner") % {"place": place.name},
            "kicker": where(place),
            "crumbs": [parts.Crumb(gettext("Looking for a partner"), reverse("twinning:looking"))],
            "profile": shown,
            "place": as_listed(place),
            "facts": profiles.facts(shown),
            "contact": profiles.contact(shown),
            "offices": offices_that_may_write(request, place.pk),
        },
    )


def offices_that_may_write(request: HttpRequest, place: int) -> list[Hub]:
    """The reader's offices, from which a letter to that place can go out. No query for who is not signed in."""
    if not request.user.is_authenticated:
        return []
    return [
        hub
        for hub in hubs_of(request.user)
        if hub.place_id != place and policies.may(request.user, KEEP, hub)
    ]
