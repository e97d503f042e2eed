import pytest
from django.core import mail
from django.urls import reverse

from concivis.accounts.factories import UserFactory
from concivis.directory import actions
from concivis.directory.enums import TieUnit
from concivis.directory.factories import organisation, person, tie
from concivis.directory.models import Claim, Organisation
from concivis.directory.tests.test_claims import key_in
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.tests.pictures import picture
from concivis.places.factories import PlaceFactory
from concivis.site.logs import without_keys

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory()


@pytest.fixture
def town():
    return PlaceFactory(name="Tamale", country__code="GH", latitude=9.4, longitude=-0.8)


@pytest.fixture
def body(hub, town):
    made = organisation(
        "Freunde Ghanas", hub=hub, place=hub.place, is_diaspora=True, spoken=("de", "ak"), language="de",
        description="Wir helfen.", website="https://ghana.example", address="Weg 1", offers=("knowledge",),
    )  # fmt: skip
    tie(made, town, number=40, unit=TieUnit.FAMILIES)
    return made


def page(client, made, **query):
    return client.get(made.get_absolute_url(), query)


def text(response) -> str:
    return response.content.decode()


def test_the_page_tells_what_is_known(client, body):
    shown = text(page(client, body))
    for said in (
        "Freunde Ghanas",
        "Wir helfen.",
        "Tamale, Ghana",
        "40 families",
        "ghana.example",
        "Knowledge",
    ):
        assert said in shown


def test_the_page_sets_no_cookie_and_holds_no_token(client, body):
    response = page(client, body)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in text(response)


def test_an_address_is_shown_only_where_the_office_says_so(client, body):
    assert "Weg 1" not in text(page(client, body))
    Organisation.objects.update(address_public=True)
    assert "Weg 1" in text(page(client, body))


def test_of_people_only_what_they_agreed_to_is_shown(client, body):
    person(body, "Erika Beispiel", email="erika@example.org", phone="12345", public=("name", "phone"))
    person(body, "Max Muster", email="max@example.org")
    shown = text(page(client, body))
    assert "Erika Beispiel" in shown and "12345" in shown
    assert "erika@example.org" not in shown and "Muster" not in shown and "max@" not in shown


def test_a_pseudonym_says_that_it_is_one(client, body):
    person(body, "Nachtigall", is_pseudonym=True, public=("name",))
    assert "Nachtigall (a pseudonym)" in text(page(client, body))


@pytest.mark.parametrize("hidden", ["organisation", "hub"])
def test_what_is_not_public_is_not_there(client, body, hidden):
    if hidden == "organisation":
        actions.show_organisation(by=None, organisation=body, shown=False)
    else:
        type(body.hub).objects.update(is_published=False)
    assert page(client, body).status_code == 404
    assert client.get(reverse("directory:share", args=[body.public_id])).status_code == 404
    assert body.name not in text(client.get(reverse("directory:organisations")))


def test_an_old_address_leads_to_the_surviving_entry(client, hub, body):
    old = organisation("Ghanafreunde", hub=hub)
    actions.merge_organisations(by=None, survivor=body, absorbed=old)
    assert page(client, old).headers["Location"] == body.get_absolute_url()


def test_a_translation_is_shown_and_the_original_offered(client, body):
    actions.translate_organisation(
        by=None, organisation=body, language="en", origin="human", texts={"description": "We help."}
    )
    shown = text(page(client, body))
    assert "We help." in shown and "Show the original" in shown
    assert "Wir helfen." in text(page(client, body, original="de"))


def test_machines_read_it_as_an_organisation(client, body):
    shown = text(page(client, body))
    assert '"@type": "NGO"' in shown and '"identifier": "GH"' in shown


def test_hostile_texts_are_text(client, hub):
    made = organisation("<script>alert(1)</script>", hub=hub, language="en", description="</script><b>")
    shown = text(page(client, made))
    assert "<script>alert(1)" not in shown and "</script><b>" not in shown


def test_it_has_a_picture_to_share(client, body):
    response = client.get(reverse("directory:share", args=[body.public_id]))
    assert response.content.startswith(b"\x89PNG")


def test_its_logo_is_drawn_anew_and_served(client, body):
    address = reverse("directory:logo", args=[body.public_id])
    assert client.get(address).status_code == 404
    actions.change_logo(by=None, organisation=body, upload=picture())
    response = client.get(address)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_long(client, hub, town, many, django_assert_num_queries):
    for number in range(many):
        tie(organisation(f"Verein Nummer {number}", hub=hub, spoken=("de",)), town)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("directory:organisations"))


LIST_QUERIES = 10


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ghana"}, True),
        ({"q": "FREUNDE gha"}, True),
        ({"q": "togo"}, False),
        ({"kind": "association"}, True),
        ({"kind": "school"}, False),
        ({"country": "GH"}, True),
        ({"country": "TG"}, False),
        ({"language": "ak"}, True),
        ({"language": "fr"}, False),
        ({"offers": "knowledge"}, True),
        ({"needs": "knowledge"}, False),
        ({"diaspora": "on"}, True),
        ({"kind": "nonsense"}, True),
        ({"q": "…"}, True),
        ({"hub": "elsewhere"}, False),
    ],
)
def test_the_list_is_filtered(client, body, query, found):
    assert (body.get_absolute_url() in text(client.get(reverse("directory:organisations"), query))) is found


def test_the_list_is_filtered_by_a_town(client, body, town):
    address = reverse("directory:organisations")
    assert body.name in text(client.get(address, {"place": town.public_id}))
    assert body.get_absolute_url() not in text(client.get(address, {"place": "gn1"}))


@pytest.mark.parametrize(
    ("extension", "begins"), [("csv", b"\xef\xbb\xbfid,"), ("json", b'{"title"'), ("atom", b"<?xml")]
)
def test_the_list_comes_in_every_format(client, body, extension, begins):
    content = client.get(reverse("directory:organisations_export", args=[extension])).getvalue()
    assert content.startswith(begins)
    assert b"Freunde Ghanas" in content
    assert client.get(reverse("directory:organisations_export", args=["xml"])).status_code == 404


def test_a_file_for_everybody_holds_no_address_that_is_not_public(client, body):
    content = client.get(reverse("directory:organisations_export", args=["csv"])).getvalue()
    assert b"Weg 1" not in content


def test_an_empty_list_says_what_to_do(client):
    assert "Open an office for your city" in text(client.get(reverse("directory:organisations")))


# --- this is us --------------------------------------------------------------------------------------------


def claim_address(made) -> str:
    return reverse("directory:claim", args=[made.public_id])


SAID = {"name": "Ada", "email": "ada@example.org", "message": "It is us."}


def test_who_has_no_account_claims_confirms_and_edits(client, body, django_capture_on_commit_callbacks):
    editor = MembershipFactory(hub=body.hub, role="editor").user
    with django_capture_on_commit_callbacks(execute=True):
        assert "sent a letter" in text(client.post(claim_address(body), SAID))
    address = reverse("directory:claim_confirm", args=[key_in(mail.outbox[-1])])
    assert client.get(address).status_code == 200
    assert Claim.objects.get().state == "unconfirmed"  # looking changes nothing
    client.post(address)
    with django_capture_on_commit_callbacks(execute=True):
        actions.accept_claim(by=editor, claim=Claim.objects.get())
    own = reverse("directory:steward", args=[key_in(mail.outbox[-1])])
    response = client.get(own)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    Organisation.objects.update(last_confirmed=None)
    client.post(own, {"confirm": "yes"})
    body.refresh_from_db()
    assert body.last_confirmed is not None


def test_a_program_that_fills_what_nobody_sees_is_told_the_same_and_nothing_is_kept(client, body):
    response = client.post(claim_address(body), {**SAID, "homepage": "https://spam.example"})
    assert "sent a letter" in text(response)
    assert not Claim.objects.exists()


def test_a_claim_without_a_name_says_so(client, body):
    assert "This field is required" in text(client.post(claim_address(body), {**SAID, "name": ""}))


def test_the_form_of_a_claim_is_kept_by_no_cache(client, body):
    assert client.get(claim_address(body)).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["claim_confirm", "steward"])
def test_a_key_that_opens_nothing_gets_a_page_that_says_so_and_is_not_logged(client, name):
    address = reverse(f"directory:{name}", args=["x" * 43])
    assert client.get(address).status_code == 404
    assert "x" * 43 not in without_keys(address)


def test_only_who_looks_after_an_entry_changes_it(client, body):
    own = reverse("directory:own_edit", args=[body.public_id])
    assert client.get(own).status_code == 302  # to sign in
    user = UserFactory()
    client.force_login(user)
    assert client.get(own).status_code == 403
    body.stewards.create(user=user, name="Ada", email=user.email, language="en")
    assert client.get(own).status_code == 200
    sent = {
        "kind": "association", "name": "Freunde Ghanas", "place": "", "place_id": body.place.public_id,
        "language": "de", "description": "Wir helfen gern.",
    }  # fmt: skip
    assert client.post(own, sent).status_code == 302
    body.refresh_from_db()
    assert body.description == "Wir helfen gern."
