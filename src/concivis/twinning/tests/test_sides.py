"""What the other side of a partnership says stands beside what the keeper wrote, never over it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.accounts.queries import personal_data
from concivis.directory.models import Organisation, OrganisationKind
from concivis.hubs import record_words, webhooks
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Delivery, RecordLine, Webhook
from concivis.places.factories import PlaceFactory
from concivis.twinning import actions, answers, factories, policies, queries
from concivis.twinning.actions import dates as keeping
from concivis.twinning.actions import sides
from concivis.twinning.answers import SideAccount, Standing
from concivis.twinning.dates import PartialDate
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone, SideKey
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db

SIGNED, RATIFIED = MilestoneKind.SIGNED, MilestoneKind.RATIFIED


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


def dated(**dates):
    return {MilestoneKind(kind): PartialDate.parse(text) for kind, text in dates.items()}


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


# --- “correct our side” ------------------------------------------------------------------------------------


@time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC))
def test_a_side_states_its_own_dates_with_its_statement_as_their_source(tie, bradford):
    account = SideAccount(dates=dated(ratified="1974-12-03", signed="1975-05"))
    sides.correct_side(acting=by_key(bradford), account=account)
    stated = answers.statements(bradford)
    assert [(each.kind, each.when.iso) for each in stated] == [
        ("ratified", "1974-12-03"),
        ("signed", "1975-05"),
    ]
    source = stated[0].source
    assert source.title == "Statement of Bradford of 22. November 2026"  # in the words of Hamm's language
    assert (source.seen_on.isoformat(), source.stated_by) == ("2026-11-22", bradford.place)


def test_what_the_keeper_wrote_stays_as_it_is(tie, bradford):
    def of_keeper():
        tie.refresh_from_db()
        return tie.state, tie.started, [each.when.iso for each in queries.kept_dates(tie)]

    before = of_keeper()
    sides.correct_side(
        acting=by_key(bradford),
        account=SideAccount(
            dates=dated(signed="1950"), state="suspended", remark="Since 1950.", language="en"
        ),
    )
    assert of_keeper() == before


def test_a_date_that_the_keeper_already_has_is_not_stated_again(bradford):
    side = sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(signed="1976")))
    assert not answers.statements(side).exists()
    assert recorded(side.partnership) == []


def test_a_side_can_take_its_own_dates_back_but_no_others(tie, bradford):
    sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(signed="1975")))
    sides.correct_side(acting=by_key(bradford), account=SideAccount())
    assert [each.when.iso for each in Milestone.objects.filter(partnership=tie)] == ["1976"]


def test_the_same_account_again_changes_nothing(tie, bradford, sent):
    account = SideAccount(dates=dated(signed="1975"), remark="As we know it.", language="en")
    sides.correct_side(acting=by_key(bradford), account=account)
    assert sent(sides.correct_side, acting=by_key(bradford), account=account) == []
    assert recorded(tie) == ["partnership.corrected"]


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"signed": "2999"}, "signed"),
        ({"ratified": "1980", "signed": "1975"}, "signed"),
    ],
)
def test_a_side_states_no_day_to_come_and_no_signature_before_the_vote(bradford, dates, field):
    with pytest.raises(ValidationError) as refused:
        sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(**dates)))
    assert field in refused.value.message_dict
    assert not answers.statements(bradford).exists()


def test_a_suspension_cannot_be_stated_it_needs_a_decision(bradford):
    with pytest.raises(ValidationError, match="needs a decision"):
        sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(suspended="2020")))


def test_the_same_state_as_the_keepers_is_no_difference(bradford):
    side = sides.correct_side(acting=by_key(bradford), account=SideAccount(state="active"))
    assert side.state_said == ""


def test_that_it_has_ended_is_an_answer_of_its_own(bradford):
    with pytest.raises(ValidationError, match="not our partnership"):
        sides.correct_side(acting=by_key(bradford), account=SideAccount(state="ended"))


def test_a_remark_needs_its_language(bradford):
    with pytest.raises(ValidationError) as refused:
        sides.correct_side(acting=by_key(bradford), account=SideAccount(remark="Yes"))
    assert list(refused.value.message_dict) == ["language"]


def test_a_side_names_who_acts_for_it_where_the_keeper_named_nobody(hub, bradford):
    side = sides.correct_side(acting=by_key(bradford), account=SideAccount(body="Committee of friends"))
    assert (side.organisation.name, side.organisation.hub, side.remark) == ("Committee of friends", hub, "")


def test_another_body_than_the_keepers_is_a_remark(hub, bradford):
    named = Organisation.objects.create(
        public_id="o1", hub=hub, kind=OrganisationKind.COMMITTEE, name="Town hall", folded="town hall"
    )
    bradford.organisation = named
    bradford.save()
    account = SideAccount(body="Committee of friends", remark="Since May.", language="en")
    side = sides.correct_side(acting=by_key(bradford), account=account)
    assert (side.organisation, side.remark) == (named, "Since May.\nActs for us: Committee of friends")


def test_an_organisation_that_the_keeper_described_stays_so(hub, bradford):
    known = Organisation.objects.create(
        public_id="o1",
        hub=hub,
        kind=OrganisationKind.ASSOCIATION,
        name="Committee of Friends",
        folded="committee of friends",
        place=bradford.place,
        website="https://example.org/",
    )
    side = sides.correct_side(acting=by_key(bradford), account=SideAccount(body="committee of friends"))
    known.refresh_from_db()
    assert side.organisation == known
    assert (known.name, known.kind, known.website) == (
        "Committee of Friends",
        OrganisationKind.ASSOCIATION,
        "https://example.org/",
    )


def test_a_correction_can_confirm_all_the_rest(tie, bradford, sent):
    account = SideAccount(dates=dated(signed="1975"))
    letters = sent(sides.correct_side, acting=by_key(bradford), account=account, confirm=True)
    bradford.refresh_from_db()
    assert bradford.confirmed_at is not None
    assert len(letters) == 1


# --- “this is not ours” ------------------------------------------------------------------------------------


def test_a_side_that_declines_ends_nothing_its_word_stands_beside(tie, bradford):
    side = sides.decline_side(acting=by_key(bradford), reason="We never agreed.", language="en")
    tie.refresh_from_db()
    assert (tie.state, side.state_said, side.remark) == ("active", "ended", "We never agreed.")
    assert answers.told(tie, [side])[0].standing == Standing.DECLINED


def test_declining_takes_the_confirmation_back_and_confirming_the_declination(tie, bradford):
    acting = by_key(bradford)
    sides.confirm_side(acting=acting)
    declined = sides.decline_side(acting=acting, reason="It is over.", language="en")
    assert (declined.confirmed_at, declined.confirmed_as) == (None, "")
    confirmed = sides.confirm_side(acting=acting)
    assert (confirmed.state_said, confirmed.remark) == ("", "")
    assert confirmed.confirmed_at is not None
    assert recorded(tie) == ["partnership.confirmed", "partnership.declined", "partnership.confirmed"]


def test_declining_needs_a_reason(bradford):
    with pytest.raises(ValidationError, match="why"):
        sides.decline_side(acting=by_key(bradford), reason=" ", language="en")


# --- the keeper compares -----------------------------------------------------------------------------------


def test_where_a_side_stands_is_told_with_what_it_says_otherwise(tie, bradford, coordinator):
    def standing():
        return answers.told(tie, [tie.sides.get(position=1)])[0].standing

    assert standing() == Standing.NOT_ASKED
    asked(bradford, coordinator)
    assert standing() == Standing.ASKED
    sides.correct_side(
        acting=by_key(bradford), account=SideAccount(dates=dated(signed="1975"), state="suspended")
    )
    told = answers.told(tie, [tie.sides.get(position=1)])[0]
    assert told.standing == Standing.CORRECTED
    assert [(each.what, list(each.ours), each.theirs) for each in told.differences] == [
        ("Signed", ["1976"], "1975"),
        ("State", ["active"], "suspended"),
    ]


def test_the_keeper_takes_a_stated_date_over_and_it_keeps_its_source(tie, bradford, coordinator):
    own = factories.milestone(SIGNED, "1977", place=bradford.place_id)

    actions.add_milestone(by=coordinator, partnership=tie, milestone=own)
    sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(signed="1975")))
    taken = sides.take_over(by=coordinator, statement=answers.statements(bradford).get())
    assert taken.source.stated_by is None
    assert taken.source.title.startswith("Statement of Bradford of ")
    dates = [(each.side, each.when.iso) for each in queries.kept_dates(tie)]
    assert dates == [(bradford, "1975"), (None, "1976")]
    assert not answers.statements(bradford).exists()


def test_a_date_that_was_taken_over_is_not_taken_over_twice(tie, bradford, coordinator):
    sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(signed="1975")))
    statement = answers.statements(bradford).get()
    sides.take_over(by=coordinator, statement=statement)
    with pytest.raises(ValidationError, match="no longer"):
        sides.take_over(by=coordinator, statement=statement)


def test_the_keeper_cannot_change_or_delete_what_a_side_states(tie, bradford, coordinator):

    sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(signed="1975")))
    with pytest.raises(ValidationError, match="Bradford states this date itself"):
        keeping.remove_milestone(by=coordinator, milestone=answers.statements(bradford).get())


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


def test_the_city_of_the_other_side_answers_from_its_own_office_once_asked(tie, bradford, coordinator):
    person = MembershipFactory(hub__place=bradford.place, role="editor").user
    assert policies.acting_for(person, bradford) is None
    asked(bradford, coordinator)
    bradford.refresh_from_db()
    assert policies.require_acting(person, bradford).by == person


# --- on the public page ------------------------------------------------------------------------------------


@pytest.fixture
def public(client, tie):
    """Publishes the partnership; reads its public page."""
    tie.is_published = True
    tie.save()
    return lambda: client.get(f"/en/partnerships/{tie.public_id}/").content.decode()


def test_the_public_page_says_quietly_whether_the_other_side_confirmed(bradford, public):
    assert "Not yet confirmed by Bradford." in public()
    assert "confirmed by Hamm" not in public()
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        sides.confirm_side(acting=by_key(bradford))
    assert "Confirmed by Bradford on November 22, 2026." in public()
    assert "A. Example" not in public()


def test_a_tie_that_no_office_keeps_waits_for_nobodys_confirmation(client):
    page = client.get(f"/en/partnerships/{factories.partnership().public_id}/").content.decode()
    assert "onfirmed by" not in page


def test_the_public_page_shows_how_a_side_sees_it_beside_what_the_keeper_wrote(bradford, public):
    account = SideAccount(
        dates=dated(signed="1975"), state="suspended", remark="<b>Od maja</b>", language="pl"
    )
    sides.correct_side(acting=by_key(bradford), account=account)
    page = public()
    assert "Bradford sees this partnership as: suspended." in page
    assert '<blockquote lang="pl" dir="ltr"><p>&lt;b&gt;Od maja&lt;/b&gt;</p></blockquote>' in page
    assert "The partnership is in force." in page
    assert "Accounts differ" in page  # 1976 for all, 1975 by Bradford's statement


def test_the_public_page_says_that_a_side_does_not_count_it_as_its_own(bradford, public):
    sides.decline_side(acting=by_key(bradford), reason="We never agreed.", language="en")
    assert "Bradford says that this is not, or not any more, a partnership of its own." in public()
    assert "We never agreed." in public()


def test_what_is_kept_about_a_person_names_the_sides_they_answered_for(tie, bradford):
    person = UserFactory()
    bradford.actors.add(person)
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        sides.confirm_side(acting=Acting(bradford, person))
    side = {"partnership": tie.public_id, "place": "Bradford"}
    kept = personal_data(person)
    assert kept["confirmed_sides"] == [{**side, "at": "2026-11-22T09:00:00.000000Z"}]
    assert kept["answers_for"] == [side]
