"""The rules of a hub: in versions, in plain words, in every language."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from concivis.proposals import telling_rules
from concivis.proposals.actions.rules import RulesFacts, facts_of, make_rules, write_text
from concivis.proposals.queries import current_rules
from concivis.proposals.starts import STARTS, share
from concivis.proposals.tests.office_scene import office
from concivis.shell.conflicts import EditConflict

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_change_makes_the_next_version_and_a_proposal_keeps_its_own():
    there = office()
    proposal = there.published()
    facts = facts_of(current_rules(there.hub))
    made = make_rules(by=there.person, hub=there.hub, facts=replace(facts, open_days=90), after=1)
    proposal.refresh_from_db()
    assert (made.number, proposal.rules.number) == (2, 1)


def test_the_same_rules_again_make_no_version():
    there = office()
    facts = facts_of(current_rules(there.hub))
    assert make_rules(by=there.person, hub=there.hub, facts=facts).number == 1


def test_who_changes_an_overtaken_version_is_told():
    there = office()
    facts = facts_of(current_rules(there.hub))
    make_rules(by=there.person, hub=there.hub, facts=replace(facts, open_days=90), after=1)
    with pytest.raises(EditConflict):
        make_rules(by=there.person, hub=there.hub, facts=replace(facts, open_days=80), after=1)


def test_texts_go_on_into_the_next_version():
    there = office()
    write_text(by=there.person, hub=there.hub, language="de", texts={"legal": "Nach der Satzung"})
    facts = facts_of(current_rules(there.hub))
    made = make_rules(by=there.person, hub=there.hub, facts=replace(facts, open_days=90))
    assert made.texts.get(language="de").legal == "Nach der Satzung"


def test_a_text_under_which_people_signed_is_not_changed_behind_their_backs():
    there = office()
    write_text(by=there.person, hub=there.hub, language="en", texts={"legal": "Old"})
    proposal = there.published()
    write_text(by=there.person, hub=there.hub, language="en", texts={"legal": "New"})
    assert current_rules(there.hub).number == 2
    assert proposal.rules.texts.get().legal == "Old"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (RulesFacts(means=()), "means"),
        (RulesFacts(means=("paper",)), "means"),
        (RulesFacts(electorate=100), "electorate_on"),
        (RulesFacts(needs_check=True), "asked"),
        (RulesFacts(areas=({"code": "N", "name": "North"}, {"code": "N", "name": "Nord"})), "areas"),
    ],
)
def test_rules_that_cannot_work_are_refused_beside_their_field(facts, field):
    there = office()
    with pytest.raises(ValidationError) as refused:
        make_rules(by=there.person, hub=there.hub, facts=facts)
    assert field in refused.value.message_dict


def test_two_versions_are_compared_in_plain_words():
    there = office()
    before = current_rules(there.hub)
    after = make_rules(
        by=None, hub=there.hub, facts=replace(facts_of(before), open_days=90, steps={"debate": 30})
    )
    told = {each.label: (each.before, each.after) for each in telling_rules.differences(before, after)}
    assert told == {
        "days signatures are collected": ("180", "90"),
        "the administration answers": ("10", "not foreseen"),
        "the council debates": ("20", "30"),
    }


def test_what_is_missing_is_said_for_each_language_of_the_interface():
    there = office()
    said = {"eligibility": "Who lives here", "legal": "It counts", "privacy": "Half a year"}
    write_text(by=there.person, hub=there.hub, language="de", texts=said)
    told = " ".join(telling_rules.warnings(current_rules(there.hub)))
    assert "Missing in French" in told
    assert "Missing in German" not in told


@pytest.mark.parametrize("code", STARTS)
def test_each_start_can_be_taken_as_it_is(code):
    there = office()
    there.hub.proposal_rules.all().delete()
    assert make_rules(by=there.person, hub=there.hub, facts=STARTS[code].facts(180_000)).number == 1


def test_numbers_to_begin_with_are_easy_to_remember():
    assert [share(people, 0.01, 500) for people in (None, 500, 12_345, 179_000, 1_900_000)] == [
        500, 20, 100, 2_000, 20_000,
    ]  # fmt: skip


def test_the_form_makes_the_rules():
    there = office()
    page = there.page("office_rules_edit")
    form = page.context["form"]
    said = {name: value for name, value in form.initial.items() if value is not None and value is not False}
    there.send("office_rules_edit", **{**said, "areas": "N; North; 59065, 59067\nS; South", "open_days": 90})
    made = current_rules(there.hub)
    assert (made.number, made.open_days) == (2, 90)
    assert made.areas[0] == {"code": "N", "name": "North", "postcodes": ["59065", "59067"]}


def test_a_district_that_cannot_be_read_names_its_line():
    there = office()
    page = there.send("office_rules_edit", areas="N; North\nSouth")
    assert "Line 2" in str(page.context["form"].errors["areas"])


def test_people_read_the_rules_in_the_language_that_is_looked_at():
    there = office()
    page = there.page("office_rules", language="de")
    assert 'lang="de"' in page.content.decode()
