"""What must hold of every network, tried on generated ones; scipy is the second opinion on ways."""

import itertools
import json

import numpy as np
import pytest
import scipy.sparse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from concivis.twinning.network import (
    Network,
    Place,
    all_shortest_chains,
    betweenness,
    communities,
    country_matrix,
    figures,
    neighbours,
    shortest_chain,
)

nodes = st.integers(0, 11)
pairs = st.lists(st.tuples(nodes, nodes), max_size=30)
BY_POSITION = {
    "top_degree",
    "top_pagerank_0.85",
    "top_betweenness",
    "modularity_leiden",
    "leiden_communities",
}

quick = settings(deadline=None, max_examples=60)


def network_of(pairs, places=None):
    return Network.of_pairs([a for a, _ in pairs], [b for _, b in pairs], places)


def distances(network):
    size = len(network.nodes)
    matrix = scipy.sparse.csr_array((np.ones(len(network.edges)), network.edges.T), shape=(size, size))
    return scipy.sparse.csgraph.shortest_path(matrix, directed=False, unweighted=True)


@quick
@given(pairs, st.randoms(use_true_random=False))
def test_the_order_and_direction_of_the_links_change_nothing(pairs, chance):
    turned = [chance.choice([(a, b), (b, a)]) for a, b in pairs]
    chance.shuffle(turned)
    assert figures(network_of(turned)) == figures(network_of(pairs))


@quick
@given(pairs, st.permutations(range(12)))
def test_relabelling_the_nodes_changes_nothing(pairs, names):
    network = network_of(pairs)
    sizes = sorted(network.component_sizes, reverse=True)
    assume(len(sizes) < 2 or sizes[0] > sizes[1])  # else "the largest component" depends on the names
    renamed = figures(network_of([(names[a], names[b]) for a, b in pairs]))
    for key, value in figures(network).items():
        if key not in BY_POSITION:
            assert renamed[key] == (pytest.approx(value) if isinstance(value, float) else value), key


@quick
@given(pairs)
def test_every_pair_of_the_largest_component_has_one_path_length(pairs):
    network = network_of(pairs)
    found = figures(network)
    assert sum(found["path_hist"].values()) == found["lcc_n"] * (found["lcc_n"] - 1) // 2
    lengths = distances(network.largest)
    expected = np.bincount(lengths[np.triu_indices(len(lengths), 1)].astype(int))[1:] if len(lengths) else []
    assert list(found["path_hist"].values()) == list(expected)


@quick
@given(pairs)
def test_sums_agree(pairs):
    network = network_of(pairs)
    assert network.degrees.sum() == 2 * len(network.edges)
    assert network.component_sizes.sum() == len(network.nodes)
    assert communities(network).sizes.sum() == len(network.nodes)
    between = distances(network)
    inner = between[np.isfinite(between) & (between > 1)] - 1
    assert betweenness(network).sum() == pytest.approx(inner.sum() / 2)


@quick
@given(pairs, nodes, nodes)
def test_a_chain_runs_along_links_and_is_as_short_as_the_distance(pairs, start, end):
    network = network_of(pairs)
    chain = shortest_chain(network, start, end)
    chains = all_shortest_chains(network, start, end)
    if chain is None:
        assert chains == []
        return
    assert all(b in neighbours(network, a) for a, b in itertools.pairwise(chain))
    assert len(chain) - 1 == distances(network)[network.position(start), network.position(end)]
    assert chain in chains
    assert len({tuple(other) for other in chains}) == len(chains)


@quick
@given(pairs, st.lists(st.sampled_from(["", "DE", "FR", "IT"]), min_size=12, max_size=12))
def test_the_country_matrix_holds_every_link_with_known_countries_once(pairs, codes):
    network = network_of(pairs, {node: Place(country=code) for node, code in enumerate(codes)})
    counts = country_matrix(network).counts
    known = [codes[network.nodes[a]] and codes[network.nodes[b]] for a, b in network.edges]
    assert (counts == counts.T).all()
    assert np.triu(counts).sum() == sum(map(bool, known))


places = st.builds(
    Place,
    st.sampled_from(["", "Hamm"]),
    st.sampled_from(["", "DE", "FR"]),
    st.floats(-90, 90) | st.just(float("nan")),
    st.floats(-180, 180) | st.just(float("nan")),
    st.sampled_from([0, 1, 70, 180_000]),
)


@settings(deadline=None, max_examples=25)
@given(pairs, st.dictionaries(nodes, places))
def test_json_can_hold_the_figures_of_any_network(pairs, places):
    found = figures(network_of(pairs, places))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
