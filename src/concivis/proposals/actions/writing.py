"""Beginning a proposal, and changing it until it is published: from then on its text is frozen."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import kept_forms
from concivis.hubs.models import Hub, today_in
from concivis.places.models import Place
from concivis.proposals.actions.authors import mail_author, new_key
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.enums import Event, Purpose, State
from concivis.proposals.models import (
    Proposal,
    ProposalDraft,
    ProposalKey,
)
from concivis.proposals.queries import current_rules
from concivis.shell import content
from concivis.shell.ids import new_public_id
from concivis.vocabulary.models import Term

WRITABLE = (State.IDEA, State.SPONSORING)
UNCONFIRMED_AT_ONCE = 3  # of one mail address: nobody can have a stranger's mailbox filled
LONGEST = {"summary": 600, "body": 20_000}
SHORTEST_TITLE = 8
MOST_TERMS = 8


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """What is said in a proposal. `point`: degrees north and east, of a spot that it is about."""

    title: str
    language: str
    summary: str = ""
    body: str = ""
    place: Place | None = None
    point: tuple[float, float] | None = None
    terms: Collection[Term] = ()


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who proposes it. Only the name may be public, and only where they say so."""

    name: str
    email: str
    phone: str = ""
    language: str = ""  # of the letters
    name_public: bool = False


def facts_of(proposal: Proposal) -> ProposalFacts:
    """What stands, so that one fact is changed by `replace`. One query."""
    has_point = proposal.latitude is not None and proposal.longitude is not None
    return ProposalFacts(
        title=proposal.title,
        language=proposal.language,
        summary=proposal.summary,
        body=proposal.body,
        place=proposal.place,
        point=(proposal.latitude, proposal.longitude) if has_point else None,  # type: ignore[arg-type]
        terms=tuple(proposal.terms.all()),
    )


@transaction.atomic
def begin(*, hub: Hub, facts: ProposalFacts, author: Author, draft: str = "") -> Proposal:
    """Keeps the proposal and mails a link to confirm the address; nobody sees it before.

    `draft`: the key of the kept form, which is no longer needed. Raises ValidationError by field.
    """
    rules = current_rules(hub)
    if rules is None or not rules.is_open:
        raise ValidationError(gettext("Nothing can be proposed here at the moment."))
    email = mail_address(author.email, "author_email")
    if Proposal.objects.filter(author_email=email, state=State.DRAFT).count() >= UNCONFIRMED_AT_ONCE:
        words = gettext("Some proposals of this address still wait to be confirmed. Look into your mail.")
        raise ValidationError({"author_email": words})
    made = Proposal(public_id=new_public_id(), hub=hub, state=State.DRAFT)
    made.author_name, made.author_email = author.name.strip()[:120], email
    made.author_phone, made.author_language = author.phone.strip()[:40], author.language
    made.author_name_public = author.name_public
    made.consent_on = today_in(hub)
    _write(made, facts)
    kept_forms.drop_draft(ProposalDraft, hub, draft)
    noted(made, None, "proposal.begun")
    mail_author(
        made,
        "proposals/letters/confirm.txt",
        called="Confirmation of proposal",
        purpose=Purpose.CONFIRM,
    )
    return made


@transaction.atomic
def confirm_mail(*, key: ProposalKey) -> tuple[Proposal, str]:
    """The address is who it says: the proposal can be worked on; with the key of the private page ("" the second time).

    A second click changes nothing. Raises ValidationError for a key that opens nothing any more.
    """
    proposal = locked(key.proposal)
    if proposal.state != State.DRAFT:
        return proposal, ""
    if not key.is_open:
        raise ValidationError(gettext("This link has expired. Please fill in the form again."))
    proposal.state = State.IDEA
    proposal.author = User.objects.filter(
        emailaddress__email=proposal.author_email, emailaddress__verified=True, is_active=True
    ).first()
    proposal.save()
    happened(proposal, Event.BEGUN, None)
    noted(proposal, None, "proposal.mail_confirmed")
    mail_author(proposal, "proposals/letters/begun.txt", called="Private link of proposal")
    return proposal, new_key(proposal, Purpose.EDIT)


@transaction.atomic
def edit(*, by: User | None, proposal: Proposal, facts: ProposalFacts, revision: int) -> Proposal:
    """Writes `facts` over what stands, as long as the authors write it. Raises `EditConflict` unless `revision`
    stands, ValidationError by field, or where the text is frozen."""
    edited = locked(proposal, revision)
    require_writable(edited)
    _write(edited, facts, before=edited.source_texts())
    noted(edited, by, "proposal.edited")
    return edited


def require_writable(proposal: Proposal) -> None:
    """Raises ValidationError where the authors do not write it any more."""
    if proposal.state not in WRITABLE:
        raise ValidationError(
            gettext(
                "The text stays as it is now: people sign just this text. Ask the office to put a mistake right."
            )
            if proposal.published_at
            else gettext("The office looks at it, or it has ended; it cannot be changed at the moment.")
        )


def _write(proposal: Proposal, facts: ProposalFacts, before: dict[str, str] | None = None) -> None:
    for name in ("title", "summary", "body"):
        setattr(proposal, name, getattr(facts, name).strip())
    check_texts(proposal.title, proposal.summary, proposal.body)
    if len(facts.terms) > MOST_TERMS:
        raise ValidationError({"themes": gettext("At most %(most)s themes, please.") % {"most": MOST_TERMS}})
    proposal.language = content.require_language(facts.language)
    proposal.place = facts.place
    proposal.latitude, proposal.longitude = facts.point or (None, None)
    if before is not None:
        content.source_changed(proposal, before)
    proposal.clean_fields(exclude=["hub", "rules", "author", "place", "reviewer", "same_as"])
    proposal.save()
    proposal.terms.set(facts.terms)


def check_texts(title: str, summary: str, body: str) -> None:
    """Raises ValidationError by field, in plain words."""
    if len(title) < SHORTEST_TITLE:
        raise ValidationError(
            {"title": gettext("Say in a few words what you want: “More benches in the park”.")}
        )
    if title.isupper():
        raise ValidationError(
            {"title": gettext("Please do not write everything in capitals; it is hard to read.")}
        )
    if not summary:
        words = gettext("Say in one or two sentences what the city shall do. Without it nobody can decide.")
        raise ValidationError({"summary": words})
    for name, text in (("summary", summary), ("body", body)):
        if len(text) > LONGEST[name]:
            words = gettext("At most %(most)s characters, please.") % {"most": LONGEST[name]}
            raise ValidationError({name: words})


def mail_address(email: str, field: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError({field: gettext("This is not a mail address.")}) from error
    return address
