"""What of the register needs the office: on its first page, and among the matters of the day."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.hubs import hooks, matters
from concivis.hubs.hooks import Figure, Step
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.initiatives import cards, queries
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative

KIND = "initiative"


def register() -> None:
    matters.register_kind(matters.Kind(KIND, gettext_lazy("Initiatives")))
    hooks.matters.append(found)


def figures(hub: Hub) -> list[Figure]:
    """Two queries."""
    url = reverse("initiatives:office", args=[hub.slug])
    waiting = queries.in_office(hub).filter(state=ReviewState.SUBMITTED).count()
    public = queries.in_office(hub).filter(state=ReviewState.PUBLISHED).count()
    return [
        Figure(public, _("public initiatives"), url),
        Figure(waiting, _("initiatives wait for review"), f"{url}?state=submitted"),
    ]


def steps(hub: Hub) -> list[Step]:
    """One query."""
    done = queries.in_office(hub).filter(state=ReviewState.PUBLISHED).exists()
    url = reverse("initiatives:office_new", args=[hub.slug])
    return [Step(_("Enter a first initiative"), done, url, Permission.EDIT_INITIATIVES)]


def found(hub: Hub) -> Iterator[Matter]:
    """Entries to review, and what owners changed. Two queries."""
    rows = queries.in_office(hub)
    for each in rows.filter(state=ReviewState.SUBMITTED).order_by("submitted_at", "pk"):
        when = each.submitted_at or each.created_at
        yield _matter(
            each,
            key=f"initiative {each.public_id} review {when:%Y%m%d%H%M}",
            why=_("Waits for your review: publish, ask back, or decline with a reason."),
            action=_("Review it"),
            urgency=Urgency.NOW,
            since=when,
        )
    for each in rows.filter(changed_unseen=True).order_by("changed_at", "pk"):
        yield _matter(
            each,
            key=f"initiative {each.public_id} changed {each.revision}",
            why=_("Its owner changed what is public. Nobody of the office has looked at it yet."),
            action=_("Look at it"),
            urgency=Urgency.SOON,
            since=each.changed_at,
        )


def _matter(initiative: Initiative, *, since: object, **said: object) -> Matter:
    return Matter(
        kind=KIND,
        title=initiative.title,
        url=reverse("initiatives:office_initiative", args=[initiative.hub.slug, initiative.public_id]),
        since=since.date(),  # type: ignore[attr-defined]
        object_kind=cards.KIND,
        object_id=initiative.public_id,
        permission=Permission.EDIT_INITIATIVES,
        seen_with=Permission.EDIT_INITIATIVES,
        **said,  # type: ignore[arg-type]
    )
