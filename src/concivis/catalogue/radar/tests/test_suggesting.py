import pytest

from concivis.catalogue.radar import Tag, suggest_tags
from concivis.catalogue.radar.tests.cards import lookup


def codes(text, language=None, kind=Tag.COUNTRY, places=None):
    return {each.code for each in suggest_tags(text, language, places=places) if each.kind is kind}


def test_a_school_partnership_with_ghana_is_understood():
    text = "Schulpartnerschaft mit Ghana"
    assert codes(text, "de") == {"GH"}
    assert codes(text, "de", Tag.THEME) == {"school-partnerships"}
    assert codes(text, "de", Tag.GROUP) == {"pupils"}


def test_each_suggestion_shows_the_words_that_led_to_it():
    text = "Schulpartnerschaft mit Ghana"
    shown = {each.code: [text[start:end] for start, end in each.spans] for each in suggest_tags(text, "de")}
    assert shown == {
        "GH": ["Ghana"],
        "school-partnerships": ["Schulpartnerschaft"],
        "pupils": ["Schulpartnerschaft"],
    }


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("de", "ein ghanaischer Chor", "GH"),
        ("de", "Freundeskreis der Rumäninnen", "RO"),
        ("de", "Italienfreunde treffen sich", "IT"),
        ("en", "our Ghanaian guests", "GH"),
        ("fr", "des élèves ghanéennes", "GH"),
        ("it", "un coro turco in visita", "TR"),
        ("it", "gli amici polacchi", "PL"),
        ("ro", "copiii României de azi", "RO"),
        ("ro", "prietenii maghiari", "HU"),
        ("tr", "Ganalı çocuklar", "GH"),
        ("tr", "Türkiye'den gelen misafirler", "TR"),
        ("tr", "Ukraynadaki okul", "UA"),
        ("uk", "допомога Молдові", "MD"),
        ("uk", "друзі з Туреччини", "TR"),
        ("uk", "польський хор", "PL"),
        ("de", "PARTNERSCHAFT MIT MEXIKO", "MX"),
        ("en", "Cote d'Ivoire and us", "CI"),
        ("fr", "Cote d’Ivoire", "CI"),
    ],
)
def test_a_country_is_found_however_the_language_bends_it(language, text, country):
    assert codes(text, language) == {country}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Musiker aus Georgia spielen Jazz aus Atlanta"),
        ("en", "Basketball like Jordan"),
        ("en", "Chad and his friends bake bread"),
        ("en", "Turkey dinner for everybody"),
        ("en", "We roast a turkey"),
        ("en", "Polish your own furniture"),
        ("en", "learn to polish shoes"),
        ("tr", "mali destek arıyoruz"),
        ("it", "i mali del nostro tempo"),
        ("fr", "Réunion des parents"),
        ("de", "Sankt Martin mit Laterne"),
        ("en", "An island for everybody"),
    ],
)
def test_what_only_looks_like_a_country_is_none(language, text):
    assert codes(text, language) <= {"US"}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Wells in Niger", {"NE"}),
        ("Wells in Nigeria", {"NG"}),
        ("Nurses for Guinea-Bissau", {"GW"}),
        ("Nurses for Equatorial Guinea", {"GQ"}),
        ("Nurses in Papua New Guinea", {"PG"}),
        ("A clinic in South Sudan", {"SS"}),
        ("Friends in Jordan", {"JO"}),
        ("Polish friends, from Kalisz in Poland", {"PL"}),
        ("We met Polish friends", {"PL"}),
        ("A trip to Georgia, with Georgian wine", {"GE"}),
        ("A trip to Turkey", {"TR"}),
    ],
)
def test_names_that_contain_or_resemble_others_are_kept_apart(text, country):
    assert codes(text, "en") == country


def test_kongo_alone_does_not_say_which():
    assert codes("Briefe aus dem Kongo", "de") == set()
    assert codes("Briefe aus dem Kongo, aus Kongo-Brazzaville", "de") == {"CG"}


def test_german_compounds_are_taken_apart():
    assert codes("Klimapartnerschaftsprojekt", "de", Tag.THEME) == {"climate-action"}
    assert "sport" in codes("Jugendfußballturnier", "de", Tag.THEME)


def test_accents_may_be_missing():
    assert codes("Scoala din Romania", "ro") == {"RO"}


def test_the_language_is_guessed_where_nobody_states_it():
    assert codes("Ми збираємо кошти для школи в Молдові") == {"MD"}
    assert codes("Bu yıl Suriyeli hekimlere iş arıyoruz") == {"SY"}


def test_a_town_leads_to_its_country():
    assert codes("Schulfreunde in Kumasi", "de", places=lookup) == {"GH"}
    assert codes("Schulfreunde in Kumasi", "de", Tag.PLACE, lookup) == {"kumasi"}


def test_a_town_is_found_in_another_case_and_with_turkish_endings():
    assert codes("Пожежна машина для Житомира", "uk", Tag.PLACE, lookup) == {"zhytomyr"}
    assert codes("gençler Afyonkarahisar'dan geliyor", "tr", Tag.PLACE, lookup) == {"afyon"}


def test_a_word_of_the_language_is_no_town_unless_its_country_is_named():
    assert codes("Gutes Essen für alle", "de", Tag.PLACE, lookup) == set()
    assert codes("Maisons anciennes à Salt, en Jordanie", "fr", Tag.PLACE, lookup) == {"salt"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "🎉🎉🎉",
        "\x00\x00Ghana\x00",
        "Ghana" * 100_000,
        "a b " * 250_000,
        "ß" * 1_000_000,
        "مرحبا بكم في غانا",
        "Школа school шkола škola 学校",
        "\ud800 lone surrogate",
        "‮Ghana‬",
        "e\u0301" * 5_000,
        "-" * 100_000,
        "'" * 100_000,
    ],
)
def test_no_text_is_too_strange(text):
    assert all(0 <= each.confidence <= 1 for each in suggest_tags(text, None, places=lookup))


def test_a_megabyte_is_read_as_far_as_twenty_thousand_characters():
    text = "Ghana " + "x " * 500_000 + "Mexico"
    assert codes(text, "en") == {"GH"}
