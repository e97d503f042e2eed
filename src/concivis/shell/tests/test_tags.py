import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

pytestmark = pytest.mark.urls("concivis.shell.tests.urls")


def rendered(template: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get("/en/partnerships/?" + query)
    return Template("{% load shell %}{% autoescape off %}" + template + "{% endautoescape %}").render(
        Context({"request": request, **context})
    )


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,234,567.5"), ("de", "1.234.567,5"), ("fr", "1\u202f234\u202f567,5"), ("ro", "1.234.567,5")],
)
def test_numbers_are_written_as_the_language_writes_them(language, written):
    with override(language):
        assert rendered("{{ n|number }}", n=1234567.5) == written


def test_digits_after_the_point_can_be_limited():
    assert rendered("{{ n|number:2 }} {{ m|number:2 }} {{ n|number:0 }}", n=0.12345, m=7) == "0.12 7 0"


def test_nothing_is_written_for_no_number():
    assert rendered("{{ n|number }}{{ n|percent }}{{ n|compact }}", n=None) == ""


def test_text_in_the_place_of_a_number_stays():
    assert rendered("{{ n|number }}", n="1921–2026") == "1921–2026"


@pytest.mark.parametrize(("language", "written"), [("en", "25.7% 26%"), ("de", "25,7\xa0% 26\xa0%")])
def test_shares_are_written_with_their_sign(language, written):
    with override(language):
        assert rendered("{{ n|percent:1 }} {{ n|percent }}", n=0.2567) == written


def test_large_numbers_can_be_short():
    with override("en"):
        assert rendered("{{ n|compact }}", n=1234567) == "1.2M"


def test_languages_and_countries_have_names_in_the_active_language():
    with override("de"):
        assert rendered("{{ 'it'|language_name }}, {{ 'IT'|country_name }}") == "Italienisch, Italien"


def test_unknown_codes_stay_as_they_are():
    assert rendered("{{ 'xx-nonsense'|language_name }} {{ 'ZQ'|country_name }}") == "xx-nonsense ZQ"


def test_a_language_has_a_direction():
    directions = rendered("{{ 'ar'|text_direction }} {{ 'de'|text_direction }} {{ '?'|text_direction }}")
    assert directions == "rtl ltr auto"


def test_addresses_can_be_absolute(settings):
    settings.BASE_URL = "https://example.org"
    assert rendered("{{ '/en/'|absolute_url }}") == "https://example.org/en/"


@pytest.mark.parametrize(
    ("query", "tag", "address"),
    [
        ("country=IT&page=3", "{% query_with country='DE' %}", "?country=DE"),
        ("country=IT&page=3", "{% query_with page=4 %}", "?country=IT&page=4"),
        ("country=IT", "{% query_with country=None %}", "?"),
        ("kind=a&kind=b", "{% query_with page=2 %}", "?kind=a&kind=b&page=2"),
        ("kind=a&kind=b&page=2", "{% query_without 'kind' 'a' %}", "?kind=b"),
        ("kind=a&kind=b&q=x", "{% query_without 'kind' %}", "?q=x"),
        ("q=a%26b", "{% query_with page=2 %}", "?q=a%26b&page=2"),
    ],
)
def test_a_link_keeps_the_filters_and_changes_one(query, tag, address):
    assert rendered(tag, query) == address


def test_no_address_where_no_room_answers():
    assert rendered("[{% address 'nowhere:page' %}]") == "[]"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "?sort=name "),
        ("sort=name", "?sort=-name ascending"),
        ("sort=-name&page=2", "?sort=name descending"),
    ],
)
def test_a_heading_sorts_up_then_down(query, expected):
    from concivis.shell.parts import Heading

    tag = "{% sorting heading as order %}{{ order.url }} {{ order.current }}"
    assert rendered(tag, query, heading=Heading("Name", "name")) == expected


@pytest.mark.parametrize("language", ["en", "de"])
def test_lengths_of_bars_have_a_point_in_every_language(language):
    with override(language):
        assert rendered("{% share_of 1 8 %} {% share_of 1 0 %}") == "12.50 0"


def test_a_scale_ends_at_the_greatest_bar():
    tag = "{% scale_of bars as top %}{{ top|number }}"
    assert rendered(tag, bars=[{"value": 2}, {"value": 3}]) == "3"
    assert rendered(tag, bars=[]) == "0"


@pytest.mark.parametrize(
    ("state", "tone"), [("active", "good"), ("suspended", "notice"), ("ended", "over"), ("x", "neutral")]
)
def test_states_have_tones(state, tone):
    assert rendered("{{ state|state_tone }}", state=state) == tone
