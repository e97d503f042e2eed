"""Files of pairs and of nodes, good and bad."""

import math

import pytest

from concivis.twinning.network import Place
from concivis.twinning.network.reading import UnreadableNetwork, read_network, read_pairs, read_places


def pairs(text, name="pairs.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return list(zip(*read_pairs(content, name)[:2], strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "% sym unweighted\n1\t10\n2 11\n",
        "% sym\n% 2 3 3\n1 10 1 1288\n\n2 11 1 1288\n",
        "1 10\n2 11\n",
        "1,10\n2,11\n",
        "a,b,src\n1,10,H\n2,11,WE\n",
        'a;b\r\n"1";"10"\r\n2;11\r\n',
        "\ufefffrom\tto\n1\t10\n2\t11",
        "# from the list of 2026\na,b\n1,10\n\n,\n2,11\n",
    ],
)
def test_the_first_two_columns_are_the_nodes_however_they_are_separated(text):
    assert pairs(text) == [("1", "10"), ("2", "11")]


def test_towns_named_with_their_country_are_told_apart_by_it():
    header = "city1,country1,lat1,lng1,city2,country2\n"
    text = header + 'Hamm,Germany,51.7,7.8,Bradford,England\nA,X,,,"Varna, Bulgaria",\n'
    assert pairs(text) == [("Hamm|Germany", "Bradford|England"), ("A|X", "Varna, Bulgaria|")]


def test_the_line_taken_for_a_header_is_told():
    assert read_pairs(b"a,b\n1,2\n", "f").header == ["a", "b"]
    assert read_pairs(b"1,2\n", "f").header is None


@pytest.mark.parametrize("text", ["", "\n\n", "% nothing\n", "a,b\n", "\ufeff"])
def test_an_empty_file_is_an_empty_network(text):
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("% sym\n1 2\n3\n", 3, "“3”"),
        ("a,b\nHamm,Bradford\nHamm\n", 3, "“Hamm”"),
        ("a,b\nHamm,\n", 2, "“Hamm ”"),
        ("a,b\n" + "x" * 500 + "\n", 2, "“" + "x" * 60 + "…”"),
        ("city1,country1,city2,country2\nHamm,Germany,,England\n", 2, "“Hamm Germany  England”"),
    ],
)
def test_a_line_without_two_nodes_is_named(text, line, found):
    with pytest.raises(UnreadableNetwork) as told:
        pairs(text)
    assert str(told.value) == f"pairs.csv, line {line}: two nodes expected, found {found}."


def test_a_file_in_another_encoding_is_told_with_the_line():
    with pytest.raises(UnreadableNetwork) as told:
        pairs("a,b\nHamm,Bradford\nKöln,Lille\n".encode("latin-1"))
    assert str(told.value) == "pairs.csv, line 3: this is not UTF-8; save the file as UTF-8 and try again."


def test_a_field_of_a_megabyte_is_refused_with_the_line():
    with pytest.raises(UnreadableNetwork, match=r"^pairs.csv, line 2: this line cannot be read"):
        pairs("a,b\n" + "x" * 1_000_000 + ",y\n")


def test_nodes_are_numbers_only_where_all_are_written_as_numbers():
    assert read_network(read_pairs(b"1 10\n2 10", "f")).nodes == (1, 2, 10)
    assert read_network(read_pairs(b"1 10\n02 10", "f")).nodes == ("02", "1", "10")
    assert read_network(read_pairs(b"", "f")).nodes == ()


def test_what_is_known_of_numbered_nodes_is_found():
    known = read_places(b"id,name,cc\n1,Hamm,DE\nx,Nowhere,XX\n", "nodes.csv")
    network = read_network(read_pairs(b"1 2", "f"), known)
    assert [network.label(0), network.label(1)] == ["Hamm, DE", 2]


def test_a_table_of_nodes_is_read_as_far_as_it_goes():
    table = "node;country;lng;lat;population;tz\nh;DE;7.8;51.7;179916;x\nk;;;;;\nl\n"
    found = read_places(table.encode(), "nodes.csv")
    assert found["h"] == Place("", "DE", 51.7, 7.8, 179916)
    assert found["k"][:2] == found["l"][:2] == ("", "")
    assert math.isnan(found["k"].latitude)
    assert found["l"].population == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: a header with at least one of name, cc, lat, lon, pop expected."),
        ("1,2\n", "line 1: a header with at least one of name, cc, lat, lon, pop expected."),
        ("id,lat\na,north\n", "line 2: the latitude “north” is not a number."),
        ("id,lat\na,91\n", "line 2: the latitude 91 is not between -90 and 90."),
        ("id,lon\na,7\nb,nan\n", "line 3: the longitude nan is not between -180 and 180."),
        ("id,pop\na,-5\n", "line 2: the population -5 is not a number of people."),
        ("id,pop\na,inf\n", "line 2: the population inf is not a number of people."),
        ("id,pop\na,many\n", "line 2: the population “many” is not a number."),
        ("id,pop\na,1\na,2\n", "line 3: the node “a” stands in the file twice."),
    ],
)
def test_a_broken_table_of_nodes_is_told_with_the_line(text, sentence):
    with pytest.raises(UnreadableNetwork) as told:
        read_places(text.encode(), "nodes.csv")
    assert str(told.value) == f"nodes.csv, {sentence}"
