"""The closer look: pairs of signals put the foremost candidates in order, and every share stays a number."""

import json
from dataclasses import replace

import numpy as np
import pytest

from concivis.twinning.matching import Finder, Weights
from concivis.twinning.matching.boosting import grown
from concivis.twinning.matching.closer_look import CloserLook, Tree
from concivis.twinning.matching.fitting import Choices
from concivis.twinning.matching.learning import learn_curves, learn_look, linked_only
from concivis.twinning.matching.reasons import Kind
from concivis.twinning.matching.rehearsal import hide_links
from concivis.twinning.matching.shapes import SHIPPED
from concivis.twinning.matching.signals import KINDS
from concivis.twinning.tests.test_matching import edges, nodes
from concivis.twinning.tests.test_matching_learning import squares

TREE = Tree(("size", "links", "distance"), (4.0, 1.0, 2.0), (0.0, -1.0, 2.0, -1.5, 0.5, 1.0, 3.5))


def both_or_neither(askers=300, rivals=20):
    """Who is above the middle in both signals or below it in both is chosen; either alone tells nothing."""
    signals = np.random.default_rng(1).random((askers, rivals, 2)).astype(np.float32)
    alike = (signals[:, :, 0] > 0.5) == (signals[:, :, 1] > 0.5)
    chosen = np.arange(rivals) == alike.argmax(axis=1)[:, None]
    return Choices(
        ("one", "other"),
        signals.reshape(-1, 2),
        np.repeat(np.arange(askers, dtype=np.int32), rivals),
        chosen.ravel(),
        np.ones(askers * rivals, dtype=np.float32),
    )


def test_each_answer_adds_its_own_step_and_all_add_up_to_the_leaf():
    look = CloserLook((TREE,))
    assert look.names == ("distance", "links", "size")
    found = look.contributions(np.array([[3, 0, 5], [0, 0, 5], [9, 2, 3]], dtype=np.float32))
    assert found.tolist() == [[1.5, 0, 2], [-1, 0, 2], [0, 1.5, -1]]
    assert found.sum(axis=1).tolist() == [TREE.values[6], TREE.values[5], TREE.values[4]]


def test_at_an_unknown_signal_a_tree_ends_and_the_unknown_adds_nothing():
    unknown = np.nan
    table = [[3, 0, unknown], [unknown, 0, 5], [unknown, unknown, unknown]]
    found = CloserLook((TREE,)).contributions(np.array(table, dtype=np.float32))
    assert found.tolist() == [[0, 0, 0], [0, 0, 2], [0, 0, 0]]


def test_no_trees_add_nothing():
    assert CloserLook(()).contributions(np.zeros((2, 0), dtype=np.float32)).sum(axis=1).tolist() == [0, 0]


def test_trees_learn_what_two_signals_tell_only_together():
    look = grown(both_or_neither(), np.zeros(6000, dtype=np.float32), seed=0, trees=60)
    corners = np.array([[0.9, 0.9], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9]], dtype=np.float32)
    high_both, low_both, *differing = look.contributions(corners).sum(axis=1)
    assert min(high_both, low_both) > max(differing)


def test_the_same_seed_grows_the_same_trees():
    choices, scores = both_or_neither(60), np.zeros(1200, dtype=np.float32)
    assert grown(choices, scores, seed=2, trees=5) == grown(choices, scores, seed=2, trees=5)
    assert grown(choices, scores, seed=2, trees=5) != grown(choices, scores, seed=3, trees=5)


def test_a_closer_look_is_learnt_from_the_hidden_links_that_stand_among_the_foremost():
    places, links = squares()
    gazetteer, pairs = linked_only(places, links)
    curves = learn_curves(gazetteer, pairs, hide_links, frozenset(KINDS), 0, 20)
    assert set(learn_look(gazetteer, pairs, curves, 0, 20).names) <= set(KINDS)


def test_the_shortlist_stands_in_the_order_of_the_whole_score():
    plain = Finder.fit(nodes(), edges())
    last = plain.rank("hamm", 100)[-1].id
    liked = _size_of(plain, last)
    look = CloserLook(
        (Tree(("size",) * 3, (liked - 0.001, liked - 0.001, liked + 0.001), (0, 0, 0, 0, 0, 50, 0)),)
    )
    found = Finder(plain.ground, replace(plain.weights, look=look)).rank("hamm", 100)
    assert found[0].id == last
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    size = next(reason for reason in found[0].reasons if reason.kind == Kind.SIZE)
    assert size.contribution > 40
    assert sum(reason.contribution for reason in found[0].reasons) == pytest.approx(found[0].score, abs=1e-4)


def _size_of(finder, place):
    return float(finder.ground.gazetteer.size[finder.position(place)])


def test_who_has_no_partners_is_offered_no_closer_look():
    assert Weights.load().look_of(0) == CloserLook(())


def test_weights_learnt_before_there_was_a_closer_look_are_still_read(tmp_path):
    read = json.loads(SHIPPED.read_text())
    read.pop("closer look", None)
    (tmp_path / "weights.json").write_text(json.dumps(read))
    assert Weights.load(tmp_path / "weights.json").look == CloserLook(())


def test_a_tree_that_asks_an_unknown_signal_is_refused():
    with pytest.raises(ValueError, match="phase of the moon"):
        Weights({}, {}, {}, CloserLook((replace(TREE, signals=("size", "phase of the moon", "size")),)))
