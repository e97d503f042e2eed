"""Files in the shape of other platforms. Every text is an example."""

import json
from pathlib import Path
from typing import Any

from concivis.exchange import storage
from concivis.exchange.enums import BatchState
from concivis.exchange.proposals import actions
from concivis.exchange.proposals.models import Platform, ProposalFile
from concivis.hubs.models import Hub

HOME = "https://petitions.example"


def petition(number: int = 1, **said: Any) -> dict[str, Any]:
    """A closed one with an answer, as it stands in a list."""
    attributes = {
        "action": f"Example petition {number}",
        "background": "EXAMPLE: why.",
        "additional_details": "EXAMPLE: more.",
        "state": "closed",
        "signature_count": 12345,
        "created_at": "2020-01-01T10:00:00.000Z",
        "opened_at": "2020-01-10T10:00:00.000Z",
        "closed_at": "2020-07-10T10:00:00.000Z",
        "rejected_at": None,
        "response_threshold_reached_at": "2020-02-01T10:00:00.000Z",
        "debate_threshold_reached_at": None,
        "government_response_at": "2020-03-01T10:00:00.000Z",
        "creator_name": "Example Person",
        "rejection": None,
        "government_response": {
            "responded_on": "2020-03-01", "summary": "EXAMPLE: in short.", "details": "EXAMPLE: at length.",
        },
        "debate": None,
        "topics": ["environment"],
        **said,
    }  # fmt: skip
    return {
        "type": "petition",
        "id": number,
        "links": {"self": f"{HOME}/petitions/{number}.json"},
        "attributes": attributes,
    }


def listed(*petitions: Any) -> bytes:
    return json.dumps(
        {"links": {"self": f"{HOME}/petitions.json"}, "data": list(petitions)}, indent=1
    ).encode()


DECIDIM = (
    "id;reference;title/en;title/ca;description/en;description/ca;state;created_at;published_at;signature_start_date;"
    "signature_end_date;signature_type;signatures;answer/en;answered_at;scope/name/en;authors/id;authors/name\n"
)


def initiative(number: int = 7, **said: str) -> str:
    cells = {
        "id": str(number),
        "reference": f"EX-INIT-{number}",
        "title/en": f"Example initiative {number}",
        "title/ca": f"Iniciativa d'exemple {number}",
        "description/en": "<p>EXAMPLE: why.</p><ul><li>one</li><li>two</li></ul>",
        "description/ca": "",
        "state": "accepted",
        "created_at": "2021-01-01 10:00:00 UTC",
        "published_at": "2021-01-05 10:00:00 UTC",
        "signature_start_date": "2021-01-05",
        "signature_end_date": "2021-03-05",
        "signature_type": "online",
        "signatures": "321",
        "answer/en": "EXAMPLE: it is done.",
        "answered_at": "2021-04-01 09:00:00 UTC",
        "scope/name/en": "Example district",
        "authors/id": "[3]",
        "authors/name": "[Example Person]",
        **said,
    }
    return ";".join(f'"{cells[name]}"' for name in DECIDIM.strip().split(";")) + "\n"


def sent(hub: Hub, content: bytes, kind: Platform = Platform.PETITIONS, **said: str) -> ProposalFile:
    name = "example.json" if kind == Platform.PETITIONS else "example.csv"
    file = actions.send(by=None, hub=hub, kind=kind, blocks=iter([content]), filename=name, **said)
    return actions.read_file(by=None, file=file)


def applied(hub: Hub, content: bytes, kind: Platform = Platform.PETITIONS, **said: str) -> ProposalFile:
    file = sent(hub, content, kind, **said)
    assert file.state == BatchState.STAGED, file.failure
    actions.queue(by=None, file=file, state=BatchState.APPLYING)
    return actions.apply_file(by=None, file=file)


def stored_files() -> list[Path]:
    return list(storage.folder().iterdir())
