"""Signatures are checked against the register: a table goes out, its answers come back."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from concivis.hubs.models import RecordLine
from concivis.proposals.actions import checking
from concivis.proposals.enums import Support
from concivis.proposals.factories import SignatureFactory
from concivis.proposals.models import RegisterCheck, Signature, Tally
from concivis.proposals.tests.office_scene import office

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def signed():
    there = office(needs_check=True)
    proposal = there.published()
    rows = SignatureFactory.create_batch(3, proposal=proposal, name="Ada Example", postcode="12345")
    return there, proposal, rows


def answers(*lines):
    return SimpleUploadedFile("answers.csv", "\n".join(["number,result", *lines]).encode())


def test_the_table_holds_what_the_check_needs_and_the_record_who_fetched_it():
    there, proposal, rows = signed()
    SignatureFactory(proposal=proposal, support=Support.CONSULTATIVE)
    content = b"".join(there.send("office_register_fetch", proposal).streaming_content).decode()
    lines = content.strip().splitlines()
    assert lines[0].removeprefix("\ufeff") == "number,name,postcode,signed_on"
    assert [int(line.split(",")[0]) for line in lines[1:]] == [row.pk for row in rows]
    assert "example.org" not in content
    assert RecordLine.objects.get(action="proposal.check_fetched").details == {"count": 3}


def test_a_visit_fetches_nothing():
    there, proposal, _rows = signed()
    assert there.page("office_register_fetch", proposal).status_code == 405


def test_answers_are_looked_at_before_they_count():
    there, proposal, (first, second, _third) = signed()
    file = answers(f"{first.pk},valid", f"{second.pk},invalid", "999999,valid")
    page = there.client.post(there.address("office_register", proposal), {"file": file}, follow=True)
    assert [stat.value for stat in page.context["stats"]] == [1, 1, 0, 1]
    assert page.context["unknown_lines"] == [4]
    assert not Signature.objects.exclude(check_state="waiting").exists()


def test_once_they_count_valid_is_told_apart_from_waiting():
    there, proposal, (first, second, _third) = signed()
    check = checking.bring(
        by=there.person, proposal=proposal, upload=answers(f"{first.pk},yes", f"{second.pk},no")
    )
    there.send("office_check", proposal, check.pk, act="apply")
    tally = Tally.objects.get(proposal=proposal)
    assert (tally.legal, tally.valid, tally.invalid) == (2, 1, 1)


def test_the_same_file_again_changes_nothing():
    there, proposal, (first, *_others) = signed()
    check = checking.bring(by=None, proposal=proposal, upload=answers(f"{first.pk},valid"))
    checking.apply(by=None, check=check)
    again = checking.bring(by=None, proposal=proposal, upload=answers(f"{first.pk},valid"))
    assert (again.pk, RegisterCheck.objects.count()) == (check.pk, 1)
    counted = checking.apply(by=None, check=again).counts
    assert counted["valid"] == 1
    assert RecordLine.objects.filter(action="proposal.checked").count() == 1
    assert there.person


def test_a_file_with_more_lines_adds_only_what_is_new():
    _there, proposal, (first, second, _third) = signed()
    checking.apply(
        by=None, check=checking.bring(by=None, proposal=proposal, upload=answers(f"{first.pk},valid"))
    )
    more = checking.bring(
        by=None, proposal=proposal, upload=answers(f"{first.pk},valid", f"{second.pk},valid")
    )
    assert (more.counts["same"], more.counts["valid"]) == (1, 1)


def test_numbers_of_another_proposal_are_unknown():
    there, proposal, _rows = signed()
    other = SignatureFactory(proposal=there.published())
    check = checking.bring(by=None, proposal=proposal, upload=answers(f"{other.pk},valid"))
    assert checking.apply(by=None, check=check).counts["unknown"] == 1
    other.refresh_from_db()
    assert other.check_state == "waiting"


def test_a_discarded_file_is_gone():
    there, proposal, (first, *_others) = signed()
    check = checking.bring(by=None, proposal=proposal, upload=answers(f"{first.pk},valid"))
    there.send("office_check", proposal, check.pk, act="discard")
    assert not RegisterCheck.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name;answer\nAda;yes", "must name the columns"),
        (b"number;result\n12;maybe", "Line 2"),
        (b"number;result\n\nx;valid", "Line 3"),
        (b"number,result\n12", "Line 2"),
        (b"\xff\xfe\x00", "CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(content, told):
    _there, proposal, _rows = signed()
    with pytest.raises(ValidationError, match=told):
        checking.bring(by=None, proposal=proposal, upload=SimpleUploadedFile("a.csv", content))
