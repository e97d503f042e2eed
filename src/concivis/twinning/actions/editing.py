"""What the keeper of a partnership writes about it. Two people at once: the second is told and loses nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.directory.actions import record_organisation
from concivis.directory.models import Organisation, OrganisationKind
from concivis.hubs import record
from concivis.hubs.models import RecordLine
from concivis.hubs.queries import names_of_actors
from concivis.shell.conflicts import EditConflict
from concivis.twinning import cards, queries
from concivis.twinning.actions.snapshots import want_figures
from concivis.twinning.enums import PUBLIC_STATES, MilestoneKind, PartnershipKind, PartnershipState
from concivis.twinning.models import Partnership, Side
from concivis.vocabulary.models import Term

EDITED = "partnership.edited"
# what an edit can change, in the words that the record and a conflict use
FACTS: Mapping[str, str | Promise] = {
    "kind": _("kind"),
    "fields": _("fields of work"),
    "summary": _("summary"),
    "language": _("language of the summary"),
    "valid_until": _("agreed until"),
    "bodies": _("bodies that act for the sides"),
    "is_published": _("public or not"),
    "state": _("state"),
    "dates": _("dates"),
}
EARLY = (PartnershipState.ENQUIRY, PartnershipState.EXPLORING, PartnershipState.DRAFTED)
WITHOUT_SIGNATURE = (PartnershipKind.CONTACT, PartnershipKind.SOLIDARITY)  # in force by being lived
FORMAL = (MilestoneKind.RATIFIED, MilestoneKind.SIGNED, MilestoneKind.COUNTERSIGNED)


@dataclass(frozen=True, kw_only=True)
class Body:
    """The body that acts for a side."""

    name: str
    kind: OrganisationKind = OrganisationKind.MUNICIPALITY
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class PartnershipFacts:
    """What the form of a partnership says. `bodies`: {the side's id: its body, None for none}; sides left out stay."""

    kind: PartnershipKind
    fields: tuple[Term, ...] = ()
    summary: str = ""
    language: str = ""
    valid_until: dt.date | None = None
    is_published: bool = False
    bodies: Mapping[int, Body | None] = field(default_factory=dict)


def require_revision(partnership: Partnership, revision: int) -> None:
    """Locks the partnership. Raises `EditConflict` unless `revision` is the one that stands.

    Call it first in the transaction of an edit, with the revision at which the person's form began.
    """
    stands = Partnership.objects.select_for_update().values_list("revision", flat=True).get(pk=partnership.pk)
    if stands != revision:
        raise _conflict(partnership, revision, stands)


def edited(
    *,
    by: User | None,
    partnership: Partnership,
    facts: Iterable[str],
    action: str = EDITED,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Notes that these of FACTS were changed: the revision rises, the record, the card and the figures follow.

    Call it last in the transaction of an edit.
    """
    Partnership.objects.filter(pk=partnership.pk).update(
        revision=F("revision") + 1, changed_at=timezone.now()
    )
    partnership.refresh_from_db(fields=["revision", "changed_at"])
    cards.refresh([partnership.pk])
    record.write(
        hub=partnership.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=partnership.public_id,
        details={**(details or {}), "facts": sorted(facts), "revision": partnership.revision},
    )
    want_figures()


@transaction.atomic
def edit_partnership(
    *, by: User | None, partnership: Partnership, revision: int, facts: PartnershipFacts
) -> list[str]:
    """Saves what the form says; the changed ones of FACTS. What is not changed writes no line in the record.

    Raises `EditConflict` if somebody saved since `revision`, ValidationError with a sentence for what cannot be.
    """
    require_revision(partnership, revision)
    partnership = Partnership.objects.select_related("hub").get(pk=partnership.pk)
    _require_possible(partnership, facts)
    changed = [name for name in ("kind", "summary", "language", "valid_until", "is_published")
               if getattr(partnership, name) != getattr(facts, name)]  # fmt: skip
    for name in changed:
        setattr(partnership, name, getattr(facts, name))
    partnership.save()
    if set(partnership.fields.all()) != set(facts.fields):
        partnership.fields.set(facts.fields)
        changed.append("fields")
    if [
        side for side in partnership.sides.select_related("place") if _set_body(by, partnership, side, facts)
    ]:
        changed.append("bodies")
    if changed:
        edited(by=by, partnership=partnership, facts=changed)
    return changed


@transaction.atomic
def move_to(*, by: User | None, partnership: Partnership, state: PartnershipState) -> None:
    """To another of the states before the council's vote, or in force for kinds that need no signature.

    All other states follow from dates and decisions. Raises ValidationError with a sentence.
    """
    partnership = (
        Partnership.objects.select_for_update(of=("self",)).select_related("hub").get(pk=partnership.pk)
    )
    if state not in possible_states(partnership):
        raise ValidationError(
            gettext("This state follows from the dates: note the vote, the signature or the decision there.")
        )
    partnership.state = state
    partnership.save(update_fields=["state", "changed_at"])
    edited(by=by, partnership=partnership, facts=["state"])


def possible_states(partnership: Partnership) -> list[PartnershipState]:
    """The states into which a person may put it by hand. One query."""
    informal = partnership.kind in WITHOUT_SIGNATURE
    by_hand = [*EARLY, PartnershipState.ACTIVE] if informal else [*EARLY]
    formal = queries.kept_dates(partnership).filter(kind__in=FORMAL).exists()
    if partnership.state not in by_hand or formal:
        return []
    return [state for state in by_hand if state != partnership.state]


def _conflict(partnership: Partnership, revision: int, stands: int) -> EditConflict:
    lines = list(
        RecordLine.objects.filter(
            chain__hub=partnership.hub_id,
            kind=cards.KIND,
            object_id=partnership.public_id,
            details__revision__gt=min(revision, stands),  # a program may send any number
        ).order_by("number")
    )
    names = names_of_actors(lines)
    people = dict.fromkeys(names.get(line.actor or 0, gettext("the other side")) for line in lines)
    facts = dict.fromkeys(name for line in lines for name in line.details.get("facts", []))
    zone = ZoneInfo(partnership.hub.timezone) if partnership.hub else None
    when = timezone.localtime(lines[-1].at if lines else partnership.changed_at, zone)
    words = {
        "who": get_text_list(list(people), gettext("and")) or gettext("somebody"),
        "when": date_format(when, "DATETIME_FORMAT"),
        "what": words_for(facts) or gettext("something"),
    }
    return EditConflict(
        stands,
        gettext(
            "While you were writing, %(who)s changed this partnership (%(what)s; %(when)s). Nothing of "
            "yours is lost and nothing of theirs was overwritten: compare, then save again."
        )
        % words,
    )


def words_for(facts: Iterable[str]) -> str:
    """“kind, summary and dates”"""
    return str(get_text_list([str(FACTS.get(name, name)) for name in facts], gettext("and")))


def _require_possible(partnership: Partnership, facts: PartnershipFacts) -> None:
    if facts.summary and not facts.language:
        raise ValidationError({"language": gettext("Say in which language the summary is written.")})
    if facts.is_published and partnership.state not in PUBLIC_STATES and not partnership.is_published:
        raise ValidationError({"is_published": NOT_YET_PUBLIC})
    twin = Partnership.objects.filter(places_key=partnership.places_key, kind=facts.kind)
    if twin.exclude(pk=partnership.pk).exists():
        raise ValidationError(
            {"kind": gettext("There is already a partnership of this kind between these places.")}
        )


NOT_YET_PUBLIC = _("It can be made public once it is signed: until then it is a draft.")


def _set_body(by: User | None, partnership: Partnership, side: Side, facts: PartnershipFacts) -> bool:
    """Whether the side's body changed."""
    if side.pk not in facts.bodies:
        return False
    body, standing = facts.bodies[side.pk], side.organisation
    organisation: Organisation | None = None
    if (
        body
        and standing
        and body == Body(name=standing.name, kind=OrganisationKind(standing.kind), website=standing.website)
    ):
        return False  # of the commons, perhaps: saving a form without a change makes no copy of it
    if body is not None:
        organisation = record_organisation(
            by=by,
            hub=partnership.hub,
            kind=body.kind,
            name=body.name,
            place=side.place,
            website=body.website,
        )
    if side.organisation_id == (organisation.pk if organisation else None):
        return False
    side.organisation = organisation
    side.save(update_fields=["organisation"])
    return True
