import io
import json
import time
import zipfile

import pytest

from concivis.exchange import reading, storage
from concivis.exchange.columns import guess_columns
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.records import BrokenRow, LinkRow
from concivis.exchange.tabular import find_encoding, term
from concivis.exchange.tests.atlas import HAMM_BRADFORD, HEADER, table
from concivis.exchange.wikidata.read import parse_json


def read(tmp_path, content: bytes, mapping=None):
    path = tmp_path / "file"
    path.write_bytes(content)
    return list(reading.read(path, mapping or reading.guess(path)[0].at))


def names(records):
    return [(record.a.name, record.b.name) for record in records if isinstance(record, LinkRow)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_accents_survive_every_usual_encoding(tmp_path, encoding):
    text = "a,country_a,b,country_b\nDüsseldorf,Germany,Orléans,France\n"
    assert names(read(tmp_path, text.encode(encoding))) == [("Düsseldorf", "Orléans")]


def test_a_guessed_encoding_is_said_aloud(tmp_path):
    path = tmp_path / "file"
    path.write_bytes("a,b\nDüsseldorf,Orléans\n".encode("cp1252"))
    assert find_encoding(path) == (
        "cp1252",
        ["The file is not UTF-8; it was read as Windows-1252. Look at the accents in the preview."],
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_lines_and_columns_are_told_apart_however_they_are_marked(tmp_path, end, delimiter):
    rows = [["city1", "country1", "city2", "country2"], ["Hamm", "Germany", '"Bradford"', "UK"]]
    content = end.join(delimiter.join(row) for row in rows).encode()
    assert names(read(tmp_path, content)) == [("Hamm", "Bradford")]


def test_lines_are_numbered_as_an_editor_numbers_them(tmp_path):
    records = read(tmp_path, b"a,b\nHamm,Bradford\n,\nKeighley,Poix\n")
    assert [record.line for record in records] == [2, 3, 4]


def test_an_empty_row_is_broken_and_stops_nobody(tmp_path):
    records = read(tmp_path, b"a,b\n,\n\n   ,\nHamm,Bradford\n")
    assert [getattr(record, "reason", None) and record.reason.code for record in records] == [
        "row_empty", "row_empty", "row_empty", None,
    ]  # fmt: skip


def test_a_row_without_one_of_its_names_is_broken(tmp_path):
    records = read(tmp_path, b"a,country_a,b,country_b\nHamm,Germany,,UK\nHamm\nHamm,Germany,Bradford,UK\n")
    assert [record.reason.code for record in records if isinstance(record, BrokenRow)] == [
        "name_missing",
        "row_short",
    ]
    assert (
        str(records[0].reason) == "Column “b” is empty: there is no name and no number to find the place by."
    )


def test_a_cell_of_a_megabyte_is_refused_and_the_next_row_read(tmp_path):
    records = read(tmp_path, b"a,b\nHamm," + b"x" * 1_000_000 + b"\nHamm,Bradford\n")
    assert [type(record).__name__ for record in records] == ["BrokenRow", "LinkRow"]
    assert records[0].reason.code == "cell_long"


def test_a_quotation_mark_never_closed_costs_its_own_row_only(tmp_path):
    rows = [f"Place {number},Other {number}" for number in range(30)]
    records = read(tmp_path, ('a,b\n"Hamm,Bradford\n' + "\n".join(rows)).encode())
    assert isinstance(records[0], BrokenRow)
    assert len(names(records)) == 30


def test_rows_that_never_end_are_each_looked_at_for_a_few_lines_only(tmp_path):
    """Every line closes the quotation mark of the line before and opens one: none of the rows ever ends."""
    endless = 'a","\n' * 20_000
    began = time.process_time()
    records = read(tmp_path, f"a,b\n{endless}Hamm,Bradford\n".encode())
    assert time.process_time() - began < 10  # read to the end for each line, it would be minutes
    assert {type(record).__name__ for record in records[:1000]} == {"BrokenRow"}
    assert len(records) > 19_000


def test_a_file_with_nothing_to_read_is_refused_with_a_sentence(tmp_path):
    for content, said in [
        (b"", "The file is empty."),
        (b"%PDF-1.7 ...\x00", "This is not a text file. Save the table as CSV and try again."),
        (
            b"name\nHamm\n",
            "The file has one column only; columns are told apart by comma, semicolon, tab or |.",
        ),
    ]:
        with pytest.raises(UnreadableFile, match=said[:20]):
            read(tmp_path, content, {"a.name": 0, "b.name": 1})


def test_columns_that_name_no_place_are_asked_for(tmp_path):
    with pytest.raises(UnreadableFile, match="Say which columns name the two places"):
        read(tmp_path, b"x,y\n1,2\n")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            "origincityLabel origincountry originlat originlong originpopulation sistercityLabel destinationlat "
            "destinationlong destinationpopulation destination_countryLabel dist eu",
            ["a.name", "a.country", "a.latitude", "a.longitude", "a.population", "b.name", "b.latitude",
             "b.longitude", "b.population", "b.country"],
        ),
        ("Stadt Land Partnerstadt Partnerland seit", ["a.name", "a.country", "b.name", "b.country", "start"]),
        ("city country twin_city twin_country", ["a.name", "a.country", "b.name", "b.country"]),
        ("ville pays ville_jumelee pays_jumele", ["a.name", "a.country", "b.name", "b.country"]),
        ("from to", ["a.name", "b.name"]),
    ],
)  # fmt: skip
def test_columns_are_recognised_by_what_people_call_them(header, expected):
    numbers = {"lat", "long", "population", "dist"}
    cells = ["1.5" if any(word in name for word in numbers) else "word" for name in header.split()]
    assert sorted(guess_columns(header.split(), [cells]).at) == sorted(expected)


def test_columns_of_a_query_are_recognised_by_their_content():
    header = ["city", "cityLabel", "sister", "sisterLabel", "x", "y"]
    item = "http://www.wikidata.org/entity/Q2686"
    cells = [item, "Hamm", item, "Bradford", "Point(7.8 51.7)", "Point(-1.7 53.8)"]
    assert guess_columns(header, [cells]).at == {
        "a.wikidata": 0, "a.name": 1, "b.wikidata": 2, "b.name": 3, "a.point": 4, "b.point": 5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("latitude", "longitude", "position", "codes"),
    [
        ("51,68", "7,82", (51.68, 7.82), []),
        ("51.68 N", "1.75 W", (51.68, -1.75), []),
        ("118.49", "34.01", (34.01, 118.49), ["coordinates_swapped"]),
        ("200", "300", (None, None), ["coordinates_outside"]),
        ("nan", "7", (None, None), ["coordinates_unreadable"]),
        ("51.68", "", (None, None), ["coordinates_half"]),
        ("0", "0", (None, None), []),
    ],
)
def test_coordinates_are_read_or_left_out_with_a_word(tmp_path, latitude, longitude, position, codes):
    content = f'{HEADER}\nHamm,Germany,"{latitude}","{longitude}",Bradford,UK,53.79,-1.75\n'.encode()
    mapping = {"a.name": 0, "a.latitude": 2, "a.longitude": 3, "b.name": 4}
    (record,) = read(tmp_path, content, mapping)
    assert (record.a.latitude, record.a.longitude) == position
    assert [note.code for note in record.notes_a] == codes


def test_dates_keep_their_precision_and_a_bad_one_does_not_break_the_row(tmp_path):
    content = b"a,b,start,end\nHamm,Bradford,1976-05,\nHamm,Halle,01.02.1990,1989\nHamm,Dijon,soon,\n"
    records = read(tmp_path, content)
    assert [record.started and record.started.iso for record in records] == ["1976-05", None, None]
    assert [[note.code for note in record.notes] for record in records] == [
        [], ["end_before_start"], ["date_unreadable"],
    ]  # fmt: skip


# --- Wikidata ------------------------------------------------------------------------------------------------

ITEM = "http://www.wikidata.org/entity/"
ROWS = [
    {
        "city": f"{ITEM}Q2686", "cityLabel": "Hamm", "coord": "Point(7.815 51.68)", "population": "179916",
        "sister": f"{ITEM}Q22905", "sisterLabel": "Bradford", "start": "1976-01-01T00:00:00Z",
    },
]  # fmt: skip


def verbose() -> str:
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in ROWS]
    return json.dumps({"head": {"vars": list(ROWS[0])}, "results": {"bindings": bindings}})


def typed() -> str:
    terms = {
        "city": "<{}>", "sister": "<{}>", "cityLabel": '"{}"@en', "sisterLabel": '"{}"@en',
        "coord": '"{}"^^<http://www.opengis.net/ont/geosparql#wktLiteral>', "population": "{}",
        "start": '"{}"^^<http://www.w3.org/2001/XMLSchema#dateTime>',
    }  # fmt: skip
    row = ROWS[0]
    return (
        "\t".join(f"?{name}" for name in row)
        + "\n"
        + "\t".join(terms[name].format(row[name]) for name in row)
    )


def plain(delimiter: str) -> str:
    return delimiter.join(ROWS[0]) + "\n" + delimiter.join(ROWS[0].values())


@pytest.mark.parametrize("content", [verbose(), json.dumps(ROWS), typed(), plain(","), plain("\t")])
def test_every_download_of_the_query_service_says_the_same(tmp_path, content):
    (record,) = read(tmp_path, content.encode())
    assert (record.a.wikidata_id, record.b.wikidata_id) == ("Q2686", "Q22905")
    assert (record.a.name, record.b.name) == ("Hamm", "Bradford")
    assert (record.a.latitude, record.a.longitude, record.a.population) == (51.68, 7.815, 179916)
    assert record.started.iso == "1976"


def test_truncated_json_says_where_it_breaks_off():
    with pytest.raises(UnreadableFile, match="breaks off or is damaged at line 1"):
        parse_json(verbose()[:-30])


def test_json_that_is_no_query_result_is_refused():
    for text in ('{"a": 1}', "[1, 2]", '{"head": {"vars": ["a"]}, "results": {}}'):
        with pytest.raises(UnreadableFile):
            parse_json(text)


def test_json_of_endless_columns_or_digits_is_refused():
    with pytest.raises(UnreadableFile, match="more than 500 columns"):
        parse_json(json.dumps([{f"column{number}": 1 for number in range(501)}]))
    with pytest.raises(UnreadableFile, match="breaks off or is damaged"):
        parse_json('[{"a": ' + "1" * 5000 + "}]")


def test_an_item_without_a_label_is_not_taken_for_a_name(tmp_path):
    content = f"city,cityLabel,sister,sisterLabel\n{ITEM}Q1,Q1,{ITEM}Q2,Bradford\n"
    (record,) = read(tmp_path, content.encode())
    assert (record.a.name, record.a.wikidata_id) == ("", "Q1")


@pytest.mark.parametrize(
    ("cell", "text"),
    [("<http://x/>", "http://x/"), ('"a \\"b\\""@de', 'a "b"'), ('"1"^^<t>', "1"), ("12", "12"), ("", "")],
)
def test_typed_terms_give_their_text(cell, text):
    assert term(cell) == text


def test_coordinates_on_the_moon_are_left_out(tmp_path):
    moon = f"<{ITEM}Q405> Point(23.4 0.6)"
    content = f"a,b,a_coord,b_coord\nHamm,Bradford,{moon},Point(1 2)\n"
    (record,) = read(tmp_path, content.encode(), {"a.name": 0, "b.name": 1, "a.point": 2})
    assert record.a.latitude is None
    assert [note.code for note in record.notes_a] == ["coordinates_unreadable"]


# --- archives ------------------------------------------------------------------------------------------------

DAY = (2026, 1, 1, 0, 0, 0)


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name.replace("_", "."), DAY)  # always the same bytes
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def test_an_archive_of_one_table_is_opened(files_below_a_folder_of_the_test):
    stored = storage.keep(iter([packed(list_csv=table(HAMM_BRADFORD))]))
    assert stored.inner_name == "list.csv"
    assert storage.path_of(stored.name).read_bytes() == table(HAMM_BRADFORD)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (packed(a_csv=b"a,b\n", b_csv=b"a,b\n"), "holds 2 tables"),
        (packed(a_exe=b"a,b\n"), "holds 0 tables"),
        (packed(a_csv=b"0" * 40_000_000), "unpacks to far more than a table would"),
        (packed(a_csv=table(HAMM_BRADFORD))[:-40] + b"\0" * 18, "damaged"),
        (packed(a_csv=table(HAMM_BRADFORD))[:60], "damaged"),
        (b"", "empty"),
    ],
    ids=["two tables", "no table", "a bomb", "its end overwritten", "its end missing", "nothing"],
)
def test_an_archive_that_is_none_or_a_bomb_leaves_nothing_behind(
    files_below_a_folder_of_the_test, content, said
):
    with pytest.raises(UnreadableFile, match=said):
        reading.guess(storage.path_of(storage.keep(iter([content])).name))
    kept = [path for path in files_below_a_folder_of_the_test.glob("*") if path.stat().st_size > 1_000]
    assert kept == []


def scrambled() -> bytes:
    """An archive whose directory is whole and whose content is not."""
    content = bytearray(packed(a_csv=table(HAMM_BRADFORD)))
    content[35:41] = b"\xff" * 6
    return bytes(content)


def packed_otherwise() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", table(HAMM_BRADFORD))
    return buffer.getvalue()


@pytest.mark.parametrize("content", [scrambled(), packed_otherwise()])
def test_an_archive_that_cannot_be_unpacked_is_refused_with_a_sentence(
    files_below_a_folder_of_the_test, content
):
    with pytest.raises(UnreadableFile, match="damaged or locked"):
        storage.keep(iter([content]))
    assert list(files_below_a_folder_of_the_test.glob("*")) == []


def test_a_spreadsheet_is_refused_with_advice():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(UnreadableFile, match="Save the table as CSV"):
        storage.keep(iter([buffer.getvalue()]))


def test_a_file_over_the_limit_is_refused_before_it_is_all_read(files_below_a_folder_of_the_test):
    taken = []

    def blocks():
        for number in range(100):
            taken.append(number)
            yield b"x" * 1000

    with pytest.raises(UnreadableFile, match="larger than 0 megabytes"):
        storage.keep(blocks(), limit=3000)
    assert taken == [0, 1, 2, 3]
    assert list(files_below_a_folder_of_the_test.glob("*")) == []
