"""What waits for a side's agreement: common objectives, yearly reviews, versions of the agreement."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext

from concivis.twinning import agreements
from concivis.twinning.actions import agreements as agreement_actions
from concivis.twinning.actions import answering, objectives, plan
from concivis.twinning.enums import AgreementState, ObjectiveState
from concivis.twinning.models import Agreement, Approval, Objective, Review, Side
from concivis.twinning.policies import Acting

OPEN_OBJECTIVES = (ObjectiveState.PROPOSED, ObjectiveState.AGREED)
OPEN_AGREEMENTS = (AgreementState.PROPOSED, AgreementState.AGREED)


@dataclass(frozen=True)
class Said:
    language: str  # BCP 47
    text: str


@dataclass(frozen=True)
class Matter:
    """`texts`: all that is agreed to, in each of its languages. `agreed`: by this side."""

    kind: str  # one of KINDS
    id: str
    title: str
    texts: Sequence[Said]
    agreed: bool

    @property
    def brief(self) -> Sequence[Said]:
        """What a list shows of it: an objective is short, the others are read on their own page."""
        return self.texts if self.kind == "objective" else ()

    @property
    def digest(self) -> str:
        """Of what stands there: nobody agrees to words that were changed while they read."""
        return sha256("\0".join(said.text for said in self.texts).encode()).hexdigest()[:32]


def of(side: Side) -> list[Matter]:
    """All open matters of the partnership, as this side sees them. Two queries for each kind, one more for articles."""
    return [matter for matters in KINDS.values() for matter in matters(side)]


def find(side: Side, kind: str, id: str) -> Matter:
    """Raises `Http404` for what is not an open matter of this very partnership."""
    matters = KINDS[kind](side) if kind in KINDS else iter(())
    found = next((each for each in matters if each.id == id), None)
    if found is None:
        raise Http404
    return found


@transaction.atomic
def agree(acting: Acting, matter: Matter, read: str) -> None:
    """`read`: the digest of what the side has read. The keeper is told.

    Raises ValidationError with a sentence where it was changed since or is no longer open.
    """
    side = answering.begin(acting)
    if find(side, matter.kind, matter.id).digest != read:
        raise ValidationError(gettext("The text was changed while you read it. Read it again, then agree."))
    if matter.agreed:
        return
    partnership = side.partnership
    if matter.kind == "objective":
        objectives.approve(acting=acting, objective=partnership.objectives.get(public_id=matter.id))
    elif matter.kind == "review":
        plan.approve_review(acting=acting, review=partnership.reviews.get(pk=matter.id))
    else:
        agreement = partnership.agreements.get(pk=matter.id)
        agreement_actions.approve_agreement(acting=acting, agreement=agreement)
    answering.served(acting)
    answering.tell_keepers(side, "twinning/letters/side_agreed.txt", acting.by)


def _objectives(side: Side) -> Iterator[Matter]:
    agreed = _agreed(side, "objective")
    for each in Objective.objects.filter(partnership=side.partnership_id, state__in=OPEN_OBJECTIVES):
        due = gettext("To be reached by %(day)s") % {"day": date_format(each.due_on, "DATE_FORMAT")}
        said = Said(each.language, f"{each.text}\n{each.measure}")
        yield Matter("objective", each.public_id, due, [said], each.pk in agreed)


def _reviews(side: Side) -> Iterator[Matter]:
    agreed = _agreed(side, "review")
    for each in Review.objects.filter(partnership=side.partnership_id):
        title = gettext("Review of %(year)s") % {"year": each.year}
        yield Matter("review", str(each.pk), title, [Said(each.language, each.summary)], each.pk in agreed)


def _agreements(side: Side) -> Iterator[Matter]:
    agreed = _agreed(side, "agreement")
    versions = Agreement.objects.filter(partnership=side.partnership_id, state__in=OPEN_AGREEMENTS)
    for each in versions.prefetch_related("articles"):
        title = gettext("Agreement, version %(version)s") % {"version": each.version}
        said = [Said(language, _written(each, language)) for language in each.languages]
        yield Matter("agreement", str(each.pk), title, said, each.pk in agreed)


def _written(agreement: Agreement, language: str) -> str:
    """The whole version in one language, with its common objectives."""
    listed = [f"– {each.text} ({each.details})" for each in agreements.objectives_of(agreement)]
    parts = [agreement.title.get(language, "")]
    for number, article in agreements.numbered(list(agreement.articles.all())):
        heading = f"{number} {article.heading.get(language, '')}".strip()
        body = article.body.get(language, "").replace(agreements.OBJECTIVES, "\n".join(listed))
        parts.append(f"{heading}\n{body}")
    return "\n\n".join(parts)


KINDS: dict[str, Callable[[Side], Iterator[Matter]]] = {
    "objective": _objectives,
    "review": _reviews,
    "agreement": _agreements,
}


def _agreed(side: Side, kind: str) -> set[Any]:
    given = Approval.objects.filter(side=side, **{f"{kind}__isnull": False})
    return set(given.values_list(kind, flat=True))
