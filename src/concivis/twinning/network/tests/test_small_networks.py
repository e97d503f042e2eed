"""Networks small enough to be worked out by hand."""

import json
import math

import pytest

from concivis.twinning.network import (
    Network,
    all_shortest_chains,
    betweenness,
    bridges,
    communities,
    core_numbers,
    degree_distribution,
    ego,
    figures,
    most_connected,
    neighbours,
    shortest_chain,
)


def links(text):
    """links("ab bc") is the network a – b – c."""
    return Network.of_pairs([pair[0] for pair in text.split()], [pair[1] for pair in text.split()])


PATH = links("ab bc cd")
STAR = links("ca cb cd ce")
TRIANGLE = links("ab bc ca")
TRIANGLE_AND_LINK = links("ab bc ca xy")
SQUARE = links("ab bc cd da")
COMPLETE = links("ab ac ad bc bd cd")
NONE = links("")


def test_the_figures_of_a_path_of_four():
    found = figures(PATH)
    assert found == {
        "n": 4,
        "m": 3,
        "mean_degree": 1.5,
        "max_degree": 2,
        "deg1_nodes": 2,
        "gini": pytest.approx(1 / 6),
        "power_gamma_dmin1": pytest.approx(1 + 2 / math.log(2)),
        "degree_assortativity": pytest.approx(-0.5),
        "top_degree": [["b", 2], ["c", 2], ["a", 1], ["d", 1]],
        "wedges": 2,
        "triangles": 0,
        "squares": 0,
        "transitivity": 0,
        "avg_local_clustering_zero": 0,
        "avg_local_clustering_deg2plus": 0,
        "components": 1,
        "lcc_n": 4,
        "lcc_m": 3,
        "lcc_share": 1,
        "max_core": 1,
        "bridges": 3,
        "articulation_points": 2,
        "spectral_norm": pytest.approx((1 + math.sqrt(5)) / 2),
        # of b = c: .15/4 + .85 (a + b/2), of a = d: .15/4 + .85 b/2
        "top_pagerank_0.85": [[node, pytest.approx(37 / 114)] for node in "bc"]
        + [[node, pytest.approx(20 / 114)] for node in "ad"],
        "modularity_leiden": pytest.approx(1 / 6),
        "leiden_communities": 2,
        "diameter": 3,
        "mean_path": pytest.approx(10 / 6),
        "median_path": 1.5,
        "eff_diameter_90": pytest.approx(2.4),
        "path_hist": {"1": 3, "2": 2, "3": 1},
        "top_betweenness": [["b", 2.0], ["c", 2.0], ["a", 0.0], ["d", 0.0]],
    }  # fmt: skip


def test_a_star_is_disassortative_and_every_way_leads_through_its_centre():
    found = figures(STAR)
    assert found["degree_assortativity"] == pytest.approx(-1)
    assert found["gini"] == pytest.approx(0.3)
    assert found["spectral_norm"] == pytest.approx(2)
    assert (found["wedges"], found["triangles"], found["squares"]) == (6, 0, 0)
    assert (found["bridges"], found["articulation_points"]) == (4, 1)
    assert betweenness(STAR).tolist() == [0, 0, 6, 0, 0]


def test_a_triangle_is_fully_clustered_and_has_no_assortativity():
    found = figures(TRIANGLE)
    assert (found["transitivity"], found["avg_local_clustering_zero"]) == (1, 1)
    assert (found["bridges"], found["max_core"], found["diameter"], found["median_path"]) == (0, 2, 1, 1)
    assert found["degree_assortativity"] is None
    assert found["gini"] == pytest.approx(0)
    assert found["spectral_norm"] == pytest.approx(2)


def test_two_components_are_counted_and_the_paths_are_those_of_the_larger():
    found = figures(TRIANGLE_AND_LINK)
    assert (found["components"], found["lcc_n"], found["lcc_m"], found["lcc_share"]) == (2, 3, 3, 0.6)
    assert found["path_hist"] == {"1": 3}
    assert found["modularity_leiden"] == pytest.approx(0.375)
    assert found["avg_local_clustering_zero"] == pytest.approx(0.6)
    assert found["avg_local_clustering_deg2plus"] == 1


@pytest.mark.parametrize(
    ("network", "squares"), [(TRIANGLE, 0), (SQUARE, 1), (COMPLETE, 3), (links("ab bc cd da ac"), 1)]
)
def test_squares_are_counted_once_each(network, squares):
    assert figures(network)["squares"] == squares


@pytest.mark.parametrize("network", [NONE, links("aa"), links("aa bb")])
def test_a_network_without_links_has_counts_of_nothing_and_no_means(network):
    found = figures(network)
    zeros = {key for key, value in found.items() if value == 0}
    assert zeros == {
        "n", "m", "max_degree", "deg1_nodes", "wedges", "triangles", "squares", "components", "lcc_n",
        "lcc_m", "max_core", "bridges", "articulation_points", "leiden_communities",
    }  # fmt: skip
    assert {key for key, value in found.items() if value == []} == {
        "top_degree",
        "top_pagerank_0.85",
        "top_betweenness",
    }
    assert found["path_hist"] == {}
    rest = found.keys() - zeros - {"top_degree", "top_pagerank_0.85", "top_betweenness", "path_hist"}
    assert {found[key] for key in rest} == {None}


def test_a_network_without_links_has_empty_places_too():
    found = figures(Network.of_pairs([], [], {}))
    assert found["random_pair_distance_km"] == {"mean": None, "median": None}
    assert found["country_network"]["top_pairs"] == []
    assert json.dumps(found, allow_nan=False)


def test_a_single_link_has_figures_or_none_where_they_are_undefined():
    found = figures(links("ab"))
    assert (found["n"], found["m"], found["diameter"], found["mean_path"]) == (2, 1, 1, 1)
    assert [found[key] for key in ("transitivity", "degree_assortativity", "power_gamma_dmin1")] == [None] * 3


def test_loops_are_dropped_and_repeated_and_reciprocal_links_collapse():
    network = links("ab ba ab aa cc bc")
    assert network.nodes == ("a", "b", "c")
    assert network.edges.tolist() == [[0, 1], [1, 2]]
    assert network.weights.tolist() == [3, 1]


def test_nodes_that_are_numbers_stand_in_the_order_of_numbers_but_ties_in_that_of_their_spelling():
    network = Network.of_pairs([9, 10, 9], [10, 100, 100])
    assert network.nodes == (9, 10, 100)
    assert most_connected(network) == [(10, 2), (100, 2), (9, 2)]


def test_the_shortest_chain_is_found_in_both_directions():
    network = links("ab bc cd de ea xy")
    assert shortest_chain(network, "a", "c") == ["a", "b", "c"]
    assert shortest_chain(network, "c", "a") == ["c", "b", "a"]
    assert shortest_chain(network, "a", "a") == ["a"]


@pytest.mark.parametrize("ends", [("a", "x"), ("a", "nowhere"), ("nowhere", "a")])
def test_there_is_no_chain_between_components_nor_to_a_place_without_links(ends):
    assert shortest_chain(TRIANGLE_AND_LINK, *ends) is None
    assert all_shortest_chains(TRIANGLE_AND_LINK, *ends) == []


def test_all_shortest_chains_are_listed_in_order():
    assert all_shortest_chains(SQUARE, "a", "c") == [["a", "b", "c"], ["a", "d", "c"]]


def test_the_largest_of_equal_components_is_that_of_the_first_node():
    assert links("xy ab").largest.nodes == ("a", "b")


def test_partners_of_partners_are_two_steps_away():
    assert neighbours(PATH, "b") == ["a", "c"]
    assert ego(PATH, "a").nodes == ("a", "b")
    assert ego(PATH, "a", steps=2).nodes == ("a", "b", "c")
    assert neighbours(PATH, "nowhere") == []
    assert ego(PATH, "nowhere").nodes == ()


def test_a_hub_has_the_links_that_touch_it_and_a_region_those_within():
    assert PATH.touching(["b"]).edges.tolist() == [[0, 1], [1, 2]]
    assert PATH.within(["b", "c", "nowhere"]).nodes == ("b", "c")
    assert PATH.within([]).nodes == ()


def test_the_degree_distribution_leaves_out_what_nobody_has():
    assert degree_distribution(STAR) == [(1, 4), (4, 1)]
    assert degree_distribution(NONE) == []


def test_bridges_and_cores_are_named():
    network = links("ab bc ca cd")
    assert bridges(network) == [("c", "d")]
    assert core_numbers(network).tolist() == [2, 2, 2, 1]
    assert bridges(NONE) == []


def test_communities_are_numbered_from_the_largest():
    found = communities(links("xy ab bc ca"))
    assert found.membership.tolist() == [0, 0, 0, 1, 1]
    assert found.sizes.tolist() == [3, 2]
    assert communities(NONE).membership.tolist() == []


def test_looking_for_communities_does_not_seed_the_random_numbers_of_the_process():
    import random

    random.seed(1)
    expected = random.random()
    random.seed(1)
    communities(TRIANGLE_AND_LINK)
    assert random.random() == expected
