"""What the sides of a partnership say about it, for an office's programs: read, said for the own side, taken over."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Language, LanguageOrNone
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.twinning import answers as reads
from concivis.twinning.actions import sides as actions
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone

router = Router(tags=["answers"])
READ, KEEP = HubToken(Scope.PARTNERSHIPS_READ), HubToken(Scope.PARTNERSHIPS_WRITE)
WRITE = HubToken(Scope.ANSWERS_WRITE)
ANSWERS, ACCOUNT = PATH + "/{public_id}/answers", PATH + "/{public_id}/account"


class StatementRow(Schema):
    id: int
    kind: str
    date: str = Field(description="ISO 8601, as exactly as it is known")


class AnswerRow(Schema):
    place: str = Field(description="public id of the side")
    standing: str = Field(description="not asked, asked, confirmed, corrected or declined")
    asked_at: dt.datetime | None
    answered_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    state_said: str = Field(description="how this side sees the state, where it differs; else empty")
    remark: str
    remark_language: str
    statements: list[StatementRow] = Field(description="dates that the side states otherwise than the keeper")


class Account(Schema):
    """All that a side states. A date left out is no longer stated."""

    first_contact: str = Field("", max_length=10, description="1921, 1963-05 or 1963-05-03")
    ratified: str = Field("", max_length=10)
    signed: str = Field("", max_length=10)
    countersigned: str = Field("", max_length=10)
    renewed: str = Field("", max_length=10)
    state: PartnershipState | None = Field(None, description="null: the same as the keeper says")
    remark: str = Field("", max_length=1700)
    language: LanguageOrNone = Field("", description="BCP 47, of `remark`")
    body: str = Field("", max_length=200, description="who acts for the side")


class AccountIn(Account):
    confirm: bool = Field(False, description="everything else is right")


class Refusal(Schema):
    reason: str = Field(min_length=1, max_length=2000)
    language: Language


@router.get(ANSWERS, response={200: list[AnswerRow], **REFUSALS}, operation_id="list_answers", auth=READ)
def answers(request: Any, public_id: str) -> list[dict[str, Any]]:
    """Of each side whose word is asked for: all but the keeper's own."""
    tie = door.tie(request, public_id)
    return [_row(each) for each in reads.told(tie.partnership, tie.answering)]


@router.post(
    ANSWERS + "/{statement}/adoption",
    response={204: None, **REFUSALS},
    operation_id="adopt_statement",
    auth=KEEP,
)
@writing
def adopt(request: Any, public_id: str, statement: int) -> Status:
    """The keeper takes over a date that a side states, in the place of its own."""
    tie = door.kept(request, public_id)
    stated = Milestone.objects.filter(partnership=tie.partnership, source__stated_by__isnull=False)
    found = get_object_or_404(stated.select_related("source", "side__place"), pk=statement)
    actions.take_over(by=actor(request), statement=found)
    return Status(204, None)


@router.get(ACCOUNT, response={200: Account, **REFUSALS}, operation_id="get_account", auth=READ)
def account(request: Any, public_id: str) -> dict[str, Any]:
    """What the city's own side would state if it corrected itself now: its own words, else the keeper's."""
    acting = door.answering(request, door.tie(request, public_id))
    said = reads.account_of(acting.side)
    dates = {kind.value: when.iso for kind, when in said.dates.items()}
    words = {"remark": said.remark, "language": said.language, "body": said.body}
    return {**dates, "state": said.state or None, **words}


@router.put(ACCOUNT, response={204: None, **REFUSALS}, operation_id="correct_side", auth=WRITE)
@writing
def correct(request: Any, public_id: str, given: AccountIn) -> Status:
    """The own side's account, beside the keeper's, never over it."""
    acting = door.answering(request, door.tie(request, public_id))
    actions.correct_side(acting=acting, account=_account(given), confirm=given.confirm)
    return Status(204, None)


@router.delete(ACCOUNT, response={204: None, **REFUSALS}, operation_id="withdraw_account", auth=WRITE)
@writing
def withdraw(request: Any, public_id: str) -> Status:
    """Takes back all that the own side states otherwise than the keeper. A confirmation stays."""
    acting = door.answering(request, door.tie(request, public_id))
    actions.correct_side(acting=acting, account=reads.SideAccount())
    return Status(204, None)


@router.post(
    PATH + "/{public_id}/refusal", response={204: None, **REFUSALS}, operation_id="decline_side",
    auth=WRITE,
)  # fmt: skip
@writing
def decline(request: Any, public_id: str, given: Refusal) -> Status:
    """“This is not, or no longer, a partnership of ours.” A confirmation is taken back."""
    acting = door.answering(request, door.tie(request, public_id))
    actions.decline_side(acting=acting, reason=given.reason, language=given.language)
    return Status(204, None)


def _account(given: AccountIn) -> reads.SideAccount:
    dates = {kind: _date(kind, getattr(given, kind)) for kind in reads.STATED if getattr(given, kind)}
    return reads.SideAccount(
        dates=dates,
        state=given.state or "",
        remark=given.remark,
        language=given.language if given.remark else "",
        body=given.body,
    )


def _date(kind: MilestoneKind, text: str) -> Any:
    try:
        return door.partial_date(text)
    except ValidationError as error:
        raise ValidationError(f"{kind.value}: {' '.join(error.messages)}") from error


def _row(told: reads.Told) -> dict[str, Any]:
    side = told.side
    stated = [each.statement for each in told.differences if each.statement]
    return {
        "place": side.place.public_id,
        "standing": told.standing,
        "answered_at": told.answered_at,
        "asked_at": side.asked_at,
        "confirmed_at": side.confirmed_at,
        "state_said": side.state_said,
        "remark": side.remark,
        "remark_language": side.remark_language,
        "statements": [{"id": each.pk, "kind": each.kind, "date": each.when.iso} for each in stated],
    }
