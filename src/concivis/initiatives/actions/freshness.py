"""Never stale: still valid, asked once a year, reminded once, archived, restored."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub, today_in
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.actions.owners import mail_owner
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative, RegisterRules


@transaction.atomic
def confirm(*, by: User | None, initiative: Initiative, as_owner: bool = False) -> Initiative:
    """What is public is still valid today. Raises ValidationError for what is not public."""
    valid = locked(initiative)
    if valid.state != ReviewState.PUBLISHED:
        raise ValidationError(gettext("Only what is public can be confirmed."))
    today = today_in(valid.hub)
    if valid.last_confirmed == today and valid.asked_at is None:
        return valid
    valid.last_confirmed, valid.asked_at, valid.reminded_at = today, None, None
    valid.save()
    action = "initiative.confirmed_by_owner" if as_owner else "initiative.confirmed"
    noted(valid, by, action, event="initiative.confirmed")
    return valid


@transaction.atomic
def archive(
    *, by: User | None, initiative: Initiative, as_owner: bool = False, unanswered: bool = False
) -> Initiative:
    """Takes it out of sight without deleting anything; `restore` brings it back. `unanswered`: nobody has said for the
    hub's months that it is still valid."""
    kept = locked(initiative)
    if kept.state == ReviewState.ARCHIVED:
        return kept
    if kept.state == ReviewState.DRAFT:
        raise ValidationError(gettext("A form whose mail address was not confirmed cannot be archived."))
    kept.state, kept.archived_at = ReviewState.ARCHIVED, timezone.now()
    kept.changed_unseen, kept.asked_at, kept.reminded_at = False, None, None
    kept.save()
    action = "initiative.archived_by_owner" if as_owner else "initiative.archived"
    noted(kept, by, action, {"unanswered": unanswered}, event="initiative.archived")
    return kept


@transaction.atomic
def restore(*, by: User | None, initiative: Initiative, as_owner: bool = False) -> Initiative:
    """Public again if it was before, and confirmed today; else it waits for the office again."""
    back = locked(initiative)
    if back.state != ReviewState.ARCHIVED:
        raise ValidationError(gettext("This entry is not in the archive."))
    back.archived_at = None
    back.state = ReviewState.PUBLISHED if back.published_at else ReviewState.SUBMITTED
    if back.published_at:
        back.last_confirmed = today_in(back.hub)
    back.changed_unseen = as_owner and bool(back.published_at)
    back.save()
    action = "initiative.restored_by_owner" if as_owner else "initiative.restored"
    noted(back, by, action, event="initiative.restored")
    return back


@transaction.atomic
def ask_owner(*, initiative: Initiative) -> bool:
    """Mails the question whether it is still valid; whether that was due. Never twice: it is noted as asked in the
    transaction that hands the letter over."""
    asked = locked(initiative)
    if asked.state != ReviewState.PUBLISHED or asked.asked_at or not asked.owner_email:
        return False
    asked.asked_at = timezone.now()
    asked.save(update_fields=["asked_at"])
    return mail_owner(asked, "initiatives/letters/still_valid.txt", called="Yearly question of initiative")


@transaction.atomic
def remind_owner(*, initiative: Initiative) -> bool:
    """As `ask_owner`, once more."""
    asked = locked(initiative)
    if (
        asked.state != ReviewState.PUBLISHED
        or not asked.asked_at
        or asked.reminded_at
        or not asked.owner_email
    ):
        return False
    asked.reminded_at = timezone.now()
    asked.save(update_fields=["reminded_at"])
    return mail_owner(asked, "initiatives/letters/reminder.txt", called="Reminder of initiative")


@transaction.atomic
def set_rules(*, by: User, hub: Hub, ask_after_months: int, archive_after_months: int) -> RegisterRules:
    """After how many months owners are asked, and unanswered entries archived. Raises ValidationError by field."""
    if not 1 <= ask_after_months < archive_after_months <= 120:
        raise ValidationError(
            {
                "archive_after_months": gettext(
                    "An entry is archived later than its owner is asked, within ten years."
                )
            }
        )
    months = {"ask_after_months": ask_after_months, "archive_after_months": archive_after_months}
    rules, created = RegisterRules.objects.get_or_create(hub=hub, defaults=months)
    if created or any(getattr(rules, name) != value for name, value in months.items()):
        for name, value in months.items():
            setattr(rules, name, value)
        rules.save()
        record.write(
            hub=hub, by=by, action="register.rules", kind="hub", object_id=hub.public_id, details=months
        )
    return rules


def rules_of(hub: Hub) -> RegisterRules:
    """One query."""
    return RegisterRules.objects.filter(hub=hub).first() or RegisterRules(hub=hub)
