"""Fills the database of a stack: a hub, proposals that collect, attempts whose mailed keys we know, signatures.

Run it with the settings of the stack. Attempt n has the key `key_of(n)`. Every twentieth attempt is the second of the
person before it.
"""

from typing import Any

DOUBLE = 20  # every so many attempts are of somebody who has begun before
BATCH = 5000


def key_of(number: int) -> str:
    return f"bench{number:010d}" + "k" * 28


def person_of(number: int) -> int:
    return number - 1 if number % DOUBLE == 1 else number


def fill(proposals: int, *, attempts: int = 0, signatures: int = 0, first: int = 0) -> None:
    """Makes proposals where they are missing; attempts `first`, `first + 1` … and signatures go to them in turns."""
    import django

    django.setup()
    made = make_proposals(proposals)
    add_signatures(made, signatures)
    settle()
    add_attempts(made, first, attempts)


def make_proposals(number: int) -> list[Any]:
    from concivis.hubs.factories import HubFactory
    from concivis.hubs.models import Hub
    from concivis.proposals.factories import ProposalFactory
    from concivis.proposals.models import Proposal

    hub = Hub.objects.filter(slug="surge").first() or HubFactory(slug="surge", name="Surge")
    there = list(Proposal.objects.filter(hub=hub).order_by("pk"))
    return [
        *there,
        *(ProposalFactory(hub=hub, public_id=f"bench{n}") for n in range(len(there), number)),
    ][:number]


def add_attempts(proposals: list[Any], first: int, number: int) -> None:
    """The second of a person is for the same proposal, so that one and a thousand proposals are equal work."""
    from concivis.proposals.factories import AttemptFactory
    from concivis.proposals.models import Attempt

    rows = (
        AttemptFactory.build(
            proposal=proposals[person_of(n) % len(proposals)],
            key=key_of(n),
            email=f"bench{person_of(n)}@example.org",
            name=f"Bench {person_of(n)}",
        )
        for n in range(first, first + number)
    )
    Attempt.objects.bulk_create(rows, batch_size=BATCH)


def add_signatures(proposals: list[Any], number: int) -> None:
    """Signatures that were given before, in bulk, by the database itself."""
    from django.db import connection

    if not number:
        return
    postgres = connection.vendor == "postgresql"
    given = _columns(min(proposal.pk for proposal in proposals), len(proposals), postgres=postgres)
    series = (
        f"generate_series(1, {number}) AS t(n)"
        if postgres
        else f"(WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {number}) SELECT n FROM t)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO proposals_signature ({', '.join(given)}) SELECT {', '.join(given.values())} FROM {series}"
        )


def settle() -> None:
    """As after the weeks in which the rows came: else it would clean up in the middle of what is measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE proposals_signature")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("ANALYZE")


def _columns(first: int, proposals: int, *, postgres: bool) -> dict[str, str]:
    """SQL for each column that must be filled, of signature `n`."""
    from concivis.proposals.models import Signature

    before = (
        "now() - (n % 86400 + 60) * interval '1 second'"
        if postgres
        else "strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || (n % 86400 + 60) || ' seconds')"
    )
    digest = "encode(sha256((n || '{0}')::bytea), 'hex')" if postgres else "lower(hex(randomblob(32)))"
    own = {
        "proposal_id": f"{first} + n % {proposals}",
        "person": digest.format("person"),
        "key_hash": digest.format("key"),
        "support": "'legal'",
        "means": "'mail'",
        "assurance": "'low'",
        "language": "'en'",
        "domain": "'example.org'",
        "begun_at": before,
        "signed_at": before,
    }
    fields = [field for field in Signature._meta.local_concrete_fields if not field.primary_key]
    plain = {
        field.column: _literal(field.get_default(), postgres=postgres) for field in fields if not field.null
    }
    return {**plain, **own}


def _literal(value: Any, *, postgres: bool) -> str:
    if isinstance(value, bool):
        return str(value).lower() if postgres else str(int(value))
    return str(value) if isinstance(value, int) else f"'{value or ''}'"
