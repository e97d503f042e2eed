import datetime as dt

import pytest

from concivis.catalogue.radar import (
    Entry,
    HubWeights,
    Index,
    Kind,
    Place,
    Reader,
    ReasonKind,
    SharedTags,
    Text,
    Verdict,
    learn,
)
from concivis.catalogue.radar.tests.cards import entry, lookup

WELL = {"countries": frozenset({"GH"}), "themes": frozenset({"water-and-sanitation"})}
SCHOOL = {"countries": frozenset({"GH"}), "themes": frozenset({"school-partnerships"})}
ELSEWHERE = {"countries": frozenset({"TG"}), "themes": frozenset({"water-and-sanitation"})}


def found(cards, asked, n=10, **limits):
    return {each.id: each for each in Index.build(cards).find(asked, n, **limits)}


def test_the_same_country_and_theme_is_parallel():
    findings = found([entry("a", **WELL)], entry("q", **WELL))
    assert findings["a"].kind is Kind.PARALLEL
    assert findings["a"].confidence > 0.5


def test_the_same_country_and_another_theme_is_neighbouring():
    assert found([entry("a", **SCHOOL)], entry("q", **WELL))["a"].kind is Kind.NEIGHBOURING


def test_the_same_theme_in_the_country_next_door_is_nothing():
    assert found([entry("a", **ELSEWHERE)], entry("q", **WELL)) == {}


def test_parallel_ones_come_before_neighbours():
    assert list(found([entry("n", **SCHOOL), entry("p", **WELL)], entry("q", **WELL))) == ["p", "n"]


def test_what_one_needs_and_the_other_offers_is_complementary():
    asked = entry("q", needs=frozenset({"volunteers"}), **WELL)
    other = entry("a", offers=frozenset({"volunteers"}), themes=frozenset({"sport"}))
    finding = found([other], asked)["a"]
    assert finding.kind is Kind.COMPLEMENTARY
    assert [(reason.kind, reason.facts) for reason in finding.reasons] == [
        (ReasonKind.NEED_MET, SharedTags(("volunteers",)))
    ]


def test_the_reverse_is_complementary_too():
    asked = entry("q", offers=frozenset({"room"}))
    finding = found([entry("a", needs=frozenset({"room"}))], asked)["a"]
    assert finding.reasons[0].kind is ReasonKind.OFFER_WANTED


def test_two_who_need_the_same_do_not_complement_each_other():
    need = {"needs": frozenset({"room"})}
    assert found([entry("a", **need)], entry("q", **need)) == {}


def test_an_offer_in_a_strange_city_for_another_thing_is_nothing():
    asked = entry("q", needs=frozenset({"room"}), **WELL)
    far = entry("a", hub="reggio", offers=frozenset({"room"}), themes=frozenset({"sport"}))
    assert found([far], asked) == {}


def test_towns_close_by_are_the_same_ground():
    here, there = Place("1", "", 51.68, 7.82), Place("2", "", 51.70, 7.83)
    theme = {"themes": frozenset({"mobility"})}
    finding = found([entry("a", places=(there,), **theme)], entry("q", places=(here,), **theme))["a"]
    assert finding.kind is Kind.PARALLEL
    near = next(reason for reason in finding.reasons if reason.kind is ReasonKind.NEARBY)
    assert near.facts.kilometres == pytest.approx(2.3, abs=0.2)


def test_the_date_line_does_not_part_neighbours():
    east, west = Place("1", "", -16.8, 179.95), Place("2", "", -16.8, -179.95)
    theme = {"themes": frozenset({"mobility"})}
    assert "a" in found([entry("a", places=(west,), **theme)], entry("q", places=(east,), **theme))


def test_texts_in_two_languages_meet_without_given_tags():
    ask = entry("q", "Brunnen für Ghana", "Wir bohren Brunnen in Dörfern.", "de")
    others = [
        entry("wells", "Свердловини для Гани", "Чиста вода для сіл.", "uk"),
        entry("choir", "Chorale du Ghana", "Nous chantons ensemble.", "fr"),
    ]
    findings = found(others, ask)
    assert [each.kind for each in findings.values()] == [Kind.PARALLEL, Kind.NEIGHBOURING]
    assert findings["wells"].confidence > 0.5


def test_the_reasons_are_facts_for_sentences():
    finding = found([entry("a", **WELL)], entry("q", **WELL))["a"]
    assert {reason.kind: reason.facts for reason in finding.reasons} == {
        ReasonKind.COUNTRY: SharedTags(("GH",)),
        ReasonKind.THEME: SharedTags(("water-and-sanitation",)),
    }


def test_a_card_never_finds_itself():
    assert found([entry("a", **WELL)], entry("a", **WELL)) == {}


def test_hubs_and_kinds_can_be_chosen_and_left_out():
    cards = [
        entry("a", hub="hamm", kind="initiative", **WELL),
        entry("b", hub="reggio", kind="event", **WELL),
    ]
    index, asked = Index.build(cards), entry("q", **WELL)
    assert {each.id for each in index.find(asked, hubs={"hamm"})} == {"a"}
    assert {each.id for each in index.find(asked, not_hubs={"hamm"})} == {"b"}
    assert {each.id for each in index.find(asked, kinds={"event"})} == {"b"}
    assert index.find(asked, hubs={"nowhere"}) == []


def test_a_period_long_past_counts_less_than_one_that_meets():
    now, past = (dt.date(2026, 1, 1), None), (dt.date(2010, 1, 1), dt.date(2012, 1, 1))
    cards = [
        entry("past", begins=past[0], ends=past[1], **WELL),
        entry("now", begins=dt.date(2025, 1, 1), ends=dt.date(2027, 1, 1), **WELL),
    ]
    assert list(found(cards, entry("q", begins=now[0], ends=now[1], **WELL))) == ["now", "past"]


def test_what_was_added_since_the_build_is_found_at_once():
    index = Index.build([entry("a", **SCHOOL)])
    index.add(entry("b", **WELL))
    assert index.find(entry("q", **WELL))[0].id == "b"
    assert len(index) == 2


def test_an_addition_takes_the_place_of_the_older_card():
    index = Index.build([entry("a", **WELL), entry("b", **WELL)])
    index.add(entry("a", **ELSEWHERE))
    assert {each.id for each in index.find(entry("q", **WELL))} == {"b"}
    assert len(index) == 2


def test_what_was_removed_is_found_no_more():
    index = Index.build([entry("a", **WELL)])
    index.add(entry("b", **WELL))
    for gone in ("a", "b", "never there"):
        index.remove(gone)
    assert index.find(entry("q", **WELL)) == []
    assert len(index) == 0


def test_the_last_of_two_with_one_id_counts():
    index = Index.build([entry("a", **WELL), entry("a", **SCHOOL)])
    assert [each.kind for each in index.find(entry("q", **WELL))] == [Kind.NEIGHBOURING]
    assert len(index) == 1


def test_an_index_comes_back_from_its_folder_as_it_was(tmp_path):
    index = Index.build([entry("a", "Brunnen", "in Kumasi", "de"), entry("b", **WELL), entry("c", **WELL)])
    index.add(entry("d", **WELL))
    index.remove("c")
    asked = entry("q", **WELL)
    index.save(tmp_path / "radar")
    loaded = Index.load(tmp_path / "radar")
    assert loaded.find(asked) == index.find(asked)
    assert len(loaded) == len(index) == 3
    loaded.add(entry("e", **WELL))
    assert {each.id for each in loaded.find(asked)} == {"b", "d", "e"}


def test_saving_again_replaces_the_folder(tmp_path):
    Index.build([entry("a", **WELL)]).save(tmp_path / "radar")
    Index.build([entry("b", **WELL)]).save(tmp_path / "radar")
    assert [each.id for each in Index.load(tmp_path / "radar").find(entry("q", **WELL))] == ["b"]
    assert [path.name for path in tmp_path.iterdir()] == ["radar"]


def test_an_index_of_another_layout_is_refused(tmp_path):
    Index.build([entry("a", **WELL)]).save(tmp_path / "radar")
    (tmp_path / "radar" / "radar.json").write_text('{"version": 0}')
    with pytest.raises(ValueError, match="build and save it again"):
        Index.load(tmp_path / "radar")


def test_an_empty_index_finds_nothing(tmp_path):
    index = Index.build([])
    index.save(tmp_path / "radar")
    assert Index.load(tmp_path / "radar").find(entry("q", **WELL)) == index.find(entry("q", **WELL)) == []
    index.add(entry("a", **WELL))
    assert [each.id for each in index.find(entry("q", **WELL))] == ["a"]


def test_an_entry_without_anything_finds_nothing():
    assert found([entry("a", **WELL), Entry(id="empty")], Entry(id="q")) == {}


@pytest.mark.parametrize("text", ["", "🎉" * 1000, "\x00", "Ghana " * 200_000, "مرحبا", "\ud800"])
def test_strange_texts_can_be_kept_and_asked(tmp_path, text):
    index = Index.build([entry("\x00odd", text, text), entry("a", **WELL)], Reader(places=lookup))
    index.save(tmp_path / "radar")
    loaded = Index.load(tmp_path / "radar", Reader(places=lookup))
    assert all(0 <= each.confidence <= 1 for each in loaded.find(entry("q", text, text, **WELL)))


def test_a_card_in_several_languages_is_found_by_each():
    both = Entry(id="a", texts={"de": Text("Chor aus Polen"), "tr": Text("Polonya korosu")})
    index = Index.build([both])
    assert index.find(entry("q", "Polish choir visits", "We sing with guests from Poland"))[0].id == "a"


def test_what_a_hub_taught_changes_its_findings_and_no_others():
    index, asked = Index.build([entry("a", **WELL)]), entry("q", **WELL)
    before = index.find(asked)[0]
    verdict = Verdict.on(
        [(reason.kind, reason.contribution) for reason in before.reasons], is_confirmed=False
    )
    taught, _changes = learn([verdict] * 20, HubWeights())
    assert index.find(asked, taught=taught)[0].likeness < before.likeness
    assert index.find(asked)[0].likeness == before.likeness
