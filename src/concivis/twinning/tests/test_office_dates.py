import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from concivis.accounts.models import User
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.record_words import sentence
from concivis.places.factories import PlaceFactory
from concivis.shell.conflicts import EditConflict
from concivis.twinning import actions, factories
from concivis.twinning.actions import dates
from concivis.twinning.enums import MilestoneKind
from concivis.twinning.models import Milestone, Partnership

pytestmark = pytest.mark.django_db(databases="__all__")


def kept(**facts: object) -> Partnership:
    hub = HubFactory(place=PlaceFactory(name="Neustadt"), name="Neustadt")
    return factories.partnership(hub.place, PlaceFactory(name="Altstadt"), hub=hub, **facts)


def coordinator(tie: Partnership) -> User:
    return MembershipFactory(hub=tie.hub).user


def opened(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(tie: Partnership, name: str, *args: object) -> str:
    return reverse(f"twinning:{name}", args=[tie.hub.slug, tie.public_id, *args])


def written(**fields: object) -> dict[str, object]:
    return {"kind": "signed", "side": "", "when": "1963", "decision": "", "note": "", **fields}


def note(tie: Partnership, kind: str, when: str, place: str = "", **details: object) -> Milestone:
    side = tie.sides.get(place__name=place).place_id if place else None
    draft = factories.milestone(MilestoneKind(kind), when, place=side, **details)
    return actions.add_milestone(by=None, partnership=tie, milestone=draft)


def state_of(tie: Partnership) -> str:
    return str(Partnership.objects.values_list("state", flat=True).get(pk=tie.pk))


# --- noting ------------------------------------------------------------------------------------------------


def test_a_date_is_noted_with_the_offices_own_files_as_its_source():
    tie = kept(state="drafted", is_published=False)
    client = opened(coordinator(tie))
    side = tie.sides.get(place__name="Altstadt")
    response = client.post(at(tie, "office_date_new"), written(when="3 May 1963", side=side.pk))
    milestone = tie.milestones.get()
    assert response.status_code == 302
    assert (milestone.side, milestone.when.iso) == (side, "1963-05-03")
    assert milestone.source.title == "Files of the office of Neustadt"
    assert state_of(tie) == "signed"


def test_a_signature_before_the_councils_vote_is_refused_and_what_was_written_stays():
    tie = kept(state="drafted", is_published=False)
    note(tie, "ratified", "1963-05-03")
    client = opened(coordinator(tie))
    response = client.post(at(tie, "office_date_new"), written(when="2.5.1963", note="In the town hall"))
    text = response.content.decode()
    assert "A council votes before it signs: the vote noted for this side is of May 3, 1963." in text
    assert 'value="2.5.1963"' in text
    assert "In the town hall" in text
    assert tie.milestones.count() == 1


def test_a_signature_in_the_future_is_refused(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    tie = kept(state="drafted", is_published=False)
    response = opened(coordinator(tie)).post(at(tie, "office_date_new"), written(when="2026-12-01"))
    assert "This date is in the future." in response.content.decode()
    assert state_of(tie) == "drafted"


def test_the_state_follows_from_the_first_vote_to_the_last_signature():
    tie = kept(state="drafted", is_published=False)
    states = []
    for kind, when, place in [
        ("ratified", "2018", "Neustadt"),
        ("signed", "2019", "Neustadt"),
        ("countersigned", "2023", "Altstadt"),
    ]:
        note(tie, kind, when, place)
        states.append(state_of(tie))
    assert states == ["ratified", "signed", "active"]


def test_a_suspension_without_the_councils_decision_is_refused():
    tie = kept(signed="1990")
    response = opened(coordinator(tie)).post(at(tie, "office_suspend"), {"when": "2022", "side": ""})
    assert "This field is required." in response.content.decode()
    assert state_of(tie) == "active"


def test_the_council_suspends_resumes_and_ends():
    tie = kept(signed="1990")
    client = opened(coordinator(tie))
    states = []
    for name, when in [("suspend", "2022"), ("resume", "2024"), ("end", "2025")]:
        client.post(at(tie, f"office_{name}"), {"when": when, "side": "", "decision": "item 7"})
        states.append(state_of(tie))
    assert states == ["suspended", "active", "ended"]
    words = [sentence(line) for line in RecordLine.objects.filter(chain__hub=tie.hub)[1:]]
    assert words == [
        "noted of a partnership: suspended",
        "noted of a partnership: resumed",
        "noted of a partnership: ended",
    ]


def test_what_is_not_suspended_is_not_resumed():
    tie = kept(signed="1990")
    with pytest.raises(ValidationError, match="Only what was suspended can be resumed"):
        note(tie, "resumed", "2024")


def test_an_old_suspension_of_the_other_side_still_counts():
    tie = kept(signed="1990")
    note(tie, "suspended", "2022-03", "Neustadt", decision="item 7")
    note(tie, "suspended", "2022-05", "Altstadt", decision="vote 12")
    note(tie, "resumed", "2024", "Neustadt")
    assert state_of(tie) == "suspended"


# --- correcting and deleting -------------------------------------------------------------------------------


def test_a_date_is_corrected():
    tie = kept(signed="1963")
    client = opened(coordinator(tie))
    milestone = tie.milestones.get()
    client.post(
        at(tie, "office_date_correct", milestone.pk), written(when="1964-06", revision=0, source="Archive")
    )
    corrected = tie.milestones.get()
    tie.refresh_from_db()
    assert (corrected.pk, corrected.when.iso, corrected.source.title) == (milestone.pk, "1964-06", "Archive")
    assert (tie.started, tie.revision) == (dt.date(1964, 6, 1), 1)


def test_of_two_who_correct_the_same_date_the_second_is_told_and_may_insist():
    tie = kept(signed="1963")
    client, milestone = opened(coordinator(tie)), tie.milestones.get()
    page = at(tie, "office_date_correct", milestone.pk)
    dates.correct_milestone(
        by=MembershipFactory(hub=tie.hub, user__name="Ada Example").user,
        milestone=milestone,
        draft=factories.milestone(MilestoneKind.SIGNED, "1964"),
        revision=0,
    )
    refused = client.post(page, written(when="1965", revision=0))
    text = refused.content.decode()
    assert "While you were writing, Ada Example changed this partnership (dates;" in text
    assert 'value="1965"' in text
    assert "1964" in text
    client.post(page, written(when="1965", revision=refused.context["form"]["revision"].value()))
    assert tie.milestones.get().when.iso == "1965"


def test_a_correction_is_held_to_the_same_rules():
    tie = kept(signed="1963")
    note(tie, "renewed", "2003")
    signed = tie.milestones.get(kind="signed")
    with pytest.raises(ValidationError, match="noted for 2003, before this signature"):
        dates.correct_milestone(
            by=coordinator(tie),
            milestone=signed,
            draft=factories.milestone(MilestoneKind.SIGNED, "2004"),
            revision=1,
        )
    with pytest.raises(EditConflict):
        dates.correct_milestone(
            by=coordinator(tie),
            milestone=signed,
            draft=factories.milestone(MilestoneKind.SIGNED, "1964"),
            revision=0,
        )


def test_deleting_asks_first_and_says_what_the_state_will_be():
    tie = kept(state="drafted", is_published=False)
    signed = note(tie, "signed", "1963")
    client = opened(coordinator(tie))
    page = at(tie, "office_date_delete", signed.pk)
    assert "The state of the partnership will then be: drafted." in client.get(page).content.decode()
    client.post(page)
    assert (tie.milestones.count(), state_of(tie)) == (0, "drafted")


def test_a_suspension_on_which_a_resumption_rests_is_not_deleted():
    tie = kept(signed="1990")
    suspended = note(tie, "suspended", "2022", decision="item 7")
    note(tie, "resumed", "2024")
    with pytest.raises(ValidationError, match="Delete the resumption first"):
        dates.remove_milestone(by=coordinator(tie), milestone=suspended)


def test_a_date_of_another_partnership_is_not_found_through_this_one():
    tie, other = kept(signed="1963"), kept(signed="1963")
    client = opened(coordinator(tie))
    assert client.get(at(tie, "office_date_correct", other.milestones.get().pk)).status_code == 404


# --- the page ----------------------------------------------------------------------------------------------


def test_the_page_shows_per_side_who_ratified_signed_and_renewed():
    tie = kept(signed="1963")
    note(tie, "ratified", "1962", "Altstadt")
    text = opened(coordinator(tie)).get(at(tie, "office_dates")).content.decode()
    assert "Who ratified, signed and renewed when" in text
    assert '<th scope="row">Altstadt</th><td data-label="Ratified">1962</td>' in text
    assert (
        '<th scope="row">Neustadt</th><td data-label="Ratified"><span class="nothing">not noted</span>'
        in text
    )


def test_the_page_costs_as_many_queries_for_three_dates_as_for_one(django_assert_max_num_queries):
    one, three = kept(signed="1963"), kept(signed="1963")
    note(three, "renewed", "2003", "Altstadt", source=factories.source("Another paper"))
    note(three, "renewed", "2013", "Neustadt", source=factories.source("A third paper"))
    for tie in (one, three):
        client = opened(coordinator(tie))
        client.get(at(tie, "office_dates"))
        with django_assert_max_num_queries(
            7
        ):  # session (elsewhere on SQLite), user; hub, roles; tie, sides; rows
            client.get(at(tie, "office_dates"))
