"""Content for the style page. Untranslated: it is read by developers. Facts are those of the public record."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from concivis.shell import parts
from concivis.shell.parts import (
    Bar,
    Card,
    Crumb,
    Event,
    Fact,
    Heading,
    Matrix,
    MatrixCell,
    MatrixRow,
    Source,
    Stat,
    Tab,
)

WIKIDATA = Source("Wikidata", "https://www.wikidata.org/wiki/Property:P190")


class SpecimenForm(forms.Form):
    name = forms.CharField(label="Name of the city", help_text="As the city itself writes it.")
    email = forms.EmailField(label="Mail address")
    kind = forms.ChoiceField(label="Kind", choices=[("twinning", "twinning"), ("friendship", "friendship")])
    since = forms.DateField(label="Since", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    fields_of = forms.MultipleChoiceField(
        label="Fields",
        required=False,
        choices=[("youth", "youth"), ("culture", "art and culture"), ("economy", "local economy")],
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(label="About", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="The council has agreed", required=True)


class SpecimenFilters(forms.Form):
    q = forms.CharField(label="Name", required=False)
    country = forms.ChoiceField(
        label="Country",
        required=False,
        choices=[("", "all"), ("DE", "Germany"), ("IT", "Italy"), ("FR", "France")],
    )
    kind = forms.MultipleChoiceField(
        label="Kind",
        required=False,
        choices=[("twinning", "twinning"), ("friendship", "friendship")],
        widget=forms.CheckboxSelectMultiple,
    )


def specimens(request: HttpRequest) -> dict[str, Any]:
    """The context of the style page."""
    filters = SpecimenFilters(request.GET)
    page = Paginator(range(1, 241), 20).get_page(request.GET.get("page"))
    return {
        "heading": "Styles and components",
        "kicker": "For those who build pages",
        "lead": "Every component of the shell, drawn with the templates the pages use. Take these; add none.",
        "crumbs": [Crumb("Home", "/"), Crumb("Developers")],
        "tabs": [Tab("Map", "#a", True), Tab("List", "#b", count=2140), Tab("Timeline", "#c")],
        "cards": CARDS,
        "facts": FACTS,
        "events": EVENTS,
        "stats": STATS,
        "bars": BARS,
        "histogram": [Bar(str(n), 9000 / n**1.3) for n in range(1, 31)],
        "matrix": MATRIX,
        "wrong": SpecimenForm(
            {"name": "", "email": "not a mail address", "kind": "twinning"}, prefix="wrong"
        ),
        "form": SpecimenForm(),
        "filters": filters,
        "chips": parts.chips(filters, request.GET),
        "headings": [
            Heading("Place", "name"),
            Heading("Country", "country"),
            Heading("Since"),
            Heading("Partners", "partners", numeric=True),
        ],
        "rows": ROWS,
        "page": page,
        "exports": parts.exports(request.path),
        "colours": COLOURS,
        "states": ["signed", "active", "suspended", "dormant", "ended", "enquiry"],
    }


CARDS = [
    Card(
        "Hamm",
        "#",
        "Germany",
        "A city in North Rhine-Westphalia on the river Lippe.",
        ("4 facts", "2 sources"),
        "active",
        "good",
    ),
    Card("Reggio Emilia", "#", "Italy", "A city in Emilia-Romagna.", ("5 facts",)),
    Card("בית לחם", "#", language="he"),
]
FACTS = [
    Fact("Kind", "twinning", "#", WIKIDATA),
    Fact("State", "active"),
    Fact("Fields", "youth, art and culture"),
    Fact("Not known", ""),
]
EVENTS = [
    Event(
        "1921",
        "First contact",
        "1921",
        "One account dates the first link between two towns of Europe to this year.",
        source=WIKIDATA,
    ),
    Event("May 1963", "Signed", "1963-05", tone="good"),
    Event("3 May 1998", "Suspended", "1998-05-03", tone="notice"),
]
STATS = [
    Stat(25914, "links", "from one open collection", "#"),
    Stat(11837, "places"),
    Stat(0.104, "clustering"),
    Stat(153, "countries"),
]
BARS = [
    Bar("Germany", 5120, "#"),
    Bar("France", 4710),
    Bar("Poland", 2980),
    Bar("Italy", 2410),
    Bar("Iceland", 52),
]
LABELS = ["DE", "FR", "IT", "PL", "GB", "RO"]
MATRIX = Matrix(
    "Links between countries",
    [Heading(label) for label in LABELS],
    [
        MatrixRow(
            label, [MatrixCell(n := (row - column) ** 2 * 37, parts.heat(n, 925)) for column in range(6)]
        )
        for row, label in enumerate(LABELS)
    ],
)
ROWS = [
    {"name": "Hamm", "country": "Germany", "since": "1967", "partners": 9},
    {"name": "Reggio Emilia", "country": "Italy", "since": "May 1963", "partners": 13},
    {"name": "Poix-du-Nord", "country": "France", "since": "1921", "partners": 1},
]
COLOURS = [
    "paper",
    "surface",
    "sunken",
    "ink",
    "ink-soft",
    "accent",
    "warm",
    "sun",
    "good",
    "notice",
    "bad",
    "deep",
    "land",
    "sea",
]
