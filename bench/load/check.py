"""Whether what was acknowledged is there, and once: `python -m load.check JOURNAL` with the settings of the stack.

Prints JSON: how many were acknowledged, lost, counted twice, how many rows the first proposal has, and what its public
count says.
"""

import json
import sys
from pathlib import Path

from load.fill import DOUBLE, key_of


def main(journal: str) -> None:
    import django

    django.setup()
    from concivis.proposals.models import Proposal, Signature
    from concivis.shell.chunks import chunks

    acknowledged = Path(journal).read_text().split() if Path(journal).exists() else []
    there: set[str] = set()
    for chunk in chunks((digest for key in acknowledged for digest in _digests(key)), 5000):
        there.update(Signature.objects.filter(key_hash__in=chunk).values_list("key_hash", flat=True))
    lost = [key for key in acknowledged if there.isdisjoint(_digests(key))]
    rows = Signature.objects.filter(proposal__hub__slug="surge", name__startswith="Bench")
    people = rows.values("proposal", "person").distinct().count()
    first = Proposal.objects.filter(hub__slug="surge").order_by("pk").first()
    print(
        json.dumps(
            {
                "acknowledged": len(acknowledged),
                "lost": len(lost),
                "twice": rows.count() - people,
                "rows": Signature.objects.filter(proposal=first).standing().count(),
            }
        )
    )


def _digests(key: str) -> list[str]:
    """The hash of the key, and of those with which the same person may have signed."""
    from concivis.shell import keys

    number = int(key[5:15])
    same = {number}
    if number % DOUBLE == 1:
        same.add(number - 1)
    if number % DOUBLE == 0:
        same.add(number + 1)
    return [keys.hashed(key_of(each)) for each in same]


if __name__ == "__main__":
    main(sys.argv[1])
