"""The command `twinning_figures`, and its equality with the reference on the real data sets."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def printed(*arguments):
    out = io.StringIO()
    call_command("twinning_figures", *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def triangle(tmp_path):
    file = tmp_path / "triangle.csv"
    file.write_text("a,b\nx,y\ny,z\nz,x\n")
    return file


def test_the_figures_of_a_file_are_printed_as_json(triangle):
    found = json.loads(printed("--pairs", triangle, "--json"))
    assert (found["n"], found["triangles"], found["path_hist"]) == (3, 1, {"1": 3})


def test_the_figures_of_a_file_are_printed_for_people(triangle):
    lines = printed("--pairs", triangle).splitlines()
    assert "triangles                          1" in lines
    assert "degree_assortativity               –" in lines
    assert "top_degree                         x 2; y 2; z 2" in lines


def test_paths_can_be_left_out(triangle):
    found = json.loads(printed("--pairs", triangle, "--json", "--quick"))
    assert "path_hist" not in found
    assert "top_betweenness" not in found


def test_a_table_of_nodes_adds_countries(triangle, tmp_path):
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("id,name,cc\nx,Hamm,DE\ny,Halle,DE\nz,Lille,FR\n")
    found = json.loads(printed("--pairs", triangle, "--nodes", nodes, "--json"))
    assert found["country_network"]["top_pairs"] == [["DE", "FR", 2]]
    assert found["top_degree"][0] == ["Hamm, DE", 2]


def test_a_table_of_other_nodes_is_refused(triangle, tmp_path):
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("id,name\na,Hamm\n")
    with pytest.raises(CommandError, match=r"^nodes.csv: no node of triangle.csv stands in the first column"):
        printed("--pairs", triangle, "--nodes", nodes)


def test_a_broken_line_is_a_sentence_with_file_and_line(tmp_path):
    file = tmp_path / "pairs.csv"
    file.write_text("a,b\nx,y\nz\n")
    with pytest.raises(CommandError, match=r"^pairs.csv, line 3: two nodes expected, found “z”\.$"):
        printed("--pairs", file)


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"absent.csv cannot be read: No such file or directory\.$"):
        printed("--pairs", tmp_path / "absent.csv")


def test_nodes_without_pairs_are_refused(tmp_path):
    with pytest.raises(CommandError, match="give that file with --pairs"):
        printed("--nodes", tmp_path / "nodes.csv")


@pytest.mark.django_db
def test_an_installation_without_partnerships_has_figures_of_nothing():
    found = json.loads(printed("--json"))
    assert (found["n"], found["mean_degree"], found["country_network"]["n"]) == (0, None, 0)


REFERENCE = {
    "konect_twin": ["--pairs", "konect-out.twin"],
    "hekman_verbatim": ["--pairs", "hekman_geocoded_pairs_2026.csv"],
    "graph": ["--pairs", "graph-edges.csv", "--nodes", "graph-nodes.csv"],
}


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("name", REFERENCE)
def test_the_figures_equal_the_reference(name, shared_data):
    folder = shared_data / "twinning"
    expected = json.loads((folder / "reference.json").read_text())["datasets"][name]
    files = [part if part.startswith("--") else folder / part for part in REFERENCE[name]]
    found = json.loads(printed(*files, "--json"))
    countries = found.pop("country_network", None)
    assert differences(found, expected["stats"]) == []
    if "country_network" in expected:
        assert differences(countries, expected["country_network"]) == []


def differences(found, expected, where=""):
    """Where figures differ: counts and words exactly, real numbers to a millionth, modularity to .01."""
    if isinstance(expected, dict):
        keys = expected.keys() - {"seconds"}
        return [
            line
            for key in sorted(keys)
            for line in differences(found.get(key), expected[key], f"{where}/{key}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        return [
            line for i, item in enumerate(expected) for line in differences(found[i], item, f"{where}/{i}")
        ]
    if isinstance(expected, float) and isinstance(found, float):
        close = {"abs": 0.01} if "modularity" in where else {"rel": 1e-6}
        return (
            [] if found == pytest.approx(expected, **close) else [f"{where}: {found} instead of {expected}"]
        )
    same = type(found) is type(expected) and found == expected
    return [] if same else [f"{where}: {found!r} instead of {expected!r}"]
