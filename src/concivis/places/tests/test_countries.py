import csv
from pathlib import Path

import pytest
from django.utils import translation

from concivis.places.countries import codes, codes_beginning, country_code, country_name

NO_COUNTRY = {"", "t430222130", "t431453150"}  # blanks and blank nodes in the files


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("Germania", "DE"),
        ("Allemagne", "DE"),
        ("ألمانيا", "DE"),
        ("日本", "JP"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Elfenbeinküste", "CI"),
        ("Ivory Coast", "CI"),
        ("Palestine", "PS"),
        ("Taiwan", "TW"),
        ("Czech Republic", "CZ"),
        ("Macedonia", "MK"),
        ("UK", "GB"),
        ("Scotland", "GB"),
        ("England, United Kingdom", "GB"),
        ("United States", "US"),
        ("Northern Cyprus", "CY"),
        ("Transnistria", "MD"),
        ("Abkhazia", "GE"),
        ("Artsakh", "AZ"),
        ("Kosovo", "XK"),
        ("Congo", "CG"),
        ("Republic of the Congo", "CG"),
        ("Democratic Republic of the Congo", "CD"),
        ("DR Congo", "CD"),
        ("Georgia (country)", "GE"),
        ("Martinique, France", "MQ"),
        ("Georgia, United States", "US"),
        ("Kingdom of the Netherlands", "NL"),
        ("Saint Kitts and Nevis", "KN"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Kazakhstah", "KZ"),
        ("de", "DE"),
        ("DEU", "DE"),
    ],
)
def test_a_country_is_known_by_its_many_names(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", "  ", "Atlantis", "x", "123", ",", "(", "t430222130"])
def test_what_is_no_country_has_no_code(text: str) -> None:
    assert country_code(text) is None


@pytest.mark.parametrize("language", ["en", "de", "it", "ro", "fr"])
def test_every_country_is_found_by_the_name_we_show(language: str) -> None:
    historic = {"AN", "CS"}  # no longer in ISO 3166-1; CLDR has no names for them
    assert {code: country_code(country_name(code, language)) for code in codes() - historic} == {
        code: code for code in codes() - historic
    }


def test_names_come_in_the_active_language() -> None:
    with translation.override("it"):
        assert country_name("DE") == "Germania"
    assert country_name("DE", "pt-BR") == "Alemanha"
    assert country_name("DE", "xx") == "Germany"
    assert country_name("??") == "??"


def test_a_name_half_typed_may_mean_several_countries() -> None:
    assert codes_beginning("Frankr") == {"FR"}
    assert codes_beginning("Vereinigte") == {"AE", "GB", "US"}
    assert codes_beginning("") == set()


@pytest.mark.parametrize("file", ["hekman_geocoded_pairs_2026.csv", "rogorido_wikidata_eu.tsv"])
def test_every_country_of_the_real_lists_is_known(shared_data: Path, file: str) -> None:
    with (shared_data / "twinning" / file).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t" if file.endswith("tsv") else ","))
    written = {value for row in rows for column, value in row.items() if "country" in column}
    assert {name for name in written - NO_COUNTRY if country_code(name) is None} == set()
