"""Mistakes that real lists led to, each kept from coming back."""

import pytest

from concivis.exchange.matching import Candidate, Neighbour, Query, by_name, by_surroundings
from concivis.exchange.namings import naming
from concivis.exchange.records import End
from concivis.places.names import fold


def place(number, name, country, latitude, longitude, population, *, region="", is_main=True):
    return Candidate(number, name, country, latitude, longitude, population, fold(region), is_main)


def decide(end, candidates, country="DE", around=frozenset({"DE"})):
    def named(name):
        return [one for one in candidates if fold(one.name) == name]

    query = Query(end, naming(end.name, end.admin, country), country, countries_around=around)
    neighbours = [
        Neighbour(one, km, (fold(one.name),))
        for one in candidates
        if (km := one.km_from(end.latitude, end.longitude)) <= 12
    ]
    return by_name(query, named) or by_surroundings(query, named, neighbours)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Prague 8", "Prague"),
        ("Doboj South", "Doboj"),
        ("Budapest XIII", "Budapest II"),
        ("London Borough of Hackney", "London"),
        ("Licheng (Jinan)", "Jinan"),
        ("Treviso Province", "Treviso"),
    ],
)
def test_a_part_or_a_larger_body_is_not_the_town(name, other):
    end = End(name, latitude=50.0, longitude=9.0)
    assert decide(end, [place(1, other, "DE", 50.01, 9.01, 100_000)]).how == "created"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Frankfurt", "Frankfurt am Main"),
        ("Zalischyky", "Zalishchyky"),
        ("St. Moritz", "Saint Moritz"),
        ("Municipality of Heusden", "Heusden"),
        ("Biel/Bienne", "Biel"),
        ("Tokyo – Itabashi", "Itabashi"),
        ("Limmen (Castricum)", "Limmen"),
        ("Horodok, Lviv Oblast", "Horodok"),
    ],
)
def test_one_place_is_found_under_either_way_of_writing_it(name, other):
    end = End(name, latitude=50.0, longitude=9.0)
    assert decide(end, [place(1, other, "DE", 50.005, 9.005, 20_000)]).place == 1


def test_a_short_name_far_away_in_the_right_country_is_another_place():
    end = End("Grumbach", latitude=50.545, longitude=13.1)
    assert decide(end, [place(1, "Grumbach", "DE", 49.6, 7.5, 539)]).how == "created"


def test_a_town_is_believed_more_than_coordinates_in_another_country():
    end = End("Münsingen", latitude=46.87, longitude=7.57)
    decision = decide(end, [place(1, "Münsingen", "DE", 48.41, 9.49, 14_479)], around=frozenset({"CH"}))
    assert (decision.how, decision.place) == ("name_far", 1)


def test_a_namesake_of_quite_another_size_is_not_taken_from_afar():
    end = End("Kömlő", latitude=47.6, longitude=20.44, population=1_881)
    decision = decide(end, [place(1, "Komló", "HU", 46.19, 18.26, 26_924)], "HU", frozenset({"HU"}))
    assert decision.how == "created"


def test_coordinates_of_the_famous_namesake_do_not_move_a_place_abroad():
    end = End("Keighley", latitude=53.87, longitude=-1.91)
    candidates = [place(1, "Keighley", "GB", 53.87, -1.91, 48_000)]
    decision = decide(end, candidates, "US", frozenset({"GB"}))
    assert (decision.how, [one.place for one in decision.proposals]) == ("ambiguous", [1])


def test_a_territory_is_its_country_to_a_list():
    end = End("Petite-Île", latitude=-21.36, longitude=55.57)
    decision = decide(end, [place(1, "Petite-Île", "RE", -21.35, 55.57, 12_617)], "FR", frozenset({"RE"}))
    assert (decision.how, decision.place) == ("other_country", 1)


def test_the_region_tells_namesakes_apart():
    candidates = [
        place(1, "Coventry", "US", 41.68, -71.66, 35_525, region="Rhode Island"),
        place(2, "Coventry", "US", 41.78, -72.31, 12_000, region="Connecticut"),
    ]
    assert decide(End("Coventry, Connecticut"), candidates, "US").place == 2


def test_the_town_is_preferred_to_the_hamlet_beside_it():
    candidates = [place(1, "Aalen", "DE", 50.001, 9.0, 600), place(2, "Aalen", "DE", 50.01, 9.02, 30_000)]
    assert decide(End("Aalen", latitude=50.0, longitude=9.0), candidates).place == 2


def test_the_written_number_of_people_chooses_among_equals():
    candidates = [place(1, "Aalen", "DE", 50.0, 9.0, 3_000), place(2, "Aalen", "DE", 50.0, 9.0, 90_000)]
    assert decide(End("Aalen", latitude=50.0, longitude=9.0, population=2_900), candidates).place == 1


def test_a_name_without_coordinates_means_the_city_that_dwarfs_its_namesakes():
    candidates = [place(1, "Hamm", "DE", 51.68, 7.82, 185_000), place(2, "Hamm", "DE", 53.56, 10.05, 38_000)]
    decision = decide(End("Hamm"), candidates)
    assert (decision.place, [note.code for note in decision.notes]) == (
        1,
        ["no_coordinates", "largest_taken"],
    )


def test_a_name_without_coordinates_that_two_towns_share_is_put_aside():
    candidates = [
        place(1, "Keene", "US", 42.93, -72.28, 23_265),
        place(2, "Keene", "US", 32.4, -97.32, 6_181),
    ]
    assert decide(End("Keene"), candidates, "US").how == "ambiguous"
