import datetime as dt

import pytest

from concivis.catalogue import actions, search
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.enums import Support
from concivis.hubs.factories import HubFactory
from concivis.places.enums import NameKind
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db
numbers = iter(range(100_000))


def card(title: str, summary: str = "", *, language="de", **facts) -> None:
    facts.setdefault("kind", "initiative")
    public_id = f"s{next(numbers)}"
    text = Text(title=title, summary=summary)
    actions.publish(
        CardDraft(
            public_id=public_id, path=f"/t/{public_id}/", language=language, texts={language: text}, **facts
        )
    )


def titles(text: str = "", reader="en", sort="", **selection) -> list[str]:
    found = search.find(text, selection, language=reader, sort=sort)
    return [found.texts.all()[0].title for found in search.page_of(found, 1, 20)]


@pytest.mark.parametrize(
    "text", ["schulpartnerschaft", "SCHULPART", "mit ghana", "ghana schul", "Schülpartnerschaft"]
)
def test_case_accents_and_order_do_not_matter_and_words_may_be_beginnings(text):
    card("Schulpartnerschaft", "Mit Ghana")
    assert titles(text) == ["Schulpartnerschaft"]


@pytest.mark.parametrize(
    ("language", "written", "sought"),
    [("en", "Cities for peace", "city"), ("en", "A city garden", "cities"), ("de", "Häuser bauen", "Haus"),
     ("fr", "Les écoles du monde", "école"), ("it", "Scuole aperte", "scuola"), ("de", "Schule in Not", "Schulen")],
)  # fmt: skip
def test_other_forms_of_a_word_are_found(language, written, sought):
    card(written, language=language)
    assert titles(sought, reader=language) == [written]


@pytest.mark.parametrize(
    "text", ["Ghana", "Гана", "ガーナ", "غانا", "Who works with Ghana?", "Wer arbeitet mit Ghana?"]
)
def test_a_country_is_found_by_its_name_in_any_language_whatever_the_text_says(text):
    card("Ghanaische Schule", countries=frozenset({CountryFactory(code="GH").pk}))
    card("Something in Togo", countries=frozenset({CountryFactory(code="TG").pk}))
    assert titles(text) == ["Ghanaische Schule"]


@pytest.mark.parametrize("text", ["ghanaische Kinder", "Ghanaian", "ghanese", "ганська"])
def test_a_country_is_found_by_its_adjective(text):
    card("Kinder", countries=frozenset({CountryFactory(code="GH").pk}))
    assert titles(text) == ["Kinder"]


def test_a_place_is_found_by_any_spelling():
    place = PlaceFactory(name="Lviv")
    place.names.create(name="Lemberg", folded="lemberg", kind=NameKind.ALTERNATE, tier=1, country_code="UA")
    card("Krankenhaus", places=frozenset({place.pk}))
    assert titles("Lemberg") == ["Krankenhaus"]


def test_a_theme_is_found_by_a_synonym_and_its_other_labels_in_texts():
    term = TermFactory(scheme__code="theme", texts={"en": "Music", "de": "Musik"})
    term.labels.filter(language="de").update(synonyms=["Chormusik"])
    card("Stimmen der Welt", terms=frozenset({term.pk}))
    card("Musik für alle")
    assert set(titles("Chormusik")) == {"Stimmen der Welt", "Musik für alle"}


def test_a_title_counts_more_than_a_text_and_a_text_more_than_a_fact():
    ghana = frozenset({CountryFactory(code="GH").pk})
    card("Drei", countries=ghana)
    card("Zwei", "Hilfe in Ghana für alle")
    card("Ghana Eins")
    assert titles("Ghana") == ["Ghana Eins", "Zwei", "Drei"]


@pytest.mark.parametrize("typed", ["Schulpartnershaft", "Schulpartnerschfat", "Xchulpartnerschaft"])
def test_where_nothing_is_found_a_misspelt_word_is_put_right(typed):
    card("Schulpartnerschaft Ghana")
    found = search.find(typed)
    assert (found.total, found.corrected) == (1, "schulpartnerschaft")


def test_a_misspelt_country_is_put_right_too():
    card("Brunnen", countries=frozenset({CountryFactory(code="GH").pk}))
    assert search.find("Gahna").corrected == "ghana"


def test_where_little_is_found_another_spelling_is_only_proposed():
    card("Musikk")
    card("Musik"), card("Musik und Tanz")
    found = search.find("Musikk Tanz")
    assert found.corrected == "" or found.proposal == ""
    assert search.find("Musikk").total == 1


def test_where_no_card_has_all_the_words_those_with_some_are_shown():
    card("Chor"), card("Garten")
    found = search.find("Chor Fussball")
    assert (found.any_word, found.total) == (True, 1)


def test_what_is_called_exactly_so_comes_before_what_mentions_it():
    card("Hamm", "The office of the city, with a long text about all that it does " * 3)
    card("Hamm – Bradford")
    assert titles("hamm") == ["Hamm", "Hamm – Bradford"]


def test_small_words_alone_are_looked_for():
    card("Die Und")
    assert titles("und") == ["Die Und"]


def test_facets_narrow_and_their_values_widen():
    card("A", kind="initiative", needs=frozenset({Support.ROOM}), from_date=dt.date(2020, 5, 1))
    card("B", kind="initiative", state="running", languages=frozenset({"zh-Hant"}))
    card("C", kind="organisation", offers=frozenset({Support.ROOM}))
    assert sorted(titles(kind=["initiative", "organisation"])) == ["A", "B", "C"]
    assert titles(need=["room"]) == ["A"]
    assert titles(offer=["room"]) == ["C"]
    assert titles(state=["initiative.running"]) == ["B"]
    assert titles(year=["2020"], kind=["initiative"]) == ["A"]
    assert titles(language=["zh-hant"]) == ["B"]
    assert titles(year=["2020"], kind=["organisation"]) == []


def test_facets_are_counted_under_the_selection_of_the_others():
    hub = HubFactory(is_published=True)
    card("A", kind="initiative", hub=hub.pk)
    card("B", kind="organisation")
    card("C", kind="organisation", hub=hub.pk)
    counts = search.find(selection={"kind": ["organisation"]}, text="").counts()
    assert counts["kind"] == {"organisation": 2, "initiative": 1}
    assert counts["hub"] == {str(hub.pk): 1}


def test_lists_are_sorted_by_publication_or_confirmation():
    (
        card("Old", last_confirmed=dt.date(2026, 1, 1)),
        card("New"),
        card("Newest", last_confirmed=dt.date(2025, 1, 1)),
    )
    assert titles(sort="newest") == ["Newest", "New", "Old"]
    assert titles(sort="confirmed") == ["Old", "Newest", "New"]


def test_a_search_for_nothing_lists_everything_the_weightiest_first():
    card("Light", weight=1.0), card("Heavy", weight=9.0), card("Middling", weight=5.0)
    assert titles() == ["Heavy", "Middling", "Light"]


def test_weight_decides_among_equals():
    card("Choir", weight=1.0), card("Choir", weight=9.0, kind="hub")
    found = search.find("choir")
    assert [one.kind for one in search.page_of(found, 1, 2)] == ["hub", "initiative"]


def test_beyond_the_most_a_total_says_that_there_are_more(monkeypatch):
    monkeypatch.setattr("concivis.catalogue.search.finding.MOST", 2)
    for number in range(4):
        card(f"Choir {number}")
    found = search.find("choir")
    assert (found.total, found.more) == (2, True)
    assert len(list(search.all_cards(found))) == 4


HOSTILE = [
    "", "   ", "!!!", "'", '"', "a' OR '1'='1", 'x" OR "y', "* NEAR(", "ghana -mit:", "tags:xcgh", "{title} : a",
    "NOT", "AND OR", "a:*AB", "(((", ".*[a-z]+$", "\\", "%", "a\0b", "a" * 10_000, "ab " * 5_000, "😀", "👩‍👩‍👧",
    "مدرسة في غانا",
    "\u202eevil", "\u200f", "ก็", "हिन्दी", "ß", "İ", "&amp;", "<b>", "﷽", "x" + "\u0301" * 300,
    "1e5", "2019-01-01", "a.b@c.de",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_do_no_harm(text):
    card("Schulpartnerschaft", "Mit Ghana 😀 हिन्दी مدرسة")
    assert search.find(text).total in {0, 1}


@pytest.mark.parametrize("value", ["'", '"', "x OR y", "", "q0041", "Ünï", "\0", "a" * 5000])
def test_hostile_values_of_facets_find_nothing(value):
    card("Schulpartnerschaft")
    assert search.find("", {"language": [value], "kind": [value]}).total == 0


def test_hits_are_marked_and_everything_is_escaped():
    words = search.ask("schule <b>").beginnings
    assert search.marked("<b>Kinder</b> & Schüler", words) == (
        "&lt;<mark>b</mark>&gt;Kinder&lt;/<mark>b</mark>&gt; &amp; <mark>Schüler</mark>"
    )


def test_an_excerpt_is_cut_around_the_first_hit():
    text = "word " * 100 + "Ghana " + "tail " * 100
    cut = search.excerpt(text, search.ask("ghana").beginnings)
    assert "<mark>Ghana</mark>" in cut
    assert cut.startswith("… ") and cut.endswith(" …")
    assert len(cut) < 300


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_costs_the_same_queries_however_much_it_finds(number, django_assert_num_queries):
    for _ in range(3 * number):
        card("Choir", countries=frozenset({CountryFactory(code="GH").pk}))
    search.find("choir ghana")
    with django_assert_num_queries(10):
        found = search.find("choir ghana", {"kind": ["initiative"]})
        found.counts()
        search.page_of(found, 1, 20)
