"""How long a yearly report takes: `python bench/report.py [initiatives …]`, by default 1,000 10,000.

A database of its own (SQLite, or the empty one of DATABASE_URL) with one hub: so many initiatives with countries,
places, themes and lines in the record, a tenth as many partnerships (300 at most) with three activities each, as many
enquiries as initiatives. Counting is both years of every chapter, with words in every language, as fixing does it. The
yardstick is reading the initiatives' rows once. Best of three; page, PDF and XLSX are made from frozen numbers.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000)
PLACES, ROUNDS = 300, 3
COLUMNS = (
    "initiatives",
    "rows read once s",
    "count s",
    "× rows",
    "queries",
    "numbers kB",
    "page s",
    "PDF s",
    "XLSX s",
)


def main() -> None:
    sizes = [int(word.replace(",", "")) for word in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        from rich.console import Console
        from rich.table import Table

        table = Table(title="A yearly report")
        for name in COLUMNS:
            table.add_column(name, justify="right")
        for size in sizes:
            table.add_row(*row(size))
        Console(width=120).print(table)


def set_up(folder: Path) -> None:
    os.environ.update(
        CONCIVIS_DATA=str(folder),
        CONCIVIS_DEMO="1",
        CONCIVIS_DEMO_DATABASE="1",
        DJANGO_SETTINGS_MODULE="concivis.site.settings",
    )
    sys.path.insert(0, str(ROOT / "src"))
    import django
    from django.core.management import call_command

    from concivis.setup.database import make_tables

    django.setup()
    make_tables()
    call_command("load_vocabulary", verbosity=0)


def row(size: int) -> list[str]:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    from concivis.reports import pdf, queries, showing
    from concivis.reports.actions import reports
    from concivis.reports.models import Report
    from concivis.reports.page import page
    from concivis.reports.sheets import xlsx

    hub = fill(size)
    plain = best(lambda: list(hub.initiatives.values_list()))
    report = reports.create(
        by=None,
        hub=hub,
        frame=reports.Frame(date(2025, 1, 1), date(2025, 12, 31)),
        title="Bench",
        language="en",
    )
    languages = ("en", "de", "it", "ro", "fr")
    counted = best(lambda: queries.counted_now(report, languages=languages))
    with CaptureQueriesContext(connection) as asked:
        queries.counted_now(report, languages=languages)
    reset_queries()
    fixed = reports.fix_numbers(by=None, report=report)
    found: Any = queries.complete(Report.objects.select_related("hub__place")).get(pk=fixed.pk)
    kilobytes = len(str(found.numbers)) / 1000
    times = [
        best(make)
        for make in (
            lambda: showing.context(page(found)),
            lambda: pdf.pdf(page(found)),
            lambda: xlsx(page(found)),
        )
    ]
    return [
        f"{size:,}",
        f"{plain:.3f}",
        f"{counted:.2f}",
        f"{counted / plain:.1f}",
        str(len(asked)),
        f"{kilobytes:.0f}",
        *(f"{seconds:.2f}" for seconds in times),
    ]


def best(make: Callable[[], object]) -> float:
    def once() -> float:
        began = time.perf_counter()
        make()
        return time.perf_counter() - began

    return min(once() for _round in range(ROUNDS))


def fill(size: int) -> Any:
    """A hub with so many initiatives. Rows are written in bulk, as an import would."""
    from django.db import transaction

    from concivis.hubs.factories import HubFactory
    from concivis.places.factories import CountryFactory, PlaceFactory

    with transaction.atomic():
        hub = HubFactory(language="en", is_published=True)
        codes = [CountryFactory(code=code).code for code in ("DE", "FR", "GH", "MX", "TR", "PL", "US", "IN")]
        places = [
            PlaceFactory(country_id=code, latitude=10.0, longitude=number / 10)
            for number, code in zip(range(PLACES), cycle(codes))
        ]
        _initiatives(hub, size, codes, places)
        _partnerships(hub, places[: max(1, min(size // 10, PLACES))])
        _enquiries(hub, size)
    return hub


def _initiatives(hub: Any, size: int, codes: list[str], places: list[Any]) -> None:
    from concivis.hubs import record
    from concivis.initiatives.models import Initiative
    from concivis.vocabulary.models import Term

    terms = list(
        Term.objects.filter(scheme__in=("theme", "target-group", "sdg")).values_list("pk", flat=True)
    )
    began = datetime(2023, 1, 1, tzinfo=UTC)
    rows = Initiative.objects.bulk_create(
        Initiative(
            hub=hub,
            public_id=f"b{hub.pk}x{number}",
            title=f"Initiative {number}",
            language="en",
            kind="project",
            stage="running",
            state="published",
            published_at=began + timedelta(hours=number % 26_000),
            last_confirmed=date(2025, 1, 1),
            started=date(2023 + number % 3, 1, 1),
            started_precision="year",
        )
        for number in range(size)
    )
    Initiative.objects.filter(hub=hub).update(created_at=began)
    for through, column, values in (
        (Initiative.countries.through, "country_id", codes),
        (Initiative.places.through, "place_id", [place.pk for place in places]),
        (Initiative.terms.through, "term_id", terms),
    ):
        through.objects.bulk_create(
            through(initiative_id=each.pk, **{column: value}) for each, value in zip(rows, cycle(values))
        )
    for each in rows:
        record.write(
            hub=hub, by=None, action="initiative.confirmed", kind="initiative", object_id=each.public_id
        )


def _partnerships(hub: Any, places: list[Any]) -> None:
    from concivis.twinning.factories import activity, partnership

    for place in places:
        tie = partnership(hub.place, place, hub=hub, signed="1987")
        for day in ("2023-05-01", "2024-05-01", "2025-05-01"):
            activity(tie, day)


def _enquiries(hub: Any, size: int) -> None:
    from concivis.desk.models import Enquiry

    came = datetime(2024, 1, 1, tzinfo=UTC)
    Enquiry.objects.bulk_create(
        Enquiry(
            hub=hub,
            public_id=f"q{hub.pk}x{number}",
            channel="phone",
            language="en",
            subject="?",
            topic=("Grants", "Travel", "Visas")[number % 3],
            received_at=came + timedelta(hours=number % 17_000),
            first_answered_at=came + timedelta(hours=number % 17_000 + 30),
        )
        for number in range(size)
    )


if __name__ == "__main__":
    main()
