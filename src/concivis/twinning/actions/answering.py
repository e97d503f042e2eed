"""The steps of an answer that the actions of `sides` share: who may give it, what is kept of it, who is told."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.actions import record_organisation
from concivis.directory.models import Organisation
from concivis.hubs import letters, record, webhooks
from concivis.hubs.models import today_in
from concivis.places.names import fold
from concivis.shell.dates import PartialDate, Precision
from concivis.twinning import answers, cards, chronology
from concivis.twinning.answers import SideAccount
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone, Partnership, Side, SideKey, Source
from concivis.twinning.policies import KEEP, Acting

CONFIRMED = "partnership.confirmed"
CORRECTED = "partnership.corrected"
DECLINED = "partnership.declined"
BY_LINK = "by mailed link"
LETTERS = {
    CONFIRMED: "twinning/letters/side_confirmed.txt",
    CORRECTED: "twinning/letters/side_corrected.txt",
    DECLINED: "twinning/letters/side_declined.txt",
}


def locked(side: Side) -> Side:
    """The side as it is now, with partnership, hub and place; who answers for it at the same time waits."""
    sides = Side.objects.select_for_update(of=("self",))
    return sides.select_related("place", "organisation", "partnership__hub__place").get(pk=side.pk)


def begin(acting: Acting) -> Side:
    """`locked`. Raises ValidationError where a mailed key has lost its force, or does not say who answers."""
    side = locked(acting.side)
    if acting.key is not None:
        require_key(acting, acting.key)
    elif acting.by is None:
        raise ValidationError(gettext("Nobody can answer for a side without an account or a mailed link."))
    return side


def require_key(acting: Acting, key: SideKey) -> None:
    """Raises ValidationError unless the key is open, of this side, and comes with a name."""
    found = SideKey.objects.select_for_update().filter(pk=key.pk, side=acting.side).first()
    if found is None or not found.is_open:
        raise ValidationError(gettext("This link has lost its force. Ask the office for a new one."))
    if not acting.named.strip():
        raise ValidationError({"named": gettext("Write your name and your office.")})


def set_confirmed(side: Side, acting: Acting) -> None:
    side.confirmed_at = timezone.now()
    side.confirmed_by = acting.by
    side.confirmed_as = "" if acting.by else acting.named[:200]


def finish(side: Side, acting: Acting, event: str) -> None:
    """The key has served; the record, the pages, the keeper and the keeper's programs know."""
    served(acting)
    Partnership.objects.filter(pk=side.partnership_id).update(changed_at=timezone.now())
    cards.refresh([side.partnership_id])
    how = {"how": BY_LINK} if acting.by is None else {}
    note(side, event, by=acting.by, place=side.place.public_id, **how)
    tell_keepers(side, LETTERS[event], acting.by)
    tell_programs(side, event)


def served(acting: Acting) -> None:
    """The first answer given with a key is noted on it."""
    if acting.key is not None:
        SideKey.objects.filter(pk=acting.key.pk, used_at=None).update(used_at=timezone.now())


def note(side: Side, action: str, *, by: User | None, **details: Any) -> None:
    """A line in the record of the keeper's hub. It names the side's place, never a person."""
    record.write(
        hub=side.partnership.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=side.partnership.public_id,
        details={"side": side.place.name, **details},
    )


def tell_keepers(side: Side, letter: str, by: User | None) -> None:
    """Mails those who keep the partnership, without who did it. Free text of the side is not in the letter."""
    hub = side.partnership.hub
    if hub is None:
        return
    public_id = side.partnership.public_id
    letters.send_to_office(
        hub=hub,
        permission=KEEP,
        template=letter,
        context={
            "hub": hub,
            "side": side,
            "title": side.partnership.title,
            "link": lambda: (
                settings.BASE_URL + reverse("twinning:office_partner", args=[hub.slug, public_id])
            ),
        },
        called=f"Letter about side {side.pk}",
        but=by,
    )


def tell_programs(side: Side, event: str) -> None:
    """No personal data: which partnership, which side, when."""
    hub = side.partnership.hub
    if hub is None:
        return
    with translation.override(letters.interface_language(hub.language)):
        url = settings.BASE_URL + side.partnership.get_absolute_url()
    payload = {
        "partnership": side.partnership.public_id,
        "url": url,
        "side": side.place.public_id,
        "at": record.utc_text(timezone.now()),
    }
    webhooks.emit(hub=hub, event=event, payload=payload)


# --- what a side states ------------------------------------------------------------------------------------


def checked(side: Side, account: SideAccount) -> SideAccount:
    """Raises ValidationError by field for what cannot be stated."""
    wrong = _impossible_dates(side, account)
    if account.state == PartnershipState.ENDED:
        wrong["state"] = gettext("Say that it has ended with “This is not our partnership”.")
    if account.remark.strip() and not account.language:
        wrong["language"] = gettext("Say in which language you write.")
    if wrong:
        raise ValidationError(wrong)
    return account


def _impossible_dates(side: Side, account: SideAccount) -> dict[str, str]:
    """{the kind: why it cannot be}. What the keeper wrote is the keeper's to answer for."""
    if not set(account.dates) <= set(answers.STATED):
        raise ValidationError(gettext("A side cannot date this by its own word: it needs a decision."))
    stated = {kind: _dated(side, kind, when) for kind, when in account.dates.items()}
    wrong = {}
    for kind in _own(side, account.dates):
        others = [each for other, each in stated.items() if other != kind]
        state, today = side.partnership.state, _today(side)
        if words := chronology.objection(stated[kind], others, state=state, today=today):
            wrong[kind.value] = words
    return wrong


def _own(side: Side, dates: Mapping[MilestoneKind, PartialDate]) -> dict[MilestoneKind, PartialDate]:
    """Those of `dates` that differ from all that the keeper wrote."""
    kept = {(each.kind, each.when.iso) for each in answers.keepers_dates(side)}
    return {kind: when for kind, when in dates.items() if (kind, when.iso) not in kept}


def _dated(side: Side, kind: MilestoneKind, when: PartialDate) -> Milestone:
    return Milestone(
        partnership=side.partnership, side=side, kind=kind, date=when.first, precision=when.precision
    )


def state_dates(side: Side, dates: Mapping[MilestoneKind, PartialDate]) -> bool:
    """Each date that differs from all of the keeper's becomes the side's own; whether anything changed."""
    wanted = _own(side, dates)
    standing = {MilestoneKind(each.kind): each for each in answers.statements(side)}
    gone = [each.pk for kind, each in standing.items() if wanted.get(kind) != each.when]
    new = [kind for kind, when in wanted.items() if kind not in standing or standing[kind].when != when]
    Milestone.objects.filter(pk__in=gone).delete()
    for kind in new:
        made = _dated(side, kind, wanted[kind])
        made.source = _statement(side)
        made.save()
    return bool(gone or new)


def state_view(side: Side, account: SideAccount) -> bool:
    """The state as the side sees it, where it is another, and its remark; whether anything changed."""
    remark = account.remark.strip()
    said = {
        "state_said": "" if account.state == side.partnership.state else account.state,
        "remark": _with_body(side, remark, account),
        "remark_language": "",
    }
    if said["remark"]:
        said["remark_language"] = account.language or _language(side)
    changed = any(getattr(side, name) != value for name, value in said.items())
    for name, value in said.items():
        setattr(side, name, value)
    return changed


def state_body(side: Side, acting: Acting, account: SideAccount) -> bool:
    """Who acts for the side, where the keeper named nobody; whether that changed."""
    name = account.body.strip()
    if not name or side.organisation is not None:
        return False
    hub = side.partnership.hub
    known = Organisation.objects.filter(hub=hub, folded=fold(name), place=side.place).first()
    # one that is known already stays as the keeper described it
    side.organisation = known or record_organisation(
        by=acting.by, hub=hub, kind=account.body_kind, name=name, place=side.place
    )
    return True


def _with_body(side: Side, remark: str, account: SideAccount) -> str:
    """The remark, and in it another name for who acts for the side than the keeper's."""
    name = account.body.strip()
    if not name or side.organisation is None or fold(name) == fold(side.organisation.name):
        return remark
    with translation.override(letters.interface_language(account.language or _language(side))):
        line = gettext("Acts for us: %(name)s") % {"name": name}
    return remark if line in remark else f"{remark}\n{line}".strip()


def _statement(side: Side) -> Source:
    """“Statement of Bradford of 22 November 2026”, in the language of the keeper's hub."""
    today = _today(side)
    with translation.override(letters.interface_language(_language(side))):
        words = {"place": side.place.name, "day": str(PartialDate(today, Precision.DAY))}
        title = gettext("Statement of %(place)s of %(day)s") % words
        url = settings.BASE_URL + side.place.get_absolute_url()
    made, _created = Source.objects.get_or_create(
        title=title,
        url=url,
        seen_on=today,
        defaults={"publisher": side.place.name, "stated_by": side.place},
    )
    return made


def _language(side: Side) -> str:
    hub = side.partnership.hub
    return hub.language if hub else settings.LANGUAGE_CODE


def _today(side: Side) -> dt.date:
    hub = side.partnership.hub
    return today_in(hub) if hub else timezone.now().astimezone(ZoneInfo("UTC")).date()
