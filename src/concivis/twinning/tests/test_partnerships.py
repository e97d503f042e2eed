import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from concivis.catalogue.models import Card
from concivis.hubs import hooks
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.twinning import actions, factories, queries
from concivis.twinning.drafts import SideDraft
from concivis.twinning.enums import MilestoneKind, PartnershipKind, PartnershipState
from concivis.twinning.models import Milestone, Partnership

pytestmark = pytest.mark.django_db


def actions_recorded() -> list[str]:
    return list(RecordLine.objects.filter(kind="partnership").order_by("pk").values_list("action", flat=True))


def test_recording_the_same_facts_twice_changes_nothing():
    places = PlaceFactory(), PlaceFactory()
    first = factories.partnership(*places, signed="1921")
    second = factories.partnership(*places, signed="1921")
    assert second.pk == first.pk
    assert Milestone.objects.count() == 1
    assert actions_recorded() == ["partnership.recorded"]


def test_the_order_of_the_sides_does_not_make_another_partnership():
    a, b = PlaceFactory(), PlaceFactory()
    assert factories.partnership(a, b).pk == factories.partnership(b, a).pk
    assert Partnership.objects.count() == 1


def test_two_kinds_between_the_same_places_are_two_partnerships():
    a, b = PlaceFactory(), PlaceFactory()
    factories.partnership(a, b)
    factories.partnership(a, b, kind=PartnershipKind.CLIMATE)
    assert Partnership.objects.count() == 2


def test_three_places_make_one_partnership():
    tie = factories.partnership(PlaceFactory(), PlaceFactory(), PlaceFactory())
    assert tie.sides.count() == 3
    assert len(queries.network_edges().links) == 3


def test_a_place_is_not_its_own_partner():
    place = PlaceFactory()
    with pytest.raises(ValidationError, match="two or more different places"):
        factories.partnership(place, place)


def test_accounts_that_differ_stand_beside_each_other_with_their_sources():
    one, other = factories.source("One account"), factories.source("Another account")
    tie = factories.partnership(
        milestones=[
            factories.milestone(MilestoneKind.SIGNED, "1921", source=one),
            factories.milestone(MilestoneKind.SIGNED, "1920", source=other),
        ]
    )
    assert [(m.when.iso, m.source) for m in tie.milestones.all()] == [("1920", other), ("1921", one)]
    assert Partnership.objects.get().started == dt.date(1920, 1, 1)


def test_the_earliest_signature_is_when_it_started():
    tie = factories.partnership(
        milestones=[
            factories.milestone(MilestoneKind.COUNTERSIGNED, "2023"),
            factories.milestone(MilestoneKind.SIGNED, "2019-05"),
            factories.milestone(MilestoneKind.FIRST_CONTACT, "2001"),
        ]
    )
    assert tie.started == dt.date(2019, 5, 1)


def test_a_suspended_partnership_is_not_ended():
    tie = factories.partnership(signed="1990")
    draft = factories.milestone(MilestoneKind.SUSPENDED, "2022-03-10", decision="Council 17/2022")
    actions.add_milestone(by=None, partnership=tie, milestone=draft)
    tie.refresh_from_db()
    assert (tie.state, tie.ended) == (PartnershipState.SUSPENDED, None)
    assert Card.objects.get(kind="partnership").state == "suspended"


def test_suspending_needs_a_decision():
    tie = factories.partnership()
    with pytest.raises(ValidationError, match="council's decision"):
        actions.add_milestone(
            by=None, partnership=tie, milestone=factories.milestone(MilestoneKind.SUSPENDED, "2022")
        )


def test_the_database_itself_refuses_an_end_without_decision():
    tie = factories.partnership()
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.create(
            partnership=tie,
            kind=MilestoneKind.ENDED,
            date=dt.date(2022, 1, 1),
            precision="year",
            source=factories.source(),
        )


def test_resuming_makes_it_active_again():
    tie = factories.partnership(state=PartnershipState.SUSPENDED)
    actions.add_milestone(
        by=None, partnership=tie, milestone=factories.milestone(MilestoneKind.RESUMED, "2025")
    )
    tie.refresh_from_db()
    assert tie.state == PartnershipState.ACTIVE
    assert actions_recorded() == ["partnership.recorded", "partnership.resumed"]


def test_a_draft_has_no_public_card():
    factories.partnership(state=PartnershipState.DRAFTED)
    assert Card.objects.filter(kind="partnership").count() == 0
    assert queries.public().count() == 0


def test_unpublishing_withdraws_the_card():
    a, b = PlaceFactory(), PlaceFactory()
    factories.partnership(a, b)
    factories.partnership(a, b, is_published=False)
    assert Card.objects.filter(kind="partnership").count() == 0


def test_a_hub_takes_over_a_partnership_from_the_commons():
    hub = HubFactory()
    other = PlaceFactory()
    factories.partnership(hub.place, other)
    assert factories.partnership(hub.place, other, hub=hub).hub == hub
    assert Partnership.objects.count() == 1


def test_what_another_hub_keeps_is_refused_with_its_name():
    keeper, stranger = HubFactory(name="Office of Hamm"), HubFactory()
    places = PlaceFactory(), PlaceFactory()
    factories.partnership(*places, hub=keeper)
    with pytest.raises(ValidationError, match="Office of Hamm already keeps"):
        factories.partnership(*places, hub=stranger)


def test_swapping_the_sides_keeps_their_dates():
    a, b = PlaceFactory(), PlaceFactory()
    tie = factories.partnership(
        a, b, milestones=[factories.milestone(MilestoneKind.SIGNED, "2019", place=a.pk)]
    )
    actions.record_partnership(
        by=None, hub=None, sides=[SideDraft(place=b.pk), SideDraft(place=a.pk)], kind=PartnershipKind.TWINNING
    )
    assert [side.place for side in tie.sides.all()] == [b, a]
    assert tie.milestones.get().side.place == a


def test_dormant_is_computed_from_the_last_activity():
    quiet = factories.partnership()
    factories.activity(quiet, "2015-06-01")
    unknown = factories.partnership(signed="1963")
    on = dt.date(2026, 1, 1)
    assert queries.is_dormant(quiet.sleeps_on, on) is True
    assert queries.is_dormant(quiet.sleeps_on, dt.date(2018, 1, 1)) is False
    assert queries.is_dormant(unknown.sleeps_on, on) is False


def test_a_renewal_is_a_sign_of_life_but_alone_says_nothing_of_activity():
    revived = factories.partnership(milestones=[factories.milestone(MilestoneKind.RENEWED, "2025")])
    silent = factories.partnership(milestones=[factories.milestone(MilestoneKind.RENEWED, "2003")])
    asleep = factories.partnership()
    for tie in (revived, asleep):
        factories.activity(tie, "2015")
    on = dt.date(2026, 1, 1)
    assert [queries.is_dormant(tie.sleeps_on, on) for tie in (revived, silent, asleep)] == [
        False,
        False,
        True,
    ]
    assert list(queries.dormant(Partnership.objects.all(), on)) == [asleep]


def test_what_a_private_hub_keeps_is_not_public_until_the_hub_is():
    hub = HubFactory(is_published=False)
    factories.partnership(hub.place, PlaceFactory(), hub=hub)
    assert Card.objects.filter(kind="partnership").count() == 0
    hub.is_published = True
    hub.save()
    hooks.hub_changed(hub)
    assert Card.objects.filter(kind="partnership").count() == 1
    hub.is_published = False
    hub.save()
    hooks.hub_changed(hub)
    assert Card.objects.filter(kind="partnership").count() == 0
