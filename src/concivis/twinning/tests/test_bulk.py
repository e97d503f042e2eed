import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.accounts.models import User
from concivis.catalogue.models import Card
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions import bulk
from concivis.twinning.actions.bulk import Bulk
from concivis.twinning.enums import PartnershipState
from concivis.twinning.models import Contact, Journey, OfficeRules, Partnership, SideKey
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db(databases="__all__")

BULK = "/en/office/hamm/partnerships/bulk/"


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", place=PlaceFactory(name="Hamm", country__code="DE"))


@pytest.fixture
def editor(hub, client) -> User:
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


def tie(office, name="Bradford", country="GB", **facts):
    facts.setdefault("hub", office)
    return factories.partnership(office.place, PlaceFactory(name=name, country__code=country), **facts)


def contact(made, email="office@example.org", role="coordinator", **facts):
    side = made.sides.get(position=1)
    return Contact.objects.create(side=side, role=role, name="A contact", email=email, **facts)


def planned(action, hub, *ties):
    """(names of what would be changed, {why: names of what is left out})"""
    plan = bulk.plan(action, hub=hub, chosen=[each.public_id for each in ties])

    def names(some):
        return [each.title.removeprefix("Hamm – ") for each in some]

    return names(plan.able), {why: names(some) for why, some in plan.left_out.items()}


def test_what_is_public_a_draft_or_kept_by_others_is_left_out_of_publishing(hub):
    hidden = tie(hub, is_published=False)
    public = tie(hub, "Toul")
    draft = tie(hub, "Afyon", is_published=False, state=PartnershipState.EXPLORING)
    commons = tie(hub, "Santa Monica", hub=None)
    assert planned(Bulk.PUBLISH, hub, hidden, public, draft, commons) == (
        ["Bradford"],
        {
            "they are public already": ["Toul"],
            "they are not signed yet: until then they are drafts": ["Afyon"],
            "no office keeps them; take them over first": ["Santa Monica"],
        },
    )


def test_publishing_makes_a_card_raises_the_revision_and_writes_a_line_for_each(hub, editor):
    ties = [tie(hub, is_published=False), tie(hub, "Toul", is_published=False)]
    bulk.publish(by=editor, hub=hub, partnerships=ties)
    assert set(Partnership.objects.values_list("is_published", "revision")) == {(True, 1)}
    assert Card.objects.filter(kind="partnership").count() == 2
    lines = RecordLine.objects.filter(action="partnership.edited")
    assert [line.details for line in lines] == [{"facts": ["is_published"], "revision": 1}] * 2


def test_what_became_public_in_the_meantime_is_not_changed_again(hub, editor):
    made = tie(hub, is_published=False)
    Partnership.objects.filter(pk=made.pk).update(is_published=True)
    assert bulk.publish(by=editor, hub=hub, partnerships=[made]).done == []
    assert RecordLine.objects.filter(action="partnership.edited").count() == 0


def test_publishing_is_taken_back_by_one_button(hub, client, editor):
    made = tie(hub, is_published=False)
    answer = client.post(BULK, {"do": "publish", "chosen": made.public_id}, follow=True)
    page = answer.content.decode()
    assert "1 partnership is public now." in page
    assert 'name="do" value="unpublish"' in page
    client.post(BULK, {"do": "unpublish", "chosen": made.public_id})
    made.refresh_from_db()
    assert made.is_published is False
    assert Card.objects.filter(kind="partnership").count() == 0


def test_the_preview_says_how_many_which_and_why_not_the_others_and_changes_nothing(hub, client, editor):
    hidden, public = tie(hub, is_published=False), tie(hub, "Toul")
    page = client.get(BULK, {"do": "publish", "chosen": [hidden.public_id, public.public_id]})
    text = page.content.decode()
    assert "Make 1 partnership public?" in text
    assert "<strong>Toul</strong>: they are public already" in text
    hidden.refresh_from_db()
    assert hidden.is_published is False


def test_without_a_choice_the_table_says_so(hub, client, editor):
    answer = client.get(BULK, {"do": "publish"}, follow=True)
    assert "Choose at least one partnership." in answer.content.decode()


def test_more_than_five_hundred_at_once_are_refused(hub):
    with pytest.raises(ValidationError, match="at most 500"):
        bulk.plan(Bulk.PUBLISH, hub=hub, chosen=map(str, range(501)))


def test_all_of_a_view_can_be_chosen_beyond_the_page(hub, client, editor):
    for number in range(51):
        tie(hub, f"Partner {number}", is_published=False)
    tie(hub, "Toul", "FR", is_published=False)
    query = {"do": "publish", "on": "matching", "view": "country=GB"}
    assert "Make 51 partnerships public?" in client.get(BULK, query).content.decode()


def test_a_partnership_that_the_office_does_not_see_cannot_be_chosen(hub, editor):
    foreign = factories.partnership(hub=HubFactory(is_published=False))
    assert planned(Bulk.PUBLISH, hub, foreign) == ([], {})


def test_fields_are_added_and_removed_and_the_others_stay(hub, editor):
    youth, sport, culture = (TermFactory(code=code) for code in ("youth", "sport", "culture"))
    first, second = tie(hub, fields=[sport, culture]), tie(hub, "Toul", fields=[youth, culture])
    outcome = bulk.change_fields(
        by=editor, hub=hub, partnerships=[first, second], add=[youth], remove=[sport]
    )
    assert [made.pk for made in outcome.done] == [first.pk]
    assert {term.code for term in first.fields.all()} == {"youth", "culture"}
    assert {term.code for term in second.fields.all()} == {"youth", "culture"}


def test_fields_of_many_are_changed_in_the_browser(hub, client, editor):
    youth = TermFactory(code="youth", texts={"en": "Youth"})
    made = tie(hub)
    page = client.get(BULK, {"do": "fields", "chosen": made.public_id}).content.decode()
    assert "Youth" in page
    refused = client.post(BULK, {"do": "fields", "chosen": made.public_id})
    assert "Choose at least one field." in refused.content.decode()
    client.post(BULK, {"do": "fields", "chosen": made.public_id, "add": [youth.pk]})
    assert list(made.fields.all()) == [youth]


def test_a_public_office_takes_over_what_the_commons_know_of_its_city(hub, editor):
    own, foreign = tie(hub, hub=None), factories.partnership()
    kept = tie(hub, "Toul")
    assert planned(Bulk.ADOPT, hub, own, kept) == (["Bradford"], {"you keep them already": ["Toul"]})
    bulk.adopt(by=editor, hub=hub, partnerships=[own, foreign])
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.hub, foreign.hub) == (hub, None)
    assert RecordLine.objects.filter(chain__hub=hub, action="partnership.adopted").count() == 1


def test_a_private_office_takes_nothing_out_of_the_commons(hub):
    hub.is_published = False
    hub.save()
    assert planned(Bulk.ADOPT, hub, tie(hub, hub=None))[0] == []


def test_what_is_taken_over_sleeps_by_the_rules_of_the_office(hub, editor):
    OfficeRules.objects.create(hub=hub, dormant_after_months=12)
    made = tie(hub, hub=None)
    made.activities.create(public_id="a1", kind="meeting", title="A meeting", date="2025-03-01")
    bulk.adopt(by=editor, hub=hub, partnerships=[made])
    made.refresh_from_db()
    assert str(made.sleeps_on) == "2026-03-01"


def test_only_sides_with_an_address_are_asked_and_it_is_said_how_many_are_not(hub, editor):
    known, unknown, confirmed, lately = (
        tie(hub, name) for name in ("Bradford", "Toul", "Afyon", "Neufchâteau")
    )
    for each in (known, confirmed, lately):
        contact(each)
    confirmed.sides.filter(position=1).update(confirmed_at=timezone.now())
    lately.sides.filter(position=1).update(asked_at=timezone.now())
    assert planned(Bulk.ASK, hub, known, unknown, confirmed, lately) == (
        ["Bradford"],
        {
            "no mail address of the other side is known; add one under “People”": ["Toul"],
            "the other side has confirmed them": ["Afyon"],
            "the other side was asked within the last month": ["Neufchâteau"],
        },
    )


def test_who_is_asked_is_the_coordinator_first_in_a_language_of_the_country(
    hub, editor, django_capture_on_commit_callbacks
):
    made = tie(hub, "Toul", "FR")
    contact(made, "committee@example.org", role="committee")
    contact(made, "coordinator@example.org")
    contact(made, "left@example.org", left_on="2020-01-01")
    with django_capture_on_commit_callbacks(execute=True):
        bulk.ask(by=editor, hub=hub, partnerships=[made])
    assert [letter.to for letter in mail.outbox] == [["coordinator@example.org"]]
    assert SideKey.objects.get().language == "fr"


def test_the_journey_begins_with_each_that_has_none(hub, editor):
    fresh, begun = tie(hub), tie(hub, "Toul")
    Journey.objects.create(partnership=begun, template="ten-steps-1")
    assert planned(Bulk.JOURNEY, hub, fresh, begun)[1] == {"the ten steps have begun": ["Toul"]}
    bulk.start_journeys(by=editor, hub=hub, partnerships=[fresh, begun])
    assert fresh.journey.steps.count() == 10


def test_the_chosen_are_exported(hub, client, editor):
    made = tie(hub)
    tie(hub, "Toul")
    answer = client.get(BULK, {"do": "export", "chosen": made.public_id})
    text = b"".join(answer.streaming_content).decode()
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == [made.public_id]


@pytest.mark.parametrize("action", list(Bulk))
def test_every_action_has_a_page_that_asks_first(hub, client, editor, action):
    made = tie(hub, is_published=action != Bulk.PUBLISH, hub=None if action == Bulk.ADOPT else hub)
    contact(made)
    page = client.get(BULK, {"do": action.value, "chosen": made.public_id})
    assert 'method="post"' in page.content.decode().split("<main")[1]


def test_an_unknown_action_is_not_found(hub, client, editor):
    assert client.get(BULK, {"do": "delete"}).status_code == 404


def test_choose_all_on_this_page_ticks_every_box_without_a_script(hub, client, editor):
    tie(hub)
    tie(hub, "Toul")
    page = client.get("/en/office/hamm/partnerships/?chosen=all").content.decode()
    assert page.count('name="chosen"') == page.count(" checked>") == 2
