import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions.saved_filters import keep_view
from concivis.twinning.models import SavedFilter

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory(slug="hamm", place=PlaceFactory(name="Hamm"))


@pytest.fixture
def member(hub, client):
    user = MembershipFactory(hub=hub, role="observer").user
    client.force_login(user)
    return user


def at(name, *args):
    return reverse(f"twinning:{name}", args=["hamm", *args])


def test_a_view_is_kept_with_its_filters_and_order_and_nothing_else(hub, client, member):
    query = "kind=twinning&sort=-activity&page=3&other=1"
    answer = client.post(at("office_keep_view"), {"name": " Long  silent ", "view": query})
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.query) == ("Long silent", "kind=twinning&sort=-activity")
    assert answer["Location"] == at("office_partnerships") + "?kind=twinning&sort=-activity"


def test_the_kept_views_stand_above_the_table_for_their_member_alone(hub, client, member):
    factories.partnership(hub.place, PlaceFactory(), hub=hub)
    keep_view(by=member, hub=hub, name="Mine", query="kind=twinning")
    keep_view(by=MembershipFactory(hub=hub).user, hub=hub, name="Theirs", query="kind=pact")
    page = client.get(at("office_partnerships") + "?kind=twinning").content.decode()
    assert 'aria-current="true">Mine</a>' in page
    assert "Theirs" not in page


def test_a_name_is_taken_once_however_it_is_written(hub, client, member):
    keep_view(by=member, hub=hub, name="Silent", query="")
    answer = client.post(at("office_keep_view"), {"name": "silent", "view": ""})
    assert "You keep a view of this name already." in answer.content.decode()
    assert SavedFilter.objects.count() == 1


def test_twenty_views_are_enough(hub, member):
    for number in range(20):
        keep_view(by=member, hub=hub, name=f"View {number}", query="")
    with pytest.raises(ValidationError, match="20 views already"):
        keep_view(by=member, hub=hub, name="One more", query="")


def test_a_view_is_renamed(hub, client, member):
    view = keep_view(by=member, hub=hub, name="Silent", query="")
    client.post(at("office_rename_view", view.pk), {f"{view.pk}-name": "Asleep"})
    view.refresh_from_db()
    assert view.name == "Asleep"


def test_a_name_that_is_taken_is_refused_beside_its_view(hub, client, member):
    view = keep_view(by=member, hub=hub, name="Silent", query="")
    keep_view(by=member, hub=hub, name="Asleep", query="")
    page = client.post(at("office_rename_view", view.pk), {f"{view.pk}-name": "Asleep"})
    assert "Choose another name." in page.content.decode()


def test_a_view_is_deleted_after_a_question(hub, client, member):
    view = keep_view(by=member, hub=hub, name="Silent", query="")
    assert "Delete the view “Silent”?" in client.get(at("office_forget_view", view.pk)).content.decode()
    client.post(at("office_forget_view", view.pk))
    assert SavedFilter.objects.count() == 0


def test_the_view_of_another_member_is_not_found(hub, client, member):
    theirs = keep_view(by=MembershipFactory(hub=hub).user, hub=hub, name="Theirs", query="")
    assert client.post(at("office_forget_view", theirs.pk)).status_code == 404
    assert client.post(at("office_rename_view", theirs.pk), {}).status_code == 404


def test_an_empty_page_of_views_says_how_to_keep_one(hub, client, member):
    assert "No view is kept" in client.get(at("office_views")).content.decode()
