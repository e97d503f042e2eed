"""A side's own account: its dates, its view, that it is not its partnership. What the keeper wrote stays."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.directory.models import Organisation, OrganisationKind
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.shell.dates import PartialDate
from concivis.twinning import actions, answers, factories, queries
from concivis.twinning.actions import dates as keeping
from concivis.twinning.actions import sides
from concivis.twinning.answers import SideAccount, Standing
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone, SideKey
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


def dated(**dates):
    return {MilestoneKind(kind): PartialDate.parse(text) for kind, text in dates.items()}


def recorded(tie):
    lines = RecordLine.objects.filter(object_id=tie.public_id).order_by("number")
    return [line.action for line in lines if line.action != "partnership.recorded"]


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
    assert source.title == "Angaben von Bradford vom 22. November 2026"  # in the words of Hamm’s language
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
    own = factories.milestone(MilestoneKind.SIGNED, "1977", place=bradford.place_id)

    actions.add_milestone(by=coordinator, partnership=tie, milestone=own)
    sides.correct_side(acting=by_key(bradford), account=SideAccount(dates=dated(signed="1975")))
    taken = sides.take_over(by=coordinator, statement=answers.statements(bradford).get())
    assert taken.source.stated_by is None
    assert taken.source.title.startswith("Angaben von Bradford vom ")
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
