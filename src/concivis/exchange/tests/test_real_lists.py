"""The real lists, against the places they name in the real gazetteer (all places of the countries they name most)."""

import pytest

from concivis.exchange import reading
from concivis.exchange.gazetteer import DatabaseGazetteer
from concivis.exchange.records import LinkRow
from concivis.exchange.report import settled_share
from concivis.exchange.resolving import resolve
from concivis.places.actions import load_gazetteer
from concivis.places.countries import country_code

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNTRIES = ("DE", "FR", "CZ", "HU", "RO", "SE", "BE")
LISTS = ("hekman_geocoded_pairs_2026.csv", "rogorido_wikidata_eu.tsv")


def test_nearly_all_ends_of_the_real_lists_are_found_or_created(shared_data):
    load_gazetteer(countries=COUNTRIES)
    for name in LISTS:
        path = shared_data / "twinning" / name
        records = list(reading.read(path, reading.guess(path)[0].at))
        assert [record for record in records if not isinstance(record, LinkRow)] == []
        ends = {
            end: None
            for record in records
            for end in (record.a, record.b)
            if country_code(end.country) in COUNTRIES
        }
        decisions = resolve(list(ends), DatabaseGazetteer())
        counts: dict[str, int] = {}
        for decision in decisions:
            counts[decision.how] = counts.get(decision.how, 0) + 1
        matched = sum(
            count for how, count in counts.items() if how not in {"created", "ambiguous", "rejected"}
        )
        assert settled_share(counts) >= 97, (name, counts)
        assert matched >= 0.85 * len(ends), (name, counts)
