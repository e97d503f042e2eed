"""The versions of the agreement, for an office's programs: read, compared, printed, proposed, approved, signed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.twinning import agreement_changes, agreement_pdf
from concivis.twinning import agreements as reads
from concivis.twinning.access import Tie
from concivis.twinning.actions import agreements as actions
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.models import Agreement, Article

router = Router(tags=["agreements"])
READ, WRITE = HubToken(Scope.AGREEMENTS_READ), HubToken(Scope.AGREEMENTS_WRITE)
ALL = PATH + "/{public_id}/agreements"
ONE = ALL + "/{version}"
A_PDF = {
    "responses": {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}
}
Texts = dict[str, str]


class ApprovalRow(Schema):
    place: str = Field(description="public id of the side")
    at: dt.datetime


class VersionRow(Schema):
    version: int
    state: str = Field(description="draft, proposed, agreed, signed or replaced")
    languages: list[str] = Field(description="BCP 47, the keeper's first")
    made_at: dt.datetime
    proposed_at: dt.datetime | None
    approvals: list[ApprovalRow]


class ArticleRow(Schema):
    id: int
    code: str = Field(description="the same in every version that has this article")
    number: str = Field(description="such as `3.`; empty for the preamble")
    heading: Texts = Field(description="by language")
    body: Texts = Field(
        description="by language; `{objectives}` stands where the common objectives are listed"
    )
    seen: str


class AgreedObjective(Schema):
    text: str
    language: str
    details: str


class VersionDetail(VersionRow):
    title: Texts = Field(description="by language")
    title_seen: str
    articles: list[ArticleRow]
    objectives: list[AgreedObjective] = Field(
        description="as they stood when it was proposed; of a draft, as they are agreed now"
    )
    missing: list[str] = Field(description="of a draft: what has to be written before it can be proposed")
    awaited: list[str] = Field(description="public ids of the sides whose approval is still to come")


class ChangesQuery(Schema):
    since: int | None = Field(None, ge=1, le=32767, description="a version; absent: the one before")


class PieceRow(Schema):
    kind: str = Field(description="same, added or removed")
    text: str


class TextChangeRow(Schema):
    language: str
    heading: list[PieceRow]
    body: list[PieceRow]


class ArticleChangeRow(Schema):
    number: str
    kind: str
    texts: list[TextChangeRow]


class Changes(Schema):
    older: int
    newer: int
    changes: list[ArticleChangeRow] = Field(description="of the articles that are not the same")


@router.get(ALL, response={200: list[VersionRow], **REFUSALS}, operation_id="list_agreements", auth=READ)
def agreements(request: Any, public_id: str) -> list[dict[str, Any]]:
    """The latest first. What the keeper still writes on, only the keeper sees."""
    return [_row(each) for each in reads.seen_by(door.inside(request, public_id))]


@router.get(ONE, response={200: VersionDetail, **REFUSALS}, operation_id="get_agreement", auth=READ)
def agreement(request: Any, public_id: str, version: int) -> dict[str, Any]:
    """One version with its articles in all its languages."""
    return detail(find(door.inside(request, public_id), version))


@router.get(
    ONE + "/document",
    response={200: None, **REFUSALS},
    operation_id="get_agreement_document",
    auth=READ,
    openapi_extra=A_PDF,
)
def document(request: Any, public_id: str, version: int) -> HttpResponse:
    """The version as a tagged PDF, ready to sign."""
    shown = find(door.inside(request, public_id), version)
    response = HttpResponse(agreement_pdf.pdf(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{agreement_pdf.filename(shown)}"'
    return response


@router.get(
    ONE + "/changes", response={200: Changes, **REFUSALS}, operation_id="compare_agreements", auth=READ
)
def changes(request: Any, public_id: str, version: int, query: Query[ChangesQuery]) -> dict[str, Any]:
    """What this version says otherwise than an earlier one, word by word. 404 where there is none before."""
    tie = door.inside(request, public_id)
    newer = find(tie, version)
    before = reads.seen_by(tie).filter(version__lt=version).first()
    older = before if query.since is None else find(tie, query.since)
    if older is None:
        raise HttpError(404, "There is no version before this one.")
    found = [each for each in agreement_changes.compare(older, newer) if each.changed]
    return {"older": older.version, "newer": newer.version, "changes": [_change(each) for each in found]}


@router.post(
    ONE + "/proposal", response={200: VersionDetail, **REFUSALS}, operation_id="propose_agreement",
    auth=WRITE,
)  # fmt: skip
@writing
def propose(request: Any, public_id: str, version: int) -> dict[str, Any]:
    """From then on nobody can change this version. The own side approves it thereby. 422 says what is missing."""
    tie = door.kept(request, public_id)
    draft = find(tie, version)
    actions.propose_agreement(acting=door.acting(request, tie), agreement=draft)
    return detail(find(tie, version))


@router.post(
    ONE + "/approval", response={200: VersionDetail, **REFUSALS}, operation_id="approve_agreement",
    auth=WRITE,
)  # fmt: skip
@writing
def approve(request: Any, public_id: str, version: int) -> dict[str, Any]:
    """For the city's own side; agreed with the last side's. A second time changes nothing."""
    tie, acting = door.shared(request, public_id)
    actions.approve_agreement(acting=acting, agreement=find(tie, version))
    return detail(find(tie, version))


@router.post(
    ONE + "/signature", response={200: VersionDetail, **REFUSALS}, operation_id="sign_agreement",
    auth=WRITE,
)  # fmt: skip
@writing
def signed(request: Any, public_id: str, version: int) -> dict[str, Any]:
    """Notes that this version was signed. The day of each side's signature is a milestone."""
    tie = door.kept(request, public_id)
    actions.mark_signed(by=actor(request), agreement=find(tie, version))
    return detail(find(tie, version))


def find(tie: Tie, version: int) -> Agreement:
    """Raises `Http404`."""
    return get_object_or_404(reads.seen_by(tie), version=version)


def article_seen(article: Article) -> str:
    return reads.fingerprint({"heading": article.heading, "body": article.body})


def title_seen(agreement: Agreement) -> str:
    return reads.fingerprint({"heading": agreement.title})


def detail(shown: Agreement) -> dict[str, Any]:
    """One of `agreements.complete`."""
    is_draft, is_proposed = shown.state == "draft", shown.state == "proposed"
    return {
        **_row(shown),
        "title": shown.title,
        "title_seen": title_seen(shown),
        "articles": [
            {
                "id": each.pk,
                "code": each.code,
                "number": number,
                "heading": each.heading,
                "body": each.body,
                "seen": article_seen(each),
            }
            for number, each in reads.numbered(list(shown.articles.all()))
        ],
        "objectives": [
            {"text": each.text, "language": each.language, "details": each.details}
            for each in reads.objectives_of(shown)
        ],
        "missing": reads.missing(shown) if is_draft else [],
        "awaited": [side.place.public_id for side in reads.awaited(shown)] if is_proposed else [],
    }


def _row(shown: Agreement) -> dict[str, Any]:
    names = ("version", "state", "languages", "made_at", "proposed_at")
    return {
        **{name: getattr(shown, name) for name in names},
        "approvals": [
            {"place": each.side.place.public_id, "at": each.given_at} for each in shown.approvals.all()
        ],
    }


def _change(change: agreement_changes.ArticleChange) -> dict[str, Any]:
    return {
        "number": change.number,
        "kind": change.kind,
        "texts": [
            {"language": each.language, "heading": _pieces(each.heading), "body": _pieces(each.body)}
            for each in change.texts
        ],
    }


def _pieces(found: Sequence[agreement_changes.Piece]) -> list[dict[str, str]]:
    return [{"kind": each.kind, "text": each.text} for each in found]
