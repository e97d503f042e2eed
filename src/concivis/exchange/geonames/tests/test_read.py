import zipfile
from pathlib import Path

import pytest

from concivis.exchange.geonames.read import (
    AlternateName,
    Feature,
    LineFault,
    RegionName,
    UnreadableDump,
    read_features,
    read_names,
    read_regions,
)

HAMM = (
    "2911240\tHamm\tHamm\tHamm,Khamm,Хамм\t51.68033\t7.82089\tP\tPPLA3\tDE\t\t07\t059\t05915\t05915000"
    "\t178967\t\t63\tEurope/Berlin\t2023-01-12"
)


def faults_of(path: Path) -> tuple[list[Feature], list[str]]:
    faults: list[LineFault] = []
    return list(read_features(path, faults.append)), [str(fault) for fault in faults]


def written(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_a_line_becomes_a_place(tmp_path: Path) -> None:
    found, faults = faults_of(written(tmp_path / "DE.txt", HAMM))
    assert faults == []
    assert found == [
        Feature(
            2911240, "Hamm", ("Hamm", "Khamm", "Хамм"), 51.68033, 7.82089, "P", "PPLA3", "DE", "07", 178967,
            "Europe/Berlin",
        )
    ]  # fmt: skip


def test_byte_order_mark_windows_ends_comments_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    path = written(
        tmp_path / "DE.txt", "\ufeff" + HAMM + "\r", "", "# a comment", HAMM.replace("2911240", "2") + "\r"
    )
    found, faults = faults_of(path)
    assert ([one.geonames_id for one in found], faults) == ([2911240, 2], [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2911240\tHamm", "it has 2 columns where at least 19 are needed."),
        (HAMM.replace("2911240", "x1"), "“x1” is not a GeoNames id."),
        (HAMM.replace("51.68033", "91"), "“91” is not a latitude."),
        (HAMM.replace("7.82089", "nan"), "“nan” is not a longitude."),
        (HAMM.replace("\tDE\t", "\tGermany\t"), "“Germany” is not a country's code."),
        (HAMM.replace("178967", "many"), "“many” is not a number of people."),
        (HAMM.replace("\tHamm\tHamm", "\t \tHamm"), "the place has no name."),
    ],
)
def test_a_broken_line_is_told_with_its_number_and_the_rest_is_read(
    tmp_path: Path, line: str, reason: str
) -> None:
    found, faults = faults_of(written(tmp_path / "DE.txt", HAMM, line, HAMM))
    assert (len(found), faults) == (2, [f"Line 2: {reason}"])


def test_a_line_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "DE.txt", HAMM.replace("Хамм", "Häm"), encoding="latin-1")
    assert faults_of(path) == ([], ["Line 1: it is not text in UTF-8."])


def test_an_unknown_population_is_no_number(tmp_path: Path) -> None:
    found, _faults = faults_of(written(tmp_path / "DE.txt", HAMM.replace("178967", "0")))
    assert found[0].population is None


def test_a_zip_file_is_read_like_the_text_in_it(tmp_path: Path) -> None:
    path = tmp_path / "DE.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "About this file")
        archive.writestr("DE.txt", HAMM)
    found, faults = faults_of(path)
    assert ([one.name for one in found], faults) == (["Hamm"], [])


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("DE.txt", b"\t" * 50_000_000)
    with pytest.raises(UnreadableDump, match="would unpack to many times its size"):
        faults_of(path)


def test_a_damaged_or_foreign_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    packed = tmp_path / "DE.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("DE.txt", HAMM)
    packed.write_bytes(packed.read_bytes().replace(b"Khamm", b"Kjamm"))
    with pytest.raises(UnreadableDump, match="is damaged after line"):
        faults_of(packed)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", HAMM)
        archive.writestr("b.txt", HAMM)
    with pytest.raises(UnreadableDump, match="should hold one text file of GeoNames; it holds 2"):
        faults_of(tmp_path / "two.zip")
    with pytest.raises(UnreadableDump, match="longer than any line of GeoNames"):
        faults_of(written(tmp_path / "long.txt", "x" * 300_000))
    with pytest.raises(UnreadableDump, match="cannot be read: No such file"):
        faults_of(tmp_path / "absent.txt")


def test_names_carry_their_language_and_wikidata_ids_are_told_apart(tmp_path: Path) -> None:
    path = written(
        tmp_path / "alternateNamesV2.txt",
        "1\t2911240\tde\tHamm\t1\t\t\t",
        "2\t2911240\tfr\tHam\t1\t\t\t1",
        "3\t2911240\twkdt\tQ2644",
        "4\t2911240\tlink\thttps://en.wikipedia.org/wiki/Hamm",
        "5\t2911240\tpost\t59063",
        "6\t2911240\tzh-Hant\t哈姆",
        "7\t2911240\tpiny\thā mǔ",
        "8\t2911240\t\tHammona",
        "9\t2911240\twkdt\tHamm",
    )
    faults: list[LineFault] = []
    assert list(read_names(path, faults.append)) == [
        AlternateName(2911240, "Hamm", "de", True, False, ""),
        AlternateName(2911240, "Ham", "fr", False, True, ""),
        AlternateName(2911240, "Q2644", "", False, False, "Q2644"),
        AlternateName(2911240, "哈姆", "zh-Hant", False, False, ""),
        AlternateName(2911240, "hā mǔ", "zh-Latn", False, False, ""),
        AlternateName(2911240, "Hammona", "", False, False, ""),
    ]
    assert [str(fault) for fault in faults] == ["Line 9: “Hamm” is not a Wikidata id."]


def test_regions_are_a_country_a_code_and_a_name(tmp_path: Path) -> None:
    path = written(
        tmp_path / "admin1CodesASCII.txt", "DE.07\tNordrhein-Westfalen\tNRW\t2861876", "DE\tGermany\tx\t1"
    )
    faults: list[LineFault] = []
    assert list(read_regions(path, faults.append)) == [RegionName("DE", "07", "Nordrhein-Westfalen")]
    assert len(faults) == 1
