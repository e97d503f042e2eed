"""One action on many partnerships of an office. Each plan says first which it can do, and why not the others."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.choices import language_of_country
from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub
from concivis.twinning import cards, queries
from concivis.twinning.actions.editing import EDITED
from concivis.twinning.actions.journey import start_journey
from concivis.twinning.actions.partnerships import refresh_dates
from concivis.twinning.actions.sides import ask_side
from concivis.twinning.actions.snapshots import want_figures
from concivis.twinning.attention import ANSWER_WITHIN_DAYS
from concivis.twinning.enums import PUBLIC_STATES, ContactRole, PartnershipState
from concivis.twinning.models import Contact, Journey, Partnership, Side
from concivis.vocabulary.models import Term

PRIVATE = _("your page is private: what everybody sees now would vanish; make it public first")
AT_ONCE = 500  # partnerships that one action takes
# whom of a side we write to, first to last
ADDRESSED = (ContactRole.COORDINATOR, ContactRole.COMMITTEE, ContactRole.MAYOR)


class Bulk(StrEnum):
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    FIELDS = "fields"
    ADOPT = "adopt"
    ASK = "ask"
    JOURNEY = "journey"


@dataclass(frozen=True)
class Plan:
    """`able`: what the action would change, in order; `left_out`: {the sentence why: those that stay as they are}."""

    able: Sequence[Partnership]
    left_out: Mapping[str, Sequence[Partnership]]


@dataclass(frozen=True)
class Outcome:
    """`done`: what was changed; `failed`: {the sentence why: those that could not be}, found only while doing it."""

    done: Sequence[Partnership]
    failed: Mapping[str, Sequence[Partnership]] = field(default_factory=dict)


def plan(action: Bulk, *, hub: Hub, chosen: Iterable[str]) -> Plan:
    """What `action` would do to these of the office's partnerships (public ids). At most five queries.

    Raises ValidationError for none or more than AT_ONCE of them.
    """
    ids = set(chosen)
    if not ids:
        raise ValidationError(gettext("Choose at least one partnership."))
    if len(ids) > AT_ONCE:
        raise ValidationError(gettext("Choose at most %(count)s partnerships at once.") % {"count": AT_ONCE})
    ties = list(queries.for_office(queries.in_office(hub).filter(public_id__in=ids)).order_by("pk"))
    why = OBSTACLES[action](hub, ties)
    able: list[Partnership] = []
    left_out: dict[str, list[Partnership]] = defaultdict(list)
    for tie in ties:
        reason = why(tie)
        (left_out[reason] if reason else able).append(tie)
    return Plan(able, dict(left_out))


@transaction.atomic
def publish(*, by: User, hub: Hub, partnerships: Sequence[Partnership]) -> Outcome:
    """Makes them public, as far as they can be."""
    return _set_published(by, hub, partnerships, Bulk.PUBLISH)


@transaction.atomic
def unpublish(*, by: User, hub: Hub, partnerships: Sequence[Partnership]) -> Outcome:
    """Takes them out of sight of all but the sides that were asked."""
    return _set_published(by, hub, partnerships, Bulk.UNPUBLISH)


@transaction.atomic
def change_fields(
    *,
    by: User,
    hub: Hub,
    partnerships: Sequence[Partnership],
    add: Sequence[Term] = (),
    remove: Sequence[Term] = (),
) -> Outcome:
    """Adds and removes fields of work; `done` are those of which this changed anything."""
    fields = Partnership.fields.through.objects
    able = _still_able(Bulk.FIELDS, hub, partnerships)
    ids = [tie.pk for tie in able]
    before = set(fields.filter(partnership__in=ids).values_list("partnership", "term"))
    changed = {pk for pk in ids if any((pk, term.pk) not in before for term in add)}
    changed |= {pk for pk in ids if any((pk, term.pk) in before for term in remove)}
    fields.filter(partnership__in=changed, term__in=remove).delete()
    through = Partnership.fields.through
    fields.bulk_create(
        (through(partnership_id=pk, term_id=term.pk) for pk in sorted(changed) for term in add),
        ignore_conflicts=True,
    )
    done = [tie for tie in able if tie.pk in changed]
    _note(by, hub, done, EDITED, facts=["fields"])
    return Outcome(done)


@transaction.atomic
def adopt(*, by: User, hub: Hub, partnerships: Sequence[Partnership]) -> Outcome:
    """The office takes over ties of its city that no office keeps."""
    able = _still_able(Bulk.ADOPT, hub, partnerships)
    Partnership.objects.filter(pk__in=[tie.pk for tie in able]).update(hub=hub)
    for tie in able:
        tie.hub = hub
        refresh_dates(tie)  # the rules of the office say from when it sleeps
    _note(by, hub, able, "partnership.adopted", facts=[])
    return Outcome(able)


@transaction.atomic
def ask(*, by: User, hub: Hub, partnerships: Sequence[Partnership]) -> Outcome:
    """Mails the other sides a link to confirm, to the contact known there, in the language of their country."""
    able = _still_able(Bulk.ASK, hub, partnerships)
    addresses = _addresses(able)
    done: list[Partnership] = []
    failed: dict[str, list[Partnership]] = defaultdict(list)
    for tie in able:
        try:
            with transaction.atomic():
                for side in _askable(hub, tie, addresses):
                    language = interface_language(language_of_country(side.place.country_id))
                    ask_side(by=by, side=side, email=addresses[side.pk], language=language)
            done.append(tie)
        except ValidationError as error:
            failed[" ".join(error.messages)].append(tie)
    return Outcome(done, dict(failed))


@transaction.atomic
def start_journeys(*, by: User, hub: Hub, partnerships: Sequence[Partnership]) -> Outcome:
    """Begins the ten steps with each."""
    able = _still_able(Bulk.JOURNEY, hub, partnerships)
    for tie in able:
        start_journey(by=by, partnership=tie)
    return Outcome(able)


def _set_published(by: User, hub: Hub, partnerships: Sequence[Partnership], action: Bulk) -> Outcome:
    able = _still_able(action, hub, partnerships)
    public = action == Bulk.PUBLISH
    Partnership.objects.filter(pk__in=[tie.pk for tie in able]).update(is_published=public)
    _note(by, hub, able, EDITED, facts=["is_published"])
    return Outcome(able)


def _still_able(action: Bulk, hub: Hub, partnerships: Sequence[Partnership]) -> Sequence[Partnership]:
    """Locks the rows and asks again: others may have changed them since the plan was read."""
    ids = [tie.pk for tie in partnerships]
    locked = Partnership.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    public_ids = list(locked.values_list("public_id", flat=True))
    return plan(action, hub=hub, chosen=public_ids).able if public_ids else []


def _note(by: User, hub: Hub, changed: Sequence[Partnership], action: str, *, facts: list[str]) -> None:
    """As `editing.edited`, for many: the revision rises, the record, the cards and the figures follow."""
    ids = [tie.pk for tie in changed]
    if not ids:
        return
    rows = Partnership.objects.filter(pk__in=ids)
    rows.update(revision=F("revision") + 1, changed_at=timezone.now())
    for public_id, revision in rows.order_by("pk").values_list("public_id", "revision"):
        record.write(
            hub=hub,
            by=by,
            action=action,
            kind=cards.KIND,
            object_id=public_id,
            details={"facts": facts, "revision": revision},
        )
    cards.refresh(ids)
    want_figures()


# --- what stands against it --------------------------------------------------------------------------------

Obstacle = Callable[[Partnership], str]


def _kept_elsewhere(hub: Hub, tie: Partnership) -> str:
    if tie.hub is None:
        return gettext("no office keeps them; take them over first")
    return "" if tie.hub == hub else gettext("another office keeps them")


def _to_publish(hub: Hub, ties: Sequence[Partnership]) -> Obstacle:
    def why(tie: Partnership) -> str:
        if tie.is_published and tie.hub == hub:
            return gettext("they are public already")
        if tie.state not in PUBLIC_STATES:
            return gettext("they are not signed yet: until then they are drafts")
        return _kept_elsewhere(hub, tie)

    return why


def _to_unpublish(hub: Hub, ties: Sequence[Partnership]) -> Obstacle:
    def why(tie: Partnership) -> str:
        return gettext("they are not public") if not tie.is_published else _kept_elsewhere(hub, tie)

    return why


def _to_change(hub: Hub, ties: Sequence[Partnership]) -> Obstacle:
    return lambda tie: _kept_elsewhere(hub, tie)


def _to_adopt(hub: Hub, ties: Sequence[Partnership]) -> Obstacle:
    def why(tie: Partnership) -> str:
        if tie.hub is not None:
            return (
                gettext("you keep them already") if tie.hub == hub else gettext("another office keeps them")
            )
        if hub.place_id not in {side.place_id for side in tie.sides.all()}:
            return gettext("they are not of your city")
        if not hub.is_published:
            return str(PRIVATE)
        return ""

    return why


def _to_ask(hub: Hub, ties: Sequence[Partnership]) -> Obstacle:
    addresses = _addresses(ties)

    def why(tie: Partnership) -> str:
        if obstacle := _kept_elsewhere(hub, tie):
            return obstacle
        if tie.state == PartnershipState.ENDED:
            return gettext("they have ended")
        silent = [side for side in _others(hub, tie) if side.confirmed_at is None]
        if not silent:
            return gettext("the other side has confirmed them")
        if all(_asked_lately(side) for side in silent):
            return gettext("the other side was asked within the last month")
        if not _askable(hub, tie, addresses):
            return gettext("no mail address of the other side is known; add one under “People”")
        return ""

    return why


def _to_begin(hub: Hub, ties: Sequence[Partnership]) -> Obstacle:
    begun = set(Journey.objects.filter(partnership__in=ties).values_list("partnership", flat=True))

    def why(tie: Partnership) -> str:
        if tie.pk in begun:
            return gettext("the ten steps have begun")
        if tie.state == PartnershipState.ENDED:
            return gettext("they have ended")
        return _kept_elsewhere(hub, tie)

    return why


OBSTACLES: Mapping[Bulk, Callable[[Hub, Sequence[Partnership]], Obstacle]] = {
    Bulk.PUBLISH: _to_publish,
    Bulk.UNPUBLISH: _to_unpublish,
    Bulk.FIELDS: _to_change,
    Bulk.ADOPT: _to_adopt,
    Bulk.ASK: _to_ask,
    Bulk.JOURNEY: _to_begin,
}


def _others(hub: Hub, tie: Partnership) -> list[Side]:
    return [side for side in tie.sides.all() if side.place_id != hub.place_id]


def _asked_lately(side: Side) -> bool:
    since = timezone.now() - timedelta(days=ANSWER_WITHIN_DAYS)
    return side.asked_at is not None and side.asked_at > since


def _askable(hub: Hub, tie: Partnership, addresses: Mapping[int, str]) -> list[Side]:
    return [
        side
        for side in _others(hub, tie)
        if side.confirmed_at is None and not _asked_lately(side) and side.pk in addresses
    ]


def _addresses(ties: Sequence[Partnership]) -> dict[int, str]:
    """{the side's id: the mail address to write to}. One query."""
    there = Q(left_on=None) | Q(left_on__gt=timezone.localdate())
    found = Contact.objects.filter(there, side__partnership__in=ties).exclude(email="")
    order = {role.value: rank for rank, role in enumerate(ADDRESSED)}
    rows = sorted(found, key=lambda contact: (order.get(contact.role, len(order)), contact.pk), reverse=True)
    return {contact.side_id: contact.email for contact in rows}
