"""Who wrote a proposal: the mailed keys with which they act without an account, and the letters to them."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from concivis.accounts.queries import language_of
from concivis.hubs import letters
from concivis.proposals.actions.noting import locked
from concivis.proposals.enums import Purpose
from concivis.proposals.models import CoAuthor, Proposal, ProposalKey, Sponsor
from concivis.shell import keys

KEY_DAYS = {Purpose.CONFIRM: 7, Purpose.EDIT: 400, Purpose.AUTHOR: 30, Purpose.SPONSOR: 7}
PAGES = {
    Purpose.CONFIRM: "proposals:confirm",
    Purpose.EDIT: "proposals:own",
    Purpose.AUTHOR: "proposals:join",
    Purpose.SPONSOR: "proposals:sponsor_confirm",
}
LETTERS_A_DAY = 6  # with a key, to one author about one proposal


def new_key(
    proposal: Proposal,
    purpose: Purpose,
    *,
    co_author: CoAuthor | None = None,
    sponsor: Sponsor | None = None,
) -> str:
    """A key good for `KEY_DAYS`, inside the caller's transaction; earlier ones stay good until they expire."""
    key = keys.new()
    ProposalKey.objects.create(
        proposal=proposal,
        purpose=purpose,
        co_author=co_author,
        sponsor=sponsor,
        key_hash=keys.hashed(key),
        expires_at=timezone.now() + timedelta(days=KEY_DAYS[purpose]),
    )
    return key


def find_key(key: str, purpose: Purpose) -> ProposalKey | None:
    """The row of a key, open or not, with its proposal and hub. One query by the key's hash."""
    if len(key) > keys.LONGEST:
        return None
    found = ProposalKey.objects.select_related(
        "proposal__hub__place__country", "proposal__rules", "co_author", "sponsor"
    )
    return found.filter(key_hash=keys.hashed(key), purpose=purpose).first()


def mail_author(
    proposal: Proposal, template: str, *, called: str, purpose: Purpose = Purpose.EDIT, **context: Any
) -> bool:
    """Mails `template` to who proposed it, with a new key, once committed; False where there is nobody to write to.

    The letter's context: proposal, hub, `link` (to the page of the key), `public_url`, `days`, and `context`.
    """
    if not proposal.author_email:
        return False
    key = new_key(proposal, purpose)
    mail(
        proposal, template, to=proposal.author_email, language=letter_language(proposal),
        link=PAGES[purpose], key=key, called=called, days=KEY_DAYS[purpose], **context,
    )  # fmt: skip
    return True


def mail_authors(proposal: Proposal, template: str, *, called: str, **context: Any) -> int:
    """The same letter to who proposed it and to every co-author who joined, each with a key of their own; how many."""
    sent = int(mail_author(proposal, template, called=called, **context))
    for each in proposal.co_authors.filter(joined_at__isnull=False).exclude(email=""):
        key = new_key(proposal, Purpose.EDIT, co_author=each)
        mail(
            proposal, template, to=each.email, language=each.language or letter_language(proposal),
            link=PAGES[Purpose.EDIT], key=key, called=called, days=KEY_DAYS[Purpose.EDIT], **context,
        )  # fmt: skip
        sent += 1
    return sent


def mail(
    proposal: Proposal,
    template: str,
    *,
    to: str,
    language: str,
    link: str,
    key: str,
    called: str,
    **context: Any,
) -> None:
    """One letter about a proposal with a link that holds a key."""
    letters.send(
        to=to,
        language=language,
        template=template,
        context={
            "proposal": proposal,
            "hub": proposal.hub,
            "link": lambda: settings.BASE_URL + reverse(link, args=[key]),
            "public_url": lambda: settings.BASE_URL + proposal.get_absolute_url(),
            **context,
        },
        called=f"{called} {proposal.public_id}",
    )


def letter_language(proposal: Proposal) -> str:
    return (
        proposal.author_language
        or language_of(proposal.author_email)
        or letters.interface_language(proposal.language or proposal.hub.language)
    )


@transaction.atomic
def ask_for_link(*, proposal: Proposal, email: str) -> None:
    """Mails a new link to an author whose address `email` is; says to nobody whether it is. At most `LETTERS_A_DAY`."""
    known = locked(proposal)
    wanted = email.strip().lower()
    day_ago = timezone.now() - timedelta(days=1)
    if not wanted or known.keys.filter(purpose=Purpose.EDIT, made_at__gt=day_ago).count() >= LETTERS_A_DAY:
        return
    if wanted == known.author_email:
        mail_author(known, "proposals/letters/link.txt", called="Link to proposal")
        return
    co_author = known.co_authors.filter(email=wanted, joined_at__isnull=False).first()
    if co_author is not None:
        key = new_key(known, Purpose.EDIT, co_author=co_author)
        mail(
            known, "proposals/letters/link.txt", to=wanted, language=co_author.language or letter_language(known),
            link=PAGES[Purpose.EDIT], key=key, called="Link to proposal", days=KEY_DAYS[Purpose.EDIT],
        )  # fmt: skip
