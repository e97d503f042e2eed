"""The draft of an agreement, for an office's programs: begun, written article by article, discarded.

Its addresses stand on the router of `agreements`: both have methods at the same ones.
"""

from typing import Annotated, Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from ninja import Field, Schema, Status

from concivis.hubs.api_fields import Language, Seen
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.twinning.access import Tie
from concivis.twinning.actions import agreements as actions
from concivis.twinning.api import door
from concivis.twinning.api.agreements import (
    ALL,
    ONE,
    WRITE,
    VersionDetail,
    article_seen,
    detail,
    find,
    router,
    title_seen,
)
from concivis.twinning.models import Article, Partnership

ARTICLE = ONE + "/articles/{article}"
Heading = Annotated[str, Field(max_length=actions.LONGEST_HEADING)]
Body = Annotated[str, Field(max_length=actions.LONGEST_BODY)]
MOST = actions.MOST_LANGUAGES


class DraftIn(Schema):
    languages: list[Language] | None = Field(
        None, max_length=MOST, description="absent: those of the latest version, else of the sides' countries"
    )


class TitleIn(Schema):
    title: dict[str, Heading] = Field(max_length=MOST, description="by language")
    seen: Seen


class ArticleIn(Schema):
    heading: dict[str, Heading] = Field(max_length=MOST, description="by language")
    body: dict[str, Body] = Field(max_length=MOST, description="by language")


class ArticleChange(ArticleIn):
    seen: Seen


class Move(Schema):
    earlier: bool = Field(description="one place up; else one place down")


@router.post(ALL, response={201: VersionDetail, **REFUSALS}, operation_id="draft_agreement", auth=WRITE)
@writing
def begin(request: Any, public_id: str, given: DraftIn) -> Status:
    """A new version with the articles of the latest one, else with the model's. 422 where there is a draft."""
    tie = door.kept(request, public_id)
    latest = tie.partnership.agreements.first()
    spoken = given.languages if given.languages is not None or latest is None else latest.languages
    made = actions.draft_agreement(by=actor(request), partnership=tie.partnership, languages=spoken)
    return Status(201, detail(find(tie, made.version)))


@router.put(
    ONE + "/title",
    response={200: VersionDetail, **CONFLICTS, **REFUSALS},
    operation_id="change_agreement_title",
    auth=WRITE,
)
@writing
@transaction.atomic
def change_title(request: Any, public_id: str, version: int, given: TitleIn) -> dict[str, Any]:
    """In each language of the draft. `seen` is the version's `title_seen`; 409 if somebody changed it since."""
    tie = _locked(request, public_id)
    draft = find(tie, version)
    door.require_seen(given.seen, title_seen(draft))
    actions.change_title(by=actor(request), agreement=draft, title=given.title)
    return detail(find(tie, version))


@router.post(
    ONE + "/articles",
    response={201: VersionDetail, **REFUSALS},
    operation_id="add_article",
    auth=WRITE,
)
@writing
def add_article(request: Any, public_id: str, version: int, given: ArticleIn) -> Status:
    """Stands before the signatures, else at the end."""
    tie = door.kept(request, public_id)
    draft = find(tie, version)
    actions.add_article(by=actor(request), agreement=draft, heading=given.heading, body=given.body)
    return Status(201, detail(find(tie, version)))


@router.put(
    ARTICLE,
    response={200: VersionDetail, **CONFLICTS, **REFUSALS},
    operation_id="change_article",
    auth=WRITE,
)
@writing
@transaction.atomic
def change_article(
    request: Any, public_id: str, version: int, article: int, given: ArticleChange
) -> dict[str, Any]:
    """Heading and text in each language of the draft. 409 if somebody changed it since `seen`."""
    tie = _locked(request, public_id)
    changed = _article(tie, version, article)
    door.require_seen(given.seen, article_seen(changed))
    actions.change_article(by=actor(request), article=changed, heading=given.heading, body=given.body)
    return detail(find(tie, version))


@router.post(
    ARTICLE + "/move",
    response={200: VersionDetail, **REFUSALS},
    operation_id="move_article",
    auth=WRITE,
)
@writing
def move_article(request: Any, public_id: str, version: int, article: int, given: Move) -> dict[str, Any]:
    """The first and the last stay where they are."""
    tie = door.kept(request, public_id)
    moved = _article(tie, version, article)
    actions.move_article(by=actor(request), article=moved, earlier=given.earlier)
    return detail(find(tie, version))


@router.delete(ARTICLE, response={204: None, **REFUSALS}, operation_id="remove_article", auth=WRITE)
@writing
def remove_article(request: Any, public_id: str, version: int, article: int) -> Status:
    """Its text in all languages is lost."""
    tie = door.kept(request, public_id)
    actions.remove_article(by=actor(request), article=_article(tie, version, article))
    return Status(204, None)


@router.delete(ONE, response={204: None, **REFUSALS}, operation_id="discard_agreement", auth=WRITE)
@writing
def discard(request: Any, public_id: str, version: int) -> Status:
    """Only a draft: a version that was proposed is kept for ever."""
    tie = door.kept(request, public_id)
    actions.discard_draft(by=actor(request), agreement=find(tie, version))
    return Status(204, None)


def _locked(request: Any, public_id: str) -> Tie:
    """As `door.kept`; until the transaction ends nobody else changes its agreements."""
    tie = door.kept(request, public_id)
    Partnership.objects.select_for_update().get(pk=tie.partnership.pk)
    return tie


def _article(tie: Tie, version: int, pk: int) -> Article:
    found: Article = get_object_or_404(find(tie, version).articles, pk=pk)
    return found
