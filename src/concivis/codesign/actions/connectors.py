"""The roster: invited by the office, said of themselves by the connectors alone, ended, forgotten."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.accounts.queries import has_confirmed
from concivis.codesign import letters
from concivis.codesign.actions.expenses import delete_receipt
from concivis.codesign.actions.noting import locked, noted, require_text
from concivis.codesign.enums import ConnectorState, Said
from concivis.codesign.models import Connector, ConnectorKey, Insight, Note, Volunteered
from concivis.hubs.models import Hub, today_in
from concivis.shell import content, keys
from concivis.shell.dates import months_later
from concivis.shell.ids import new_public_id
from concivis.shell.languages import interface_codes

LONGEST_TERM_MONTHS = 24
MOST_SAID = 20


@transaction.atomic
def invite_connector(
    *,
    by: User | None,
    hub: Hub,
    name: str,
    email: str,
    language: str,
    term_from: dt.date,
    term_until: dt.date,
    is_example: bool = False,
) -> Connector:
    """Onto the roster, and a letter with the link to their own pages. Raises ValidationError by field."""
    connector = Connector(public_id=new_public_id(), hub=hub, added_by=by, is_example=is_example)
    _write(connector, name, email, language)
    _write_term(connector, term_from, term_until)
    connector.save()
    _mail_key(connector)
    noted(connector, by, "connector.invited")
    return connector


@transaction.atomic
def change_connector(
    *,
    by: User | None,
    connector: Connector,
    name: str,
    email: str,
    language: str,
    term_from: dt.date,
    term_until: dt.date,
    revision: int,
) -> Connector:
    """What the office keeps of them. Another address gets a link of its own; the old one opens nothing any more."""
    changed = locked(connector, revision)
    _require_kept(changed)
    before = changed.email, changed.term_until
    _write(changed, name, email, language)
    _write_term(changed, term_from, term_until)
    if changed.term_until != before[1]:
        changed.term_reminded_at = None
    if changed.email != before[0]:
        changed.user = None
    changed.save()
    if changed.email != before[0] and changed.state != ConnectorState.ENDED:
        _mail_key(changed)
    noted(changed, by, "connector.changed")
    return changed


@transaction.atomic
def send_link(*, by: User | None, connector: Connector) -> None:
    """A new link to their pages; the one before opens nothing any more."""
    told = locked(connector)
    if told.state == ConnectorState.ENDED:
        raise ValidationError(gettext("Their time as a connector has ended."))
    _mail_key(told)
    noted(told, by, "connector.link_sent")


def find(key: str) -> Connector | None:
    """Whose pages the mailed key opens. One query."""
    row = ConnectorKey.objects.select_related("connector__hub").filter(key_hash=keys.hashed(key)).first()
    return row.connector if row else None


# --- by the connectors themselves --------------------------------------------------------------------------


@transaction.atomic
def join(*, connector: Connector) -> Connector:
    """They agree to be on the roster."""
    joined = locked(connector)
    if joined.state != ConnectorState.INVITED:
        raise ValidationError(gettext("You are on the roster already."))
    joined.state, joined.joined_at = ConnectorState.ACTIVE, timezone.now()
    joined.save()
    noted(joined, None, "connector.joined")
    letters.joined(joined)
    return joined


@transaction.atomic
def say_about_oneself(
    *,
    connector: Connector,
    name: str,
    name_public: bool,
    communities: Mapping[str, bool],
    languages: Mapping[str, bool],
) -> Connector:
    """What they volunteer, each with whether everybody may know it; what they leave out is deleted.

    `communities` in their own words; `languages`: BCP 47 tags. Raises ValidationError by field.
    """
    own = locked(connector)
    _require_kept(own)
    own.name = require_text("name", name, 120)
    if name_public != own.name_public:
        own.name_public, own.name_public_on = name_public, today_in(own.hub) if name_public else None
    own.save()
    spoken = {content.require_language(tag, "languages"): public for tag, public in languages.items()}
    named = {" ".join(text.split()): public for text, public in communities.items() if text.strip()}
    _volunteer(own, Said.COMMUNITY, named)
    _volunteer(own, Said.LANGUAGE, spoken)
    noted(own, None, "connector.said")
    return own


@transaction.atomic
def rest(*, connector: Connector, by: User | None = None) -> Connector:
    resting = locked(connector)
    if resting.state != ConnectorState.ACTIVE:
        raise ValidationError(gettext("Only who is active can take a break."))
    resting.state = ConnectorState.RESTING
    resting.save()
    noted(resting, by, "connector.rests")
    return resting


@transaction.atomic
def resume(*, connector: Connector, by: User | None = None) -> Connector:
    active = locked(connector)
    if active.state != ConnectorState.RESTING:
        raise ValidationError(gettext("There is no break to end."))
    active.state = ConnectorState.ACTIVE
    active.save()
    noted(active, by, "connector.resumed")
    return active


@transaction.atomic
def connect_account(*, by: User, connector: Connector) -> Connector:
    """From now on they can enter with their account, too. Its confirmed address must be the connector's."""
    own = locked(connector)
    if not has_confirmed(by, own.email):
        raise ValidationError(gettext("Your account has another mail address than the one on the roster."))
    own.user = by
    own.save()
    noted(own, by, "connector.account")
    return own


# --- the end -----------------------------------------------------------------------------------------------


@transaction.atomic
def end(*, connector: Connector, by: User | None = None) -> Connector:
    """By the office, or by themselves. Their link goes on opening their pages, to read, until they are forgotten."""
    ended = locked(connector)
    if ended.state == ConnectorState.ENDED:
        raise ValidationError(gettext("It has ended already."))
    ended.state, ended.ended_at = ConnectorState.ENDED, timezone.now()
    ended.save()
    noted(ended, by, "connector.ended")
    return ended


@transaction.atomic
def return_to_roster(*, by: User | None, connector: Connector, term_until: dt.date) -> Connector:
    """Somebody who ended comes back for another term, from today. Raises ValidationError once forgotten."""
    back = locked(connector)
    if back.state != ConnectorState.ENDED:
        raise ValidationError(gettext("They are on the roster already."))
    _require_kept(back)
    _write_term(back, today_in(back.hub), term_until)
    back.state = ConnectorState.ACTIVE if back.joined_at else ConnectorState.INVITED
    back.ended_at, back.term_reminded_at = None, None
    back.save()
    noted(back, by, "connector.returned")
    return back


@transaction.atomic
def forget(*, connector: Connector, by: User | None = None) -> Connector:
    """Nothing of the person is left: name, address, what they said, messages, receipts, and who heard what.

    What they heard stays, and the sums of expenses, as the accounts need them. Raises ValidationError before the end.
    """
    gone = locked(connector)
    if gone.state != ConnectorState.ENDED:
        raise ValidationError(gettext("End their time as a connector first."))
    if gone.forgotten_at:
        return gone
    ConnectorKey.objects.filter(connector=gone).delete()
    for rows in (gone.volunteered, gone.messages, gone.training):
        rows.all().delete()
    Insight.objects.filter(connector=gone).update(connector=None)
    Note.objects.filter(connector=gone).update(connector=None)
    gone.sessions.clear()
    _forget_receipts(gone)
    gone.name, gone.email, gone.user = "", "", None
    gone.name_public, gone.name_public_on, gone.forgotten_at = False, None, timezone.now()
    gone.save()
    noted(gone, by, "connector.forgotten")
    return gone


def _forget_receipts(connector: Connector) -> None:
    for expense in connector.expenses.exclude(receipt=""):
        delete_receipt(expense)
        expense.receipt, expense.receipt_name, expense.media_type = "", "", ""
        expense.save()


# --- how it is written -------------------------------------------------------------------------------------


def _require_kept(connector: Connector) -> None:
    if connector.forgotten_at:
        raise ValidationError(gettext("Nothing of this connector is kept any more; invite the person anew."))


def _write(connector: Connector, name: str, email: str, language: str) -> None:
    connector.name = require_text("name", name, 120)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    if Connector.objects.filter(hub=connector.hub, email=address).exclude(pk=connector.pk).exists():
        raise ValidationError({"email": gettext("Somebody on the roster has this address already.")})
    if language not in interface_codes():
        raise ValidationError({"language": gettext("We write letters in another language only.")})
    connector.email, connector.language = address, language


def _write_term(connector: Connector, term_from: dt.date, term_until: dt.date) -> None:
    if term_until < term_from:
        raise ValidationError({"term_until": gettext("It ends before it begins.")})
    if term_until > months_later(term_from, LONGEST_TERM_MONTHS):
        raise ValidationError({"term_until": gettext("A term lasts at most two years.")})
    connector.term_from, connector.term_until = term_from, term_until


def _volunteer(connector: Connector, kind: Said, wanted: Mapping[str, bool]) -> None:
    if len(wanted) > MOST_SAID or any(len(value) > 120 for value in wanted):
        field = "communities" if kind == Said.COMMUNITY else "languages"
        raise ValidationError(
            {field: gettext("At most %(most)s, please, and in few words.") % {"most": MOST_SAID}}
        )
    connector.volunteered.filter(kind=kind).exclude(value__in=list(wanted)).delete()
    standing = {row.value: row for row in connector.volunteered.filter(kind=kind)}
    for value, public in wanted.items():
        row = standing.get(value)
        if row is None:
            Volunteered.objects.create(
                connector=connector, kind=kind, value=value, is_public=public, said_at=timezone.now()
            )
        elif row.is_public != public:
            row.is_public, row.said_at = public, timezone.now()
            row.save()


def _mail_key(connector: Connector) -> None:
    key = keys.new()
    ConnectorKey.objects.update_or_create(
        connector=connector, defaults={"key_hash": keys.hashed(key), "made_at": timezone.now()}
    )
    letters.link(connector, key)
