"""What waits for a side's agreement: common objectives, yearly reviews, versions of the agreement."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext

from concivis.twinning.actions import objectives, plan
from concivis.twinning.enums import ObjectiveState
from concivis.twinning.models import Approval, Objective, Review, Side
from concivis.twinning.policies import Acting


@dataclass(frozen=True)
class Matter:
    """`agreed`: by this side. `awaits`: that its agreement is wanted now."""

    kind: str  # one of KINDS
    id: str
    title: str
    text: str
    language: str  # BCP 47, of `text`
    agreed: bool

    @property
    def awaits(self) -> bool:
        return not self.agreed


def of(side: Side) -> list[Matter]:
    """All open matters of the partnership, as this side sees them. Two queries for each kind."""
    return [matter for kind in KINDS.values() for matter in kind(side)]


def find(side: Side, kind: str, id: str) -> Matter:
    """Raises `Http404` for what is not an open matter of this very partnership."""
    found = next((each for each in of(side) if (each.kind, each.id) == (kind, id)), None)
    if found is None:
        raise Http404
    return found


def agree(acting: Acting, matter: Matter) -> None:
    """Raises ValidationError with a sentence where it is no longer open."""
    partnership = acting.side.partnership
    if matter.kind == "objective":
        objectives.approve(acting=acting, objective=partnership.objectives.get(public_id=matter.id))
    else:
        plan.approve_review(acting=acting, review=partnership.reviews.get(pk=matter.id))


def _objectives(side: Side) -> Iterator[Matter]:
    agreed = _agreed(side, "objective")
    proposed = Objective.objects.filter(partnership=side.partnership_id, state=ObjectiveState.PROPOSED)
    for each in proposed:
        due = gettext("To be reached by %(day)s") % {"day": date_format(each.due_on, "DATE_FORMAT")}
        text = f"{each.text}\n{each.measure}"
        yield Matter("objective", each.public_id, due, text, each.language, each.pk in agreed)


def _reviews(side: Side) -> Iterator[Matter]:
    agreed = _agreed(side, "review")
    for each in Review.objects.filter(partnership=side.partnership_id):
        title = gettext("Review of %(year)s") % {"year": each.year}
        yield Matter("review", str(each.pk), title, each.summary, each.language, each.pk in agreed)


KINDS: dict[str, Callable[[Side], Iterator[Matter]]] = {"objective": _objectives, "review": _reviews}


def _agreed(side: Side, kind: str) -> set[Any]:
    given = Approval.objects.filter(side=side, **{f"{kind}__isnull": False})
    return set(given.values_list(kind, flat=True))
