"""A network too small to tell which countries are close reads that from the public lists."""

import pytest

from concivis.twinning import finding
from concivis.twinning.actions.finder import fit_finder
from concivis.twinning.matching import Edges, Finder, Kind, Nodes
from concivis.twinning.tests.finder_scene import towns

TWINS = {  # two towns alike but for their country: id → name, country, latitude, longitude, population
    1: ("Here", "DE", 51.0, 8.0, 50_000),
    2: ("There", "FR", 47.0, 2.0, 50_000),
    3: ("Yonder", "CN", 30.0, 106.0, 50_000),
    4: ("First", "CN", 31.0, 107.0, 50_000),
}


def of_countries(known):
    finder = Finder.fit(
        Nodes.of_columns(list(TWINS), *zip(*TWINS.values(), strict=True)), Edges([1], [4]), known=known
    )
    ranked = finder.rank(1, 3)
    found = next(one for one in ranked if one.id == 2)
    return [one.id for one in ranked], next(why.facts for why in found.reasons if why.kind == Kind.COUNTRIES)


def test_known_ties_between_countries_count_beside_the_few_of_the_network():
    order, facts = of_countries({("DE", "FR"): 1301, ("CN", "DE"): 90})
    assert order[0] == 2
    assert facts.links == 1301


def test_without_known_ties_only_the_network_speaks():
    assert of_countries(None)[1].links == 0


def test_a_country_that_nobody_knows_here_is_left_out():
    assert of_countries({("DE", "XX"): 5})[1].links == 0


def test_the_public_lists_know_how_close_countries_are():
    ties = finding.country_ties()
    assert ties["DE", "FR"] > ties["CN", "DE"] > 0
    assert all(len(one) == len(other) == 2 and links > 1 for (one, other), links in ties.items())


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(("few", "used"), [(1000, True), (1, False)])
def test_only_a_small_network_reads_the_public_lists(settings, tmp_path, monkeypatch, few, used):
    settings.DATA = tmp_path
    asked = []
    monkeypatch.setattr(finding, "FEW_LINKS", few)
    monkeypatch.setattr(finding, "country_ties", lambda: asked.append(1) or {})
    towns()
    fit_finder()
    assert bool(asked) is used
