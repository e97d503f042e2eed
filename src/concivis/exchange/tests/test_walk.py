"""The way of a list through the browser, from strange columns to partnerships and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from concivis.exchange import tasks
from concivis.exchange.enums import BatchState
from concivis.exchange.models import Batch
from concivis.exchange.tests.atlas import HAMM_BRADFORD, HAMM_SANTA_MONICA, applied, table
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")

STRANGE = (
    "Nr;Unsere Stadt;Partner drüben;Land drüben;Urkunde\n"
    "1;Hamm;Bradford;United Kingdom;1976\n"
    "2;Hamm;Santa Monica;United States;1969\n"
    "3;Hamm;Reggio Emilia;Italy;2002\n"
    "4;Hamm;Atlantis;Japan;1990\n"
    "5;Hamm;;France;\n"
).encode()


@pytest.fixture
def hub(atlas):
    return HubFactory(slug="hamm", name="Hamm", place=atlas["Hamm"], is_published=False)


@pytest.fixture
def editor(client, hub):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


def at(name, *args):
    return reverse(f"exchange:{name}", args=["hamm", *args])


def worked_off() -> Batch:
    """What the worker does with the one queued batch."""
    batch = Batch.objects.filter(state__in=[BatchState.STAGING, BatchState.APPLYING]).get()
    job = tasks.stage_batch if batch.state == BatchState.STAGING else tasks.apply_batch
    job.func(batch.pk, None, "en")
    batch.refresh_from_db()
    return batch


def named(page, label):
    """The name of the select for the column called `label`."""
    for index, field in enumerate(page.context["form"]):
        if str(field.label) == label:
            return f"column_{index}"
    raise AssertionError(label)


def test_columns_are_mapped_rows_previewed_with_reasons_applied_and_taken_back(client, hub, editor):
    applied(table(HAMM_BRADFORD), hub=hub)
    file = SimpleUploadedFile("partner.csv", STRANGE)
    columns = client.post(at("imports"), {"file": file, "source_title": "Old list"}, follow=True)
    meanings = {
        "Unsere Stadt": "a.name",
        "Partner drüben": "b.name",
        "Land drüben": "b.country",
        "Urkunde": "start",
    }
    chosen = {named(columns, label): meaning for label, meaning in meanings.items()}
    number = columns.context["batch"].public_id
    client.post(at("columns", number), chosen)
    batch = worked_off()
    preview = client.get(at("batch", number)).content.decode()
    assert batch.counts["rows"] == {"new": 3, "changed": 1, "rejected": 1}  # Atlantis is made, and said so
    for reason in ("Nothing counts yet.", "Atlantis", "rejected"):
        assert reason in preview
    assert Partnership.objects.count() == 1
    client.post(at("apply", number))
    worked_off()
    page = client.get(at("batch", number)).content.decode()
    tie = Partnership.objects.get(sides__place__name="Santa Monica")
    assert reverse("twinning:office_tie", args=["hamm", tie.public_id]) in page
    client.post(at("undo", number))
    assert Partnership.objects.count() == 1


def test_taking_back_keeps_what_the_office_has_worked_on_since(client, hub, editor):
    batch = applied(table(HAMM_BRADFORD, HAMM_SANTA_MONICA), hub=hub)
    walked = Partnership.objects.get(sides__place__name="Bradford")
    walked.sides.first().contacts.create(role="committee", name="Committee of friends")
    answer = client.post(at("undo", batch.public_id), follow=True)
    assert "1 kept: An office has worked on it since." in answer.content.decode()
    assert list(Partnership.objects.all()) == [walked]
