"""Figures that need to know the places: countries, distances, populations."""

import math

import numpy as np
import pytest

from concivis.twinning.network import (
    Network,
    Place,
    country_figures,
    country_matrix,
    country_network,
    distance_figures,
    figures,
    haversine,
    link_lengths,
    population_figures,
)
from concivis.twinning.network.countries import country_assortativity

QUARTER = 6371 * math.pi / 2  # km from the equator to a pole

PLACES = {
    "hamm": Place("Hamm", "DE", 0, 0, 1000),
    "halle": Place("Halle", "DE", 0, 90, 1000),
    "lille": Place("Lille", "FR", 90, 0, 100),
    "graz": Place("Graz", "AT", 0, 180, 0),
    "nemo": Place("Nemo"),
}
LINKS = [("hamm", "halle"), ("hamm", "lille"), ("halle", "lille"), ("hamm", "graz"), ("graz", "nemo")]


@pytest.fixture
def network():
    first, second = zip(*LINKS, strict=True)
    return Network.of_pairs(first, second, PLACES)


def test_the_matrix_counts_links_of_countries_and_leaves_out_unknown_ones(network):
    matrix = country_matrix(network)
    assert matrix.codes == ("AT", "DE", "FR")
    assert matrix.counts.tolist() == [[0, 1, 0], [1, 1, 2], [0, 2, 0]]
    assert matrix.domestic.tolist() == [0, 1, 0]
    assert matrix.international.tolist() == [1, 3, 2]
    assert matrix.top(2).codes == ("DE", "FR")
    assert matrix.top(2).counts.tolist() == [[1, 2], [2, 0]]


def test_a_country_links_weigh_as_many_as_the_links_of_its_cities(network):
    countries = country_network(network)
    assert countries.nodes == ("AT", "DE", "FR")
    assert countries.edges.tolist() == [[0, 1], [1, 2]]
    assert countries.weights.tolist() == [1, 2]


def test_the_figures_of_countries(network):
    found = country_figures(network)
    assert (found["n"], found["m"], found["diameter"]) == (3, 2, 2)
    assert (found["international_links"], found["domestic_links"]) == (3, 1)
    assert found["top_strength"] == [["DE", 3], ["FR", 2], ["AT", 1]]
    assert found["top_pairs"] == [["DE", "FR", 2], ["AT", "DE", 1]]
    assert found["top_domestic"] == [["DE", 1]]
    assert found["weighted_modularity"] == pytest.approx(0)
    assert found["leiden_clusters"] == [["AT", "DE", "FR"]]


def test_countries_need_places():
    with pytest.raises(ValueError, match="give `places`"):
        country_matrix(Network.of_pairs(["a"], ["b"]))


def test_a_network_without_places_has_no_figures_of_places():
    assert "country_network" not in figures(Network.of_pairs(["a"], ["b"]))


@pytest.mark.parametrize(
    ("countries", "expected"),
    [("DE DE FR FR", 1), ("DE FR DE FR", -1), ("DE DE DE DE", None), (" DE  FR", None)],
)
def test_assortativity_by_country_runs_from_all_abroad_to_all_at_home(countries, expected):
    codes = dict(zip("abcd", [*countries.split(" "), "", "", ""], strict=False))
    network = Network.of_pairs("ac", "bd", {node: Place(country=code) for node, code in codes.items()})
    assert country_assortativity(network) == (None if expected is None else pytest.approx(expected))


def test_the_links_of_a_country_have_one_end_there(network):
    assert network.of_country("FR").nodes == ("halle", "hamm", "lille")
    assert len(network.of_country("FR").edges) == 2
    assert network.of_country("XX").nodes == ()


def test_distances_are_great_circles_of_a_sphere():
    there = haversine(
        np.array([0, 0, 52]), np.array([0, 0, 13]), np.array([90, 0, 52]), np.array([0, 180, 13])
    )
    assert there.tolist() == pytest.approx([QUARTER, 2 * QUARTER, 0])


def test_crossing_the_date_line_is_no_detour():
    assert haversine(np.array([0]), np.array([179.5]), np.array([0]), np.array([-179.5])) == pytest.approx(
        QUARTER / 90
    )


def test_links_of_places_without_coordinates_have_no_length(network):
    lengths = dict(zip(map(tuple, network.edges.tolist()), link_lengths(network), strict=True))
    unknown = network.position("graz"), network.position("nemo")
    assert np.isnan(lengths.pop(unknown))
    assert sorted(lengths.values()) == pytest.approx([QUARTER, QUARTER, QUARTER, 2 * QUARTER])


def test_the_figures_of_distances_leave_out_unknown_ones(network):
    found = distance_figures(network)
    assert found["link_distance_km"]["mean"] == pytest.approx(QUARTER * 5 / 4)
    assert found["link_distance_km"]["median"] == pytest.approx(QUARTER)
    # Of the six pairs of four places five are a quarter apart and one is a half.
    assert found["random_pair_distance_km"]["mean"] == pytest.approx(QUARTER * 7 / 6, rel=0.01)
    assert found["random_pair_distance_km"]["median"] == pytest.approx(QUARTER)


def test_like_towns_twinned_with_like_correlate():
    towns = {"a": 10, "b": 10, "c": 1000, "d": 1000, "e": 0}
    places = {node: Place(population=people) for node, people in towns.items()}
    assert population_figures(Network.of_pairs("ace", "bda", places)) == {
        "logpop_assortativity": pytest.approx(1),
        "links_with_both_pops": 2,
    }
    assert population_figures(Network.of_pairs("a", "c", places))["logpop_assortativity"] == pytest.approx(-1)
    assert population_figures(Network.of_pairs("a", "b", places))["logpop_assortativity"] is None
    assert population_figures(Network.of_pairs("a", "e", places))["links_with_both_pops"] == 0
