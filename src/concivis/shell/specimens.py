"""Content for the style page: specimens, no facts. Untranslated, because developers read it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from concivis.shell import parts
from concivis.shell.content import Shown, TextState
from concivis.shell.guard import GuardedForm
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
from concivis.shell.templatetags.shell import country_name
from concivis.shell.worldmap import Arc, Point, draw

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
        "svg": draw(POINTS, ARCS, title="A specimen of the map", names=True),
        "legend": [("point-home", "the page's place"), ("arc", "great circle")],
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
        "form": SpecimenForm(prefix="new"),
        "guarded": GuardedForm(prefix="guarded"),
        "shown": Shown({}, language="en", state=TextState.OUTDATED, original="de"),
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
        "watch": parts.Watch("#", wider=True),
        "colours": COLOURS,
        "states": ["signed", "active", "suspended", "dormant", "ended", "enquiry"],
    }


CARDS = [
    Card(
        "First specimen",
        "#",
        "Kicker",
        "A summary says in a sentence or two what waits behind the card.",
        ("one detail", "another"),
        "active",
        "good",
    ),
    Card("Second specimen", "#", "Kicker", "A short summary.", ("one detail",)),
    Card("כרטיס לדוגמה", "#", language="he"),
]
FACTS = [
    Fact("Kind", "twinning", "#", WIKIDATA),
    Fact("State", "active"),
    Fact("Fields", "youth, art and culture"),
    Fact("Not known", ""),
]
EVENTS = [
    Event("1921", "A year", "1921", "With a sentence about it and a source.", source=WIKIDATA),
    Event("May 1963", "A month", "1963-05", tone="good"),
    Event("3 May 1998", "A day", "1998-05-03", tone="notice"),
]
STATS = [
    Stat(12345, "whole numbers", "with a note under them", "#"),
    Stat(678, "others"),
    Stat(0.125, "a share"),
    Stat("1921–2026", "or words"),
]
BARS = [Bar(f"Specimen {letter}", 5120 / n, "#" if n == 1 else "") for n, letter in enumerate("ABCDE", 1)]
LABELS = list("ABCDEF")
MATRIX = Matrix(
    "A matrix",
    [Heading(label) for label in LABELS],
    [
        MatrixRow(
            label, [MatrixCell(n := (row - column) ** 2 * 37, parts.heat(n, 925)) for column in range(6)]
        )
        for row, label in enumerate(LABELS)
    ],
)
ROWS = [
    {"name": f"Specimen {letter}", "country": country_name(code), "since": "1963", "partners": n * n * 7}
    for n, (letter, code) in enumerate(zip("ABCDE", ["DE", "IT", "FR", "RO", "GB"], strict=True), 1)
]
POINTS = [
    Point(50, 8, "A", "#a", "home", 6),
    *(
        Point(latitude, longitude, name)
        for name, latitude, longitude in [("B", 40, -80), ("C", -35, 150), ("D", 35, 135)]
    ),
]
ARCS = [Arc(50, 8, point.latitude, point.longitude) for point in POINTS[1:]] + [Arc(35, 135, 40, -80, "over")]
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
