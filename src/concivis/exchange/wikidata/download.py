"""Fetches a query's pages from the live service, politely, and goes on after an interruption where it stopped.

Each page is kept on disk as soon as it is whole. https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service asks
for a User-Agent that names the program, for obeying Retry-After, and for no parallel queries.
"""

import csv
import email.utils
import json
import random
import shutil
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.utils.translation import gettext as _

import concivis
from concivis.exchange import storage
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.progress import Report
from concivis.exchange.wikidata.query import PAGE, twinning_query

SERVICE = "https://query.wikidata.org/sparql"
AGENT = f"Concivis/{concivis.__version__} (twin towns importer; stdlib urllib)"
TIMEOUT = 90.0  # seconds; the service itself stops at sixty
TRIES = 6
PAUSE = 2.0  # seconds before the second try, doubled each time
LONGEST = 120.0  # seconds; a Retry-After beyond that ends the download instead
WORTH_ANOTHER_TRY = frozenset({408, 429, 500, 502, 503, 504})


def download(
    country: str,
    *,
    resume: bool = False,
    report: Report = lambda phase, done, total: None,
    service: str = SERVICE,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """One CSV file of all links of a country's places. Raises UnreadableFile with a sentence; fetched pages stay.

    `resume` goes on with the pages of an earlier call for the same country; without it they are fetched anew.
    """
    pages = storage.folder() / f"wikidata-{country.upper()}"
    if not resume:
        shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir(exist_ok=True)
    answers = list(_pages(country, pages, report, service, sleep))
    joined = pages / f"wikidata-{country.upper()}.csv"
    _write(answers, joined)
    return joined


def _pages(
    country: str, pages: Path, report: Report, service: str, sleep: Callable[[float], None]
) -> Iterator[dict[str, Any]]:
    """The answers in order; a page with fewer links than asked for is the last."""
    number = found = 0
    while True:
        kept = pages / f"{number:05}.json"
        answer = _kept(kept) or _fetch(twinning_query(country, number), service, sleep)
        if not kept.exists():
            fresh = kept.with_suffix(".fresh")
            fresh.write_text(json.dumps(answer), encoding="utf-8")
            fresh.replace(kept)
        yield answer
        links = {(row["a"]["value"], row["b"]["value"]) for row in answer["results"]["bindings"]}
        found += len(links)
        report("fetching", found, 0)
        if not _is_full(answer):
            return
        number += 1


def _is_full(answer: dict[str, Any]) -> bool:
    """Whether more may follow. Optional values can only multiply rows, so an incomplete page has fewer."""
    return len(answer["results"]["bindings"]) >= PAGE


def _kept(path: Path) -> dict[str, Any] | None:
    try:
        answer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        path.unlink(missing_ok=True)
        return None
    return answer


def _fetch(query: str, service: str, sleep: Callable[[float], None]) -> dict[str, Any]:
    """Tries again after a pause where that can help. Raises UnreadableFile where it cannot, or no more."""
    why, pause = "", 0.0
    for attempt in range(TRIES):
        if pause:
            sleep(pause)
        pause = min(PAUSE * 2**attempt + random.uniform(0, 1), LONGEST)  # noqa: S311 - spreads the load
        try:
            return _ask(query, service)
        except HTTPError as error:
            why = f"{error.code} {error.reason}"
            if error.code not in WORTH_ANOTHER_TRY:
                raise UnreadableFile(_("Wikidata refused the query: %(why)s.") % {"why": why}) from error
            pause = max(pause, _retry_after(error))
            if pause > LONGEST:
                raise UnreadableFile(
                    _("Wikidata asks to wait %(seconds)s seconds. Go on later with --resume.")
                    % {"seconds": round(pause)}
                ) from error
        except (URLError, TimeoutError, HTTPException, OSError) as error:
            why = str(getattr(error, "reason", "") or error)
        except (ValueError, KeyError, TypeError):
            why = _("the answer broke off")
    raise UnreadableFile(
        _("Wikidata did not answer after %(tries)s tries (%(why)s). Go on later with --resume.")
        % {"tries": TRIES, "why": why}
    )


def _ask(query: str, service: str) -> dict[str, Any]:
    headers = {"User-Agent": AGENT, "Accept": "application/sparql-results+json"}
    request = Request(service, urlencode({"query": query}).encode(), headers)  # noqa: S310 - address of ours
    with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
        answer: dict[str, Any] = json.loads(response.read())
    if not isinstance(answer["results"]["bindings"], list) or not isinstance(answer["head"]["vars"], list):
        raise TypeError("not a query result")
    return answer


def _retry_after(error: HTTPError) -> float:
    """Seconds, whether the service writes a number or a date; 0 where it writes nothing."""
    text = (error.headers.get("Retry-After") or "").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time()) if text else 0.0
    except (ValueError, TypeError):
        return 0.0


def _write(answers: list[dict[str, Any]], path: Path) -> None:
    """One row per statement: optional values that Wikidata holds twice (two populations) would repeat it."""
    names = answers[0]["head"]["vars"]
    seen = set()
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(names)
        for answer in answers:
            for row in answer["results"]["bindings"]:
                cells = [row.get(name, {}).get("value", "") for name in names]
                key = (row["a"]["value"], row["b"]["value"])
                if key not in seen:
                    seen.add(key)
                    table.writerow(cells)
