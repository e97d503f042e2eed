"""What this platform gives out, another installation of it reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from concivis.exchange.enums import RowState
from concivis.exchange.proposals.models import Platform
from concivis.exchange.proposals.tests.scene import HOME, applied, sent
from concivis.hubs.factories import HubFactory
from concivis.proposals.enums import State
from concivis.proposals.factories import ProposalFactory
from concivis.proposals.models import Proposal, Tally

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def given(client: Client) -> Proposal:
    made = ProposalFactory(
        hub__slug="hamm", title="Example: shade; and “benches”", language="de", state=State.CLOSED,
        body="EXAMPLE: one line.\n\nAnother, with a comma.",
    )  # fmt: skip
    Tally.objects.create(proposal=made, legal=120, paper=30)
    return made


def compare(given: Proposal, taken: Proposal) -> None:
    assert (taken.title, taken.language, taken.state) == (given.title, given.language, State.CLOSED)
    assert given.published_at and abs(taken.published_at - given.published_at).total_seconds() < 1  # type: ignore[operator]
    assert (taken.origin.external_id, taken.origin.signatures) == (given.public_id, 150)
    assert taken.origin.address.endswith(f"/proposals/{given.public_id}/")


def test_decidims_columns_out_and_in_give_the_same(client: Client, given: Proposal) -> None:
    table = client.get("/en/hubs/hamm/proposals/decidim.csv")
    content = b"".join(table) if table.streaming else table.content  # type: ignore[arg-type]
    other = HubFactory(language="en")
    applied(other, content, Platform.DECIDIM, source=HOME)
    taken = Proposal.objects.get(hub=other)
    compare(given, taken)
    assert taken.body == given.body
    assert sent(other, content, Platform.DECIDIM, source=HOME).counts == {RowState.UNCHANGED: 1}


def test_petitions_out_and_in_give_the_same(client: Client, given: Proposal) -> None:
    content = client.get("/en/hubs/hamm/proposals/petitions.json").content
    assert json.loads(content)["data"]
    other = HubFactory(language="en")
    applied(other, content)
    compare(given, Proposal.objects.get(hub=other))
    assert sent(other, content).counts == {RowState.UNCHANGED: 1}
