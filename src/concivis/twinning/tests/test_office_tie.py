import pytest
from django.test import Client
from django.urls import reverse

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.places.factories import PlaceFactory
from concivis.places.models import Place
from concivis.twinning import actions, factories
from concivis.twinning.actions import editing
from concivis.twinning.actions.editing import PartnershipFacts
from concivis.twinning.enums import MilestoneKind, PartnershipKind
from concivis.twinning.models import Partnership
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db(databases="__all__")


def kept(hub: Hub | None = None, **facts: object) -> Partnership:
    hub = hub or HubFactory()
    return factories.partnership(hub.place, PlaceFactory(name="Altstadt"), hub=hub, **facts)


def as_coordinator(hub: Hub) -> Client:
    client = Client()
    client.force_login(MembershipFactory(hub=hub).user)
    return client


def page_of(tie: Partnership, name: str = "office_tie", *args: object) -> str:
    return reverse(f"twinning:{name}", args=[tie.hub.slug, tie.public_id, *args])


def test_the_office_sees_how_a_draft_stands_and_what_comes_next():
    tie = kept(state="drafted", is_published=False)
    text = as_coordinator(tie.hub).get(page_of(tie)).content.decode()
    assert "The text of an agreement is being written." in text
    assert "Only the offices of its sides" in text


def test_a_side_that_sees_it_differently_is_shown_beside_what_the_keeper_wrote():
    tie = kept()
    side = tie.sides.get(place__name="Altstadt")
    side.state_said, side.remark, side.remark_language = "suspended", "We paused it.", "en"
    side.save()
    text = as_coordinator(tie.hub).get(page_of(tie)).content.decode()
    assert "This side sees it differently:</strong> suspended" in text
    assert "We paused it." in text


def test_an_enquiry_is_moved_on_by_hand_but_a_signature_is_not():
    tie = kept(state="enquiry", is_published=False)
    client = as_coordinator(tie.hub)
    client.post(page_of(tie, "office_tie_state"), {"state": "exploring"})
    tie.refresh_from_db()
    assert tie.state == "exploring"
    client.post(page_of(tie, "office_tie_state"), {"state": "signed"})
    tie.refresh_from_db()
    assert tie.state == "exploring"


# --- what next ---------------------------------------------------------------------------------------------


def ways(tie: Partnership) -> list[str]:
    return [way.label for way in as_coordinator(tie.hub).get(page_of(tie)).context["ways"]]


def note(tie: Partnership, kind: str, when: str, place: Place | None = None) -> None:
    draft = factories.milestone(MilestoneKind(kind), when, place=place.pk if place else None)
    actions.add_milestone(by=None, partnership=tie, milestone=draft)


def test_a_draft_waits_for_the_votes_and_the_signatures_of_both_councils():
    hub = HubFactory(place=PlaceFactory(name="Neustadt"))
    tie = kept(hub, state="drafted", is_published=False)
    note(tie, "ratified", "2018", hub.place)
    found = ways(tie)
    assert "Record the vote of the council of Altstadt" in found
    assert "Record the vote of the council of Neustadt" not in found
    note(tie, "signed", "2019", hub.place)
    assert ways(tie)[:1] == ["Record the signature of Altstadt"]
    assert "Make it public" in ways(tie)


def test_solidarity_needs_no_signature_to_be_in_force():
    formal = kept(state="exploring", is_published=False)
    informal = kept(state="exploring", is_published=False, kind="solidarity")
    label = "You work together: it is in force"
    assert (label in ways(formal), label in ways(informal)) == (False, True)
    as_coordinator(informal.hub).post(page_of(informal, "office_tie_state"), {"state": "active"})
    informal.refresh_from_db()
    assert informal.state == "active"


def test_once_a_council_has_voted_the_state_is_no_longer_set_by_hand():
    tie = kept(state="drafted", is_published=False)
    note(tie, "ratified", "2018")
    response = as_coordinator(tie.hub).post(
        page_of(tie, "office_tie_state"), {"state": "enquiry"}, follow=True
    )
    tie.refresh_from_db()
    assert tie.state == "ratified"
    assert "This state follows from the dates" in response.content.decode()


def test_who_may_only_look_is_offered_nothing_to_do():
    tie = kept()
    client = Client()
    client.force_login(MembershipFactory(hub=tie.hub, role="observer").user)
    assert client.get(page_of(tie)).context["ways"] == []


def test_the_history_tells_who_changed_what():
    tie = kept()
    coordinator = MembershipFactory(hub=tie.hub, user__name="Ada Example").user
    facts = PartnershipFacts(kind=PartnershipKind.FRIENDSHIP, is_published=True)
    editing.edit_partnership(by=coordinator, partnership=tie, revision=0, facts=facts)
    history = as_coordinator(tie.hub).get(page_of(tie)).context["history"]
    assert [(line["who"], line["words"]) for line in history] == [
        ("Ada Example", "changed of a partnership: kind"),
        ("The system", "recorded a partnership"),
    ]


# --- a new one ---------------------------------------------------------------------------------------------


def asked(place: Place, **fields: object) -> dict[str, object]:
    return {
        "place": place.name,
        "place_id": place.public_id,
        "kind": "twinning",
        "state": "exploring",
        "language": "en",
        **fields,
    }


def new_page(hub: Hub) -> str:
    return reverse("twinning:office_partnership_new", args=[hub.slug])


def test_a_new_partnership_begins_as_what_it_is_and_is_not_public():
    hub, place = HubFactory(), PlaceFactory()
    TermFactory(scheme__code="field", code="youth", texts={"en": "Youth"})
    response = as_coordinator(hub).post(
        new_page(hub), asked(place, summary="Schools write to each other.", fields_of_work=["youth"])
    )
    made = Partnership.objects.get()
    assert response["Location"] == page_of(made)
    assert (made.hub, made.state, made.is_published, made.language) == (hub, "exploring", False, "en")
    assert [side.place for side in made.sides.all()] == [hub.place, place]
    assert [term.code for term in made.fields.all()] == ["youth"]


def test_three_places_can_make_one_partnership():
    hub, second, third = HubFactory(), PlaceFactory(), PlaceFactory()
    as_coordinator(hub).post(
        new_page(hub), asked(second, third_place=third.name, third_place_id=third.public_id)
    )
    assert [side.place for side in Partnership.objects.get().sides.all()] == [hub.place, second, third]


def test_a_draft_cannot_be_made_public():
    hub = HubFactory()
    response = as_coordinator(hub).post(new_page(hub), asked(PlaceFactory(), is_published="on"))
    assert "It can be made public once it is signed" in response.content.decode()
    assert Partnership.objects.count() == 0


def test_a_city_is_not_its_own_partner():
    hub = HubFactory()
    response = as_coordinator(hub).post(new_page(hub), asked(hub.place))
    assert "Each place stands in a partnership once" in response.content.decode()


def test_what_the_office_already_keeps_is_opened():
    tie = kept()
    other = tie.sides.get(place__name="Altstadt").place
    response = as_coordinator(tie.hub).post(new_page(tie.hub), asked(other))
    assert response["Location"] == page_of(tie)


def test_what_the_commons_has_is_taken_over_once_the_office_says_so():
    hub, place = HubFactory(), PlaceFactory(name="Altstadt")
    known = factories.partnership(hub.place, place, signed="1963")
    client = as_coordinator(hub)
    first = client.post(new_page(hub), asked(place, state="active"))
    known.refresh_from_db()
    assert "This partnership is already known" in first.content.decode()
    assert known.hub is None
    client.post(new_page(hub), asked(place, state="active", take_over="on", is_published="on"))
    known.refresh_from_db()
    assert (known.hub, known.milestones.count()) == (hub, 1)


def test_what_another_office_keeps_is_refused_with_its_name():
    hub, place = HubFactory(), PlaceFactory()
    factories.partnership(hub.place, place, hub=HubFactory(name="The other office", place=place))
    response = as_coordinator(hub).post(new_page(hub), asked(place))
    assert "The other office already keeps this partnership" in response.content.decode()


# --- editing -----------------------------------------------------------------------------------------------


def written(tie: Partnership, **fields: object) -> dict[str, object]:
    bodies = {f"body_{side.pk}_kind": "municipality" for side in tie.sides.all()}
    return {"kind": tie.kind, "language": "en", "is_published": "on", "revision": 0, **bodies, **fields}


def test_the_keeper_edits_what_it_says():
    tie = kept()
    side = tie.sides.get(place__name="Altstadt")
    body = {f"body_{side.pk}": "Committee of friends", f"body_{side.pk}_kind": "committee"}
    page = page_of(tie, "office_tie_edit")
    as_coordinator(tie.hub).post(
        page, written(tie, kind="friendship", summary="Choirs sing.", valid_until="2030-12-31", **body)
    )
    tie.refresh_from_db()
    side.refresh_from_db()
    assert (tie.kind, tie.summary, str(tie.valid_until)) == ("friendship", "Choirs sing.", "2030-12-31")
    assert (side.organisation.name, side.organisation.kind) == ("Committee of friends", "committee")
    assert (side.organisation.hub, side.organisation.place) == (tie.hub, side.place)


def test_saving_the_form_as_it_is_changes_nothing():
    tie = kept(summary="Schools write.", language="en")
    client, page = as_coordinator(tie.hub), page_of(tie, "office_tie_edit")
    form = client.get(page).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    client.post(page, sent)
    assert Partnership.objects.get().revision == 0


def test_of_two_coordinators_editing_at_once_the_second_is_told_and_loses_nothing():
    tie = kept(summary="Old.", language="en")
    first = Client()
    first.force_login(MembershipFactory(hub=tie.hub, user__name="Ada Example").user)
    second, page = as_coordinator(tie.hub), page_of(tie, "office_tie_edit")
    first.post(page, written(tie, summary="Schools write.", kind="friendship"))
    refused = second.post(page, written(tie, summary="Choirs sing."))
    text = refused.content.decode()
    assert "While you were writing, Ada Example changed this partnership (kind and summary;" in text
    assert "Choirs sing." in text
    assert "what is saved now: Schools write." in text
    assert [name for name in refused.context["form"].fields if name.startswith("take_")] == [
        "take_kind",
        "take_summary",
    ]
    assert Partnership.objects.get().summary == "Schools write."
    second.post(
        page, written(tie, summary="Choirs sing.", revision=1, take_summary="mine", take_kind="theirs")
    )
    tie.refresh_from_db()
    assert (tie.summary, tie.kind, tie.revision) == ("Choirs sing.", "friendship", 2)


def test_two_kinds_between_the_same_places_stay_two():
    tie = kept()
    factories.partnership(*[side.place for side in tie.sides.all()], hub=tie.hub, kind="friendship")
    response = as_coordinator(tie.hub).post(page_of(tie, "office_tie_edit"), written(tie, kind="friendship"))
    assert "already a partnership of this kind between these places" in response.content.decode()


def test_what_another_office_keeps_is_seen_but_not_edited():
    tie = kept()
    partner = HubFactory(place=tie.sides.get(place__name="Altstadt").place)
    client = as_coordinator(partner)
    at_home = reverse("twinning:office_tie", args=[partner.slug, tie.public_id])
    edit = reverse("twinning:office_tie_edit", args=[partner.slug, tie.public_id])
    assert (client.get(at_home).status_code, client.get(edit).status_code) == (200, 403)


def test_a_private_office_does_not_take_what_everybody_sees_out_of_sight():
    hub, place = HubFactory(is_published=False), PlaceFactory()
    known = factories.partnership(hub.place, place, signed="1963")
    asking = asked(place, state="active", take_over="on", is_published="on")
    response = as_coordinator(hub).post(new_page(hub), asking)
    known.refresh_from_db()
    assert "your page is private" in response.content.decode()
    assert known.hub is None


@pytest.mark.parametrize("number", ["abc", "9" * 25])
def test_a_link_that_names_no_place_leads_to_an_empty_form(number):
    hub = HubFactory()
    assert as_coordinator(hub).get(new_page(hub), {"place": number}).status_code == 200
