"""How the partner finder learns: what is hidden, and what the curves make of it."""

import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from concivis.twinning.matching import Edges, Finder, Nodes, learn
from concivis.twinning.matching.columns import tidy
from concivis.twinning.matching.fitting import Choices, curves_of
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.rehearsal import hide_links, hide_places

SIDE = 8  # villages along each side of two square countries, 0.2 degrees apart


def squares():
    """Two countries; each village of the one is linked with that in the same place of the other, and its neighbour."""
    names = [(country, row, column) for country in "AB" for row in range(SIDE) for column in range(SIDE)]
    nodes = Nodes.of_columns(
        [f"{country}{row}-{column}" for country, row, column in names],
        [f"{country}{row} {column}" for country, row, column in names],
        [{"A": "DE", "B": "FR"}[country] for country, _, _ in names],
        [50 + row / 5 for _, row, _ in names],
        [(10 if country == "A" else -5) + column / 5 for country, _, column in names],
        [1000 + 100 * row for _, row, _ in names],
    )
    cells = [(row, column) for row in range(SIDE) for column in range(SIDE)]
    same = [(f"A{row}-{column}", f"B{row}-{column}") for row, column in cells]
    beside = [(f"A{row}-{column}", f"B{row}-{column + 1}") for row, column in cells if column + 1 < SIDE]
    return nodes, Edges(*zip(*(same + beside), strict=True))


@pytest.fixture(scope="module")
def world():
    nodes, edges = squares()
    return Gazetteer.of(nodes), edges.positions(nodes)


def test_hidden_and_kept_links_are_all_links(world):
    gazetteer, pairs = world
    rehearsal = hide_links(gazetteer, pairs, 0.1, seed=1)
    hidden = [(place, partner) for place, found in rehearsal.hidden.items() for partner in found]
    assert len(rehearsal.kept) == len(pairs) - round(0.1 * len(pairs))
    assert len(hidden) == rehearsal.ends == 2 * round(0.1 * len(pairs))
    assert np.array_equal(tidy(np.concatenate([rehearsal.kept, np.array(hidden, dtype=np.int32)])), pairs)


def test_a_place_whose_links_are_hidden_keeps_none(world):
    gazetteer, pairs = world
    rehearsal = hide_places(gazetteer, pairs, 0.1, seed=1)
    assert len(rehearsal.hidden) == round(0.1 * len(gazetteer))
    assert not np.isin(list(rehearsal.hidden), rehearsal.kept).any()
    assert all(len(rehearsal.known[place]) == 0 for place in rehearsal.hidden)


def test_another_seed_hides_other_links(world):
    one, same, other = (hide_links(*world, 0.1, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.kept, same.kept)
    assert not np.array_equal(one.kept, other.kept)


def test_a_partner_written_down_twice_is_not_asked_for():
    nodes = Nodes.of_columns(
        ["a", "b", "b again", "c"],
        ["Hamm", "Lyon", "Lyon", "Torino"],
        ["DE", "FR", "FR", "IT"],
        [51.68, 45.75, 45.76, 45.07],
        [7.82, 4.85, 4.86, 7.69],
        [0, 0, 0, 0],
    )
    gazetteer = Gazetteer.of(nodes)
    pairs = Edges(["a", "a", "a"], ["b", "b again", "c"]).positions(nodes)
    asked = [hide_links(gazetteer, pairs, 1 / 3, seed).hidden.get(0, np.zeros(0)) for seed in range(20)]
    assert {tuple(found.tolist()) for found in asked} == {(), (3,)}


def test_a_signal_that_decides_gets_a_rising_curve_and_noise_a_flat_one():
    draw = np.random.default_rng(0)
    signals = draw.random((400, 20, 2)).astype(np.float32)
    best = signals[:, :, 0].argmax(axis=1)
    chosen = np.arange(20) == best[:, None]
    choices = Choices(
        ("deciding", "noise"),
        signals.reshape(-1, 2),
        np.repeat(np.arange(400, dtype=np.int32), 20),
        chosen.ravel(),
        np.ones(8000, dtype=np.float32),
    )
    found = curves_of(choices)
    assert max(found["deciding"].values) == found["deciding"].values[-1]
    assert np.ptp(found["deciding"].values) > 5 * np.ptp(found["noise"].values)


def test_what_was_learnt_finds_the_pattern_of_the_links():
    nodes, edges = squares()
    weights = learn(nodes, edges, seed=0, asking=20)
    asked = 5 * SIDE + 5  # A5-5, of which one link is forgotten
    kept = [(a, b) for a, b in zip(edges.first, edges.second, strict=True) if (a, b) != ("A5-5", "B5-5")]
    finder = Finder.fit(nodes, Edges(*zip(*kept, strict=True)), weights)
    assert nodes.ids[asked] == "A5-5"
    assert "B5-5" in [one.id for one in finder.rank("A5-5", 10)]


def test_the_same_seed_learns_the_same():
    first, second = (learn(*squares(), seed=3, asking=3) for _ in range(2))
    assert first.with_links == second.with_links


def test_the_command_learns_from_two_tables(tmp_path):
    nodes, edges = squares()
    columns = zip(
        nodes.ids,
        nodes.names,
        nodes.countries,
        nodes.latitudes,
        nodes.longitudes,
        nodes.populations,
        strict=True,
    )
    rows = "\n".join(",".join(map(str, row)) for row in columns)
    (tmp_path / "nodes.csv").write_text(f"id,name,cc,lat,lon,pop\n{rows}\n")
    pairs = "\n".join(f"{a},{b}" for a, b in zip(edges.first, edges.second, strict=True))
    (tmp_path / "edges.csv").write_text(f"a,b\n{pairs}\n")
    given = {"nodes": tmp_path / "nodes.csv", "edges": tmp_path / "edges.csv", "output": tmp_path / "w.json"}
    call_command("learn_finder", **given)
    assert json.loads((tmp_path / "w.json").read_text())["learnt"]["from"] == "nodes.csv and edges.csv"


def test_the_command_wants_both_tables_or_none(tmp_path):
    with pytest.raises(CommandError, match="belong together"):
        call_command("learn_finder", nodes=tmp_path / "nodes.csv")
