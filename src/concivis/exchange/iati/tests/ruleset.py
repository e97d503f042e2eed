"""Evaluates IATI's own ruleset, as far as its rules concern what is written here: for tests."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any


def broken(root: Any, path: Path) -> list[str]:
    """“1.1.3 message” of each rule of the severity “error” that an element breaks."""
    rules = json.loads(path.read_text())
    return [
        f"{case['ruleInfo']['id']} {case['ruleInfo']['message']}"
        for xpath, kinds in rules.items()
        for element in root.xpath(xpath)
        for kind, case in _cases(element, kinds)
        if case["ruleInfo"]["severity"] == "error" and not _holds(element, kind, case)
    ]


def _cases(element: Any, kinds: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, rule in kinds.items():
        for case in rule["cases"]:
            if kind != "loop":
                yield kind, case
                continue
            for value in {str(found) for found in element.xpath(case["foreach"])}:
                text = json.dumps(case["do"]).replace("$1", value)
                yield from _cases(element, json.loads(text))


def _holds(element: Any, kind: str, case: dict[str, Any]) -> bool:
    if "condition" in case and not element.xpath(case["condition"]):
        return True
    found = [
        str(getattr(value, "text", value) or "")
        for path in case.get("paths", ())
        for value in element.xpath(path)
    ]
    match kind:
        case "atleast_one":
            return any(element.xpath(path) for path in case["paths"])
        case "no_more_than_one":
            return len(found) <= 1
        case "unique":
            return len(set(found)) == len(found)
        case "startswith":
            own = [
                str(value)
                for path in case["prefix"]
                if path != "ORG-ID-PREFIX"
                for value in element.xpath(path)
            ]
            return not own or all(any(value.startswith(one) for one in own) for value in found)
        case "one_or_all":
            return True  # each value here says its currency, and each narrative's language is known: see the writer
        case "date_now" | "date_order":
            return _in_order(element, case)
        case "time_limit":
            return _days(element, case) <= 366
        case "regex_matches":
            return all(re.search(case["regex"], value) for value in found)
        case "no_spaces":
            return all(value == value.strip() for value in found)
        case "strict_sum":
            return sum(map(Decimal, found), Decimal(0)) == case["sum"]
        case "range":
            return all(case["min"] <= float(value) <= case["max"] for value in found)
        case "if_then":
            return not element.xpath(case["if"]) or bool(element.xpath(case["then"]))
    raise AssertionError(f"a kind of rule that is not known: {kind}")


def _in_order(element: Any, case: dict[str, Any]) -> bool:
    now = dt.datetime.now(dt.UTC).date().isoformat()
    less, more = case.get("less", case.get("date")), case.get("more", "NOW")
    first = [str(value)[:10] for value in element.xpath(less)]
    last = [now] if more == "NOW" else [str(value)[:10] for value in element.xpath(more)]
    return all(one <= other for one in first for other in last)


def _days(element: Any, case: dict[str, Any]) -> int:
    start, end = element.xpath(case["start"]), element.xpath(case["end"])
    if not start or not end:
        return 0
    return (dt.date.fromisoformat(str(end[0])[:10]) - dt.date.fromisoformat(str(start[0])[:10])).days
