"""Networks small enough to be worked out by hand: neighbours, open triangles, what hangs by a link."""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concivis.twinning.network import (
    Loss,
    Network,
    OpenTriangle,
    Place,
    losses,
    near_neighbours,
    open_triangles,
)


def links(text, places=None):
    pairs = text.split()
    return Network.of_pairs([pair[0] for pair in pairs], [pair[1] for pair in pairs], places)


def test_a_link_that_alone_leads_to_a_place_is_a_bridge_and_cuts_off_all_behind_it():
    assert losses(links("ab bc cd"), "b") == [Loss("c", 2, None), Loss("a", 1, None)]


def test_in_a_ring_no_link_is_a_bridge_and_the_way_round_is_counted():
    assert losses(links("ab bc cd de ea"), "a") == [Loss("b", 0, 4), Loss("e", 0, 4)]


def test_in_a_triangle_the_way_round_is_two_links():
    assert losses(links("ab bc ca ad"), "a") == [Loss("d", 1, None), Loss("b", 0, 2), Loss("c", 0, 2)]


def test_a_triangle_is_open_towards_places_that_several_of_my_partners_share():
    found = open_triangles(links("ab ac ad bx cx by cy dy bz"), "a", 10)
    assert found == [OpenTriangle("y", ("b", "c", "d")), OpenTriangle("x", ("b", "c"))]


def test_of_equally_shared_places_the_one_with_fewer_links_comes_first():
    found = open_triangles(links("ab ac bx cx by cy yz"), "a", 1)
    assert found == [OpenTriangle("x", ("b", "c"))]


def test_my_own_partners_are_no_open_triangles():
    assert open_triangles(links("ab ac bc bd cd ad"), "a", 10) == []


def test_neighbours_are_named_nearest_first_with_their_partners_and_without_the_place_itself():
    places = {
        "a": Place("A", "DE", 51.0, 8.0),
        "b": Place("B", "DE", 51.2, 8.0),
        "c": Place("C", "DE", 51.1, 8.0),
        "x": Place("X", "FR", 48.0, 2.0),
    }
    found = near_neighbours(links("ax bx cx", places), 51.0, 8.0, 30, "a")
    assert [(each.node, round(each.kilometres), each.partners) for each in found] == [
        ("c", 11, ("x",)),
        ("b", 22, ("x",)),
    ]


def test_neighbours_are_found_across_the_date_line():
    places = {
        "a": Place("A", "FJ", -16.8, 179.95),
        "b": Place("B", "FJ", -16.8, -179.95),
        "x": Place("X", "NZ"),
    }
    found = near_neighbours(links("ax bx", places), -16.8, 179.95, 30, "a")
    assert [each.node for each in found] == ["b"]


@pytest.mark.parametrize("network", [links("ab"), links("ab", {"a": Place("A"), "b": Place("B")})])
def test_without_positions_there_are_no_neighbours(network):
    assert near_neighbours(network, np.nan, np.nan, 30) == []
    assert near_neighbours(network, 51.0, 8.0, 30) == []


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=25))
def test_a_loss_is_what_a_search_without_the_link_finds(pairs):
    network = Network.of_pairs([a for a, _ in pairs], [b for _, b in pairs])
    for node in network.nodes:
        for loss in losses(network, node):
            graph, own, other = network.graph.copy(), network.position(node), network.position(loss.partner)
            graph.delete_edges([(own, other)])
            [[steps]] = graph.distances(own, other)
            reach = len(network.graph.subcomponent(own)) - len(graph.subcomponent(own))
            assert (loss.detour, loss.cut_off) == (None if math.isinf(steps) else steps, reach)


@pytest.mark.slow
def test_a_city_of_the_real_network_is_answered_within_half_a_second(shared_data):
    from concivis.twinning.matching import Edges

    edges = Edges.of_table(shared_data / "twinning" / "graph-edges.csv")
    network = Network.of_pairs(list(edges.first), list(edges.second))
    busiest = network.nodes[int(network.degrees.argmax())]
    started = time.process_time()
    found = losses(network, busiest), open_triangles(network, busiest, 15)
    assert time.process_time() - started < 0.5
    assert (len(found[0]), len(found[1])) == (int(network.degrees.max()), 15)
