"""Reads that several pages share."""

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from concivis.hubs.models import Hub, today_in
from concivis.initiatives.actions.freshness import rules_of
from concivis.initiatives.enums import OPEN_STAGES, ReviewState
from concivis.initiatives.models import Initiative, InitiativeQuerySet, Involvement, Picture
from concivis.shell.dates import months_later
from concivis.vocabulary.models import Term


def public() -> InitiativeQuerySet:
    """What everybody may see."""
    return Initiative.objects.public()


def in_office(hub: Hub) -> QuerySet[Initiative]:
    """All of a hub whose mail address was confirmed, or which the office entered."""
    return Initiative.objects.filter(hub=hub).exclude(state=ReviewState.DRAFT)


def for_list(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """With what a card or a row of a list shows: seven queries whatever their number."""
    first = Picture.objects.filter(update=None)
    return initiatives.select_related("hub__place").prefetch_related(
        "translations",
        "countries",
        Prefetch("places", to_attr="towns"),
        Prefetch("terms", Term.objects.with_labels(), to_attr="labelled_terms"),
        "support_lines",
        Prefetch("involvements", Involvement.objects.select_related("organisation")),
        Prefetch("pictures", first, to_attr="shown_pictures"),
    )


# --- what grows stale --------------------------------------------------------------------------------------


def to_ask_about(hub: Hub, today: dt.date | None = None) -> QuerySet[Initiative]:
    """Public ones that nobody has confirmed for as long as the hub says. One query for the rules."""
    before = months_later(today or today_in(hub), -rules_of(hub).ask_after_months)
    return _public_of(hub).filter(last_confirmed__lte=before)


def to_archive(hub: Hub, today: dt.date | None = None) -> QuerySet[Initiative]:
    before = months_later(today or today_in(hub), -rules_of(hub).archive_after_months)
    return _public_of(hub).filter(last_confirmed__lte=before)


def without_picture(hub: Hub) -> QuerySet[Initiative]:
    return _public_of(hub).filter(~Q(pk__in=Picture.objects.filter(initiative__hub=hub).values("initiative")))


def over_but_open(hub: Hub) -> QuerySet[Initiative]:
    """Past their end, but not said to be finished."""
    return _public_of(hub).filter(ended__lt=today_in(hub), ended_precision="day", stage__in=OPEN_STAGES) | (
        _public_of(hub).filter(
            Q(ended_precision="year", ended__lt=today_in(hub).replace(month=1, day=1))
            | Q(ended_precision="month", ended__lt=today_in(hub).replace(day=1)),
            stage__in=OPEN_STAGES,
        )
    )


def without_contact(hub: Hub) -> QuerySet[Initiative]:
    """Nobody whom the office or anybody else could ask."""
    return _public_of(hub).filter(owner_email="", contact_email="", contact_phone="")


def without_translation(hub: Hub) -> QuerySet[Initiative]:
    """Written in one language only."""
    return _public_of(hub).filter(translations=None)


def with_outdated_translation(hub: Hub) -> QuerySet[Initiative]:
    from django.db.models import F

    return _public_of(hub).filter(translations__of_revision__lt=F("text_revision")).distinct()


def _public_of(hub: Hub) -> QuerySet[Initiative]:
    return Initiative.objects.filter(hub=hub, state=ReviewState.PUBLISHED)
