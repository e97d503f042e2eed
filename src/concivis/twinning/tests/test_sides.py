"""The keeper asks the other side by letter; the side confirms by link or account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.accounts.keeping import personal_data
from concivis.accounts.people import Person
from concivis.hubs import record_words, webhooks
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Delivery, Hub, RecordLine, Webhook
from concivis.places.factories import PlaceFactory
from concivis.twinning import answers, factories, policies
from concivis.twinning.actions import sides
from concivis.twinning.answers import SideAccount
from concivis.twinning.enums import PartnershipState
from concivis.twinning.models import SideKey
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", language="de", place__name="Hamm")


@pytest.fixture
def coordinator(hub):
    return MembershipFactory(hub=hub, user__email="kim@example.org").user


@pytest.fixture
def tie(hub, coordinator):
    bradford = PlaceFactory(name="Bradford", country__code="GB")
    return factories.partnership(
        hub.place, bradford, hub=hub, signed="1976", is_published=False, state=PartnershipState.ACTIVE
    )


@pytest.fixture
def bradford(tie):
    return tie.sides.get(position=1)


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Calls an action as if it were committed; the letters that it sent."""

    def call(action, **arguments):
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            action(**arguments)
        return mailoutbox[before:]

    return call


def asked(side, by, email="town@example.org", language="en"):
    return sides.ask_side(by=by, side=side, email=email, language=language)


def by_key(side, key=None, named="A. Example, town clerk"):
    key = key or SideKey.objects.create(
        side=side,
        email="town@example.org",
        language="en",
        key_hash=f"{SideKey.objects.count():064x}",
        expires_at=timezone.now() + timedelta(days=60),
    )
    return Acting(side, None, named, key)


def recorded(tie):
    lines = RecordLine.objects.filter(object_id=tie.public_id).order_by("number")
    return [line.action for line in lines if line.action != "partnership.recorded"]


# --- the keeper asks ---------------------------------------------------------------------------------------


def test_the_letter_comes_in_the_chosen_language_and_its_link_begins_with_it(bradford, coordinator, sent):
    (letter,) = sent(asked, side=bradford, by=coordinator, language="fr")
    assert letter.to == ["town@example.org"]
    (link,) = re.findall(r"http\S+", letter.body)
    found = re.fullmatch(r"http://localhost:8000/fr/sides/([\w-]{43})/", link)
    assert answers.find_key(found[1]).side == bradford


def test_the_letter_says_who_asks_what_and_that_looking_changes_nothing(bradford, coordinator, sent):
    (letter,) = sent(asked, side=bradford, by=coordinator)
    assert letter.subject == "The partnership Hamm – Bradford: is this right, asks the office of Hamm"
    assert "opening the link changes nothing" in letter.body
    assert coordinator.email not in letter.body


def test_only_the_hash_of_a_key_is_kept(bradford, coordinator, sent):
    (letter,) = sent(asked, side=bradford, by=coordinator)
    key = re.search(r"/sides/([\w-]+)/", letter.body)[1]
    row = SideKey.objects.values().get()
    assert key not in str(row)
    assert key not in str(list(RecordLine.objects.values()))


def test_a_link_is_good_for_sixty_days(bradford, coordinator):
    key = asked(bradford, coordinator)
    assert timedelta(days=59) < key.expires_at - timezone.now() <= timedelta(days=60)
    bradford.refresh_from_db()
    assert bradford.asked_at is not None


def test_asking_again_takes_the_force_from_the_earlier_link(bradford, coordinator):
    first, second = asked(bradford, coordinator), asked(bradford, coordinator)
    first.refresh_from_db()
    assert (first.is_open, first.email, second.is_open) == (False, "", True)


def test_a_side_is_written_to_at_most_five_times_a_day(bradford, coordinator):
    for _ in range(5):
        asked(bradford, coordinator)
    with pytest.raises(ValidationError, match="5 times within a day"):
        asked(bradford, coordinator)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert asked(bradford, coordinator).is_open


def test_a_person_sends_so_many_letters_in_a_day_and_no_more(bradford, coordinator, monkeypatch):
    monkeypatch.setattr(sides, "LETTERS_A_DAY_OF_A_PERSON", 1)
    asked(bradford, coordinator)
    with pytest.raises(ValidationError, match="1 such letters within a day"):
        asked(bradford, coordinator)


@pytest.mark.parametrize(("email", "language"), [("town", "en"), ("town@example.org", "la")])
def test_a_letter_needs_an_address_and_a_language_of_the_interface(bradford, coordinator, email, language):
    with pytest.raises(ValidationError):
        asked(bradford, coordinator, email, language)
    assert not SideKey.objects.exists()


def test_nobody_asks_the_own_side_or_for_a_tie_that_no_office_keeps(tie, coordinator):
    with pytest.raises(ValidationError, match="your own side"):
        asked(tie.sides.get(position=0), coordinator)
    with pytest.raises(ValidationError, match="No office keeps"):
        asked(factories.partnership().sides.get(position=0), coordinator)


def test_a_side_whose_link_is_withdrawn_before_it_answered_is_as_if_never_asked(bradford, coordinator):
    key = sides.withdraw_key(by=coordinator, key=asked(bradford, coordinator))
    bradford.refresh_from_db()
    assert (key.is_open, key.email, bradford.asked_at) == (False, "", None)
    with pytest.raises(ValidationError, match="already"):
        sides.withdraw_key(by=coordinator, key=key)


def test_a_side_that_has_answered_stays_asked_when_its_link_is_withdrawn(bradford, coordinator):
    key = asked(bradford, coordinator)
    sides.confirm_side(acting=by_key(bradford, key))
    sides.withdraw_key(by=coordinator, key=key)
    bradford.refresh_from_db()
    assert bradford.asked_at is not None


def test_the_keeper_hears_once_a_day_that_an_expired_link_is_asked_for_anew(bradford, coordinator, sent):
    key = asked(bradford, coordinator)
    with pytest.raises(ValidationError, match="expired"):
        sides.want_new_key(key=key)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        (letter,) = sent(sides.want_new_key, key=key)
        assert letter.to == ["kim@example.org"]
        assert sides.want_new_key(key=key) is False


def test_a_month_after_it_expired_a_link_and_its_address_are_forgotten(bradford, coordinator):
    key = asked(bradford, coordinator)
    for days, forgotten in [(89, 0), (91, 1)]:
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert sides.forget_expired_keys() == forgotten
    key.refresh_from_db()
    assert (key.email, key.is_open) == ("", False)


# --- “this is right” ---------------------------------------------------------------------------------------


def test_a_side_confirms_with_a_link_and_it_is_kept_who_and_when(bradford):
    acting = by_key(bradford)
    side = sides.confirm_side(acting=acting)
    acting.key.refresh_from_db()
    assert (side.confirmed_by, side.confirmed_as) == (None, "A. Example, town clerk")
    assert side.confirmed_at is not None
    assert acting.key.used_at is not None


def test_a_side_confirms_with_an_account(bradford):
    person = UserFactory()
    side = sides.confirm_side(acting=Acting(bradford, person))
    assert (side.confirmed_by, side.confirmed_as) == (person, "")


def test_who_confirms_twice_changes_nothing_the_second_time(tie, bradford, sent):
    acting = by_key(bradford)
    first = sides.confirm_side(acting=acting)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert sent(sides.confirm_side, acting=by_key(bradford, acting.key, named="Somebody Else")) == []
    bradford.refresh_from_db()
    assert (bradford.confirmed_at, bradford.confirmed_as) == (first.confirmed_at, first.confirmed_as)
    assert recorded(tie) == ["partnership.confirmed"]


def test_the_record_names_the_place_and_the_link_but_no_person(tie, bradford):
    sides.confirm_side(acting=by_key(bradford))
    line = RecordLine.objects.get(action="partnership.confirmed")
    assert line.chain.hub == tie.hub
    assert line.actor is None
    place = bradford.place.public_id
    assert line.details == {"side": "Bradford", "place": place, "how": "by mailed link"}
    assert record_words.sentence(line) == "noted that Bradford confirmed a partnership by mailed link"


def test_by_an_account_the_record_says_who(bradford):
    person = UserFactory()
    sides.confirm_side(acting=Acting(bradford, person))
    line = RecordLine.objects.get(action="partnership.confirmed")
    assert line.actor == person.pk
    assert record_words.sentence(line) == "confirmed a partnership for Bradford"


def test_coordinators_and_editors_hear_of_it_each_in_their_language(hub, tie, bradford, sent):
    MembershipFactory(hub=hub, role="editor", user__email="fr@example.org", user__language="fr")
    MembershipFactory(hub=hub, role="observer", user__email="observer@example.org")
    letters = sent(sides.confirm_side, acting=by_key(bradford))
    assert {letter.to[0] for letter in letters} == {"kim@example.org", "fr@example.org"}
    links = {letter.to[0]: re.findall(r"http\S+", letter.body) for letter in letters}
    page = f"/office/hamm/partnerships/{tie.public_id}/other-side/"
    assert links["fr@example.org"] == [f"http://localhost:8000/fr{page}"]
    assert links["kim@example.org"] == [f"http://localhost:8000/de{page}"]


def test_no_free_text_of_the_other_side_is_in_the_letters(bradford, sent):
    letters = sent(sides.confirm_side, acting=by_key(bradford, named="See https://example.com now"))
    letters += sent(
        sides.decline_side, acting=by_key(bradford), reason="Look at https://example.com", language="en"
    )
    assert [letter for letter in letters if "example.com" in letter.body + letter.subject] == []


@pytest.mark.parametrize("spoilt", ["expired", "withdrawn", "of another side", "without a name"])
def test_a_key_that_has_lost_its_force_answers_nothing(tie, bradford, spoilt):
    acting = by_key(bradford)
    if spoilt == "expired":
        SideKey.objects.update(expires_at=timezone.now())
    elif spoilt == "withdrawn":
        SideKey.objects.update(withdrawn_at=timezone.now())
    elif spoilt == "of another side":
        acting = Acting(factories.partnership(hub=tie.hub).sides.get(position=1), None, "A", acting.key)
    else:
        acting = by_key(bradford, acting.key, named=" ")
    for answer in (
        lambda: sides.confirm_side(acting=acting),
        lambda: sides.correct_side(acting=acting, account=SideAccount(remark="No", language="en")),
        lambda: sides.decline_side(acting=acting, reason="No", language="en"),
    ):
        with pytest.raises(ValidationError):
            answer()
    assert recorded(tie) == []


def test_programs_of_the_keeper_are_told_without_personal_data(tie, bradford):
    Webhook.objects.create(
        hub=tie.hub,
        url="https://example.org/hook",
        events=["partnership.confirmed", "partnership.corrected"],
        secret_salt="salt",
    )
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        sides.confirm_side(acting=by_key(bradford))
        sides.correct_side(acting=by_key(bradford), account=SideAccount(remark="Yes", language="en"))
    told = {each.event: each.payload for each in Delivery.objects.all()}
    payload = {
        "partnership": tie.public_id,
        "url": f"http://localhost:8000/de/partnerships/{tie.public_id}/",
        "side": bradford.place.public_id,
        "at": "2026-11-22T09:00:00.000000Z",
    }
    assert told == {"partnership.confirmed": payload, "partnership.corrected": payload}
    assert webhooks.label_of("partnership.confirmed") == "A partner city has confirmed a partnership"


# --- who answers -------------------------------------------------------------------------------------------


def test_a_member_of_a_partner_city_answers_once_the_keeper_has_named_them(hub, tie, bradford, coordinator):
    person = MembershipFactory(hub=hub, role="partner_city").user
    with pytest.raises(PermissionDenied):
        policies.require_acting(person, bradford)
    sides.name_actors(by=coordinator, side=bradford, people=[person])
    assert policies.require_acting(person, bradford).by == person


def test_nobody_but_members_of_a_partner_city_can_be_named(hub, bradford, coordinator):
    for person in (UserFactory(), MembershipFactory(hub=hub, role="observer").user):
        with pytest.raises(ValidationError, match="Partner city"):
            sides.name_actors(by=coordinator, side=bradford, people=[person])


def test_the_city_of_the_other_side_answers_from_the_office_that_the_keeper_trusts(
    tie, bradford, coordinator
):
    person = MembershipFactory(hub__place=bradford.place, role="editor").user
    asked(bradford, coordinator)
    bradford.refresh_from_db()
    assert policies.acting_for(person, bradford) is None
    office = Hub.objects.get(memberships__user=person)
    trusted = sides.trust_office(by=coordinator, side=bradford, office=office)
    assert policies.require_acting(person, trusted).by == person


def test_what_is_kept_about_a_person_names_the_sides_they_answered_for(tie, bradford):
    person = UserFactory()
    bradford.actors.add(person)
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        sides.confirm_side(acting=Acting(bradford, person))
    side = {"partnership": tie.public_id, "place": "Bradford"}
    kept = personal_data(Person.of_user(person))
    assert kept["confirmed_sides"] == [{**side, "at": "2026-11-22T09:00:00.000000Z"}]
    assert kept["answers_for"] == [side]
