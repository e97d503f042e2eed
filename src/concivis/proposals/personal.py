"""What citizens' initiatives hold about a person, by the account and the mail addresses they have confirmed.

Signatures are found by address, too, as long as they are kept. Who leaves keeps their signature: it was given to the
proposal, and can be withdrawn by its own link until the deadline; what is said of the person beside it goes.
"""

from typing import Any

from concivis.accounts.people import Person
from concivis.proposals.models import CoAuthor, Follower, Proposal, ProposalKey, Signature, Sponsor


def personal_data(person: Person) -> dict[str, Any]:
    """Five queries."""
    written = Proposal.objects.filter(
        person.by_account("author") | person.by_address("author_email")
    ).order_by("pk")
    joined = CoAuthor.objects.filter(person.by_address("email")).select_related("proposal")
    return {
        "proposals": [_written(each) for each in written],
        "proposals_written_with_others": [
            {"proposal": each.proposal.public_id, "name": each.name, "name_public": each.name_public}
            for each in joined
        ],
        "proposals_supported_first": [
            {"proposal": each.proposal.public_id, "name": each.name, "asked": each.asked_at.isoformat()}
            for each in Sponsor.objects.filter(person.by_address("email")).select_related("proposal")
        ],
        "signatures": [
            _signed(each)
            for each in Signature.objects.filter(person.by_address("email")).select_related("proposal")
        ],
        "proposals_followed": [
            {"proposal": each.proposal.public_id, "address": each.email, "language": each.language}
            for each in Follower.objects.filter(person.by_address("email")).select_related("proposal")
        ],
    }


def before_leaving(person: Person) -> None:
    """Who deletes the account is told nothing any more, and is nobody's contact; a public name is withdrawn."""
    written = Proposal.objects.filter(person.by_account("author") | person.by_address("author_email"))
    ProposalKey.objects.filter(proposal__in=list(written.values_list("pk", flat=True))).delete()
    written.update(
        author=None, author_name="", author_email="", author_phone="", author_language="",
        author_name_public=False, consent_on=None,
    )  # fmt: skip
    CoAuthor.objects.filter(person.by_address("email")).delete()
    Follower.objects.filter(person.by_address("email")).delete()
    Sponsor.objects.filter(person.by_address("email")).update(name="", email="")
    Signature.objects.filter(person.by_address("email")).update(name_public=False, wants_news=False)


def _written(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.public_id,
        "title": proposal.title,
        "name": proposal.author_name,
        "name_public": proposal.author_name_public,
        "address": proposal.author_email,
        "telephone": proposal.author_phone,
    }


def _signed(signature: Signature) -> dict[str, Any]:
    kept = ("email", "name", "name_public", "birth_year", "postcode", "address", "area", "language")
    return {
        "proposal": signature.proposal.public_id,
        "signed": signature.signed_at.isoformat(),
        "withdrawn": signature.withdrawn_at.isoformat() if signature.withdrawn_at else None,
        **{name: getattr(signature, name) for name in kept},
    }
