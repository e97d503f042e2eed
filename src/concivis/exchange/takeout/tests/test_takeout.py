import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.catalogue import actions as catalogue
from concivis.catalogue.models import Card
from concivis.directory.factories import organisation, person, tie
from concivis.exchange.iati.tests.scene import publishing, wells
from concivis.exchange.takeout import actions
from concivis.exchange.takeout.loading import load
from concivis.exchange.takeout.models import Takeout
from concivis.exchange.takeout.opening import Archive, BrokenArchive
from concivis.exchange.takeout.packing import pack
from concivis.hubs import append_only, record
from concivis.hubs.factories import MembershipFactory
from concivis.hubs.models import Hub, Invitation, Membership
from concivis.hubs.tests.pictures import picture
from concivis.initiatives.actions import Involved, add_picture, translate
from concivis.initiatives.factories import initiative
from concivis.initiatives.models import Initiative
from concivis.places.factories import PlaceFactory
from concivis.places.models import Place
from concivis.twinning.factories import activity, partnership
from concivis.vocabulary.actions import load_vocabulary

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"


@pytest.fixture
def hub():
    """An office with something of each room."""
    load_vocabulary()
    hub = publishing(public_id="hubhamm001", is_published=True)
    with transaction.atomic():
        record.write(hub=hub, by=UserFactory(), action="hub.created", kind="hub", object_id=hub.public_id)
    wells(hub)
    carrier = organisation("Städtefreunde", hub=hub)
    tie(carrier)
    person(carrier, public=("name",))
    made = initiative("Ein Fest", hub=hub, language="de", involved=(Involved(organisation=carrier),))
    translate(by=None, initiative=made, language="en", title="A festival")
    abroad = PlaceFactory(country__code="GB", name="Bradford")
    bond = partnership(hub.place, abroad, hub=hub, signed="1976")
    activity(bond, "2024-05-01")
    catalogue.rebuild()  # the factory of hubs makes no card
    return hub


def pages(hub):
    """What everybody sees of the hub, without what changes from answer to answer."""
    client, found = Client(), {}
    addresses = [
        hub.get_absolute_url(),
        reverse("initiatives:of_hub", args=[hub.slug]),
        reverse("exchange:iati_activities", args=[hub.slug]),
        reverse("directory:organisations"),
        reverse("portal:search") + "?q=Brunnen",
        *(each.get_absolute_url() for each in Initiative.objects.filter(state="published")),
        *(reverse("portal:card", args=pair) for pair in Card.objects.values_list("kind", "public_id")),
    ]
    for address in addresses:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        content = b"".join(response) if response.streaming else response.content
        found[address] = re.sub(
            r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", content.decode()
        )
    return found


def emptied():
    """As a new installation stands."""
    with append_only.unlocked(connection):
        call_command("flush", verbosity=0, interactive=False)
    load_vocabulary()


def packed(hub, path):
    with transaction.atomic():
        pack(hub, path, at=timezone.now())
    return path


def changed(path, name, content):
    """The same archive with other bytes in one of its files."""
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as written:
        for entry in source.infolist():
            if entry.filename != name:
                written.writestr(entry.filename, source.read(entry))
        written.writestr(name, content)
    return target


def test_a_hub_that_is_loaded_elsewhere_shows_the_same_pages(hub, tmp_path):
    before, heads = pages(hub), sorted(record.heads())
    archive = packed(hub, tmp_path / "hub.zip")
    emptied()
    loaded = load(Archive(archive))
    after = pages(loaded)
    assert after.keys() == before.keys()
    for address, text in before.items():
        assert after[address].splitlines() == text.splitlines(), address
    assert record.verify(loaded) == []
    assert [each for each in sorted(record.heads()) if each[0]] == [each for each in heads if each[0]]


def test_what_was_loaded_can_be_taken_out_again_the_same(hub, tmp_path):
    archive = packed(hub, tmp_path / "hub.zip")
    emptied()
    again = packed(load(Archive(archive)), tmp_path / "again.zip")
    first, second = Archive(archive).manifest, Archive(again).manifest
    rows = [{label: said["rows"] for label, said in each["tables"].items()} for each in (first, second)]
    assert rows[0] == rows[1]


def test_pictures_come_along(hub, tmp_path):
    made = Initiative.objects.get(title="Ein Fest")
    kept = add_picture(
        by=None, initiative=made, upload=picture(), alt="People dance", credit="", language="en"
    )
    archive = packed(hub, tmp_path / "hub.zip")
    kept.file.storage.delete(kept.file.name)
    emptied()
    load(Archive(archive))
    back = Initiative.objects.get(title="Ein Fest").pictures.get()
    with back.file.open() as file:
        assert file.read()


def test_work_goes_on_after_loading(hub, tmp_path):
    archive = packed(hub, tmp_path / "hub.zip")
    emptied()
    loaded = load(Archive(archive))
    initiative("A new one", hub=loaded)
    assert record.verify(loaded) == []


def test_nobody_gets_the_number_of_somebody_whom_the_record_names(hub, tmp_path):
    actors = set(record.Chain.objects.get(hub=hub).lines.exclude(actor=None).values_list("actor", flat=True))
    archive = packed(hub, tmp_path / "hub.zip")
    emptied()
    load(Archive(archive))
    assert UserFactory().pk > max(actors)


def test_accounts_and_keys_stay_where_they_are(hub, tmp_path):
    member = MembershipFactory(hub=hub)
    archive = packed(hub, tmp_path / "hub.zip")
    with zipfile.ZipFile(archive) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist())
        assert "tables/hubs.Membership.jsonl" not in opened.namelist()
    assert member.user.email.encode() not in everything
    emptied()
    loaded = load(Archive(archive))
    assert not Membership.objects.exists()
    call_command("invite_coordinator", loaded.slug, "first@example.org", stdout=io.StringIO())
    assert Invitation.objects.get().role == "coordinator"


def test_a_place_that_is_there_already_is_not_made_twice(hub, tmp_path):
    archive = packed(hub, tmp_path / "hub.zip")
    emptied()
    PlaceFactory(name="Another")
    there = PlaceFactory(name="Tamale", geonames_id=2294877, country__code="GH")
    load(Archive(archive))
    assert Place.objects.filter(geonames_id=2294877).get() == there
    assert Initiative.objects.get(title="Brunnen für Tamale").places.get() == there


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("tables/initiatives.Initiative.jsonl", b"{}\n", "is wrong"),
        ("../../outside.txt", b"x", "forbidden name"),
        ("/etc/outside", b"x", "forbidden name"),
        ("manifest.json", b"[]", "no take-out"),
        ("manifest.json", b"not json", "no take-out"),
        ("manifest.json", json.dumps({"format": "concivis-takeout-9", "tables": {}, "files": {}, "software": "9"}),
         "another version"),
    ],
)  # fmt: skip
def test_what_was_changed_or_does_harm_is_not_opened(hub, tmp_path, name, content, told):
    archive = packed(hub, tmp_path / "hub.zip")
    with pytest.raises(BrokenArchive, match=told):
        Archive(changed(archive, name, content))


def test_what_is_no_archive_is_not_opened(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"nothing of the kind")
    with pytest.raises(BrokenArchive):
        Archive(tmp_path / "x.zip")


def test_what_unpacks_to_too_much_is_not_opened(hub, tmp_path, monkeypatch):
    archive = packed(hub, tmp_path / "hub.zip")
    monkeypatch.setattr("concivis.exchange.takeout.opening.MOST_BYTES", 1000)
    with pytest.raises(BrokenArchive, match="far more"):
        Archive(archive)


def test_an_archive_is_not_loaded_over_another_hub(hub, tmp_path):
    archive = packed(hub, tmp_path / "hub.zip")
    with pytest.raises(BrokenArchive, match="not empty"):
        load(Archive(archive))


def test_an_archive_is_loaded_before_anybody_has_an_account(hub, tmp_path):
    archive = packed(hub, tmp_path / "hub.zip")
    emptied()
    UserFactory()
    with pytest.raises(BrokenArchive, match="account"):
        load(Archive(archive))


def test_what_fails_in_the_middle_leaves_nothing(hub, tmp_path, monkeypatch):
    archive = packed(hub, tmp_path / "hub.zip")
    emptied()
    monkeypatch.setattr("concivis.exchange.takeout.loading.record.verify", lambda hub: 1 / 0)
    with pytest.raises((BrokenArchive, ZeroDivisionError)):
        load(Archive(archive))
    assert not Hub.objects.exists() and not Initiative.objects.exists()


def test_the_commands_say_in_plain_words_what_is_wrong(hub, tmp_path):
    call_command("take_out", "hamm", str(tmp_path / "hub.zip"), stdout=io.StringIO())
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_takeout", str(tmp_path / "hub.zip"))
    with pytest.raises(CommandError, match="no hub"):
        call_command("take_out", "nowhere", str(tmp_path / "x.zip"))
    with pytest.raises(CommandError, match="no file"):
        call_command("load_takeout", str(tmp_path / "absent.zip"))


def test_a_coordinator_asks_for_an_archive_and_fetches_it(client, hub):
    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    page = reverse("exchange:takeouts", args=["hamm"])
    assert client.post(page).status_code == 302
    takeout = Takeout.objects.get()
    if takeout.state == "making":
        actions.make(takeout=takeout)
    takeout.refresh_from_db()
    assert takeout.sha256 in client.get(page).content.decode()
    response = client.get(reverse("exchange:takeout", args=["hamm", takeout.public_id]))
    assert b"".join(response)[:2] == b"PK"


def test_an_editor_cannot_take_everything_away(client, hub):
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    assert client.get(reverse("exchange:takeouts", args=["hamm"])).status_code == 403


def test_after_some_days_the_archive_is_gone(client, hub):
    takeout = actions.make(takeout=actions.ask(by=None, hub=hub))
    file = actions.folder() / takeout.stored
    Takeout.objects.update(until=timezone.now() - timedelta(minutes=1))
    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    assert client.get(reverse("exchange:takeout", args=["hamm", takeout.public_id])).status_code == 404
    assert actions.forget_old() == 1
    assert not file.exists()
