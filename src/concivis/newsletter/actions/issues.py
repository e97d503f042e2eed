"""Making a newsletter: composed from what happened, edited by the office, sent once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone, translation
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.mailings import actions as mailings
from concivis.mailings.actions import Recipient
from concivis.mailings.models import Mailing
from concivis.newsletter import happenings, queries
from concivis.newsletter.enums import IssueState, Section
from concivis.newsletter.happenings import Happening
from concivis.newsletter.models import Issue, IssueText, Item, ItemText
from concivis.shell.ids import new_public_id

KIND = "newsletter"  # of mailings
LONGEST = 60  # items a new draft begins with; more can only be wearisome


class IssueChanged(ValidationError):
    """Somebody saved since the page was opened; nothing of theirs was overwritten."""


@dataclass(frozen=True)
class Words:
    """What stands around the items, in one language."""

    subject: str
    greeting: str
    closing: str


@transaction.atomic
def compose(*, by: User, hub: Hub, since: datetime, until: datetime) -> Issue:
    """A draft with what happened in the hub from `since` to `until`, newest and most telling first.

    Raises ValidationError if there is a draft already, or the period is turned round or lies in the future.
    """
    if hub.issues.filter(state=IssueState.DRAFT).exists():
        raise ValidationError(gettext("There is a draft already. Send it or delete it first."))
    if since >= until or since > timezone.now():
        raise ValidationError(gettext("The period must begin before it ends, and not in the future."))
    latest = hub.issues.aggregate(latest=Max("number"))["latest"] or 0
    issue = Issue.objects.create(
        public_id=new_public_id(), hub=hub, number=latest + 1, since=since, until=until, made_by=by
    )
    for language in queries.languages_of(hub):
        with translation.override(language):
            subject = gettext("News from %(office)s") % {"office": hub.name}
        IssueText.objects.create(issue=issue, language=language, subject=subject)
    for position, happening in enumerate(happenings.between(hub, since, until)[:LONGEST]):
        _add_happening(issue, position, happening)
    _note(issue, "newsletter.composed", by)
    return issue


@transaction.atomic
def edit_words(*, by: User, issue: Issue, revision: int, language: str, words: Words) -> Issue:
    issue = _draft(issue, revision)
    IssueText.objects.update_or_create(
        issue=issue,
        language=language,
        defaults={"subject": words.subject, "greeting": words.greeting, "closing": words.closing},
    )
    return _changed(issue, by)


@transaction.atomic
def arrange(*, by: User, issue: Issue, revision: int, order: Sequence[int], included: Sequence[int]) -> Issue:
    """`order`: the items' ids in the order of the letter; `included`: those that are told. Others are left out."""
    issue = _draft(issue, revision)
    items = {item.pk: item for item in issue.items.all()}
    if set(order) != set(items):
        raise IssueChanged(gettext("The list of items has changed meanwhile. Look at it again."))
    for position, pk in enumerate(order):
        items[pk].position, items[pk].is_included = position, pk in included
    Item.objects.bulk_update(items.values(), ["position", "is_included"])
    return _changed(issue, by)


@transaction.atomic
def add_item(*, by: User, issue: Issue, language: str, heading: str, text: str) -> Item:
    """The office's own words, at the top."""
    issue = _draft(issue)
    issue.items.update(position=F("position") + 1)
    item = Item.objects.create(issue=issue, section=Section.OWN, position=0)
    _write_item(item, language, heading, text)
    _changed(issue, by)
    return item


@transaction.atomic
def edit_item(*, by: User, item: Item, language: str, heading: str, text: str) -> Item:
    """What the item says in one language; an empty heading takes this language back, if another is left."""
    issue = _draft(item.issue)
    if heading.strip():
        _write_item(item, language, heading, text)
    elif item.texts.exclude(language=language).exists():
        item.texts.filter(language=language).delete()
    else:
        raise ValidationError({"heading": gettext("It needs a heading in one language at least.")})
    _changed(issue, by)
    return item


@transaction.atomic
def remove_item(*, by: User, item: Item) -> None:
    issue = _draft(item.issue)
    item.delete()
    _changed(issue, by)


@transaction.atomic
def delete(*, by: User, issue: Issue) -> None:
    issue = _draft(issue)
    _note(issue, "newsletter.deleted", by)
    issue.delete()


@transaction.atomic
def send(*, by: User, issue: Issue, revision: int) -> Mailing:
    """Freezes the newsletter and hands it to the mailings, one letter for each address.

    Raises ValidationError where nothing is in it, a subject is missing, or nobody has subscribed.
    """
    issue = _draft(issue, revision)
    for problem in queries.obstacles(issue):
        raise ValidationError(problem)
    issue.state, issue.sent_at = IssueState.SENT, timezone.now()
    issue.save(update_fields=["state", "sent_at"])
    readers = queries.readers(issue.hub).values_list("email", "language", "public_id")
    mailing = mailings.open_mailing(
        by=by,
        hub=issue.hub,
        kind=KIND,
        object_id=issue.public_id,
        recipients=(Recipient(*row) for row in readers.iterator(2000)),
    )
    _note(issue, "newsletter.sent", by, number=issue.number)
    return mailing


def _draft(issue: Issue, revision: int | None = None) -> Issue:
    """The issue, locked. Raises ValidationError if it was sent, IssueChanged if somebody saved since `revision`."""
    issue = Issue.objects.select_for_update().select_related("hub").get(pk=issue.pk)
    if issue.state != IssueState.DRAFT:
        raise ValidationError(gettext("This newsletter was sent; it cannot be changed any more."))
    if revision is not None and revision != issue.revision:
        raise IssueChanged(gettext("Somebody has changed this newsletter meanwhile. Look at it again."))
    return issue


def _changed(issue: Issue, by: User) -> Issue:
    issue.revision += 1
    issue.save(update_fields=["revision"])
    _note(issue, "newsletter.changed", by)
    return issue


def _add_happening(issue: Issue, position: int, happening: Happening) -> None:
    item = Item.objects.create(
        issue=issue,
        section=happening.section,
        position=position,
        card_kind=happening.kind,
        card_id=happening.public_id,
        path=happening.path,
        facets=happening.facets,
    )
    ItemText.objects.bulk_create(
        ItemText(item=item, language=language, heading=heading, text=text)
        for language, (heading, text) in happening.texts.items()
    )


def _write_item(item: Item, language: str, heading: str, text: str) -> None:
    if not heading.strip():
        raise ValidationError({"heading": gettext("Write a heading.")})
    ItemText.objects.update_or_create(
        item=item, language=language, defaults={"heading": heading.strip(), "text": text.strip()}
    )


def _note(issue: Issue, action: str, by: User, **details: int) -> None:
    shown: Mapping[str, int] = {"number": issue.number, **details}
    record.write(
        hub=issue.hub, by=by, action=action, kind="newsletter", object_id=issue.public_id, details=shown
    )
