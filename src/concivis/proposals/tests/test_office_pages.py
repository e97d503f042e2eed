"""Every page of the office is there, in every state of a proposal, and says what to do next."""

import pytest

from concivis.hubs.testing import asks
from concivis.proposals.enums import State
from concivis.proposals.factories import ProposalFactory
from concivis.proposals.tests.office_scene import office

pytestmark = pytest.mark.django_db(databases="__all__")

AFTER = [State.PUBLISHED, State.CLOSED, State.ANSWERED, State.NOT_REALISED]
PAGES = (
    *("office_proposal", "office_signatures", "office_invalidate", "office_paper", "office_register"),
    *("office_handover", "office_fate", "office_answer", "office_decision", "office_talk", "office_end"),
    *("office_measure_new", "office_correct", "office_hide", "office_pause", "office_package_new"),
    "office_receipt",
)


@pytest.mark.parametrize("state", AFTER)
def test_a_published_proposal_has_all_its_pages_whatever_its_state(state):
    there = office()
    said = {"ended_on": "2026-01-01", "outcome_note": "x"} if state == State.NOT_REALISED else {}
    proposal = there.published(state=state, **said)
    assert [name for name in PAGES if there.page(name, proposal).status_code != 200] == []


@pytest.mark.parametrize("state", ["idea", "sponsoring", "review"])
def test_before_it_is_published_there_is_only_the_overview(state):
    there = office()
    proposal = there.in_review() if state == "review" else there.in_review(question="Why?")
    proposal.state = state
    proposal.save()
    page = there.page("office_proposal", proposal)
    assert page.status_code == 200
    assert len(page.context["tabs"]) == 1


def test_what_waits_for_its_mail_to_be_confirmed_is_nobodys_business():
    there = office()
    proposal = there.in_review()
    proposal.state = "draft"
    proposal.save()
    assert there.page("office_proposal", proposal).status_code == 404


def test_a_proposal_of_another_city_is_not_there():
    there = office()
    assert there.page("office_proposal", ProposalFactory()).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_many_there_are(number):
    there = office()
    for _ in range(number):
        there.published()
    there.page("office")
    with asks(7):
        assert there.page("office").status_code == 200


def test_the_list_is_filtered_by_state_and_by_words():
    there = office()
    there.published(title="A pool for all")
    there.in_review(title="Trees in the station road")
    assert [row.title for row in there.page("office", state="review").context["rows"]] == [
        "Trees in the station road"
    ]
    assert [row.title for row in there.page("office", q="pool").context["rows"]] == ["A pool for all"]


def test_what_waits_for_review_stands_first():
    there = office()
    there.in_review(title="Waits")
    there.published(title="Collects")
    assert [row.title for row in there.page("office").context["rows"]] == ["Waits", "Collects"]


def test_the_exported_list_names_nobody():
    there = office()
    there.published(title="A pool for all", author_name="Ada Example", author_email="ada@example.org")
    content = b"".join(there.page("office_export", "csv").streaming_content).decode()
    assert "A pool for all" in content
    assert "ada" not in content.lower()


def test_an_empty_list_says_what_to_do():
    there = office()
    assert "No proposal yet" in there.page("office").content.decode()


def test_an_office_without_rules_is_led_to_them():
    there = office()
    there.hub.proposal_rules.all().delete()
    assert "Set the rules" in there.page("office").content.decode()
    assert "Begin with" in there.page("office_rules").content.decode()


@pytest.mark.parametrize(
    "name", ["office_rules", "office_rules_edit", "office_rules_compare", "office_figures"]
)
def test_pages_about_all_proposals_are_there(name):
    assert office().page(name).status_code == 200
