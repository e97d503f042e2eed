"""The demo's yearly report: of the year in which it was loaded, counted from what it shows, marked as an example.

Everything that the demo holds was entered on the day it was loaded; dates of partnerships and activities are facts.
"""

from concivis.catalogue.models import Card
from concivis.hubs.models import Hub, today_in
from concivis.reports.actions import reports, stories
from concivis.reports.models import Report
from concivis.reports.queries import calendar_year

HUB = "hamm"
FOREWORD = (
    "This report is an example. Its numbers are counted from what this demonstration shows: the partnerships of the "
    "city with their dates and sources, and a register that holds two real undertakings and some invented ones.\n\n"
    "An office writes here **what mattered to it** in the year, in its own words, in each of its languages."
)
VORWORT = (
    "Dieser Bericht ist ein Beispiel. Seine Zahlen sind aus dem gezählt, was diese Vorführung zeigt: die "
    "Partnerschaften der Stadt mit ihren Daten und Quellen, und ein Verzeichnis mit zwei wirklichen Vorhaben und "
    "einigen erfundenen.\n\n"
    "Hier schreibt ein Büro, **was ihm im Jahr wichtig war**, mit seinen eigenen Worten, in jeder seiner Sprachen."
)
MOST_STORIES = 3


def load_report(hub: Hub) -> None:
    """Once: a report that is there stays as it is."""
    if hub.slug != HUB or Report.objects.filter(hub=hub).exists():
        return
    year = today_in(hub).year
    made = reports.create(
        by=None,
        hub=hub,
        frame=reports.Frame(*calendar_year(year), languages=("de", "en")),
        title=f"What we did in {year} (example)",
        language="en",
        foreword=FOREWORD,
        is_example=True,
    )
    made = reports.write_words(
        by=None,
        report=made,
        revision=made.revision,
        language="de",
        title=f"Was wir {year} getan haben (Beispiel)",
        foreword=VORWORT,
    )
    told = Card.objects.filter(hub=hub, kind__in=("initiative", "partnership")).order_by(
        "kind", "from_date", "pk"
    )
    for card in told[:MOST_STORIES]:
        stories.add(by=None, report=made, kind=card.kind, object_id=card.public_id)
    reports.publish(by=None, report=reports.fix_numbers(by=None, report=made))
