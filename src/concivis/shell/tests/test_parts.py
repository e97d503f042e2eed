import pytest
from django import forms
from django.http import QueryDict

from concivis.shell import parts
from concivis.shell.parts import Chip, chips, exports, heat


class Filters(forms.Form):
    country = forms.ChoiceField(label="Country", required=False, choices=[("DE", "Germany"), ("IT", "Italy")])
    kind = forms.MultipleChoiceField(
        label="Kind", required=False, choices=[("Europe", [("twinning", "Twinning"), ("pact", "Pact")])]
    )
    q = forms.CharField(label="Name", required=False)
    mine = forms.BooleanField(label="Only mine", required=False)


def chips_of(query: str) -> list[Chip]:
    data = QueryDict(query)
    return chips(Filters(data), data)


def test_a_chip_says_the_filter_in_words_and_leads_to_the_list_without_it():
    assert chips_of("country=DE&q=ham&page=3") == [
        Chip("Country", "Germany", "?q=ham"),
        Chip("Name", "ham", "?country=DE"),
    ]


def test_each_value_of_a_filter_has_its_own_chip():
    assert chips_of("kind=twinning&kind=pact") == [
        Chip("Kind", "Twinning", "?kind=pact"),
        Chip("Kind", "Pact", "?kind=twinning"),
    ]


def test_a_ticked_box_says_yes():
    assert chips_of("mine=on") == [Chip("Only mine", "yes", "?")]


def test_empty_wrong_and_unknown_parameters_have_no_chip():
    assert chips_of("country=&q=&country=XX&other=1") == []


def test_an_unbound_form_has_no_chips():
    assert chips(Filters(), QueryDict("country=DE")) == []


def test_a_list_is_offered_in_five_formats():
    assert [export.path for export in exports("/en/partnerships/")] == [
        "/en/partnerships.csv",
        "/en/partnerships.xlsx",
        "/en/partnerships.json",
        "/en/partnerships.atom",
        "/en/partnerships.feed.json",
    ]


@pytest.mark.parametrize(
    ("value", "maximum", "shade"),
    [(0, 10, 0), (1, 10000, 1), (100, 100, 5), (50, 100, 4), (5, 0, 0), (4, 100, 1)],
)
def test_shades_of_a_matrix_follow_the_square_root(value, maximum, shade):
    assert heat(value, maximum) == shade


def test_the_number_of_entries_is_a_sentence():
    assert parts.results(1) == "1 entry"
    assert parts.results(25914) == "25,914 entries"
