from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from concivis.catalogue.models import Card
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.proposals import actions
from concivis.exchange.proposals.models import Platform, ProposalFile
from concivis.exchange.proposals.tests.scene import (
    DECIDIM,
    HOME,
    applied,
    initiative,
    listed,
    petition,
    sent,
    stored_files,
)
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub, RecordLine
from concivis.proposals.enums import State
from concivis.proposals.models import Proposal, ProposalOrigin

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm", language="en", is_published=True)


def test_nothing_counts_before_a_person_has_looked_at_it(hub: Hub) -> None:
    file = sent(hub, listed(petition(1), petition(2, state="hidden")))
    assert file.counts == {RowState.NEW: 1, RowState.REJECTED: 1}
    assert not Proposal.objects.exists()


def test_what_is_taken_over_is_historical_and_cannot_be_signed(hub: Hub) -> None:
    applied(hub, listed(petition(1)), licence="Example licence")
    proposal = Proposal.objects.get()
    assert proposal.is_historical and proposal.is_public
    assert not Proposal.objects.collecting().exists()
    assert (proposal.state, proposal.rules) == (State.ANSWERED, None)
    origin = ProposalOrigin.objects.get()
    assert (origin.source, origin.external_id, origin.licence) == (HOME, "1", "Example licence")
    assert (origin.address, origin.signatures) == (f"{HOME}/petitions/1", 12345)
    assert Card.objects.filter(kind="proposal", public_id=proposal.public_id).exists()


def test_a_petition_that_is_still_open_there_does_not_collect_here(hub: Hub) -> None:
    applied(hub, listed(petition(1, state="open", closed_at=None, government_response=None)))
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.origin.state) == (State.CLOSED, "open")


def test_the_same_file_again_changes_nothing(hub: Hub) -> None:
    applied(hub, listed(petition(1), petition(2)))
    again = sent(hub, listed(petition(1), petition(2)))
    assert again.counts == {RowState.UNCHANGED: 2}


def test_the_same_table_of_decidim_again_changes_nothing(hub: Hub) -> None:
    content = (DECIDIM + initiative(1) + initiative(2)).encode()
    applied(hub, content, Platform.DECIDIM, source=HOME)
    again = sent(hub, content, Platform.DECIDIM, source=HOME)
    assert again.counts == {RowState.UNCHANGED: 2}


def test_a_later_file_changes_what_is_there(hub: Hub) -> None:
    applied(hub, listed(petition(1)))
    later = sent(hub, listed(petition(1, signature_count=20_000)))
    assert later.counts == {RowState.CHANGED: 1}
    assert later.rows.get().differs == ["signatures"]
    actions.queue(by=None, file=later, state=BatchState.APPLYING)
    actions.apply_file(by=None, file=later)
    assert ProposalOrigin.objects.get().signatures == 20_000
    actions.undo_file(by=None, file=later)
    assert ProposalOrigin.objects.get().signatures == 12345


def test_the_same_number_of_another_platform_is_another_proposal(hub: Hub) -> None:
    applied(hub, listed(petition(1)))
    other = applied(hub, listed(petition(1)), source="https://other.example")
    assert other.counts == {RowState.NEW: 1}
    assert Proposal.objects.count() == 2


def test_a_proposal_that_stands_twice_in_a_file_comes_in_once(hub: Hub) -> None:
    file = applied(hub, listed(petition(1), petition(1)))
    assert file.counts == {RowState.NEW: 1, RowState.REPEATED: 1}
    assert Proposal.objects.count() == 1


def test_an_import_is_taken_back_as_a_whole(hub: Hub) -> None:
    file = applied(hub, listed(petition(1), petition(2)))
    actions.undo_file(by=None, file=file)
    assert not Proposal.objects.exists()
    assert not Card.objects.filter(kind="proposal").exists()
    actions_written = list(RecordLine.objects.order_by("pk").values_list("action", flat=True))
    assert actions_written[-4:] == [
        "proposals.recorded", "import.applied", "proposals.taken_back", "import.undone",
    ]  # fmt: skip


def test_what_somebody_changed_since_is_not_taken_back(hub: Hub) -> None:
    file = applied(hub, listed(petition(1), petition(2)))
    kept = Proposal.objects.get(origin__external_id="1")
    Proposal.objects.filter(pk=kept.pk).update(revision=5)
    actions.undo_file(by=None, file=file)
    assert Proposal.objects.get() == kept
    assert "It stays" in file.rows.get(external_id="1").notes[-1]


def test_what_somebody_changed_since_it_was_read_is_not_overwritten(hub: Hub) -> None:
    applied(hub, listed(petition(1)))
    later = sent(hub, listed(petition(1, signature_count=20_000)))
    Proposal.objects.update(revision=5)
    actions.queue(by=None, file=later, state=BatchState.APPLYING)
    later = actions.apply_file(by=None, file=later)
    assert later.counts == {RowState.REJECTED: 1}
    assert ProposalOrigin.objects.get().signatures == 12345


def test_a_file_is_applied_once(hub: Hub) -> None:
    file = applied(hub, listed(petition(1)))
    with pytest.raises(UnreadyBatch, match="applied"):
        actions.queue(by=None, file=file, state=BatchState.APPLYING)


def test_a_table_that_does_not_say_whose_it_is_is_refused_and_leaves_nothing(hub: Hub) -> None:
    with pytest.raises(UnreadableFile, match="from which platform"):
        sent(hub, DECIDIM.encode(), Platform.DECIDIM)
    assert stored_files() == []


def test_a_broken_file_fails_with_the_reason(hub: Hub) -> None:
    file = sent(hub, b'{"data": [{"id": 1', source=HOME)
    assert (file.state, file.failure) == (
        BatchState.FAILED,
        "The JSON breaks off or is damaged in line 1. Load the file down again.",
    )


# --- for everybody -----------------------------------------------------------------------------------------------


def test_everybody_reads_where_it_is_from_and_that_it_was_not_counted_here(client: Client, hub: Hub) -> None:
    areas = [{"name": "Example North", "ons_code": "E1", "signature_count": 12}]
    applied(hub, listed(petition(1, signatures_by_constituency=areas)), licence="Example licence")
    proposal = Proposal.objects.get()
    text = client.get(f"/en/proposals/{proposal.public_id}/").text
    assert HOME in text and "Example licence" in text and "counted there and not here" in text
    assert "12,345 signatures" in text and "Example North" in text
    assert "cannot be signed here" in text
    assert "Sign it" not in text and "/follow/" not in text


def test_a_historical_proposal_wants_nothing_of_the_office(hub: Hub) -> None:
    from concivis.proposals import attention

    applied(hub, listed(petition(1, government_response=None)))
    assert Proposal.objects.get().state == State.CLOSED
    assert list(attention.found(hub)) == []


# --- in the office and on the command line -----------------------------------------------------------------------


def test_the_office_sends_looks_applies_and_takes_back(client: Client, hub: Hub) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    page = reverse("exchange:proposal_files", args=["hamm"])
    assert "None yet." in client.get(page).text
    file = SimpleUploadedFile("list.json", listed(petition(1)))
    answer = client.post(
        page, {"kind": "petitions", "file": file, "language": "en", "licence": "Example licence"}
    )
    assert answer.status_code == 302
    found = ProposalFile.objects.get()
    actions.read_file(by=None, file=found) if found.state == BatchState.STAGING else None
    text = client.get(answer["Location"]).text
    assert "Example petition 1" in text and "12345 signatures as given" in text
    apply = reverse("exchange:proposal_file_apply", args=["hamm", found.public_id])
    assert "1 proposals are added" in client.get(apply).text
    assert not Proposal.objects.exists()  # looking changes nothing
    client.post(apply)
    found.refresh_from_db()
    actions.apply_file(by=None, file=found) if found.state == BatchState.APPLYING else None
    assert Proposal.objects.count() == 1
    client.post(reverse("exchange:proposal_file_undo", args=["hamm", found.public_id]))
    assert not Proposal.objects.exists()


def test_a_file_of_the_wrong_kind_is_refused_beside_its_field(client: Client, hub: Hub) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    file = SimpleUploadedFile("list.json", listed(petition(1)))
    page = reverse("exchange:proposal_files", args=["hamm"])
    text = client.post(page, {"kind": "decidim", "file": file, "language": "en"}).text
    assert "ends in one of these: .csv" in text
    assert not ProposalFile.objects.exists()


def test_a_busy_file_shows_how_far_it_is(client: Client, hub: Hub) -> None:
    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    file = sent(hub, listed(petition(1)))
    actions.queue(by=None, file=file, state=BatchState.APPLYING)
    text = client.get(reverse("exchange:proposal_file", args=["hamm", file.public_id])).text
    assert "Waiting for its turn" in text


def test_another_offices_file_is_not_there(client: Client, hub: Hub) -> None:
    file = sent(HubFactory(language="en"), listed(petition(1)))
    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    assert client.get(reverse("exchange:proposal_file", args=["hamm", file.public_id])).status_code == 404


def test_the_command_says_what_it_would_do_and_does_it(hub: Hub, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(listed(petition(1), petition(2, state="hidden")))
    out = StringIO()
    call_command("import_petitions", str(path), "--hub", "hamm", "--dry-run", stdout=out)
    assert "new: 1" in out.getvalue() and "not one that the platform makes public" in out.getvalue()
    assert not Proposal.objects.exists()
    call_command("import_petitions", str(path), "--hub", "hamm", stdout=out)
    assert Proposal.objects.count() == 1


def test_the_command_for_decidim_needs_the_platform(hub: Hub, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(DECIDIM + initiative())
    with pytest.raises(CommandError, match="from which platform"):
        call_command("import_decidim", str(path), "--hub", "hamm")
    call_command("import_decidim", str(path), "--hub", "hamm", "--source", HOME, stdout=StringIO())
    assert Proposal.objects.get().title == "Example initiative 7"
