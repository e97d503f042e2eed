"""Letters of first contact: each opens an enquiry, a tie of the two places that nobody outside sees yet."""

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub, today_in
from concivis.places.models import Place
from concivis.shell.dates import PartialDate, Precision
from concivis.twinning import hooks, queries
from concivis.twinning.actions.partnerships import places_key, record_partnership, source
from concivis.twinning.drafts import MilestoneDraft, SideDraft
from concivis.twinning.enums import MilestoneKind, PartnershipKind, PartnershipState
from concivis.twinning.models import Letter, Partnership

A_DAY = 10  # letters of one office, and of one person
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class LetterDraft:
    language: str  # BCP 47
    subject: str
    body: str
    to_name: str = ""
    to_email: str = ""


@transaction.atomic
def write_letter(*, by: User, hub: Hub, place: Place, draft: LetterDraft, send: bool) -> Letter:
    """Keeps the letter and opens an enquiry with `place`, or goes on with the one that is open.

    `send`: mails it once committed, with the office's contact as the address for answers; `sent_at` is set when the
    mail has left. Raises ValidationError with a sentence.
    """
    Hub.objects.select_for_update().get(pk=hub.pk)
    _require_patience(hub, by)
    if send:
        _require_addresses(hub, draft)
    partnership = _enquiry(by, hub, place)
    letter = Letter.objects.create(
        partnership=partnership,
        language=draft.language,
        subject=" ".join(draft.subject.split()),
        body=draft.body.replace("\r\n", "\n"),
        to_name=draft.to_name,
        to_email=draft.to_email,
        written_by=by,
    )
    record.write(
        hub=hub,
        by=by,
        action="letter.sent" if send else "letter.written",
        kind="letter",
        object_id=str(letter.pk),
    )
    if send:
        headers = {name: value for call in hooks.letter_headers for name, value in call(letter).items()}
        transaction.on_commit(partial(_send, letter.pk, headers))
    return letter


def standing_ties(hub: Hub, place: Place) -> list[Partnership]:
    """The ties between the office's city and `place` that the office may see and that have not ended. Three queries."""
    of_both = queries.in_office(hub).filter(sides__place=hub.place_id).filter(sides__place=place)
    return list(queries.for_office(of_both.exclude(state=PartnershipState.ENDED)).distinct())


def is_open_enquiry(tie: Partnership, hub: Hub) -> bool:
    """Whether a letter of `hub` can still belong to the beginning of this tie."""
    return (
        tie.hub_id == hub.pk and tie.kind == PartnershipKind.CONTACT and tie.state == PartnershipState.ENQUIRY
    )


def left_today(hub: Hub, user: User) -> int:
    """How many more letters may go out today."""
    zone = ZoneInfo(hub.timezone)
    morning = dt.datetime.combine(today_in(hub), dt.time(), tzinfo=zone)
    written = Letter.objects.filter(written_at__gte=morning)
    return max(0, A_DAY - written.filter(Q(partnership__hub=hub) | Q(written_by=user)).count())


def _require_patience(hub: Hub, user: User) -> None:
    if not left_today(hub, user):
        raise ValidationError(
            gettext("%(most)s letters were written today; that is the most for one day. Go on tomorrow.")
            % {"most": A_DAY}
        )


def _require_addresses(hub: Hub, draft: LetterDraft) -> None:
    if not draft.to_email:
        raise ValidationError(
            {"to_email": gettext("Write the mail address to send it to, or print the letter.")}
        )
    if not hub.contact_email:
        raise ValidationError(
            gettext("The office has no contact address to which answers could go. Enter one in its settings.")
        )


def _enquiry(by: User, hub: Hub, place: Place) -> Partnership:
    if place.pk == hub.place_id:
        raise ValidationError(gettext("That is your own city."))
    standing = standing_ties(hub, place)
    for tie in standing:
        if is_open_enquiry(tie, hub):
            return tie
    if standing:
        raise ValidationError(
            gettext("%(own)s and %(other)s are connected already; look at that partnership.")
            % {"own": hub.place.name, "other": place.name}
        )
    _require_free(hub, place)
    first = MilestoneDraft(
        kind=MilestoneKind.FIRST_CONTACT,
        when=PartialDate(today_in(hub), Precision.DAY),
        source=source(title=gettext("Office of %(hub)s") % {"hub": hub.name}),
        place=hub.place_id,
    )
    return record_partnership(
        by=by,
        hub=hub,
        sides=[SideDraft(place=hub.place_id), SideDraft(place=place.pk)],
        kind=PartnershipKind.CONTACT,
        state=PartnershipState.ENQUIRY,
        milestones=[first],
        is_published=False,
    )


def _require_free(hub: Hub, place: Place) -> None:
    """A contact that has ended, or that another office keeps, is not written over."""
    key = places_key([hub.place_id, place.pk])
    earlier = Partnership.objects.filter(places_key=key, kind=PartnershipKind.CONTACT).first()
    if earlier is None:
        return
    if earlier.hub_id == hub.pk:
        raise ValidationError(
            gettext(
                "There was a contact with %(other)s before, which has ended. Open it again in the office."
            )
            % {"other": place.name}
        )
    raise ValidationError(
        gettext("Another office has opened a contact with %(other)s already.") % {"other": place.name}
    )


def _send(pk: int, headers: Mapping[str, str]) -> None:
    """`headers`: those of `hooks.letter_headers`."""
    letter = Letter.objects.select_related("partnership__hub").get(pk=pk)
    hub = letter.partnership.hub
    if hub is None:  # taken from the office since; nobody would get the answer
        return
    answers = {"Reply-To": hub.contact_email, **headers}
    mail = EmailMessage(letter.subject, letter.body, to=[letter.to_email], headers=answers)
    try:
        mail.send()
    except OSError as error:  # SMTP's errors, too; they quote the address, so only their kind is logged
        log.error("Letter %s could not be mailed: %s", pk, type(error).__name__)
    else:
        Letter.objects.filter(pk=pk).update(sent_at=timezone.now())
