import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from concivis.exchange.models import Batch
from concivis.exchange.tests.atlas import HAMM_BRADFORD, KEIGHLEY_POIX, table
from concivis.hubs.factories import HubFactory
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(
        table(HAMM_BRADFORD, HAMM_BRADFORD, "Keene,United States,51.8,9.9,Dijon,France,47.32,5.02")
    )
    return path


def report(*arguments, **options):
    out = StringIO()
    call_command("import_twinning", *map(str, arguments), json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def counts(entries):
    return {name: entry["count"] for name, entry in entries.items()}


def test_the_report_for_programs_says_what_became_of_rows_and_places(atlas, listed):
    said = report(listed)
    assert counts(said["rows"]) == {"new": 1, "repeated": 1, "ambiguous": 1}
    assert counts(said["ends"]) == {"name_near": 3, "ambiguous": 1}
    assert (said["ends_share_settled"], said["state"], said["rejected"]) == (75.0, "applied", [])
    assert said["ambiguous"] == [
        "4: Keene, United States – Dijon, France. Keene: 2 places could be meant."
    ]  # fmt: skip
    assert set(said["seconds"]) == {"read", "stage", "apply", "all"}


def test_a_dry_run_says_the_same_and_does_nothing(atlas, listed):
    assert counts(report(listed, dry_run=True)["rows"]) == {"new": 1, "repeated": 1, "ambiguous": 1}
    assert (Partnership.objects.count(), Batch.objects.count()) == (0, 0)


def test_a_list_can_be_imported_into_a_hub(atlas, listed):
    hub = HubFactory(slug="hamm", place=atlas["Hamm"])
    report(listed, hub="hamm")
    assert Partnership.objects.get().hub == hub


def test_columns_can_be_said_on_the_command_line(atlas, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("x,y\nHamm,Bradford\n")
    assert counts(report(path, map=["a=x", "b.name=y"])["rows"]) == {"new": 1}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.csv"], "cannot be opened: No such file"),
        ([], "Name a file"),
        (["LIST", "--hub", "nobody"], "There is no hub “nobody”"),
        (["LIST", "--map", "a=missing"], "The file has no column “missing”; it has: city1"),
        (["LIST", "--map", "c=city1"], "“c” is no meaning of a column"),
        (["--wikidata"], "Say which country"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_a_sentence(atlas, listed, arguments, said):
    with pytest.raises(CommandError, match=said):
        call_command("import_twinning", *[str(listed) if text == "LIST" else text for text in arguments])
    assert Partnership.objects.count() == 0


def test_people_get_tables_and_how_to_take_it_back(atlas, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_bytes(table(KEIGHLEY_POIX))
    call_command("import_twinning", str(path))
    out = capsys.readouterr().out
    number = Batch.objects.get().public_id
    assert f"undo_import {number}" in out
    listed = StringIO()
    call_command("undo_import", stdout=listed)
    assert "applied" in listed.getvalue()
    done = StringIO()
    call_command("undo_import", number, stdout=done)
    assert done.getvalue() == "Deleted 1 links, gave back 0, kept 0 that others have built upon.\n"


def test_an_import_that_does_not_exist_cannot_be_undone(db):
    with pytest.raises(CommandError, match="There is no import with the number “nothing”"):
        call_command("undo_import", "nothing")
