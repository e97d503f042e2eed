from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from concivis.exchange.geonames.tests.test_read import HAMM, written
from concivis.hubs.models import RecordLine
from concivis.places.actions import load_gazetteer
from concivis.places.models import Place, PlaceName
from concivis.places.queries import suggest

pytestmark = pytest.mark.django_db


def line(id: int, name: str, code: str = "PPL", people: int = 0, country: str = "DE") -> str:
    cells = [id, name, name, "", 50.0, 8.0, code[0], code, country, "", "07", "", "", "", people, "", 1]
    return "\t".join(map(str, [*cells, "Europe/Berlin", "2024-01-01"]))


def imported(*arguments: object) -> str:
    said = StringIO()
    call_command("import_geonames", *map(str, arguments), stdout=said, stderr=said, verbosity=0)
    return said.getvalue()


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return written(
        tmp_path / "DE.txt",
        HAMM,
        line(11, "Weiler"),
        line(12, "Land Eins", "ADM1", 17_000_000),
        line(13, "Regierungsbezirk", "ADM2"),
        line(14, "Kreis", "ADM3", 300_000),
        line(15, "Gemeinde", "ADM4", 6_000),
        line(16, "Wüstung", "PPLQ"),
        line(17, "Stadtteil", "PPLX", 9_000),
        line(18, "Berg", "TMT"),
        line(19, "Nirgends", country="ZZ"),
    )


def test_populated_places_regions_and_provinces_are_taken(dump: Path) -> None:
    said = imported(dump)
    assert said == (
        "4 places added, 0 changed, 0 as they were; 7 names and 0 Wikidata ids added; 0 lines left out.\n"
    )
    assert dict(Place.objects.values_list("name", "kind")) == {
        "Hamm": "city", "Weiler": "village", "Land Eins": "region", "Regierungsbezirk": "province",
    }  # fmt: skip
    assert set(Place.objects.values_list("origin", flat=True)) == {"dump"}


def test_lower_units_and_quarters_are_taken_where_asked_for(dump: Path) -> None:
    imported(dump, "--classes", "adm3,ADM4,PPLX")
    assert dict(Place.objects.values_list("name", "kind")) == {
        "Kreis": "association", "Gemeinde": "town", "Stadtteil": "town",
    }  # fmt: skip


def test_the_same_file_again_changes_nothing_and_writes_no_line(dump: Path) -> None:
    imported(dump)
    assert imported(dump).startswith("0 places added, 0 changed, 4 as they were; 0 names")
    assert list(RecordLine.objects.values_list("action", "object_id")) == [("gazetteer.loaded", "DE.txt")]


def test_names_get_their_languages_and_places_their_wikidata_ids(dump: Path, tmp_path: Path) -> None:
    names = written(
        tmp_path / "alternateNamesV2.txt",
        "1\t2911240\tru\tХамм\t1\t\t\t",
        "2\t2911240\twkdt\tQ2644",
        "3\t11\twkdt\tQ2644",
        "4\t999\tde\tGibtesnicht",
        "5\t2911240\tla\tHammona\t\t\t\t1",
        "6\t2911240\tla\tHammona\t\t\t\t1",
    )
    regions = written(tmp_path / "admin1CodesASCII.txt", "DE.07\tNordrhein-Westfalen\tx\t1")
    said = imported(dump, "--names", names, "--regions", regions)
    assert "7 names and 1 Wikidata ids added" in said
    hamm = Place.objects.get(geonames_id=2911240)
    assert (hamm.wikidata_id, hamm.region.name) == ("Q2644", "Nordrhein-Westfalen")
    assert set(hamm.names.values_list("name", "language", "kind")) == {
        ("Hamm", "", "main"), ("Хамм", "ru", "preferred"), ("Hammona", "la", "alternate"),
    }  # fmt: skip
    assert [place.id for place in suggest("хам")] == [hamm.pk]


def test_what_the_gazetteer_had_is_kept_and_its_names_learn_their_language(tmp_path: Path) -> None:
    load_gazetteer(countries=["LU"], minimum=15000)
    city = Place.objects.get(name="Luxembourg")
    before = PlaceName.objects.filter(place=city, language="").count()
    dump = written(tmp_path / "LU.txt", line(city.geonames_id or 0, "Luxembourg", "PPLC", 140_000, "LU"))
    names = written(tmp_path / "names.txt", f"1\t{city.geonames_id}\tlb\tLëtzebuerg\t1\t\t\t")
    assert imported(dump, "--names", names).startswith("0 places added, 1 changed, 0 as they were; 0 names")
    city.refresh_from_db()
    assert (city.population, city.origin) == (140_000, "dump")
    assert city.names.get(language="lb").kind == "preferred"
    assert PlaceName.objects.filter(place=city, language="").count() == before - 1


def test_broken_lines_are_told_and_a_broken_file_is_refused(tmp_path: Path) -> None:
    said = imported(written(tmp_path / "DE.txt", HAMM, "nonsense"))
    assert "DE.txt: Line 2: it has 1 columns where at least 19 are needed." in said
    assert said.endswith("1 lines left out.\n")
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        imported(tmp_path / "absent.zip")


def test_loading_the_gazetteer_writes_one_line_into_the_record() -> None:
    said = StringIO()
    for _again in range(2):
        call_command("load_gazetteer", countries="VA,SM", stdout=said)
    assert "nothing changed." in said.getvalue()
    line = RecordLine.objects.get()
    assert (line.action, line.kind, line.details["set"]) == (
        "gazetteer.loaded",
        "gazetteer",
        "cities500 of SM,VA",
    )
    with pytest.raises(CommandError, match="There is no country with the code QQ"):
        call_command("load_gazetteer", countries="QQ")
