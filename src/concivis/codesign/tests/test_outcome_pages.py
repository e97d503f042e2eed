"""What everybody reads of a process, and what nobody may read out of it."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from concivis.catalogue.models import Card
from concivis.codesign import becoming, cards, hooks, yearly
from concivis.codesign import outcome_factories as make
from concivis.codesign.actions import answering, recommending, texts
from concivis.codesign.factories import InsightFactory, ProcessFactory, SessionFactory
from concivis.codesign.outcomes import MeasureState, Verdict
from concivis.hubs import matters
from concivis.hubs.annual import Period
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import today_in
from concivis.hubs.testing import asks

pytestmark = pytest.mark.django_db


def page(client: Client, process, rest: str = "") -> str:
    response = client.get(f"/en/codesign/{process.public_id}/{rest}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_what_was_recommended_decided_and_done(client):
    asked = make.recommendation(title="Open on Saturdays")
    make.answer(asked, Verdict.IN_PART, text="Twice a month.", reason="We are too few.")
    measure = make.measure(asked, title="A rota for Saturdays")
    today = today_in(asked.process.hub)
    answering.note_step(by=None, measure=measure, state=MeasureState.DONE, on=today, language="en")
    said = page(client, asked.process)
    for words in ("Open on Saturdays", "Twice a month.", "We are too few.", "A rota for Saturdays", "done"):
        assert words in said


def test_the_page_sets_no_cookie_and_holds_no_token(client):
    response = client.get(f"/en/codesign/{make.recommendation().process.public_id}/")
    assert (response.cookies, "csrfmiddlewaretoken" in response.content.decode()) == ({}, False)


def test_what_single_people_said_is_never_on_the_page(client):
    process = ProcessFactory()
    heard = make.insights(process, 6, text="My landlord shouts at me.")
    make.recommendation(process, insights=heard)
    assert "landlord" not in page(client, process)


def test_fewer_than_five_are_not_told_by_number(client):
    process = ProcessFactory()
    make.recommendation(process, insights=make.insights(process, 4, need="money"))
    told, heard = becoming.asked_of(process)[0], becoming.heard_in(process)
    assert (told.supporting, heard.insights, heard.needs) == (None, None, [])
    assert "Rests on fewer than five insights." in page(client, process)


def test_five_are_told():
    process = ProcessFactory()
    make.insights(process, 5, need="money")
    heard = becoming.heard_in(process)
    assert (heard.insights, heard.needs) == (5, [("money", 5)])


def test_few_people_at_sessions_are_not_told_by_number():
    process = ProcessFactory()
    SessionFactory(process=process, attended=4)
    few = becoming.heard_in(process).people
    SessionFactory(process=process, attended=20)
    assert (few, becoming.heard_in(process).people) == (None, 24)


def test_a_sentence_is_public_from_its_release_until_it_is_taken_back(client):
    insight = InsightFactory()
    quote = recommending.release_quote(
        by=None,
        insight=insight,
        text="I want to be asked.",
        language="en",
        on=today_in(insight.hub),
        how="on the list at the door",
    )
    released = page(client, insight.process)
    recommending.take_back_quote(by=None, quote=quote)
    assert "I want to be asked." in released
    assert "at the door" not in released
    assert "I want to be asked." not in page(client, insight.process)


def test_a_withdrawn_recommendation_is_not_on_the_page(client):
    asked = make.recommendation(title="Open on Saturdays")
    recommending.withdraw(by=None, recommendation=asked, reason="It was said twice.")
    assert "Open on Saturdays" not in page(client, asked.process)


def test_a_process_that_is_not_public_has_no_page(client):
    process = ProcessFactory(is_published=False)
    assert client.get(f"/en/codesign/{process.public_id}/").status_code == 404


def test_a_process_of_a_hub_that_is_not_public_has_no_page(client):
    process = ProcessFactory(hub=HubFactory(is_published=False))
    assert client.get(f"/en/codesign/{process.public_id}/").status_code == 404


def test_a_late_answer_says_so(client):
    asked = make.recommendation(days=0)
    type(asked).objects.update(answer_due=today_in(asked.process.hub) - timedelta(days=1))
    assert "the answer is late" in page(client, asked.process)


def test_readers_get_the_answer_in_their_language(client):
    answer = make.answer(text="We will do it.")
    texts.translate(by=None, source=answer, language="de", texts={"text": "Das machen wir."})
    process = answer.recommendation.process
    german = client.get(f"/de/codesign/{process.public_id}/").content.decode()
    assert "Das machen wir." in german


def test_the_table_of_recommendations_holds_answers_and_measures(client):
    measure = make.measure(title="A rota")
    process = measure.recommendation.process
    response = client.get(f"/en/codesign/{process.public_id}/recommendations.json")
    item = json.loads(b"".join(response.streaming_content))["items"][0]
    assert (item["answer"], item["measures_planned"]) == ("accepted", ["A rota"])


def test_the_table_comes_as_csv(client):
    process = make.recommendation(title="Open on Saturdays").process
    response = client.get(f"/en/codesign/{process.public_id}/recommendations.csv")
    assert b"Open on Saturdays" in b"".join(response.streaming_content)


def test_an_unknown_format_is_not_found(client):
    process = make.recommendation().process
    assert client.get(f"/en/codesign/{process.public_id}/recommendations.pdf").status_code == 404


def test_the_feed_tells_each_step_the_latest_first(client):
    measure = make.measure(make.recommendation(title="Open"), title="A rota")
    process = measure.recommendation.process
    feed = b"".join(client.get(f"/en/codesign/{process.public_id}/updates.atom").streaming_content).decode()
    order = [
        feed.index(words) for words in ("Measure planned: A rota", "Accepted: Open", "Handed over: Open")
    ]
    assert order == sorted(order)


def test_the_calendar_holds_public_sessions_without_their_online_address(client):
    session = SessionFactory(title="Tea and talk", online_url="https://meet.example.org/secret")
    SessionFactory(process=session.process, title="Only for us", is_public=False)
    said = client.get(f"/en/codesign/{session.process.public_id}/sessions.ics").content.decode()
    assert ("Tea and talk" in said, "secret" in said, "Only for us" in said) == (True, False, False)


def test_the_calendar_says_in_plain_words_what_a_session_is_about(client):
    session = SessionFactory(about="**Tea** and a [talk](https://talk.example.org/)")
    said = client.get(f"/en/codesign/{session.process.public_id}/sessions.ics").content.decode()
    assert ("Tea and a talk" in said, "**" in said) == (True, False)


def test_the_list_of_a_hub_shows_how_much_is_answered(client):
    asked = make.recommendation()
    make.recommendation(asked.process)
    make.answer(asked)
    response = client.get(f"/en/hubs/{asked.process.hub.slug}/codesign/")
    assert response.context["cards"][0].meta == ["2 recommendations", "1 answered"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_for_three_recommendations_as_for_one(client, number):
    process = ProcessFactory()
    for _ in range(number):
        make.measure(make.recommendation(process, insights=make.insights(process, 2)))
    with asks(22):
        page(client, process)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_processes_as_for_one(client, number):
    hub = HubFactory()
    for _ in range(number):
        make.recommendation(ProcessFactory(hub=hub))
    with asks(4):
        client.get(f"/en/hubs/{hub.slug}/codesign/")


def test_the_hub_shows_its_processes(client):
    process = make.recommendation().process
    assert process.title in client.get(f"/en/hubs/{process.hub.slug}/").content.decode()


# --- the card --------------------------------------------------------------------------------------------------


def test_search_finds_a_process_by_what_is_recommended():
    process = ProcessFactory()
    make.recommendation(process, title="Open on Saturdays")
    (card,) = cards.drafts([process.pk])
    assert "Open on Saturdays" in card.texts["en"].keywords


def test_the_cards_are_the_same_after_a_rebuild():
    make.recommendation()
    before = list(Card.objects.filter(kind="process").values("kind", "public_id", "path", "state", "hub"))
    call_command("rebuild_catalogue")
    after = list(Card.objects.filter(kind="process").values("kind", "public_id", "path", "state", "hub"))
    assert before == after


def test_a_hub_that_goes_private_loses_its_cards():
    process = make.recommendation().process
    process.hub.is_published = False
    process.hub.save()
    cards.refresh_of_hub(process.hub)
    assert not Card.objects.filter(kind="process").exists()


# --- what became of one insight ----------------------------------------------------------------------------------


def test_the_fate_of_an_insight_names_recommendation_answer_and_measure():
    process = ProcessFactory()
    insight, other = make.insights(process, 2)
    make.measure(make.recommendation(process, insights=(insight,)), title="A rota")
    told = becoming.fates([insight, other])
    assert [step.label for step in told[insight.pk]] == [
        "supports recommendation 1",
        "accepted",
        "measure planned",
    ]
    assert other.pk not in told


def test_the_room_asks_for_fates_through_its_hook():
    assert becoming.fates in hooks.fates


# --- what is late ----------------------------------------------------------------------------------------------


def test_a_late_answer_and_a_late_measure_need_attention_today():
    hub = HubFactory()
    asked = make.recommendation(ProcessFactory(hub=hub), title="Open on Saturdays")
    measure = make.measure(make.recommendation(ProcessFactory(hub=hub)), title="A rota")
    yesterday = today_in(hub) - timedelta(days=1)
    type(asked).objects.filter(pk=asked.pk).update(answer_due=yesterday)
    type(measure).objects.filter(pk=measure.pk).update(due=yesterday)
    late = [each.title for each in matters.everything(hub) if each.kind == "recommendation"]
    assert late == ["Open on Saturdays", "A rota"]


# --- the year --------------------------------------------------------------------------------------------------


def test_the_yearly_report_counts_what_was_recommended_answered_and_done():
    measure = make.measure()
    process = measure.recommendation.process
    today = today_in(process.hub)
    answering.note_step(by=None, measure=measure, state=MeasureState.DONE, on=today, language="en")
    make.recommendation(process)
    now = timezone.now() + timedelta(minutes=1)
    period = Period(today.replace(month=1, day=1), today, ZoneInfo(process.hub.timezone), now)
    numbers = yearly.count(process.hub, period).numbers
    names = ("recommendations", "answered", "answered_in_time", "measures_done")
    assert [numbers[name] for name in names] == [2, 1, 1, 1]
