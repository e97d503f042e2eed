import pytest

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.shell.conflicts import EditConflict
from concivis.twinning import factories
from concivis.twinning.actions import editing
from concivis.twinning.actions.editing import PartnershipFacts
from concivis.twinning.enums import PartnershipKind
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")


def kept(**facts: object) -> Partnership:
    hub = HubFactory()
    return factories.partnership(hub.place, PlaceFactory(), hub=hub, **facts)


def facts(**changes: object) -> PartnershipFacts:
    return PartnershipFacts(**{"kind": PartnershipKind.TWINNING, "is_published": True, **changes})


def test_an_edit_says_in_the_record_which_facts_it_changed():
    tie = kept(summary="Old", language="en")
    by = MembershipFactory(hub=tie.hub).user
    changed = editing.edit_partnership(
        by=by, partnership=tie, revision=0, facts=facts(summary="New", language="en")
    )
    line = RecordLine.objects.filter(action="partnership.edited").get()
    tie.refresh_from_db()
    assert (changed, tie.summary, tie.revision) == (["summary"], "New", 1)
    assert (line.actor, line.details) == (by.pk, {"facts": ["summary"], "revision": 1})


def test_of_two_who_edit_at_once_the_second_is_told_who_changed_what_and_nothing_is_overwritten():
    tie = kept()
    first = MembershipFactory(hub=tie.hub, user__name="Ada Example").user
    second = MembershipFactory(hub=tie.hub).user
    editing.edit_partnership(
        by=first, partnership=tie, revision=0, facts=facts(summary="Schools write.", language="en")
    )
    with pytest.raises(EditConflict, match="Ada Example changed this partnership") as refused:
        editing.edit_partnership(
            by=second, partnership=tie, revision=0, facts=facts(summary="Choirs sing.", language="en")
        )
    tie.refresh_from_db()
    assert refused.value.revision == 1
    said = (
        "While you were writing, Ada Example changed this partnership (language of the summary and summary; "
    )
    assert refused.value.messages[0].startswith(said)
    assert tie.summary == "Schools write."


def test_saving_without_a_change_is_no_change():
    tie = kept()
    by = MembershipFactory(hub=tie.hub).user
    assert editing.edit_partnership(by=by, partnership=tie, revision=0, facts=facts()) == []
    assert Partnership.objects.get().revision == 0
    assert RecordLine.objects.filter(action="partnership.edited").count() == 0
