"""Signatures on paper: the sheet to print, the sheets that came back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from concivis.hubs.models import today_in
from concivis.proposals.models import PaperSheet, Tally
from concivis.proposals.sheets import to_fill_in
from concivis.proposals.tests.office_scene import office

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def facts(there, **other):
    return {"label": "1", "lines": 12, "valid": 10, "received_on": today_in(there.hub), **other}


def test_a_sheet_counts_apart_from_the_others():
    there = office()
    proposal = there.published()
    there.send("office_paper", proposal, **facts(there))
    tally = Tally.objects.get(proposal=proposal)
    assert (tally.paper, tally.legal, tally.counts) == (10, 0, 10)


def test_its_scan_is_kept_for_the_office_alone():
    there = office()
    proposal = there.published()
    there.send("office_paper", proposal, **facts(there), scan=SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
    sheet = PaperSheet.objects.get()
    answer = there.page("office_sheet_scan", proposal, sheet.public_id)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"MZ program", b""])
def test_a_scan_that_is_none_is_refused(content):
    there = office()
    page = there.send(
        "office_paper", there.published(), **facts(there), scan=SimpleUploadedFile("a.pdf", content)
    )
    assert page.context["form"].errors["scan"]


def test_a_sheet_that_came_too_late_does_not_count():
    there = office()
    today = today_in(there.hub)
    proposal = there.published(state="closed", closes_on=today - timedelta(days=1))
    page = there.send("office_paper", proposal, **facts(there))
    assert page.context["form"].errors["received_on"]


@pytest.mark.parametrize(
    ("wrong", "field"), [({"valid": 13}, "valid"), ({"received_on": "2199-01-01"}, "received_on")]
)
def test_what_cannot_be_is_refused_beside_its_field(wrong, field):
    there = office()
    page = there.send("office_paper", there.published(), **facts(there, **wrong))
    assert page.context["form"].errors[field]


def test_the_same_sheet_is_not_entered_twice():
    there = office()
    proposal = there.published()
    there.send("office_paper", proposal, **facts(there))
    page = there.send("office_paper", proposal, **facts(there))
    assert page.context["form"].errors["label"]


def test_a_sheet_is_corrected_and_removed_after_a_question():
    there = office()
    proposal = there.published()
    there.send("office_paper", proposal, **facts(there))
    sheet = PaperSheet.objects.get()
    there.send("office_sheet", proposal, sheet.public_id, **facts(there, valid=7))
    assert Tally.objects.get().paper == 7
    assert (
        "Remove this sheet?" in there.page("office_sheet_remove", proposal, sheet.public_id).content.decode()
    )
    there.send("office_sheet_remove", proposal, sheet.public_id)
    assert Tally.objects.get().paper == 0


def test_what_was_handed_over_is_not_changed_any_more():
    there = office()
    page = there.send("office_paper", there.published(state="handed_over"), **facts(there))
    assert page.context["form"].non_field_errors()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_sheet_to_print_is_a_tagged_pdf_in_the_language_of_the_street(language):
    proposal = office().published(title="A crossing at the school", summary="Paint it.")
    content = to_fill_in(proposal, language)
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content


def test_the_sheet_is_there_in_every_language_of_the_interface():
    there = office()
    proposal = there.published()
    assert there.page("office_sheet_pdf", proposal, "fr")["Content-Type"] == "application/pdf"
    assert there.page("office_sheet_pdf", proposal, "xx").status_code == 404
