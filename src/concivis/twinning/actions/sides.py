"""What the other side of a partnership says: asked by the keeper, answered by account or with a mailed key.

A side's word stands beside what the keeper wrote, never over it. Whoever holds a key acts for that one side only.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import letters
from concivis.hubs import policies as hubs
from concivis.hubs.models import Hub, Membership, RecordLine
from concivis.hubs.permissions import Permission
from concivis.hubs.roles import PARTNER_CITY
from concivis.shell import keys
from concivis.twinning import answers, policies
from concivis.twinning.actions import answering, dates
from concivis.twinning.drafts import MilestoneDraft
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone, Partnership, Side, SideKey, Source
from concivis.twinning.policies import Acting
from concivis.twinning.telling import HAPPENS_ONCE

KEY_DAYS = 60
DAYS_TO_ASK_AGAIN = 30  # after a link has expired, its holder can still ask for a new one
LETTERS_A_DAY_TO_A_SIDE = 5
LETTERS_A_DAY_OF_A_PERSON = 50  # an office must not become a way to write to strangers


# --- the keeper asks ---------------------------------------------------------------------------------------


@transaction.atomic
def ask_side(*, by: User, side: Side, email: str, language: str) -> SideKey:
    """Mails a link with which the side confirms or corrects, good for KEY_DAYS; an earlier one loses its force.

    `language`: of the letter, one of the interface's. Raises ValidationError by field, or with a sentence.
    """
    side = answering.locked(side)
    email = email.strip().lower()
    _check_asking(by, side, email, language)
    _withdraw_keys(side)
    key, now = keys.new(), timezone.now()
    asked = SideKey.objects.create(
        side=side,
        email=email,
        language=language,
        key_hash=keys.hashed(key),
        asked_by=by,
        expires_at=now + timedelta(days=KEY_DAYS),
    )
    side.asked_at = now
    side.save(update_fields=["asked_at"])
    answering.note(side, "partnership.side_asked", by=by)
    _mail_key(asked, key)
    return asked


@transaction.atomic
def withdraw_key(*, by: User, key: SideKey) -> SideKey:
    """The mailed link opens nothing any more. A side that has not answered yet is as if it had never been asked,
    unless an office answers for it."""
    side = answering.locked(key.side)
    if not _withdraw_keys(side):
        raise ValidationError(gettext("This link was withdrawn already."))
    if side.office is None and not answers.has_answered(side):
        side.asked_at = None
        side.save(update_fields=["asked_at"])
    answering.note(side, "partnership.side_key_withdrawn", by=by)
    key.refresh_from_db()
    return key


def forget_expired_keys() -> int:
    """Takes back links that expired DAYS_TO_ASK_AGAIN days ago, and forgets to whom they went. How many."""
    long_ago = timezone.now() - timedelta(days=DAYS_TO_ASK_AGAIN)
    expired = SideKey.objects.filter(withdrawn_at=None, expires_at__lt=long_ago)
    return expired.update(withdrawn_at=timezone.now(), email="")


@transaction.atomic
def want_new_key(*, key: SideKey) -> bool:
    """Who holds an expired link asks the office for another. Tells the office, once a day; whether it was told now."""
    side = answering.locked(key.side)
    if key.withdrawn_at or key.is_open:
        raise ValidationError(gettext("Only a link that has expired can be asked for anew."))
    told = RecordLine.objects.filter(
        kind="partnership",
        object_id=side.partnership.public_id,
        action="partnership.side_key_wanted",
        details__side=side.place.name,
        at__gt=timezone.now() - timedelta(days=1),
    )
    if told.exists():
        return False
    answering.note(side, "partnership.side_key_wanted", by=None, how=answering.BY_LINK)
    answering.tell_keepers(side, "twinning/letters/side_key_wanted.txt", None)
    return True


@transaction.atomic
def name_actors(*, by: User, side: Side, people: Iterable[User]) -> None:
    """Who acts for the side with an account of the keeper's hub: members who may edit their own side there."""
    side = answering.locked(side)
    hub = _keeper(side.partnership)
    chosen = {person.pk for person in people}
    possible = set(possible_actors(hub).values_list("user", flat=True))
    if chosen - possible:
        raise ValidationError(
            gettext("Only members with the role “Partner city” can act for the other side.")
        )
    before = set(side.actors.values_list("pk", flat=True))
    if before != chosen:
        side.actors.set(chosen)
        answering.note(side, "partnership.side_actors", by=by, count=len(chosen))


@transaction.atomic
def trust_office(*, by: User, side: Side, office: Hub) -> Side:
    """The keeper lets the office of the side's city answer for it: it then sees and agrees what the sides share.

    Takes the place of an office trusted before; the same again changes nothing. Mails the office's coordinators.
    Raises PermissionDenied for who does not keep the partnership, ValidationError for an office of another city.
    """
    side = answering.locked(side)
    if not policies.may_keep(by, side.partnership):
        raise PermissionDenied(f"trusting an office for side {side.pk}")
    if _let_in(side, office):
        answering.note(side, "partnership.office_trusted", by=by, office=office.name)
        _tell_trusted(side, office, by)
    return side


@transaction.atomic
def answer_as_office(*, by: User, key: SideKey, office: Hub) -> Side:
    """As `trust_office`, by an editor of that office who holds the mailed key: the keeper's letter reached the city.

    Mails the keeper. Raises ValidationError for a key that has lost its force.
    """
    side = answering.locked(key.side)
    if not hubs.may(by, policies.KEEP, office):
        raise PermissionDenied(f"answering as the office {office.pk}")
    answering.require_key(Acting(side, by, office.name, key), key)
    if _let_in(side, office):
        answering.served(Acting(side, by, office.name, key))
        answering.note(side, "partnership.office_by_link", by=by, office=office.name)
        answering.tell_keepers(side, "twinning/letters/side_office.txt", by)
    return side


@transaction.atomic
def withdraw_trust(*, by: User, side: Side) -> Side:
    """No office answers for the side any more. What was answered stays. Raises PermissionDenied as `trust_office`."""
    side = answering.locked(side)
    if not policies.may_keep(by, side.partnership):
        raise PermissionDenied(f"trusting no office for side {side.pk}")
    if side.office is None:
        return side
    answering.note(side, "partnership.office_not_trusted", by=by, office=side.office.name)
    side.office = None
    if not answers.has_answered(side) and not side.keys.filter(withdrawn_at=None).exists():
        side.asked_at = None
    side.save(update_fields=["office", "asked_at"])
    return side


def offices_of(sides: Collection[Side]) -> QuerySet[Hub]:
    """The public offices of the cities of these sides, and those that are trusted, the oldest first.

    Each with `people`, how many members it has. No query yet.
    """
    seen = Q(is_published=True) | Q(pk__in=[side.office_id for side in sides if side.office_id])
    found = Hub.objects.filter(seen, place__in=[side.place_id for side in sides])
    return found.annotate(people=Count("memberships")).order_by("created_at", "pk")


def possible_actors(hub: Hub) -> QuerySet[Membership]:
    """The members of `hub` who work for a partner city, by name."""
    found = Membership.objects.filter(hub=hub, role=PARTNER_CITY.code, user__is_active=True)
    return found.select_related("user").order_by("user__name", "user__email")


@transaction.atomic
def take_over(*, by: User | None, statement: Milestone) -> Milestone:
    """The keeper adopts a date that the side stated: it becomes the keeper's, with the statement as its source.

    What the keeper had written of that side for an event that happens once is replaced; dates of all sides stay.
    Raises ValidationError unless it is still a statement, and where the other dates speak against it.
    """
    side = answering.locked(statement.side) if statement.side else None
    stated = (
        Milestone.objects.select_related("source")
        .filter(pk=statement.pk, source__stated_by__isnull=False)
        .first()
    )
    if side is None or stated is None:
        raise ValidationError(gettext("This date is no longer as you saw it. Look at the page again."))
    replaced_by(stated).delete()
    stated.delete()
    draft = MilestoneDraft(
        kind=MilestoneKind(stated.kind),
        when=stated.when,
        source=_adopted(stated.source),
        place=side.place_id,
    )
    return dates.add_milestone(by=by, partnership=side.partnership, milestone=draft)


def replaced_by(statement: Milestone) -> QuerySet[Milestone]:
    """The keeper's own dates that `take_over` would replace. No query yet."""
    same = Milestone.objects.filter(
        partnership=statement.partnership_id, side=statement.side_id, kind=statement.kind
    )
    if statement.kind not in HAPPENS_ONCE:
        return same.none()
    return same.filter(source__stated_by__isnull=True).select_related("source")


def _adopted(statement: Source) -> Source:
    title = gettext("%(statement)s, taken over") % {"statement": statement.title}
    made, _created = Source.objects.get_or_create(
        title=title[:300],
        url=statement.url,
        seen_on=statement.seen_on,
        defaults={"publisher": statement.publisher},
    )
    return made


def _check_asking(by: User, side: Side, email: str, language: str) -> None:
    hub = _keeper(side.partnership)
    if side.place_id == hub.place_id:
        raise ValidationError(gettext("This is your own side: what you wrote counts as its word."))
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": gettext("Choose one of the languages.")})
    try:
        validate_email(email)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    since = timezone.now() - timedelta(days=1)
    if SideKey.objects.filter(side=side, asked_at__gt=since).count() >= LETTERS_A_DAY_TO_A_SIDE:
        text = gettext("You have written to this side %(count)s times within a day. Write again tomorrow.")
        raise ValidationError(text % {"count": LETTERS_A_DAY_TO_A_SIDE})
    if SideKey.objects.filter(asked_by=by, asked_at__gt=since).count() >= LETTERS_A_DAY_OF_A_PERSON:
        text = gettext("You have sent %(count)s such letters within a day. Send the next ones tomorrow.")
        raise ValidationError(text % {"count": LETTERS_A_DAY_OF_A_PERSON})


def _keeper(partnership: Partnership) -> Hub:
    if partnership.hub is None:
        raise ValidationError(gettext("No office keeps this partnership, so none can ask its sides."))
    return partnership.hub


def _let_in(side: Side, office: Hub) -> bool:
    """Whether that changed anything. Raises ValidationError for an office that cannot stand for this side."""
    keeper = _keeper(side.partnership)
    if side.place_id == keeper.place_id:
        raise ValidationError(gettext("This is your own side: your office answers for it."))
    if office.place_id != side.place_id:
        words = {"office": office.name, "place": side.place.name}
        raise ValidationError(gettext("%(office)s is not an office of %(place)s.") % words)
    if side.office_id == office.pk:
        return False
    side.office = office
    side.asked_at = side.asked_at or timezone.now()
    side.save(update_fields=["office", "asked_at"])
    return True


def _tell_trusted(side: Side, office: Hub, by: User) -> None:
    address = [office.slug, side.partnership.public_id]
    letters.send_to_office(
        hub=office,
        permission=Permission.MANAGE_MEMBERS,
        template="twinning/letters/office_trusted.txt",
        context={
            "hub": _keeper(side.partnership),
            "side": side,
            "office": office,
            "title": side.partnership.title,
            "link": lambda: settings.BASE_URL + reverse("twinning:office_partner", args=address),
        },
        called=f"Letter to the office that answers for side {side.pk}",
        but=by,
    )


def _withdraw_keys(side: Side) -> int:
    """With the mail addresses, which have done their work. How many were open."""
    given = SideKey.objects.filter(side=side, withdrawn_at=None)
    return given.update(withdrawn_at=timezone.now(), email="")


def _mail_key(asked: SideKey, key: str) -> None:
    side = asked.side
    hub = _keeper(side.partnership)
    letters.send(
        to=asked.email,
        language=asked.language,
        template="twinning/letters/side_asked.txt",
        context={
            "hub": hub,
            "side": side,
            "title": side.partnership.title,
            "until": asked.expires_at.astimezone(ZoneInfo(hub.timezone)).date(),
            "link": lambda: settings.BASE_URL + reverse("twinning:side", args=[key]),
        },
        called=f"Letter {asked.pk} to a side",
    )


# --- the side answers --------------------------------------------------------------------------------------


@transaction.atomic
def confirm_side(*, acting: Acting) -> Side:
    """“This is right.” A side that has confirmed stays as it is, with its first date. Takes an earlier “this is not
    ours” back. Raises ValidationError for a key that has lost its force."""
    side = answering.begin(acting)
    declined = answers.has_declined(side)
    if side.confirmed_at and not declined:
        return side
    if declined:
        side.state_said, side.remark, side.remark_language = "", "", ""
    answering.set_confirmed(side, acting)
    side.save()
    answering.finish(side, acting, answering.CONFIRMED)
    return side


@transaction.atomic
def correct_side(*, acting: Acting, account: answers.SideAccount, confirm: bool = False) -> Side:
    """The side's own account, beside the keeper's; the same again changes nothing. `confirm`: all the rest is right.

    `account` is the whole of what the side states: a date left out is no longer stated. Raises ValidationError by
    field for a date in the future, a signature before the vote, a remark without its language.
    """
    side = answering.begin(acting)
    account = answering.checked(side, account)
    changed = [
        answering.state_dates(side, account.dates),
        answering.state_body(side, acting, account),
        answering.state_view(side, account),
    ]
    confirmed = confirm and side.confirmed_at is None
    if confirmed:
        answering.set_confirmed(side, acting)
    if not (any(changed) or confirmed):
        return side
    side.save()
    answering.finish(side, acting, answering.CORRECTED if any(changed) else answering.CONFIRMED)
    if any(changed) and confirmed:
        answering.tell_programs(side, answering.CONFIRMED)
    return side


@transaction.atomic
def decline_side(*, acting: Acting, reason: str, language: str) -> Side:
    """“This is not (any more) a partnership of ours”: stands beside the keeper's word; a confirmation is taken back.

    `reason` in `language` (BCP 47). Raises ValidationError by field.
    """
    side = answering.begin(acting)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": gettext("Say in a sentence why, so that the office understands.")})
    if not language:
        raise ValidationError({"language": gettext("Say in which language you write.")})
    said = {"state_said": PartnershipState.ENDED, "remark": reason, "remark_language": language}
    if side.confirmed_at is None and all(getattr(side, name) == value for name, value in said.items()):
        return side
    for name, value in said.items():
        setattr(side, name, value)
    side.confirmed_at, side.confirmed_by, side.confirmed_as = None, None, ""
    side.save()
    answering.finish(side, acting, answering.DECLINED)
    return side
