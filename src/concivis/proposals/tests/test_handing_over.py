"""The signatures are handed over: a package by a mailed link, the receipt, the day an answer is due."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from concivis.hubs.models import RecordLine, today_in
from concivis.proposals import forgetting, numbers
from concivis.proposals import package as packages
from concivis.proposals.actions import handing
from concivis.proposals.enums import Support
from concivis.proposals.factories import SignatureFactory
from concivis.proposals.models import Handover, Proposal
from concivis.proposals.tests.office_scene import office

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """A package that was mailed: the office, the proposal, the address in the letter."""
    there = office()
    proposal = there.published(state="closed")
    SignatureFactory.create_batch(3, proposal=proposal, name="=Ada", postcode="12345")
    SignatureFactory(proposal=proposal, support=Support.CONSULTATIVE, name="Friend")
    SignatureFactory(proposal=proposal, withdrawn_at=timezone.now(), name="Gone")
    with django_capture_on_commit_callbacks(execute=True):
        there.send(
            "office_package_new",
            proposal,
            recipient="The mayor's office",
            email="mayor@example.org",
            language="en",
        )
    link = re.search(r"/en/proposals/handed-over/\S+", mail.outbox[-1].body)
    assert link
    return there, proposal, link[0]


def opened(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_the_page_shows_what_there_is_and_opens_nothing(sent):
    _there, _proposal, link = sent
    page = Client().get(link)
    assert page.context["number"] == 3
    assert "no-store" in page["Cache-Control"]
    assert Handover.objects.get().opened == 0


def test_the_button_opens_it_and_each_opening_is_in_the_record(sent):
    _there, _proposal, link = sent
    for _ in range(2):
        opened(Client().post(link))
    assert Handover.objects.get().opened == 2
    assert RecordLine.objects.filter(action="proposal.package_opened").count() == 2


def test_it_holds_who_signed_by_the_rules_and_nobody_else(sent):
    _there, _proposal, link = sent
    archive = opened(Client().post(link))
    lines = list(csv.reader(io.TextIOWrapper(archive.open("signatures.csv"), "utf-8-sig")))
    assert lines[0] == [
        "number",
        "name",
        "postcode",
        "signed_on",
        "district",
        "means",
        "assurance",
        "register",
    ]
    assert [line[1] for line in lines[1:]] == ["'=Ada"] * 3  # no formula for a spreadsheet
    assert archive.read("sheets/sheet-0001.pdf").startswith(b"%PDF-")


def test_the_manifest_gives_the_sum_of_each_file(sent):
    _there, _proposal, link = sent
    archive = opened(Client().post(link))
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["signatures"] == 3
    assert manifest["sha256"] == {
        name: sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "manifest.json"
    }
    assert Handover.objects.get().manifest == manifest["sha256"]


def test_it_is_written_piece_by_piece(sent, monkeypatch):
    _there, proposal, _link = sent
    monkeypatch.setattr(packages, "SHEET_ROWS", 1)
    pieces = list(packages.stream(proposal.handovers.get()))
    assert len(pieces) > 4
    assert len(opened_bytes(pieces).namelist()) == 5  # a table, three sheets, the manifest


def opened_bytes(pieces):
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_an_unknown_key_opens_nothing():
    assert Client().get("/en/proposals/handed-over/nothing/").status_code == 404


def test_the_receipt_locks_it_and_the_answer_is_due_by_the_rule(sent):
    there, proposal, link = sent
    today = today_in(there.hub)
    there.send("office_receipt", proposal, on=today, received_by="The mayor's office")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer_due_on) == ("handed_over", today + timedelta(days=60))
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 410
    assert Handover.objects.get().opened == 0


def test_a_new_link_replaces_the_old_one(sent, django_capture_on_commit_callbacks):
    there, proposal, link = sent
    with django_capture_on_commit_callbacks(execute=True):
        there.send("office_package_again", proposal, Handover.objects.get().public_id)
    assert Client().get(link).status_code == 404
    assert link not in mail.outbox[-1].body


def test_a_withdrawn_package_opens_nothing(sent):
    there, proposal, link = sent
    there.send("office_package_withdraw", proposal, Handover.objects.get().public_id)
    assert Client().post(link).status_code == 410


def test_nothing_is_handed_over_while_signatures_are_collected():
    there = office()
    with pytest.raises(ValidationError, match="after collecting has ended"):
        handing.make_package(
            by=there.person, proposal=there.published(), recipient="X", email="x@example.org", language="en"
        )


def test_who_received_it_is_reminded_once_before_the_answer_is_due(sent, django_capture_on_commit_callbacks):
    there, proposal, _link = sent
    handing.hand_over(by=there.person, proposal=proposal, on=today_in(there.hub), received_by="The mayor")
    assert handing.remind_due() == 0
    Proposal.objects.filter(pk=proposal.pk).update(answer_due_on=today_in(there.hub) + timedelta(days=5))
    with django_capture_on_commit_callbacks(execute=True):
        assert (handing.remind_due(), handing.remind_due()) == (1, 0)
    assert mail.outbox[-1].to == ["mayor@example.org"]


def test_where_it_was_mailed_to_is_forgotten_with_the_signatures(sent):
    there, proposal, _link = sent
    there.send("office_package_withdraw", proposal, Handover.objects.get().public_id)
    Proposal.objects.filter(pk=proposal.pk).update(closed_at=timezone.now() - timedelta(days=400))
    numbers.recount(proposal)
    assert forgetting.reduce_due() == 5
    assert Handover.objects.get().email == ""
    with pytest.raises(ValidationError, match="locked"):
        handing.send_again(by=there.person, package=Handover.objects.get())
