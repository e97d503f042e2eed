import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concivis.exchange import actions, progress, tasks
from concivis.exchange.enums import BatchState
from concivis.exchange.models import Batch
from concivis.exchange.tests.atlas import HAMM_BRADFORD, HAMM_SANTA_MONICA, applied, sent, staged, table
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")

KEENE = "Keene,United States,51.8,9.9,Dijon,France,47.32,5.02"


@pytest.fixture
def hub(atlas):
    return HubFactory(slug="hamm", name="Hamm", place=atlas["Hamm"])


@pytest.fixture
def editor(client, hub):
    membership = MembershipFactory(hub=hub, role="editor")
    client.force_login(membership.user)
    return membership.user


def at(name, *args):
    return reverse(f"exchange:{name}", args=["hamm", *args])


def text_of(response) -> str:
    return response.content.decode()


def send(client, content: bytes, name: str = "list.csv", title: str = "City archive"):
    return client.post(at("imports"), {"file": SimpleUploadedFile(name, content), "source_title": title})


def work_off(batch: Batch) -> Batch:
    """What the worker does with a queued batch."""
    batch.refresh_from_db()
    job = {BatchState.STAGING: tasks.stage_batch, BatchState.APPLYING: tasks.apply_batch}[
        BatchState(batch.state)
    ]
    job.func(batch.pk, None, "en")
    batch.refresh_from_db()
    return batch


def test_who_may_import(hub):
    batch = staged(table(HAMM_BRADFORD, KEENE), hub=hub)
    done = applied(table(HAMM_SANTA_MONICA), hub=hub)
    end = batch.ends.get(how="ambiguous")
    number = batch.public_id
    rows = [
        ("GET", at("imports"), "login 404 403 403 403 200 200 404"),
        ("POST", at("imports"), "login 404 403 403 403 200 200 404"),
        ("GET", at("batch", number), "login 404 403 403 403 200 200 404"),
        ("GET", at("columns", number), "login 404 403 403 403 200 200 404"),
        ("GET", at("progress", number), "login 404 403 403 403 200 200 404"),
        ("GET", at("rows_export", number, "csv"), "login 404 403 403 403 200 200 404"),
        ("GET", at("end", number, end.pk), "login 404 403 403 403 200 200 404"),
        ("POST", at("end", number, end.pk), "login 404 403 403 403 302 302 404", {"choice": "none"}),
        ("GET", at("apply", number), "login 404 403 403 403 200 200 404"),
        ("POST", at("apply", number), "login 404 403 403 403 302 302 404"),
        ("POST", at("again", number), "login 404 403 403 403 302 302 404"),
        ("GET", at("undo", done.public_id), "login 404 403 403 403 200 200 404"),
        ("POST", at("undo", done.public_id), "login 404 403 403 403 302 302 404"),
        ("GET", at("discard", number), "login 404 403 403 403 200 200 404"),
        ("POST", at("discard", number), "login 404 403 403 403 302 302 404"),
    ]
    assert_permission_table(people_around(hub), rows)


def test_another_hubs_import_is_not_found_by_its_number(client, editor):
    theirs = staged(table(HAMM_BRADFORD, KEENE), hub=HubFactory())
    end = theirs.ends.get(how="ambiguous")
    for name in ("batch", "columns", "progress", "apply", "undo", "discard"):
        assert client.get(at(name, theirs.public_id)).status_code == 404
    own = staged(table(HAMM_BRADFORD), hub=MembershipFactory(user=editor, hub__slug="bradford").hub)
    assert client.get(at("end", theirs.public_id, end.pk)).status_code == 404
    address = reverse("exchange:end", args=["bradford", own.public_id, end.pk])
    assert client.get(address).status_code == 404


def test_from_the_file_to_public_partnerships_and_back(client, hub, editor):
    response = send(client, table(HAMM_BRADFORD, KEENE))
    batch = Batch.objects.get()
    assert response.url == at("columns", batch.public_id)
    page = client.get(response.url)
    assert "city1" in text_of(page)
    chosen = {field.name: field.value() for field in page.context["form"]}
    assert client.post(response.url, chosen).url == at("batch", batch.public_id)
    assert "Waiting for its turn" in text_of(client.get(at("batch", batch.public_id)))

    batch = work_off(batch)
    page = text_of(client.get(at("batch", batch.public_id)))
    assert "Nothing counts yet" in page
    assert "2 places could be meant." in page

    end = batch.ends.get(how="ambiguous")
    page = client.get(at("end", batch.public_id, end.pk))
    assert "23,265 people" in text_of(page)
    first = next(iter(page.context["form"].places))
    response = client.post(at("end", batch.public_id, end.pk), {"choice": first})
    assert response.url == at("batch", batch.public_id)

    assert "2 new partnerships become public" in text_of(client.get(at("apply", batch.public_id)))
    client.post(at("apply", batch.public_id))
    batch = work_off(batch)
    assert (batch.state, Partnership.objects.filter(hub=hub).count()) == ("applied", 2)
    assert "Look at the partnership" in text_of(client.get(at("batch", batch.public_id)))

    response = client.post(at("undo", batch.public_id), follow=True)
    assert "Taken back: 2 partnerships deleted." in text_of(response)
    assert Partnership.objects.count() == 0


def test_an_empty_list_says_what_to_do(client, editor):
    assert "None yet. Send a list above" in text_of(client.get(at("imports")))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"a,b\nHamm,Bradford\n", "list.exe", "Choose a file whose name ends in one of these: .csv"),
        (b"\x89PNG\r\n", "list.csv", "This is not a text file"),
        (b"PK\x03\x04 not really", "list.zip", "This is not|one column|damaged"),
        (b"x", "list.csv", "one column only"),
    ],
)
def test_a_file_that_will_not_do_is_refused_beside_the_field(client, editor, content, name, said):
    form = send(client, content, name).context["form"]
    assert any(part in str(form.errors["file"]) for part in said.split("|"))
    assert Batch.objects.count() == 0


def test_a_file_over_twenty_megabytes_is_refused(client, editor):
    form = send(client, b"a" * (20 * 1024 * 1024 + 1)).context["form"]
    assert form.errors["file"] == [
        "The file is larger than 20 megabytes. Make it smaller, or send it in parts."
    ]


def test_two_columns_cannot_mean_the_same_and_both_places_must_be_named(client, hub, editor):
    batch = sent(b"x,y\nHamm,Bradford\n", hub=hub)
    form = client.post(at("columns", batch.public_id), {"column_0": "a.name", "column_1": "a.name"}).context[
        "form"
    ]
    assert form.errors == {
        "column_1": ["Another column already means this. Choose one of them."],
        "__all__": ["Say which column names the second place."],
    }


def test_the_rows_can_be_filtered_and_counted(client, hub, editor):
    batch = staged(table(HAMM_BRADFORD, HAMM_BRADFORD, KEENE), hub=hub)
    page = client.get(at("batch", batch.public_id), {"state": "repeated"})
    assert [each["row"].line for each in page.context["rows"]] == [3]
    assert [(tab.label, tab.count) for tab in page.context["tabs"]] == [
        ("all", 3), ("new", 1), ("repeated", 1), ("to be decided", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 40])
def test_the_page_of_rows_costs_the_same_whatever_their_number(
    client, hub, editor, rows, django_assert_max_num_queries
):
    batch = staged(
        table(*(f"Hamm,Germany,51.68,7.82,Place {n},France,48.{n},5" for n in range(rows))), hub=hub
    )
    with django_assert_max_num_queries(14):
        client.get(at("batch", batch.public_id))


def test_formulas_of_a_file_do_not_reach_a_spreadsheet(client, hub, editor):
    batch = staged(table('"=HYPERLINK(1)",Germany,51.6,7.8,@cmd,France,48,5'), hub=hub)
    response = client.get(at("rows_export", batch.public_id, "csv"))
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    cells = next(row for row in csv.reader(io.StringIO(content)) if row and row[0] == "2")
    assert not any(cell.startswith(("=", "@", "+", "-")) for cell in cells)


def test_progress_is_drawn_and_the_page_reloads_at_the_end(client, hub, editor):
    batch = staged(table(HAMM_BRADFORD), hub=hub)
    actions.queue(by=editor, batch=batch, state=BatchState.APPLYING)
    progress.reporter(batch.public_id)("recording", 5, 10)
    assert "Recording the links" in text_of(client.get(at("progress", batch.public_id)))
    work_off(batch)
    assert client.get(at("progress", batch.public_id))["HX-Refresh"] == "true"


def test_a_job_whose_worker_died_can_be_started_again(client, hub, editor, monkeypatch):
    batch = staged(table(HAMM_BRADFORD), hub=hub)
    actions.queue(by=editor, batch=batch, state=BatchState.APPLYING)
    progress.reporter(batch.public_id)("recording", 5, 10)
    monkeypatch.setattr(progress, "STALE", -1.0)
    assert "The work has stopped in the middle" in text_of(client.get(at("batch", batch.public_id)))
    client.post(at("again", batch.public_id))
    assert work_off(batch).state == "applied"


def test_another_place_can_be_named_for_an_undecided_end(client, hub, editor, atlas):
    batch = staged(table(KEENE), hub=hub)
    end = batch.ends.get(how="ambiguous")
    address = at("end", batch.public_id, end.pk)
    assert "Write the name of the place" in text_of(client.post(address, {"choice": "other"}))
    client.post(address, {"choice": "other", "place": "Girona"})
    end.refresh_from_db()
    assert end.place == atlas["Girona"]
