"""The partner finder on worlds small enough to know by heart. Coordinates are those of the towns named."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from concivis.twinning.matching import (
    Chains,
    DistanceFacts,
    Edges,
    Finder,
    Kind,
    NearbyTowns,
    NeighbouringLinks,
    Nodes,
    OpennessFacts,
    ResidentTies,
    SharedPartners,
    SizeFacts,
    Stranger,
    Weights,
    learn,
)
from concivis.twinning.matching.closer_look import NO_LOOK
from concivis.twinning.matching.signals import KINDS, signals

TOWNS = {  # id: name, country, latitude, longitude, population
    "hamm": ("Hamm", "DE", 51.68, 7.82, 179_000),
    "unna": ("Unna", "DE", 51.54, 7.69, 59_000),
    "soest": ("Soest", "DE", 51.57, 8.11, 47_000),
    "leipzig": ("Leipzig", "DE", 51.34, 12.37, 600_000),
    "lyon": ("Lyon", "FR", 45.75, 4.85, 520_000),
    "vienne": ("Vienne", "FR", 45.53, 4.87, 30_000),
    "givors": ("Givors", "FR", 45.59, 4.77, 20_000),
    "ajaccio": ("Ajaccio", "FR", 41.93, 8.74, 70_000),
    "suva": ("Suva", "FJ", -18.14, 178.44, 77_000),
    "apia": ("Apia", "WS", -13.83, -171.76, 37_000),
    "nowhere": ("Neustadt", "DE", None, None, 10_000),
    "uncounted": ("Oulins", "FR", 48.87, 1.47, None),
    "alone": ("Bramsche", "DE", 52.41, 7.98, 31_000),
}
LINKS = [
    ("hamm", "leipzig"),
    ("unna", "leipzig"),
    ("unna", "lyon"),
    ("soest", "vienne"),
    ("unna", "vienne"),
    ("lyon", "leipzig"),
    ("givors", "leipzig"),
    ("suva", "apia"),
    ("ajaccio", "nowhere"),
    ("uncounted", "soest"),
]


new = Finder._new_sheet


def nodes(towns=TOWNS):
    return Nodes.of_columns(list(towns), *zip(*towns.values(), strict=True))


def edges(links=LINKS):
    return Edges([a for a, _ in links], [b for _, b in links])


@pytest.fixture(scope="module")
def finder():
    return Finder.fit(nodes(), edges())


def ids(candidates):
    return [candidate.id for candidate in candidates]


def facts_of(candidate, kind):
    return next(reason.facts for reason in candidate.reasons if reason.kind == kind)


def candidate(finder, place, wanted):
    return next(one for one in finder.rank(place, len(TOWNS)) if one.id == wanted)


def test_a_place_is_offered_everyone_but_itself_and_its_partners(finder):
    assert set(ids(finder.rank("hamm", 100))) == TOWNS.keys() - {"hamm", "leipzig"}


def test_a_place_without_links_is_offered_everyone_but_itself(finder):
    assert set(ids(finder.rank("alone", 100))) == TOWNS.keys() - {"alone"}


def test_the_best_come_first_and_no_more_than_asked_for(finder):
    found = finder.rank("hamm", 5)
    assert len(found) == 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert finder.rank("hamm", 0) == []


@pytest.mark.parametrize("place", ["hamm", "alone", "nowhere", "uncounted", "suva", Stranger("Atlantis")])
def test_the_contributions_of_the_reasons_add_up_to_the_score(finder, place):
    for one in finder.rank(place, 100):
        assert sum(reason.contribution for reason in one.reasons) == pytest.approx(one.score, abs=1e-4)


def test_the_largest_reason_comes_first(finder):
    for one in finder.rank("hamm", 100):
        sizes = [abs(reason.contribution) for reason in one.reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert len({reason.kind for reason in one.reasons}) == len(one.reasons)


def test_what_a_reason_contributes_is_what_the_score_loses_without_its_curves(finder):
    finder = Finder(finder.ground, replace(finder.weights, look=NO_LOOK))
    curves = finder.weights.with_links
    without = {name: curve for name, curve in curves.items() if KINDS[name] != Kind.SHARED_PARTNERS}
    other = Finder(finder.ground, replace(finder.weights, with_links=without))
    before, after = candidate(finder, "hamm", "lyon"), candidate(other, "hamm", "lyon")
    lost = next(each.contribution for each in before.reasons if each.kind == Kind.SHARED_PARTNERS)
    assert before.score - after.score == pytest.approx(lost, abs=1e-4)


def test_shared_partners_are_named(finder):
    assert facts_of(candidate(finder, "hamm", "lyon"), Kind.SHARED_PARTNERS) == SharedPartners(("leipzig",))
    assert facts_of(candidate(finder, "hamm", "suva"), Kind.SHARED_PARTNERS) == SharedPartners(())


def test_a_shared_partner_speaks_for_a_candidate(finder):
    lyon, ajaccio = (candidate(finder, "hamm", town) for town in ("lyon", "ajaccio"))
    gain = [
        next(each.contribution for each in one.reasons if each.kind == Kind.SHARED_PARTNERS)
        for one in (lyon, ajaccio)
    ]
    assert gain[0] > gain[1]


def test_towns_near_me_twinned_with_towns_near_them_are_named(finder):
    found = facts_of(candidate(finder, "hamm", "givors"), Kind.NEIGHBOURS)
    assert isinstance(found, NeighbouringLinks)
    assert found.links == 3
    assert set(found.pairs) == {("unna", "lyon"), ("unna", "vienne"), ("soest", "vienne")}


def test_partners_of_towns_near_me_are_told(finder):
    found = facts_of(candidate(finder, "hamm", "vienne"), Kind.NEIGHBOURS_PARTNER)
    assert isinstance(found, NearbyTowns)
    assert found.towns == ("unna", "soest")
    assert found.distances == pytest.approx((18.0, 23.5), abs=1)


def test_chains_of_partners_are_told(finder):
    assert facts_of(candidate(finder, "hamm", "suva"), Kind.CHAINS) == Chains(0, ())
    found = facts_of(candidate(finder, "hamm", "vienne"), Kind.CHAINS)
    assert found == Chains(1, (("leipzig", "unna"),))


def test_sizes_links_and_distances_are_told(finder):
    vienne = candidate(finder, "hamm", "vienne")
    assert facts_of(vienne, Kind.SIZE) == SizeFacts(30_000, 179_000)
    assert facts_of(vienne, Kind.OPENNESS) == OpennessFacts(2)
    assert facts_of(vienne, Kind.DISTANCE).kilometres == pytest.approx(716, abs=5)


def test_ties_between_the_countries_count_each_link_once(finder):
    abroad = facts_of(candidate(finder, "hamm", "vienne"), Kind.COUNTRIES)
    assert (abroad.country, abroad.own_country, abroad.links) == ("FR", "DE", 7)
    assert (abroad.own_links, abroad.their_links) == (0, 2)
    home = facts_of(candidate(finder, "hamm", "unna"), Kind.COUNTRIES)
    assert (home.links, home.own_links, home.their_links) == (2, 1, 1)


def test_languages_shared_by_the_countries_are_told(finder):
    assert facts_of(candidate(finder, "hamm", "unna"), Kind.LANGUAGE).shared == ("de",)
    assert facts_of(candidate(finder, "hamm", "lyon"), Kind.LANGUAGE).shared == ()


def test_the_date_line_is_no_distance(finder):
    found = finder.compare("suva", ["apia"])[0]
    assert facts_of(found, Kind.DISTANCE) == DistanceFacts(pytest.approx(1149, abs=15), False)


def test_the_neighbourhood_reaches_across_the_date_line():
    towns = {
        "labasa": ("Labasa", "FJ", -16.42, 179.38, 28_000),
        "taveuni": ("Waiyevo", "FJ", -16.79, -179.98, 9_000),
    }
    found = Finder.fit(nodes(TOWNS | towns), edges([*LINKS, ("labasa", "hamm"), ("taveuni", "lyon")]))
    reason = facts_of(candidate(found, "labasa", "lyon"), Kind.NEIGHBOURS_PARTNER)
    assert reason.towns == ()
    reason = facts_of(found.compare("labasa", ["unna"])[0], Kind.NEIGHBOURS)
    assert reason.links == 0
    signal = found.ground.resident(list(TOWNS | towns).index("labasa")).near(1)
    assert signal.volume > 0.5


def test_a_place_without_coordinates_is_ranked_and_asks(finder):
    found = finder.rank("nowhere", 100)
    assert np.isfinite([one.score for one in found]).all()
    assert facts_of(found[0], Kind.DISTANCE).kilometres is None
    asked = candidate(finder, "hamm", "nowhere")
    assert [each.contribution for each in asked.reasons if each.kind == Kind.DISTANCE] == [0.0]


def test_a_place_without_population_is_ranked_and_asks(finder):
    assert np.isfinite([one.score for one in finder.rank("uncounted", 100)]).all()
    assert facts_of(candidate(finder, "hamm", "uncounted"), Kind.SIZE) == SizeFacts(0, 179_000)


def test_a_town_with_no_neighbour_has_no_neighbours_links(finder):
    found = candidate(finder, "ajaccio", "lyon")
    assert facts_of(found, Kind.NEIGHBOURS).links == 0
    assert facts_of(found, Kind.NEIGHBOURS_PARTNER).towns == ()


def test_an_unknown_place_is_an_error_that_names_it(finder):
    with pytest.raises(KeyError, match="atlantis"):
        finder.rank("atlantis", 5)
    with pytest.raises(KeyError, match="atlantis"):
        finder.compare("hamm", ["atlantis"])
    with pytest.raises(KeyError, match="atlantis"):
        finder.rank("hamm", 5, only=["atlantis"])


def test_a_link_to_an_unknown_place_is_refused():
    with pytest.raises(ValueError, match="atlantis"):
        Finder.fit(nodes(), edges([("hamm", "atlantis")]))


def test_two_places_with_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        Nodes.of_columns(["a", "a"], ["A", "A"], ["DE", "DE"], [1, 2], [1, 2], [1, 2])


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        Nodes.of_columns(["a", "b"], ["A"], ["DE", "DE"], [1, 2], [1, 2], [1, 2])


def test_loops_repeated_and_reversed_links_change_nothing(finder):
    noisy = [*LINKS, ("hamm", "hamm"), ("leipzig", "hamm"), ("unna", "lyon")]
    assert Finder.fit(nodes(), edges(noisy)).rank("hamm", 100) == finder.rank("hamm", 100)


def test_the_same_world_gives_the_same_ranking(finder):
    assert Finder.fit(nodes(), edges()).rank("unna", 100) == finder.rank("unna", 100)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"country": "WS"}, {"apia"}),
        ({"country": {"FJ", "WS"}}, {"suva", "apia"}),
        ({"domestic": True}, {"unna", "soest", "nowhere", "alone"}),
        ({"domestic": False, "max_km": 760}, {"lyon", "vienne", "givors", "uncounted"}),
        ({"min_km": 10_000}, {"suva", "apia"}),
        ({"max_km": 60}, {"unna", "soest"}),
        ({"min_population": 500_000}, {"lyon"}),
        ({"max_population": 10_000}, {"nowhere"}),
        ({"only": ["lyon", "apia", "leipzig"]}, {"lyon", "apia"}),
        ({"only": []}, set()),
        ({"country": "XX"}, set()),
    ],
)
def test_filters_leave_only_what_fits(finder, filters, expected):
    assert set(ids(finder.rank("hamm", 100, **filters))) == expected


def test_fields_wanted_lift_those_who_offer_them(finder):
    plain, wanted = finder.rank("hamm", 100), finder.rank("hamm", 100, wanted={"apia": 1.0, "suva": 0.0})
    before = {one.id: one.score for one in plain}
    after = {one.id: one for one in wanted}
    assert after["apia"].score == pytest.approx(before["apia"] + 1)
    assert after["suva"].score == pytest.approx(before["suva"])
    assert facts_of(after["apia"], Kind.FIELDS).share == 1.0
    assert [one.score for one in wanted] == sorted((one.score for one in wanted), reverse=True)


def test_ties_of_residents_lift_a_town_by_what_they_state_and_say_so(finder):
    stated = {
        "apia": ResidentTies(2, families=100),
        "suva": ResidentTies(1),
        "lyon": ResidentTies(1, people=30),
    }
    before = {one.id: one.score for one in finder.rank("hamm", 100)}
    after = {one.id: one for one in finder.rank("hamm", 100, residents=stated)}
    added = {name: after[name].score - before[name] for name in stated}
    assert added["apia"] == pytest.approx(1.0)
    assert 0 < added["suva"] < added["lyon"] < 1.0
    assert facts_of(after["apia"], Kind.RESIDENTS).families == 100
    assert sum(reason.contribution for reason in after["suva"].reasons) == pytest.approx(after["suva"].score)
    assert finder.rank("hamm", 100, residents={})[0].score == max(before.values())


def test_ties_of_residents_stand_in_a_comparison(finder):
    (row,) = finder.compare("hamm", ["apia"], residents={"apia": ResidentTies(1, families=40)})
    assert facts_of(row, Kind.RESIDENTS).families == 40


def test_a_stranger_is_ranked_for_like_the_place_it_describes(finder):
    name, country, latitude, longitude, population = TOWNS["alone"]
    described = finder.rank(Stranger(name, country, latitude, longitude, population), 100)
    known = {one.id: one.score for one in finder.rank("alone", 100)}
    assert {one.id: one.score for one in described if one.id != "alone"} == pytest.approx(known)


def test_a_stranger_may_bring_partners(finder):
    found = finder.rank(Stranger("Ahlen", "DE", 51.76, 7.89, 52_000, partners=("leipzig", "alone")), 100)
    assert not {"leipzig", "alone"} & set(ids(found))
    lyon = next(one for one in found if one.id == "lyon")
    assert facts_of(lyon, Kind.SHARED_PARTNERS) == SharedPartners(("leipzig",))


def test_candidates_are_compared_side_by_side(finder):
    rows = finder.compare("hamm", ["apia", "lyon", "leipzig"])
    assert ids(rows) == ["apia", "lyon", "leipzig"]
    kinds = [[reason.kind for reason in row.reasons] for row in rows]
    assert kinds[0] == kinds[1] == kinds[2]
    assert rows[1].score == candidate(finder, "hamm", "lyon").score


def test_a_finder_is_the_same_after_saving_and_loading(finder, tmp_path):
    finder.save(tmp_path / "finder")
    finder.save(tmp_path / "finder")  # over an older one
    loaded = Finder.load(tmp_path / "finder")
    assert [path.name for path in tmp_path.iterdir()] == ["finder"]
    assert len(loaded) == len(TOWNS)
    assert loaded.weights == finder.weights
    for place in ("hamm", "alone", "nowhere"):
        assert loaded.rank(place, 100) == finder.rank(place, 100)


def test_ids_may_be_numbers():
    towns = dict(enumerate(TOWNS.values()))
    found = Finder.fit(nodes(towns), edges([(0, 3), (1, 3), (1, 4)])).rank(0, 3)
    assert all(isinstance(one.id, int) for one in found)


def test_a_world_without_links_still_has_a_ranking():
    found = Finder.fit(nodes(), edges([])).rank("hamm", 100)
    assert len(found) == len(TOWNS) - 1
    assert np.isfinite([one.score for one in found]).all()


def test_the_weights_that_ship_name_known_signals_and_use_every_reason():
    weights = Weights.load()
    assert weights.with_links.keys() <= KINDS.keys()
    assert {KINDS[name] for name in weights.with_links} == set(Kind) - {Kind.FIELDS, Kind.RESIDENTS}
    for curve in (*weights.with_links.values(), *weights.without_links.values()):
        assert len(curve.knots) == len(curve.values) >= 2
        assert all(a < b for a, b in pairwise(curve.knots))
    assert weights.learnt["links"] > 30_000


def test_having_no_links_gives_nothing_away():
    """A candidate without links has the signals of one with a single link of no meaning, so far as it is known."""
    found = Finder.fit(nodes(), edges())
    view = found.ground.resident(0)
    others = signals(view, found.ground.blocks[1])
    assert others["links"].per_candidate().tolist() == [0.0]
    assert others["my size beside their partners"].per_candidate() == pytest.approx(
        np.log10([179 / 31]), abs=1e-5
    )
    assert not any(np.isnan(spread.per_candidate()).any() for spread in others.values())


def test_weights_with_an_unknown_signal_are_refused():
    curve = next(iter(Weights.load().with_links.values()))
    with pytest.raises(ValueError, match="phase of the moon"):
        Weights({"phase of the moon": curve}, {}, {})


def test_weights_for_places_without_links_read_no_partners():
    curve = next(iter(Weights.load().with_links.values()))
    with pytest.raises(ValueError, match="shared partners"):
        Weights({}, {"shared partners": curve}, {})


def test_weights_are_the_same_after_saving_and_loading(tmp_path):
    weights = Weights.load()
    weights.save(tmp_path / "weights.json")
    assert Weights.load(tmp_path / "weights.json") == weights


def test_too_few_links_to_learn_from_are_an_error():
    with pytest.raises(ValueError, match="too few"):
        learn(nodes(), edges([("hamm", "lyon")]), seed=0)


@pytest.mark.slow
def test_the_finder_finds_links_that_were_hidden(shared_data):
    """A floor far under the figures of bench/partner_finder.py, for 200 cities of the real network."""
    from concivis.twinning.matching.gazetteer import Gazetteer
    from concivis.twinning.matching.ground import Ground
    from concivis.twinning.matching.rehearsal import hide_links
    from concivis.twinning.matching.sheet import Sheet

    places = Nodes.of_table(shared_data / "twinning" / "graph-nodes.csv")
    links = Edges.of_table(shared_data / "twinning" / "graph-edges.csv")
    gazetteer, weights = Gazetteer.of(places), Weights.load()
    hidden = hide_links(gazetteer, links.positions(places), 0.1, seed=7).keeping_links()
    ground = Ground.of(gazetteer, hidden.kept)
    ranks = []
    for place in list(hidden.hidden)[:: len(hidden.hidden) // 200][:200]:
        found = Sheet(ground, ground.resident(place), weights.with_links).scores.copy()
        found[[*hidden.known[place], place]] = -np.inf
        ranks += [(found > own).sum() + 1 for own in found[hidden.hidden[place]]]
    assert np.mean(np.array(ranks) <= 100) > 0.25


def test_other_filters_and_a_comparison_ask_for_no_new_ranking(monkeypatch):
    made = []
    monkeypatch.setattr(Finder, "_new_sheet", lambda self, place: made.append(place) or new(self, place))
    finder = Finder.fit(nodes(), edges())
    finder.rank("hamm", 3)
    finder.rank("hamm", 3, country="FR", min_km=100)
    finder.compare("hamm", ["lyon"])
    assert made == ["hamm"]


def test_a_filter_leaves_the_kept_ranking_as_it_was(finder):
    before = finder.rank("hamm", len(TOWNS))
    finder.rank("hamm", 3, country="FR", wanted={"lyon": 1.0})
    assert finder.rank("hamm", len(TOWNS)) == before
