"""What an office did not admit, and what everybody reads of it."""

import csv
import io

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from concivis.proposals.actions import reviewing
from concivis.proposals.enums import NEVER_LISTED, Rejection
from concivis.proposals.factories import unpublished
from concivis.proposals.models import Proposal
from concivis.proposals.tests.office_scene import Office, office
from concivis.shell.templatetags.shell import absolute_url

pytestmark = pytest.mark.django_db(databases="__all__")


def listed(there: Office, extension: str = "/") -> str:
    answer = Client().get(f"/en/hubs/{there.hub.slug}/proposals/not-admitted{extension}")
    assert answer.status_code == 200
    return answer.getvalue().decode()


def not_admitted(there: Office, **said: object) -> Proposal:
    return unpublished(hub=there.hub, state="rejected", **{"rejection": Rejection.UNCLEAR, **said})


def test_everybody_reads_title_reason_and_the_words_of_the_office() -> None:
    there = office()
    proposal = there.in_review(title="A shorter week for crows")
    there.send("office_reject", proposal, reason="not_competent", note="The state decides this.", listed="on")
    page = listed(there)
    assert "A shorter week for crows" in page
    assert "The city cannot decide about it." in page
    assert "The state decides this." in page
    assert proposal.author_name not in page


def test_its_author_is_told_that_it_stands_there(django_capture_on_commit_callbacks) -> None:
    there = office()
    proposal = there.in_review()
    with django_capture_on_commit_callbacks(execute=True):
        there.send("office_reject", proposal, reason="unclear", listed="on")
    assert "stand on the public list" in mail.outbox[-1].body


def test_it_leads_to_the_open_proposal_about_the_same(django_capture_on_commit_callbacks) -> None:
    there = office()
    proposal, other = there.in_review(), there.published(title="Benches at the river")
    with django_capture_on_commit_callbacks(execute=True):
        there.send("office_reject", proposal, reason="duplicate", same_as=other.public_id, listed="on")
    assert other.get_absolute_url() in listed(there)
    assert other.get_absolute_url() in mail.outbox[-1].body
    (row,) = csv.DictReader(io.StringIO(listed(there, ".csv").removeprefix("\ufeff")))
    assert (row["reason"], row["same_as"]) == ("duplicate", absolute_url(other.get_absolute_url()))


def test_the_reviewer_may_leave_a_title_out_and_it_is_counted_all_the_same() -> None:
    there = office()
    proposal = there.in_review(title="Mister Example is a liar")
    there.send("office_reject", proposal, reason="unclear")
    page = listed(there)
    assert "Mister Example" not in page
    assert "It is not clear what the city is asked to do. <strong>1</strong>" in page


@pytest.mark.parametrize("reason", NEVER_LISTED)
def test_what_is_private_or_against_human_dignity_is_never_listed(reason: Rejection) -> None:
    there = office()
    proposal = there.in_review()
    there.send("office_reject", proposal, reason=reason, listed="on")
    assert proposal.title not in listed(there)
    with pytest.raises(ValidationError, match="never made public"):
        reviewing.list_rejection(by=there.person, proposal=proposal, listed=True)
    with pytest.raises(IntegrityError):
        Proposal.objects.filter(pk=proposal.pk).update(rejection_listed=True)


def test_what_found_no_first_supporters_was_read_by_nobody_and_is_not_listed() -> None:
    there = office()
    proposal = not_admitted(there, rejection=Rejection.NO_SPONSORS)
    assert proposal.title not in listed(there)


def test_the_office_takes_a_title_off_the_list_and_puts_it_back() -> None:
    there = office()
    proposal = not_admitted(there, title="Trams by night", rejection_listed=True)
    assert "Trams by night" in listed(there)
    assert "Take it off the public list" in there.page("office_proposal", proposal).content.decode()
    there.send("office_list_rejection", proposal, listed="0")
    assert "Trams by night" not in listed(there)
    there.send("office_list_rejection", proposal, listed="1")
    assert "Trams by night" in listed(there)


def test_only_what_was_not_admitted_is_put_there() -> None:
    there = office()
    for proposal in (there.in_review(), there.published()):
        with pytest.raises(ValidationError, match="never published and not admitted"):
            reviewing.list_rejection(by=there.person, proposal=proposal, listed=True)


def test_what_was_published_before_it_was_rejected_stands_there_with_its_page() -> None:
    there = office()
    proposal = there.published(state="rejected", rejection=Rejection.UNLAWFUL)
    assert proposal.get_absolute_url() in listed(there)
    Proposal.objects.filter(pk=proposal.pk).update(hidden_at="2026-01-01T00:00Z", hidden_reason="false")
    assert proposal.get_absolute_url() not in listed(there)


def test_an_empty_list_says_what_to_read_first() -> None:
    assert "Nothing stands here yet" in listed(office())


def test_the_list_is_one_query_for_its_rows_however_many(django_assert_num_queries) -> None:
    there = office()
    for number in range(30):
        not_admitted(there, title=f"Number {number}", rejection_listed=True)
    with django_assert_num_queries(4):  # the hub, how many, the rows, the numbers by reason
        page = listed(there)
    assert page.count("<h2 class=") == 24
    assert listed(there, ".json").count('"title":"Number') == 30
    assert Client().get(f"/en/hubs/{there.hub.slug}/proposals/not-admitted.exe").status_code == 404
