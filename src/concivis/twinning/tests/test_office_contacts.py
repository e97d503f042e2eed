import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concivis.accounts.models import User
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions import contacts
from concivis.twinning.actions.contacts import ContactFacts
from concivis.twinning.enums import ContactRole
from concivis.twinning.models import Contact, Partnership

pytestmark = pytest.mark.django_db(databases="__all__")

CONSENT = {"consent_on": dt.date(2026, 5, 3), "consent_how": "by mail"}


def kept(**facts: object) -> Partnership:
    hub = HubFactory()
    return factories.partnership(hub.place, PlaceFactory(name="Altstadt"), hub=hub, **facts)


def coordinator(tie: Partnership) -> User:
    return MembershipFactory(hub=tie.hub).user


def opened(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(tie: Partnership, name: str, *args: object) -> str:
    return reverse(f"twinning:{name}", args=[tie.hub.slug, tie.public_id, *args])


def person(tie: Partnership, name: str = "Ada Example", **facts: object) -> Contact:
    said = {"role": ContactRole.COORDINATOR, "name": name, "email": "ada@example.org", **facts}
    return contacts.add_contact(by=coordinator(tie), side=tie.sides.last(), facts=ContactFacts(**said))


def public_page(tie: Partnership) -> str:
    return Client().get(tie.get_absolute_url()).content.decode()


# --- consent -----------------------------------------------------------------------------------------------


def test_nothing_of_a_person_is_public_without_consent():
    tie = kept()
    person(tie)
    text = public_page(tie)
    assert ("Ada Example" in text, "ada@example.org" in text) == (False, False)


def test_only_the_fields_that_the_person_agreed_to_are_public():
    tie = kept()
    person(tie, phone="+49 30 1", email_public=True, **CONSENT)
    text = public_page(tie)
    assert "coordinator of the partnership" in text
    assert 'href="mailto:ada@example.org"' in text
    assert ("Ada Example" in text, "+49 30 1" in text) == (False, False)


def test_who_has_left_is_not_public_any_more():
    tie = kept()
    person(tie, name_public=True, left_on=dt.date(2026, 6, 1), **CONSENT)
    assert "Ada Example" not in public_page(tie)


@pytest.mark.parametrize("consent", [{}, {"consent_on": dt.date(2026, 5, 3)}, {"consent_how": "by mail"}])
def test_consent_is_noted_with_its_day_and_its_way_or_nothing_is_public(consent):
    with pytest.raises(ValidationError, match="Note when and how the person agreed"):
        person(kept(), name_public=True, **consent)


def test_an_empty_field_is_not_made_public():
    with pytest.raises(ValidationError, match="There is nothing to make public"):
        person(kept(), phone_public=True, **CONSENT)


# --- the team ----------------------------------------------------------------------------------------------


def page_of(tie: Partnership) -> str:
    return opened(coordinator(tie)).get(at(tie, "office_contacts")).content.decode()


def test_a_member_of_the_team_without_a_successor_is_a_warning():
    tie = kept()
    follower = person(tie, "Ben Beispiel")
    person(tie, in_team=True)
    assert "Nobody is named who would take over." in page_of(tie)
    Contact.objects.filter(in_team=True).update(successor=follower)
    text = page_of(tie)
    assert "Nobody is named who would take over." not in text
    assert "would be followed by Ben Beispiel" in text


def test_a_successor_or_a_member_of_the_team_who_has_left_is_a_warning():
    tie = kept()
    gone = person(tie, "Ben Beispiel", left_on=dt.date(2026, 6, 1))
    person(tie, in_team=True, successor=gone)
    person(tie, "Carla Esempio", in_team=True, left_on=dt.date(2026, 6, 1))
    text = page_of(tie)
    assert "The person who would take over has left." in text
    assert "Has left and still counts as a member of the team." in text


def test_nobody_follows_themselves_or_comes_from_another_partnership():
    tie = kept()
    contact = person(tie)
    stranger = person(kept())
    for successor, words in [(contact, "their own successor"), (stranger, "somebody of this partnership")]:
        with pytest.raises(ValidationError, match=words):
            contacts.change_contact(
                by=coordinator(tie),
                contact=contact,
                side=contact.side,
                facts=ContactFacts(role=ContactRole.MAYOR, name="Ada Example", successor=successor),
            )


# --- the pages ---------------------------------------------------------------------------------------------


def test_a_person_is_noted_and_changed():
    tie = kept()
    client, side = opened(coordinator(tie)), tie.sides.first()
    sent = {"side": side.pk, "role": "mayor", "name": "Ada Example", "email": "ada@example.org"}
    client.post(at(tie, "office_contact_new"), sent)
    contact = Contact.objects.get()
    client.post(at(tie, "office_contact_change", contact.pk), {**sent, "role": "school", "in_team": "on"})
    contact.refresh_from_db()
    assert (contact.side, contact.role, contact.in_team) == (side, "school", True)


def test_of_two_who_change_a_person_at_once_the_second_sees_both_and_chooses():
    tie = kept()
    contact = person(tie, function="Mayor")
    client, change = opened(coordinator(tie)), at(tie, "office_contact_change", contact.pk)
    form = client.get(change).context["form"]
    mine = {
        name: "" if value is None else value for name, value in form.initial.items() if value is not False
    }
    assert client.post(change, {**mine, "function": "Mayor of the city"}).status_code == 302
    second = client.post(change, {**mine, "function": "Lord mayor"})
    contact.refresh_from_db()
    assert contact.function == "Mayor of the city"
    errors = second.context["form"].errors
    assert "somebody else changed this entry" in str(errors["__all__"])
    assert errors["function"] == ["Saved now: Mayor of the city"]
    assert list(errors) == ["__all__", "function"]
    assert 'value="Lord mayor"' in second.content.decode()
    again = {**mine, "function": "Lord mayor", "began": second.context["form"].data["began"]}
    assert client.post(change, again).status_code == 302
    contact.refresh_from_db()
    assert contact.function == "Lord mayor"


def test_what_is_wrong_stands_beside_its_field_and_what_was_written_stays():
    tie = kept()
    sent = {"side": tie.sides.first().pk, "role": "mayor", "name": "Ada Example", "name_public": "on"}
    response = opened(coordinator(tie)).post(at(tie, "office_contact_new"), sent)
    assert "consent_on" in response.context["form"].errors
    assert 'value="Ada Example"' in response.content.decode()


def test_deleting_a_person_is_for_good_and_the_record_knows_no_name():
    tie = kept()
    contact = person(tie, name_public=True, **CONSENT)
    client, page = opened(coordinator(tie)), at(tie, "office_contact_delete", contact.pk)
    assert "deleted for good: it cannot be brought back" in client.get(page).content.decode()
    client.post(page)
    details = str(list(RecordLine.objects.values_list("action", "details")))
    assert Contact.objects.count() == 0
    assert "contact.removed" in details
    assert ("Ada" in details, "ada@" in details) == (False, False)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("coordinator", True),
        ("editor", True),
        ("contributor", False),
        ("partner_city", False),
        ("observer", False),
    ],
)
def test_mail_and_telephone_are_seen_by_editors_only(role, seen):
    tie = kept()
    person(tie, phone="+49 30 1")
    text = (
        opened(MembershipFactory(hub=tie.hub, role=role).user)
        .get(at(tie, "office_contacts"))
        .content.decode()
    )
    assert ("ada@example.org" in text, "+49 30 1" in text) == (seen, seen)
    assert "Ada Example" in text


def test_an_office_opened_for_the_partner_city_sees_the_people_only_once_it_is_trusted():
    tie = kept()
    contact = person(tie)
    tie.sides.update(asked_at=timezone.now())
    partner = HubFactory(place=contact.side.place)
    client = opened(MembershipFactory(hub=partner).user)
    page = reverse("twinning:office_contacts", args=[partner.slug, tie.public_id])
    assert "Ada Example" not in client.get(page).content.decode()
    factories.trusted(tie, partner)
    assert "Ada Example" in client.get(page).content.decode()


def test_a_person_of_another_partnership_is_not_found_through_this_one():
    tie, contact = kept(), person(kept())
    client = opened(coordinator(tie))
    assert client.get(at(tie, "office_contact_change", contact.pk)).status_code == 404


def test_the_list_costs_as_many_queries_for_three_people_as_for_one(django_assert_max_num_queries):
    one, three = kept(), kept()
    person(one)
    for name in ("Ada Example", "Ben Beispiel", "Carla Esempio"):
        person(three, name, in_team=True)
    for tie in (one, three):
        client = opened(coordinator(tie))
        client.get(at(tie, "office_contacts"))
        with django_assert_max_num_queries(
            7
        ):  # session (elsewhere on SQLite), user; hub, roles; tie, sides; rows
            client.get(at(tie, "office_contacts"))
