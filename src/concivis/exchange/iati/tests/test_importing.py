import datetime as dt
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from concivis.directory.models import Organisation
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.iati import actions, tasks
from concivis.exchange.iati.models import IatiFile
from concivis.exchange.iati.tests.scene import publishing, wells
from concivis.hubs.factories import MembershipFactory
from concivis.initiatives.actions import edit_initiative, facts_of
from concivis.initiatives.models import Initiative
from concivis.places.factories import CountryFactory
from concivis.vocabulary.actions import load_vocabulary

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    load_vocabulary()
    return publishing()


@pytest.fixture
def by(hub):
    return MembershipFactory(hub=hub, role="coordinator").user


@pytest.fixture
def exported(client, hub):
    made = wells(hub)
    return made, client.get(reverse("exchange:iati_activities", args=["hamm"])).content


def sent(hub, content):
    return actions.send(by=None, hub=hub, blocks=iter([content]), filename="file.xml")


def staged(hub, content):
    return actions.read_file(by=None, file=sent(hub, content))


def applied(hub, content, by=None):
    file = staged(hub, content)
    actions.queue_apply(by=by, file=file)
    return actions.apply_file(by=by, file=file)


def test_what_was_exported_comes_in_again_unchanged(hub, exported):
    file = staged(hub, exported[1])
    assert file.counts == {"unchanged": 1}, [
        (row.notes, row.before, row.beside, row.beside_before) for row in file.rows.all()
    ]


def test_what_was_deleted_comes_back_with_its_translations_and_its_organisations(hub, exported):
    made, content = exported
    Initiative.objects.filter(pk=made.pk).delete()
    applied(hub, content)
    back = Initiative.objects.get()
    assert (back.title, back.language, back.state) == ("Brunnen für Tamale", "de", "submitted")
    assert back.translations.get().title == "Wells for Tamale"
    assert {(str(each), each.role) for each in back.involvements.all()} == {
        ("Förderverein Wasser", "lead"),
        ("Wasserkomitee Tamale", "partner"),
    }
    assert back.since.iso == "2019" and back.places.get().name == "Tamale"
    assert actions.iati_facts_of(back).shares["GH"] == 62.5
    assert staged(hub, content).counts == {"unchanged": 1}


def test_a_change_is_applied_and_taken_back(hub, by, exported):
    made, content = exported
    changed = content.replace(b"Brunnen f", b"Viele Brunnen f").replace(b"Wells for", b"Many wells for")
    file = applied(hub, changed, by)
    made.refresh_from_db()
    assert made.title == "Viele Brunnen für Tamale"
    assert made.translations.get().title == "Many wells for Tamale"
    assert made.involvements.filter(role="supporter").exists()  # what IATI cannot say stays
    actions.undo_file(by=by, file=file)
    made.refresh_from_db()
    assert (made.title, made.translations.get().title) == ("Brunnen für Tamale", "Wells for Tamale")


def test_what_the_file_added_goes_when_it_is_taken_back(hub, by, exported):
    made, content = exported
    made.delete()
    actions.undo_file(by=by, file=applied(hub, content, by))
    assert not Initiative.objects.exists()


def test_what_somebody_changed_since_stays(hub, by, exported):
    made, content = exported
    file = applied(hub, content.replace(b"Brunnen f", b"Viele Brunnen f"), by)
    made.refresh_from_db()
    edit_initiative(by=by, initiative=made, facts=facts_of(made), revision=made.revision)
    actions.undo_file(by=by, file=file)
    made.refresh_from_db()
    assert made.title.startswith("Viele") and "stays" in " ".join(file.rows.get().notes)


def test_shares_that_somebody_changed_since_stay_when_the_file_is_taken_back(hub, by, exported):
    made, content = exported
    file = applied(hub, content.replace(b"Brunnen f", b"Viele Brunnen f"), by)
    facts = actions.iati_facts_of(made)
    actions.write_facts(by=by, initiative=made, facts=replace(facts, shares={}))
    actions.undo_file(by=by, file=file)
    assert actions.iati_facts_of(Initiative.objects.get()).shares == {}


def test_file_and_rows_go_after_ninety_days_and_what_they_wrote_stays(hub, by, exported):
    made, content = exported
    file = applied(hub, content.replace(b"Brunnen f", b"Viele Brunnen f"), by)
    waiting = staged(hub, content)
    IatiFile.objects.update(created_at=timezone.now() - dt.timedelta(days=91))
    assert actions.forget_old_files() == 2 and actions.forget_old_files() == 0
    file.refresh_from_db()
    made.refresh_from_db()
    assert not file.is_kept and not file.rows.exists() and made.title.startswith("Viele")
    assert not IatiFile.objects.filter(pk=waiting.pk).exists()
    with pytest.raises(UnreadyBatch):
        actions.undo_file(by=by, file=file)


def test_what_somebody_changed_between_looking_and_applying_is_left_out(hub, by, exported):
    made, content = exported
    file = staged(hub, content.replace(b"Brunnen f", b"Viele Brunnen f"))
    made.refresh_from_db()
    edit_initiative(by=by, initiative=made, facts=facts_of(made), revision=made.revision)
    actions.queue_apply(by=by, file=file)
    assert actions.apply_file(by=by, file=file).counts == {"rejected": 1}


def test_nothing_is_applied_twice(hub, by, exported):
    file = applied(hub, exported[1], by)
    with pytest.raises(UnreadyBatch):
        actions.queue_apply(by=by, file=file)


@pytest.mark.parametrize(
    ("name", "count"), [("activity-standard-example-annotated.xml", 1), ("iatipublisher-complete.xml", 2)]
)
def test_activities_of_others_come_in_and_are_not_published_as_ours(client, hub, name, count, example):
    for code in ("AF", "AG", "BS"):
        CountryFactory(code=code)
    file = applied(hub, example(name))
    assert file.counts == {"new": count}, [row.notes for row in file.rows.all()]
    assert all(actions.iati_facts_of(made).reporter for made in Initiative.objects.all())
    assert b"<iati-activity " not in client.get(reverse("exchange:iati_activities", args=["hamm"])).content
    assert staged(hub, example(name)).counts == {"unchanged": count}


def test_all_languages_of_the_example_are_kept(hub, example):
    applied(hub, example("activity-standard-example-annotated.xml"))
    made = Initiative.objects.get()
    assert (made.language, made.title) == ("en", "Activity title")
    assert {row.language: row.title for row in made.translations.all()} == {
        "fr": "Titre de l'activité",
        "es": "Título de la actividad",
    }


@pytest.mark.parametrize("name", ["organisation-standard-example-annotated.xml", "iatikit-org.xml"])
def test_organisations_come_in_with_their_register_and_names(hub, by, name, example):
    file = applied(hub, example(name), by)
    assert file.counts == {"new": 1}, file.rows.get().notes
    made = Organisation.objects.get()
    assert made.register_number and not made.is_published
    assert staged(hub, example(name)).counts == {"unchanged": 1}
    actions.undo_file(by=by, file=file)
    assert not Organisation.objects.exists()


def test_the_same_identifier_twice_is_refused_the_second_time(hub, exported):
    _made, content = exported
    start, end = content.index(b"<iati-activity "), content.index(b"</iati-activities>")
    twice = content[:end] + content[start:end] + content[end:]
    assert staged(hub, twice).counts == {"unchanged": 1, "rejected": 1}


def test_the_office_sends_looks_applies_and_takes_back(client, hub, by, exported):
    client.force_login(by)
    content = exported[1].replace(b"Brunnen f", b"Viele Brunnen f")
    page = reverse("exchange:iati_files", args=["hamm"])
    assert client.post(page, {"file": SimpleUploadedFile("our.xml", content)}).status_code == 302
    file = IatiFile.objects.get()
    if file.is_busy:
        tasks.read_iati_file.func(file.pk, by.pk, "en")
    at = [
        reverse(f"exchange:{name}", args=["hamm", file.public_id])
        for name in ("iati_file", "iati_apply", "iati_undo")
    ]
    assert "Viele Brunnen" in client.get(at[0]).content.decode()
    client.post(at[1])
    file.refresh_from_db()
    if file.is_busy:
        tasks.apply_iati_file.func(file.pk, by.pk, "en")
    assert "Applied on" in client.get(at[0]).content.decode()
    client.post(at[2])
    assert "Taken back on" in client.get(at[0]).content.decode()


def test_a_file_that_is_no_iati_is_refused_beside_the_field(client, hub, by):
    client.force_login(by)
    page = reverse("exchange:iati_files", args=["hamm"])
    response = client.post(page, {"file": SimpleUploadedFile("x.xml", b"<html/>")})
    assert "begins with" in response.content.decode()
    assert not IatiFile.objects.exists()
