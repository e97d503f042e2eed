"""The activities of a hub: what the register and the facts for IATI say, as records."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from concivis.exchange.iati import codes
from concivis.exchange.iati.models import ActivityFacts, Publisher
from concivis.exchange.iati.records import (
    Activity,
    Body,
    Organisation,
    Paid,
    Planned,
    Reach,
    Texts,
    Town,
    When,
)
from concivis.hubs.models import Hub, today_in
from concivis.initiatives.enums import Stage
from concivis.initiatives.models import Initiative, Involvement
from concivis.shell.content import TextState
from concivis.shell.dates import PartialDate, Precision
from concivis.shell.templatetags.shell import absolute_url
from concivis.vocabulary.models import Term

SCHEMES = ("theme", "target-group", "sdg")


def marked(hub: Hub) -> QuerySet[Initiative]:
    """The hub's development cooperation, public or not yet, with all that an activity says: ten queries."""
    return with_all(Initiative.objects.filter(hub=hub, is_development=True))


def with_all(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    return initiatives.select_related("hub", "iati_facts").prefetch_related(
        "translations",
        "countries",
        "places__country",
        Prefetch("terms", Term.objects.with_labels()),
        Prefetch("involvements", Involvement.objects.select_related("organisation")),
        "budget_lines",
        "disbursements",
    )


def publisher_of(hub: Hub) -> Publisher | None:
    return Publisher.objects.filter(hub=hub).first()


def reporter(hub: Hub, publisher: Publisher) -> Body:
    return Body(name=hub.name, ref=publisher.identifier, type=publisher.organisation_type)


def organisation(hub: Hub, publisher: Publisher) -> Organisation:
    return Organisation(
        identifier=publisher.identifier,
        names={hub.language: hub.name},
        language=hub.language,
        type=publisher.organisation_type,
    )


def facts_of(initiative: Initiative) -> ActivityFacts:
    """What stands, or an unsaved row that says nothing."""
    try:
        return initiative.iati_facts
    except ActivityFacts.DoesNotExist:
        return ActivityFacts(initiative=initiative, hub=initiative.hub)


def identifier_of(initiative: Initiative, publisher: Publisher | None) -> str:
    own = facts_of(initiative).identifier
    return own or (f"{publisher.identifier}-{initiative.public_id}" if publisher else "")


def activity(initiative: Initiative, publisher: Publisher) -> Activity:
    """Of an initiative fetched by `with_all`. No query."""
    return Activity(
        identifier=identifier_of(initiative, publisher),
        reporter=reporter(initiative.hub, publisher),
        language=initiative.language,
        titles=_texts(initiative, "title"),
        summaries=_texts(initiative, "summary"),
        stories=_texts(initiative, "story"),
        status=codes.STATUS_CODES[initiative.stage],
        dates=dates(initiative, today_in(initiative.hub)),
        bodies=tuple(_bodies(initiative.involvements.all())),
        contact=_contact(initiative),
        countries=countries(initiative),
        towns=tuple(
            Town(
                name=place.name,
                geonames_id=place.geonames_id,
                latitude=place.latitude,
                longitude=place.longitude,
            )
            for place in initiative.places.all()
        ),
        purpose=initiative.dac_code,
        terms=terms(initiative),
        labels={_coded(term): term.label for term in initiative.terms.all()},
        budget=tuple(
            Planned(
                starts_on=each.starts_on, ends_on=each.ends_on, amount=each.amount, currency=each.currency
            )
            for each in initiative.budget_lines.all()
        ),
        paid=tuple(
            Paid(on=each.paid_on, amount=each.amount, currency=each.currency, receiver=each.receiver)
            for each in initiative.disbursements.all()
        ),
        page=absolute_url(initiative.get_absolute_url()),
        changed=initiative.changed_at,
    )


def countries(initiative: Initiative) -> tuple[tuple[str, Decimal | None], ...]:
    """Those that are named, else those of the towns; each with the share that the office entered."""
    named = [country.pk for country in initiative.countries.all()]
    found = named or list(dict.fromkeys(place.country_id for place in initiative.places.all()))
    shares = facts_of(initiative).shares
    return tuple((code, Decimal(shares[code]) if code in shares else None) for code in sorted(found))


def terms(initiative: Initiative) -> tuple[str, ...]:
    return tuple(sorted(_coded(term) for term in initiative.terms.all() if term.scheme_id in SCHEMES))


def dates(initiative: Initiative, today: dt.date) -> tuple[When, ...]:
    """What has begun or ended by today did so actually; all else is planned."""
    found = []
    if since := initiative.since:
        begun = since.first <= today and initiative.stage not in (Stage.IDEA, Stage.PLANNED)
        kind = codes.ACTUAL_START if begun else codes.PLANNED_START
        found.append(When(type=kind, date=since.first, said=_said(since)))
    if until := initiative.until:
        over = until.first <= today and initiative.stage == Stage.FINISHED
        last = min(last_day(until), today) if over else last_day(until)
        kind = codes.ACTUAL_END if over else codes.PLANNED_END
        found.append(When(type=kind, date=last, said=_said(until)))
    return tuple(found)


def last_day(date: PartialDate) -> dt.date:
    first = date.first
    if date.precision == Precision.YEAR:
        return first.replace(month=12, day=31)
    if date.precision == Precision.MONTH:
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first


def _said(date: PartialDate) -> str:
    return "" if date.precision == Precision.DAY else date.iso


def _texts(initiative: Initiative, name: str) -> Texts:
    """The original and what people have translated of it as it stands now."""
    texts = {initiative.language: getattr(initiative, name)}
    for row in initiative.translations.all():
        if row.state_against(initiative.text_revision) == TextState.HUMAN:
            texts[row.language] = getattr(row, name)
    return {language: text for language, text in texts.items() if text}


def _bodies(involvements: Iterable[Involvement]) -> Iterable[Body]:
    for each in involvements:
        if each.role in codes.ROLE_CODES:
            known = each.organisation
            yield Body(
                name=known.name if known else each.name,
                ref=reference(known.register_scheme, known.register_number) if known else "",
                role=codes.ROLE_CODES[each.role],
                type=codes.TYPE_OF_KIND.get(known.kind, "") if known else "",
            )


def reference(scheme: str, number: str) -> str:
    """ "DE-CR" and "HRB 123" make the identifier "DE-CR-HRB123"; without a register of IATI's form there is none."""
    compact = "".join(number.split())
    return f"{scheme}-{compact}" if compact and len(scheme) > 3 and scheme[2:3] == "-" else ""


def _contact(initiative: Initiative) -> Reach | None:
    said = {
        part: getattr(initiative, f"contact_{part}") if getattr(initiative, f"contact_{part}_public") else ""
        for part in ("name", "email", "phone")
    }
    return Reach(**said) if any(said.values()) else None


def _coded(term: Term) -> str:
    return f"{term.scheme_id}:{term.code}"
