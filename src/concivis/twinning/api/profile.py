"""The office's own profile “looking for a partner”, for its programs."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import Http404
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language, Mail
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.choices import languages
from concivis.hubs.models import today_in
from concivis.hubs.scopes import Scope
from concivis.places.models import Country
from concivis.twinning import profiles
from concivis.twinning.actions import profiles as actions
from concivis.twinning.api.office import terms
from concivis.twinning.models import PartnerProfile
from concivis.twinning.profiles import MOST_NAMED, MOST_PEOPLE

router = Router(tags=["finder"])
READ, WRITE = HubToken(Scope.PROFILE_READ), HubToken(Scope.PROFILE_WRITE)
PATH = "/hub/partner-profile"
CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$")]


class ProfileIn(Schema):
    text: str = Field(min_length=1, max_length=2000)
    language: Language
    fields: list[str] = Field([], max_length=20, description="codes of fields of twinning")
    countries: list[CountryCode] = Field([], max_length=MOST_NAMED, description="empty: any country")
    languages: list[Language] = Field(
        [], max_length=MOST_NAMED, description="in which letters are answered; empty: that of the text"
    )
    smallest: int | None = Field(None, ge=0, le=MOST_PEOPLE)
    largest: int | None = Field(None, ge=1, le=MOST_PEOPLE)
    contact_email: Mail = ""
    contact_public: bool = Field(False, description="whoever reads that mail box agreed")
    expires_on: Day


class OwnProfile(Schema):
    id: str
    text: str
    language: str
    fields: list[str]
    countries: list[str]
    languages: list[str]
    smallest: int | None
    largest: int | None
    contact_email: str
    contact_public: bool
    expires_on: dt.date
    is_shown: bool = Field(description="whether everybody sees it now")


@router.get(PATH, response={200: OwnProfile, **REFUSALS}, operation_id="get_partner_profile", auth=READ)
def profile(request: Any) -> dict[str, Any]:
    """404 where the office has none."""
    return _row(_own(request))


@router.put(PATH, response={200: OwnProfile, **REFUSALS}, operation_id="put_partner_profile", auth=WRITE)
@writing
def put_profile(request: Any, given: ProfileIn) -> dict[str, Any]:
    """Publishes it, or writes it anew; everybody sees it as soon as the office's page is public."""
    standing, draft = profiles.of_hub(request.hub), _draft(given)
    if standing is None:
        actions.publish_profile(by=actor(request), hub=request.hub, draft=draft)
    else:
        actions.change_profile(by=actor(request), profile=standing, draft=draft)
    return _row(_own(request))


@router.post(
    PATH + "/renewal",
    response={200: OwnProfile, **REFUSALS},
    operation_id="renew_partner_profile",
    auth=WRITE,
)
@writing
def renew(request: Any) -> dict[str, Any]:
    """For another year from today, also after it expired."""
    actions.renew_profile(by=actor(request), profile=_own(request))
    return _row(_own(request))


@router.delete(PATH, response={204: None, **REFUSALS}, operation_id="withdraw_partner_profile", auth=WRITE)
@writing
def withdraw(request: Any) -> Status:
    """Nobody finds it any more. Letters that were written because of it stay."""
    actions.withdraw_profile(by=actor(request), profile=_own(request))
    return Status(204, None)


def _own(request: Any) -> PartnerProfile:
    found = profiles.of_hub(request.hub)
    if found is None:
        raise Http404
    return found


def _draft(given: ProfileIn) -> actions.ProfileDraft:
    said = given.dict()
    unknown = sorted(set(given.countries) - set(Country.objects.values_list("code", flat=True)))
    if unknown:
        raise ValidationError(f"There is no country “{unknown[0]}”.")
    known = {code for code, _name in languages()}
    for code in [given.language, *given.languages]:
        if code not in known:
            raise ValidationError(f"We know no language “{code}”.")
    return actions.ProfileDraft(
        **{
            **said,
            "fields": terms(given.fields),
            "countries": tuple(dict.fromkeys(given.countries)),
            "languages": tuple(dict.fromkeys(given.languages)),
        }
    )


def _row(profile: PartnerProfile) -> dict[str, Any]:
    return {
        "id": profile.public_id,
        "fields": [term.code for term in profile.fields.all()],
        "is_shown": profiles.is_shown(profile, today_in(profile.hub)),
        **{name: getattr(profile, name) for name in actions.COLUMNS},
    }
