import pytest
from django.core.exceptions import ValidationError

from concivis.catalogue.models import Card
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.record import data_version
from concivis.places.factories import PlaceFactory
from concivis.shell.dates import PartialDate
from concivis.twinning import actions, factories, queries
from concivis.twinning.drafts import LinkDraft
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.twinning.models import Evidence, Milestone, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def list_of_2026():
    return factories.source("A list of twin towns")


def record(drafts, source, hub=None):
    return actions.record_links(drafts, by=None, hub=hub, source=source)


def link(a, b, **facts) -> LinkDraft:
    return LinkDraft(places=(a.pk, b.pk), **facts)


def changes(results) -> list[str]:
    return [result.change for result in results]


def test_a_new_link_becomes_an_active_partnership_with_its_source_and_card(list_of_2026):
    a, b = PlaceFactory(name="Hamm"), PlaceFactory(name="Bradford")
    assert changes(record([link(a, b, locator="line 2")], list_of_2026)) == ["new"]
    tie = Partnership.objects.get()
    assert (tie.state, tie.kind, tie.hub) == (PartnershipState.ACTIVE, PartnershipKind.TWINNING, None)
    assert [proof.locator for proof in tie.evidence.all()] == ["line 2"]
    assert Card.objects.get(kind="partnership").texts.get().title == "Hamm – Bradford"


def test_a_second_run_changes_nothing(list_of_2026):
    drafts = [link(PlaceFactory(), PlaceFactory(), started=PartialDate.parse("1963-05")) for _ in range(3)]
    record(drafts, list_of_2026)
    version = data_version()
    assert changes(record(drafts, list_of_2026)) == ["unchanged"] * 3
    assert (Evidence.objects.count(), Milestone.objects.count(), data_version()) == (3, 3, version)


def test_reciprocal_and_repeated_links_collapse(list_of_2026):
    a, b = PlaceFactory(), PlaceFactory()
    results = record([link(a, b), link(b, a), link(a, b)], list_of_2026)
    assert changes(results) == ["new", "unchanged", "unchanged"]
    assert {result.partnership for result in results} == {Partnership.objects.get().pk}


def test_another_source_adds_its_evidence_and_its_date_beside_the_first(list_of_2026):
    a, b = PlaceFactory(), PlaceFactory()
    record([link(a, b, started=PartialDate.parse("1963"))], list_of_2026)
    results = record([link(a, b, started=PartialDate.parse("1962"))], factories.source("Another list"))
    assert changes(results) == ["changed"]
    assert [m.when.iso for m in Milestone.objects.order_by("date")] == ["1962", "1963"]
    assert Partnership.objects.get().started.year == 1962


def test_a_link_means_the_tie_that_exists_whatever_its_kind(list_of_2026):
    a, b = PlaceFactory(), PlaceFactory()
    factories.partnership(a, b, kind=PartnershipKind.FRIENDSHIP)
    assert changes(record([link(a, b)], list_of_2026)) == ["changed"]
    assert Partnership.objects.get().kind == PartnershipKind.FRIENDSHIP


def test_what_a_hub_keeps_is_not_touched_by_another_hubs_import(list_of_2026):
    keeper, importer = HubFactory(), HubFactory()
    a, b = PlaceFactory(), PlaceFactory()
    factories.partnership(a, b, hub=keeper)
    assert changes(record([link(a, b)], list_of_2026, hub=importer)) == ["kept"]
    assert Evidence.objects.filter(source=list_of_2026).count() == 0


def test_a_hub_takes_over_only_its_own_citys_links_from_the_commons(list_of_2026):
    hub = HubFactory()
    partner, elsewhere = PlaceFactory(), PlaceFactory()
    own, foreign = factories.partnership(hub.place, partner), factories.partnership(partner, elsewhere)
    results = record([link(hub.place, partner), link(partner, elsewhere)], list_of_2026, hub=hub)
    assert changes(results) == ["changed", "kept"]
    own.refresh_from_db(), foreign.refresh_from_db()
    assert (own.hub, foreign.hub) == (hub, None)


def test_a_hub_that_is_not_public_takes_nothing_out_of_everybodys_sight(list_of_2026):
    """Anybody may open a hub for any city; what it took over would be gone from the public pages."""
    hub = HubFactory(is_published=False)
    partner = PlaceFactory()
    tie = factories.partnership(hub.place, partner)
    assert changes(record([link(hub.place, partner)], list_of_2026, hub=hub)) == ["kept"]
    assert list(queries.public()) == [tie]


def test_the_operator_adds_evidence_to_a_hubs_partnership_but_no_date(list_of_2026):
    tie = factories.partnership(hub=HubFactory())
    places = tuple(tie.sides.values_list("place", flat=True))
    draft = LinkDraft(places=places, started=PartialDate.parse("1900"))
    assert changes(record([draft], list_of_2026)) == ["changed"]
    assert tie.milestones.count() == 0
    assert changes(record([draft], list_of_2026)) == ["unchanged"]


def test_preview_says_what_recording_would_do_and_writes_nothing(list_of_2026):
    a, b, c = PlaceFactory(), PlaceFactory(), PlaceFactory()
    factories.partnership(a, b)
    drafts = [link(a, b), link(b, c), link(c, b)]
    version = data_version()
    assert actions.preview_links(drafts, hub=None, source=list_of_2026) == ["changed", "new", "unchanged"]
    assert (Partnership.objects.count(), data_version()) == (1, version)
    assert changes(record(drafts, list_of_2026)) == ["changed", "new", "unchanged"]


def test_undo_leaves_things_as_they_were(list_of_2026):
    a, b, c = PlaceFactory(), PlaceFactory(), PlaceFactory()
    before = factories.partnership(a, b, signed="1990")
    results = record([link(a, b, started=PartialDate.parse("1980")), link(b, c)], list_of_2026)
    outcome = actions.withdraw_links(by=None, hub=None, results=results)
    assert (outcome.deleted, outcome.restored, outcome.kept) == (1, 1, {})
    assert list(Partnership.objects.all()) == [before]
    before.refresh_from_db()
    assert before.started.year == 1990
    assert Evidence.objects.filter(source=list_of_2026).count() == 0
    assert Card.objects.filter(kind="partnership").count() == 1


def test_undo_keeps_what_another_source_has_named_since(list_of_2026):
    a, b = PlaceFactory(), PlaceFactory()
    results = record([link(a, b)], list_of_2026)
    record([link(a, b)], factories.source("Another list"))
    outcome = actions.withdraw_links(by=None, hub=None, results=results)
    assert outcome.kept == {results[0].partnership: "Another source names it too."}
    assert Partnership.objects.count() == 1


def test_undo_gives_a_link_back_to_the_commons(list_of_2026):
    hub = HubFactory()
    tie = factories.partnership(hub.place, PlaceFactory())
    results = record(
        [LinkDraft(places=tuple(tie.sides.values_list("place", flat=True)))], list_of_2026, hub=hub
    )
    actions.withdraw_links(by=None, hub=hub, results=results)
    tie.refresh_from_db()
    assert tie.hub is None


def test_a_link_of_a_place_to_itself_is_refused(list_of_2026):
    a = PlaceFactory()
    with pytest.raises(ValidationError):
        record([link(a, a)], list_of_2026)
    assert Partnership.objects.count() == 0


def test_a_batch_writes_one_line_in_the_record_with_its_counts(list_of_2026):
    record([link(PlaceFactory(), PlaceFactory()) for _ in range(3)], list_of_2026)
    line = RecordLine.objects.get(action="links.recorded")
    assert line.details == {"new": 3, "changed": 0}


def test_two_thousand_links_cost_few_queries(list_of_2026, django_assert_max_num_queries):
    places = PlaceFactory.create_batch(70)
    drafts = [link(a, b) for i, a in enumerate(places) for b in places[i + 1 :]][:2000]
    with django_assert_max_num_queries(230):  # the search index of their cards is a tenth of it
        record(drafts, list_of_2026)
    assert Card.objects.filter(kind="partnership").count() == 2000
