import csv
import datetime as dt
import io
import json

import pytest
from django.core.exceptions import ValidationError

from concivis.catalogue import actions as catalogue
from concivis.catalogue import queries as cards
from concivis.catalogue.models import Card
from concivis.hubs import actions as hub_actions
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.twinning.actions import profiles as actions
from concivis.twinning.actions.profiles import ProfileDraft
from concivis.twinning.models import PartnerProfile
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db(databases="__all__")
LIST = "/en/looking-for-a-partner/"


@pytest.fixture(autouse=True)
def spring(time_machine):
    time_machine.move_to("2026-03-01T12:00:00Z", tick=False)


@pytest.fixture
def hub():
    place = PlaceFactory(name="Ahorn", population=20_000, country=CountryFactory(code="DE"))
    return HubFactory(slug="ahorn", name="Ahorn", place=place, contact_email="office@example.org")


def draft(**facts) -> ProfileDraft:
    facts.setdefault("expires_on", dt.date(2027, 3, 1))
    return ProfileDraft(**{"text": "A choir exchange", "language": "en", **facts})


def published(hub, **facts) -> PartnerProfile:
    return actions.publish_profile(by=None, hub=hub, draft=draft(**facts))


def listed(client, query="") -> list[str]:
    found = json.loads(b"".join(client.get(f"/en/looking-for-a-partner.json{query}").streaming_content))
    return sorted(item["place"] for item in found["items"])


def signed_in(client, hub, role="coordinator"):
    client.force_login(MembershipFactory(hub=hub, role=role).user)
    return client


def sent(**answers) -> dict[str, object]:
    return {"text": "A choir exchange", "language": "en", "expires_on": "2026-12-31", **answers}


# --- who sees it, until when -------------------------------------------------------------------------------


def test_a_profile_is_shown_until_its_last_day_and_not_a_day_longer(client, hub, time_machine):
    published(hub, expires_on=dt.date(2026, 4, 30))
    time_machine.move_to("2026-04-30T18:00:00Z", tick=False)
    assert listed(client) == ["Ahorn"]
    time_machine.move_to("2026-05-01T10:00:00Z", tick=False)
    assert listed(client) == []


def test_the_page_of_an_expired_profile_is_gone(client, hub, time_machine):
    profile = published(hub, expires_on=dt.date(2026, 4, 30))
    assert client.get(f"{LIST}{profile.public_id}/").status_code == 200
    time_machine.move_to("2026-05-01T10:00:00Z", tick=False)
    assert client.get(f"{LIST}{profile.public_id}/").status_code == 404


def test_the_daily_job_takes_the_cards_of_expired_profiles_and_tells_the_record_once(hub, time_machine):
    published(hub, expires_on=dt.date(2026, 4, 30))
    published(HubFactory())
    time_machine.move_to("2026-05-01T10:00:00Z", tick=False)
    assert [actions.withdraw_expired(), actions.withdraw_expired()] == [1, 0]
    assert Card.objects.filter(kind="partner_profile").count() == 1
    assert RecordLine.objects.filter(action="partner_profile.expired").count() == 1


def test_an_expired_profile_can_be_renewed_for_a_year(client, hub, time_machine):
    profile = published(hub, expires_on=dt.date(2026, 4, 30))
    time_machine.move_to("2026-06-01T10:00:00Z", tick=False)
    assert actions.renew_profile(by=None, profile=profile).expires_on == dt.date(2027, 6, 1)
    assert listed(client) == ["Ahorn"]


def test_a_withdrawn_profile_is_gone_for_good_and_another_can_be_written(client, hub):
    profile = published(hub)
    actions.withdraw_profile(by=None, profile=profile)
    assert listed(client) == []
    with pytest.raises(ValidationError, match="This profile was withdrawn"):
        actions.renew_profile(by=None, profile=profile)
    published(hub, text="Another choir")
    assert listed(client) == ["Ahorn"]


def test_the_profile_of_a_private_office_waits_until_the_office_is_public(client, hub):
    hub.is_published = False
    hub.save()
    published(hub)
    assert (listed(client), Card.objects.filter(kind="partner_profile").count()) == ([], 0)
    hub_actions.publish_hub(by=None, hub=hub)
    assert (listed(client), Card.objects.filter(kind="partner_profile").count()) == (["Ahorn"], 1)
    hub_actions.unpublish_hub(by=None, hub=hub)
    assert (listed(client), Card.objects.filter(kind="partner_profile").count()) == ([], 0)


def test_rebuilding_the_catalogue_gives_the_cards_that_the_actions_gave(hub, time_machine):
    published(hub, fields=(TermFactory(code="music"),), countries=("FR",))
    published(HubFactory(), expires_on=dt.date(2026, 3, 2))
    time_machine.move_to("2026-03-05T10:00:00Z", tick=False)
    actions.withdraw_expired()
    catalogue.rebuild()
    by_actions = sorted(cards.stored_drafts(), key=lambda card: (card.kind, card.public_id))
    Card.objects.all().delete()
    catalogue.rebuild()
    assert sorted(cards.stored_drafts(), key=lambda card: (card.kind, card.public_id)) == by_actions
    assert [card.kind for card in by_actions].count("partner_profile") == 1


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"text": "  "}, "Say in a few sentences"),
        ({"expires_on": dt.date(2026, 2, 28)}, "This day has passed"),
        ({"expires_on": dt.date(2028, 3, 2)}, "within two years"),
        ({"smallest": 500, "largest": 400}, "below the smallest"),
        ({"contact_public": True}, "Write the mail address"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(hub, facts, sentence):
    with pytest.raises(ValidationError, match=sentence):
        published(hub, **facts)


def test_an_office_has_one_profile_at_a_time(hub):
    published(hub)
    with pytest.raises(ValidationError, match="already has a profile"):
        published(hub)


# --- the mail address --------------------------------------------------------------------------------------


def test_a_mail_address_without_consent_is_shown_nowhere(client, hub):
    profile = published(hub, contact_email="mara@example.org")
    page = client.get(f"{LIST}{profile.public_id}/").content.decode()
    export = b"".join(client.get("/en/looking-for-a-partner.json").streaming_content).decode()
    assert ("mara@example.org" in page + export, "office@example.org" in page) == (False, True)


def test_a_mail_address_with_consent_is_shown_on_the_page_and_not_in_the_exports(client, hub):
    profile = published(hub, contact_email="mara@example.org", contact_public=True)
    page = client.get(f"{LIST}{profile.public_id}/").content.decode()
    export = b"".join(client.get("/en/looking-for-a-partner.csv").streaming_content).decode()
    assert ("mara@example.org" in page, "mara@example.org" in export) == (True, False)


# --- the list ----------------------------------------------------------------------------------------------


@pytest.fixture
def three(hub):
    paris = PlaceFactory(name="Bois", country=CountryFactory(code="FR"))
    rome = PlaceFactory(name="Colle", country=CountryFactory(code="IT"))
    published(
        hub,
        fields=(TermFactory(code="music", texts={"en": "Music"}),),
        countries=("PL",),
        languages=("de", "en"),
        largest=5_000,
    )
    published(HubFactory(place=paris), languages=("fr",), smallest=50_000)
    published(HubFactory(place=rome))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ahorn", "Bois", "Colle"]),
        ("?country=FR", ["Bois"]),
        ("?field=music", ["Ahorn"]),
        ("?partners_in=PL", ["Ahorn", "Bois", "Colle"]),
        ("?partners_in=ES", ["Bois", "Colle"]),
        ("?language=de", ["Ahorn", "Colle"]),
        ("?size=5000", ["Ahorn", "Colle"]),
        ("?size=60000", ["Bois", "Colle"]),
    ],
)
def test_the_list_is_filtered_and_what_is_left_open_fits_everybody(client, three, query, expected):
    assert listed(client, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "?country=XX", "?country=DE'--", "?size=-1", "?size=9e99", "?size=" + "9" * 400, "?language=%22%5D",
        "?field=%00", "?page=0", "?page=-3", "?page=a", "?partners_in=%25", "?size=&country=&field=",
    ],
)  # fmt: skip
def test_hostile_filters_filter_nothing_and_break_nothing(client, three, query):
    assert client.get(f"{LIST}{query}").status_code == 200
    assert listed(client, query) == ["Ahorn", "Bois", "Colle"]


def test_an_empty_list_says_how_to_be_the_first(client):
    page = client.get(LIST).content.decode()
    assert "Be the first" in page
    assert "/en/hubs/new/" in page


def test_a_list_without_a_match_says_which_filter_to_remove(client, three):
    assert "No profile fits these filters" in client.get(f"{LIST}?country=PL").content.decode()


def test_the_list_costs_the_same_with_one_and_with_three(client, hub, django_assert_num_queries):
    published(hub)
    client.get(LIST)
    with django_assert_num_queries(5):
        client.get(LIST)
    published(HubFactory()), published(HubFactory())
    with django_assert_num_queries(5):
        client.get(LIST)


def test_a_formula_in_the_text_is_defused_in_the_table_to_download(client, hub):
    published(hub, text="=1+1")
    text = b"".join(client.get("/en/looking-for-a-partner.csv").streaming_content).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["text"] == "'=1+1"


def test_the_office_s_public_page_says_that_it_looks(client, hub):
    assert "Ahorn looks for a partner" not in client.get("/en/hubs/ahorn/").content.decode()
    profile = published(hub)
    text = client.get("/en/hubs/ahorn/").content.decode()
    assert ("Ahorn looks for a partner" in text, profile.public_id in text) == (True, True)


def test_the_feed_names_who_looks(client, hub):
    published(hub)
    feed = b"".join(client.get("/en/looking-for-a-partner.atom").streaming_content).decode()
    assert "Ahorn looks for a partner" in feed
    assert client.get("/en/looking-for-a-partner.xls").status_code == 404


# --- the office's page -------------------------------------------------------------------------------------


def test_the_office_writes_its_profile_in_the_browser(client, hub):
    TermFactory(code="music", texts={"en": "Music"})
    page = "/en/office/ahorn/looking/"
    answer = signed_in(client, hub).post(
        page, sent(countries="Frankreich, Poland", languages="French; Deutsch", fields_wanted=["music"])
    )
    assert (answer.status_code, answer.url) == (302, page)
    profile = PartnerProfile.objects.get()
    assert (profile.countries, profile.languages) == (["FR", "PL"], ["fr", "de"])
    assert [term.code for term in profile.fields.all()] == ["music"]


def test_a_preview_stores_nothing_and_keeps_what_was_written(client, hub):
    page = (
        signed_in(client, hub)
        .post("/en/office/ahorn/looking/", sent(countries="Poland", preview="1"))
        .content.decode()
    )
    assert PartnerProfile.objects.count() == 0
    for text in ("So others will see it", "A choir exchange", 'value="Poland"'):
        assert text in page


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"countries": "Poland, Utopia"}, "We know no country called “Utopia”"),
        ({"languages": "Klingonesque"}, "We know no language called “Klingonesque”"),
        ({"expires_on": "2031-01-01"}, "within two years"),
        ({"countries": ",".join(["Poland"] * 31)}, "Name at most 30"),
    ],
)
def test_the_form_says_what_it_did_not_understand(client, hub, answers, sentence):
    page = signed_in(client, hub).post("/en/office/ahorn/looking/", sent(**answers)).content.decode()
    assert sentence in page
    assert PartnerProfile.objects.count() == 0


def test_the_form_shows_the_profile_as_it_is_and_changes_it(client, hub):
    profile = published(hub, countries=("FR",), languages=("de",))
    page = signed_in(client, hub).get("/en/office/ahorn/looking/").content.decode()
    assert ('value="France"' in page, 'value="German"' in page) == (True, True)
    client.post("/en/office/ahorn/looking/", sent(text="A school exchange"))
    profile.refresh_from_db()
    assert (profile.text, profile.expires_on) == ("A school exchange", dt.date(2026, 12, 31))


def test_withdrawing_asks_first(client, hub):
    published(hub)
    page = "/en/office/ahorn/looking/withdraw/"
    assert "Withdraw the profile?" in signed_in(client, hub).get(page).content.decode()
    client.post(page)
    assert PartnerProfile.objects.filter(withdrawn_at__isnull=False).count() == 1
    assert client.post(page).status_code == 404


def test_who_may_do_what_with_the_profile(hub):
    published(hub)
    office = "/en/office/ahorn/looking/"
    assert_permission_table(
        people_around(hub),
        [
            ("GET", office, "login 404 200 200 200 200 200 404"),
            ("POST", office, "login 404 403 403 403 302 302 404", sent()),
            ("POST", f"{office}renew/", "login 404 403 403 403 302 302 404"),
            ("GET", f"{office}withdraw/", "login 404 403 403 403 200 200 404"),
            ("POST", f"{office}withdraw/", "login 404 403 403 403 302 302 404"),
            ("GET", LIST, "200 200 200 200 200 200 200 200"),
        ],
    )
