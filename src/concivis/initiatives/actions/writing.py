"""Entering an initiative and changing what is said of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.catalogue.models import Card
from concivis.directory.consents import require_consent, require_filled
from concivis.directory.enums import Direction
from concivis.hubs.models import Hub, today_in
from concivis.initiatives.actions.facts import Contact, Development, InitiativeFacts, Owner
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import (
    BudgetLine,
    Initiative,
    Involvement,
    RelatedCard,
    SupportLine,
    WebLink,
)
from concivis.places.models import Country
from concivis.shell import content
from concivis.shell.ids import new_public_id

MOST = {
    "countries": 30,
    "places": 30,
    "terms": 30,
    "languages": 20,
    "involved": 30,
    "links": 20,
    "related": 20,
}
LONGEST_BUDGET_DAYS = 366
LONGEST = {"summary": 600, "story": 20_000}
DAC_CODE = re.compile(r"^\d{5}$")
URL = URLValidator(schemes=["http", "https"])
Beside = Involvement | SupportLine | WebLink | BudgetLine


@transaction.atomic
def record_initiative(
    *,
    by: User | None,
    hub: Hub,
    facts: InitiativeFacts,
    owner: Owner | None = None,
    state: ReviewState = ReviewState.SUBMITTED,
    is_example: bool = False,
) -> Initiative:
    """A new entry that waits for the office (`publish` shows it), or, as DRAFT, for its mail address to be confirmed.

    Raises ValidationError by field of the facts.
    """
    initiative = Initiative(public_id=new_public_id(), hub=hub, state=state, is_example=is_example)
    if owner:
        own(initiative, owner, by)
    _write(initiative, facts)
    noted(initiative, by, "initiative.recorded", {"state": state.value})
    return initiative


@transaction.atomic
def edit_initiative(
    *, by: User | None, initiative: Initiative, facts: InitiativeFacts, revision: int, as_owner: bool = False
) -> Initiative:
    """Writes `facts` over what stands. Who saves confirms that the entry is valid.

    `as_owner`: with a mailed key or as its owner, not as the office, which is shown that it changed. Raises
    `EditConflict` unless `revision` stands, ValidationError by field.
    """
    edited = locked(initiative, revision)
    before = edited.source_texts(), edited.language
    _write(edited, facts, before=before)
    if edited.state == ReviewState.PUBLISHED:
        edited.last_confirmed, edited.asked_at, edited.reminded_at = today_in(edited.hub), None, None
        edited.changed_unseen = as_owner
        edited.save()
    event = "initiative.changed" if edited.is_public else ""
    noted(edited, by, "initiative.edited_by_owner" if as_owner else "initiative.edited", event=event)
    return edited


def check_facts(*, hub: Hub, facts: InitiativeFacts) -> None:
    """Raises ValidationError by field where `record_initiative` would, but for related entries. Writes nothing."""
    fill(Initiative(public_id=new_public_id(), hub=hub, state=ReviewState.SUBMITTED), facts)
    require_countries(facts.countries)


def own(initiative: Initiative, owner: Owner, by: User | None) -> None:
    email = owner.email.strip().lower()
    validate_email(email)
    initiative.owner_email, initiative.owner_name = email, owner.name.strip()
    initiative.owner_language = owner.language
    if by and by.email.lower() == email:
        initiative.owner = by


def _write(
    initiative: Initiative, facts: InitiativeFacts, before: tuple[dict[str, str], str] | None = None
) -> None:
    beside = fill(initiative, facts)
    require_countries(facts.countries)
    if before and (before[1] != initiative.language or content.source_changed(initiative, before[0])):
        _keep_texts_apart(initiative)
    initiative.save()
    _write_beside(initiative, facts, beside)


def fill(initiative: Initiative, facts: InitiativeFacts) -> list[Beside]:
    """Sets what `facts` say and checks it, but for the countries; the rows that go beside it, not saved. No query.

    Raises ValidationError by field.
    """
    _check_length(facts)
    for name in ("title", "summary", "story"):
        setattr(initiative, name, getattr(facts, name).strip())
    initiative.language = content.require_language(facts.language)
    initiative.languages = sorted({content.require_language(tag, "languages") for tag in facts.languages})
    initiative.kind, initiative.stage = facts.kind, facts.stage
    _write_dates(initiative, facts)
    _write_contact(initiative, facts.contact)
    _write_development(initiative, facts.development)
    initiative.clean_fields(exclude=["hub", "owner", "reviewed_by"])
    return [
        *_involvements(initiative, facts),
        *_support_lines(initiative, facts),
        *_web_links(initiative, facts),
        *_budget_lines(initiative, facts),
    ]


def _check_length(facts: InitiativeFacts) -> None:
    for name, most in MOST.items():
        if len(getattr(facts, name)) > most:
            raise ValidationError({name: gettext("At most %(most)s can be kept here.") % {"most": most}})
    for name, most in LONGEST.items():  # the database does not hold these columns to a length
        if len(getattr(facts, name)) > most:
            raise ValidationError({name: gettext("At most %(most)s characters, please.") % {"most": most}})
    if not facts.title.strip():
        raise ValidationError({"title": gettext("Give it a name.")})


def _write_dates(initiative: Initiative, facts: InitiativeFacts) -> None:
    if facts.started and facts.ended and facts.ended.first < facts.started.first:
        raise ValidationError({"ended": gettext("It ends before it begins.")})
    for name in ("started", "ended"):
        when = getattr(facts, name)
        setattr(initiative, name, when.first if when else None)
        setattr(initiative, f"{name}_precision", when.precision if when else "")


def _write_contact(initiative: Initiative, contact: Contact) -> None:
    values = {f"contact_{part}": getattr(contact, part).strip() for part in ("name", "email", "phone")}
    public = [f"contact_{part}" for part in sorted(contact.public)]
    require_filled(public, values)
    require_consent(public, on=contact.consent_on, how=contact.consent_how)
    for name, value in values.items():
        setattr(initiative, name, value)
        setattr(initiative, f"{name}_public", name in public)
    initiative.consent_on = contact.consent_on if public else None
    initiative.consent_how = contact.consent_how.strip() if public else ""


def _write_development(initiative: Initiative, development: Development | None) -> None:
    initiative.is_development = development is not None
    initiative.dac_code = development.dac_code.strip() if development else ""
    if initiative.dac_code and not DAC_CODE.match(initiative.dac_code):
        raise ValidationError(
            {"dac_code": gettext("A purpose code of the DAC has five digits, such as 43030.")}
        )
    for line in development.budget if development else ():
        days = (line.ends_on - line.starts_on).days
        if not 0 <= days < LONGEST_BUDGET_DAYS:
            raise ValidationError({"budget": gettext("A line of the budget is for at most a year.")})
        if line.amount <= 0 or not re.match(r"^[A-Z]{3}$", line.currency):
            raise ValidationError(
                {"budget": gettext("Write an amount above zero and a currency such as EUR.")}
            )


def _keep_texts_apart(initiative: Initiative) -> None:
    """A text that was a translation is the source now: no two texts in one language."""
    initiative.translations.filter(language=initiative.language).delete()


def require_countries(countries: Iterable[str]) -> None:
    """Raises ValidationError for a code that no country here has. One query, none without codes."""
    codes = set(countries)
    known = set(Country.objects.filter(pk__in=codes).values_list("pk", flat=True)) if codes else set()
    if unknown := codes - known:
        words = gettext("“%(code)s” is not a country that we know.") % {"code": sorted(unknown)[0][:10]}
        raise ValidationError({"countries": words})


def _write_beside(initiative: Initiative, facts: InitiativeFacts, beside: Sequence[Beside]) -> None:
    initiative.countries.set(facts.countries)  # type: ignore[arg-type]  # codes are the keys
    initiative.places.set(facts.places)
    initiative.terms.set(facts.terms)
    for manager in (
        initiative.involvements,
        initiative.support_lines,
        initiative.web_links,
        initiative.budget_lines,
    ):
        _replace(manager, [row for row in beside if isinstance(row, manager.model)])
    _replace(initiative.related_cards, _related(initiative, facts))


def _replace(manager: Any, rows: Iterable[Any]) -> None:
    manager.all().delete()
    manager.model.objects.bulk_create(rows)


def _involvements(initiative: Initiative, facts: InitiativeFacts) -> list[Involvement]:
    rows: list[Involvement] = []
    seen = set()
    for each in facts.involved:
        if each.organisation and each.organisation.hub_id not in (None, initiative.hub_id):
            raise ValidationError({"involved": gettext("This organisation is not in the directory here.")})
        name = "" if each.organisation else " ".join(each.name.split())[:200]
        key = (each.organisation.pk if each.organisation else name.casefold(), each.role)
        if key in seen or not (each.organisation or name):
            continue
        seen.add(key)
        rows.append(
            Involvement(
                initiative=initiative,
                organisation=each.organisation,
                name=name,
                role=each.role,
                position=len(rows),
            )
        )
    return rows


def _support_lines(initiative: Initiative, facts: InitiativeFacts) -> list[SupportLine]:
    said = [(Direction.NEED, facts.needs), (Direction.OFFER, facts.offers)]
    return [
        SupportLine(
            initiative=initiative, direction=direction, what=what, sentence=" ".join(sentence.split())[:300]
        )
        for direction, lines in said
        for what, sentence in lines.items()
    ]


def _budget_lines(initiative: Initiative, facts: InitiativeFacts) -> list[BudgetLine]:
    return [
        BudgetLine(
            initiative=initiative,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            amount=line.amount,
            currency=line.currency,
        )
        for line in (facts.development.budget if facts.development else ())
    ]


def _web_links(initiative: Initiative, facts: InitiativeFacts) -> list[WebLink]:
    links = {}
    for each in facts.links:
        try:
            URL(each.url)
        except ValidationError as error:
            raise ValidationError({"links": error.messages}) from error
        links[each.url] = each.title.strip()[:200]
    return [
        WebLink(initiative=initiative, url=url, title=title, position=position)
        for position, (url, title) in enumerate(links.items())
    ]


def _related(initiative: Initiative, facts: InitiativeFacts) -> list[RelatedCard]:
    rows, standing = [], set(initiative.related_cards.values_list("kind", "object_id"))
    for kind, object_id in dict.fromkeys(facts.related):
        # one that stands already may have been hidden meanwhile: that is no reason to refuse another change
        if (kind, object_id) not in standing and not Card.objects.filter(
            kind=kind, public_id=object_id
        ).exists():
            raise ValidationError({"related": gettext("There is no such public entry.")})
        rows.append(RelatedCard(initiative=initiative, kind=kind, object_id=object_id))
    return rows
