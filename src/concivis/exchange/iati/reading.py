"""Reads files of IATI 2.01 to 2.03, one element after the other. Nothing outside the file is opened."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from concivis.exchange.errors import UnreadableFile
from concivis.exchange.iati import codes
from concivis.exchange.iati.records import Activity, Body, Organisation, Paid, Planned, Texts, Town, When

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
KINDS = {"iati-activities": "iati-activity", "iati-organisations": "iati-organisation"}
MOST = 5000  # entries of one file
SAID = re.compile(r"^\d{4}(-\d\d)?$")
LONGEST = 20_000
GOAL = re.compile(r"^(1[0-7]|[1-9])$")


def kind_of(path: Path) -> tuple[str, str]:
    """("iati-activities" or "iati-organisations", the version). Raises UnreadableFile with a sentence."""
    try:
        with path.open("rb") as file:
            _event, root = next(_events(file, ("start",)))
            _refuse_doctype(root)
            kind, version = str(root.tag), root.get("version", "")
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise UnreadableFile(_("This is not a readable XML file.")) from error
    if kind not in KINDS:
        raise UnreadableFile(_("This is no file of IATI: it begins with “%(tag)s”.") % {"tag": kind[:40]})
    if version not in codes.READ_VERSIONS:
        said = {"version": version[:10] or "–"}
        raise UnreadableFile(_("This file is of IATI %(version)s; 2.01, 2.02 and 2.03 are read.") % said)
    return kind, version


def records(path: Path, kind: str) -> Iterator[Activity | Organisation]:
    """One record for each entry, in order. Raises UnreadableFile; then nothing of the file counts."""
    tag = KINDS[kind]
    read = _activity if kind == "iati-activities" else _organisation
    count = 0
    try:
        with path.open("rb") as file:
            for _event, element in _events(file, ("end",), tag):
                _refuse_doctype(element)
                count += 1
                if count > MOST:
                    raise UnreadableFile(
                        _("The file holds more than %(most)s entries. Split it.") % {"most": MOST}
                    )
                yield read(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        said = {"line": error.lineno or 0}
        raise UnreadableFile(_("The file is broken at line %(line)s.") % said) from error


def _events(file: Any, events: tuple[str, ...], tag: str | None = None) -> Any:
    return etree.iterparse(
        file,
        events=events,
        tag=tag,
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _refuse_doctype(element: Any) -> None:
    """A file of IATI has none; it is where entities that unfold without end are declared."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(_("The file declares a document type; that is not read."))


def _activity(element: Any) -> Activity:
    language = element.get(LANGUAGE, "")
    return Activity(
        identifier=_text(element, "iati-identifier"),
        reporter=_body(element.find("reporting-org"), language),
        language=language,
        titles=_narratives(element.find("title"), language),
        summaries=_description(element, codes.GENERAL, language),
        stories=_description(element, codes.OTHER_DESCRIPTION, language),
        status=_code(element, "activity-status"),
        dates=tuple(filter(None, map(_when, element.findall("activity-date")))),
        bodies=tuple(_body(each, language) for each in element.findall("participating-org")),
        countries=tuple(
            (each.get("code", "").upper(), _decimal(each.get("percentage", "")))
            for each in element.findall("recipient-country")
        ),
        towns=tuple(filter(None, map(_town, element.findall("location")))),
        purpose=_purpose(element),
        terms=tuple(sorted(filter(None, map(_term, element.findall("tag"))))),
        budget=tuple(filter(None, (_planned(each, element) for each in element.findall("budget")))),
        paid=tuple(filter(None, (_paid(each, element, language) for each in element.findall("transaction")))),
        line=element.sourceline or 0,
    )


def _organisation(element: Any) -> Organisation:
    language = element.get(LANGUAGE, "")
    reporter = element.find("reporting-org")
    return Organisation(
        identifier=_text(element, "organisation-identifier"),
        names=_narratives(element.find("name"), language),
        language=language,
        type=reporter.get("type", "") if reporter is not None else "",
        line=element.sourceline or 0,
    )


def _text(parent: Any, name: str) -> str:
    return " ".join((parent.findtext(name) or "").split())[:200]


def _narratives(element: Any, language: str) -> Texts:
    """{language: text}; a text without a language of its own is in the activity's, "" where that names none."""
    found: dict[str, str] = {}
    for each in element.findall("narrative") if element is not None else ():
        text = (each.text or "").strip()[:LONGEST]
        if text:
            found.setdefault(each.get(LANGUAGE, language), text)
    return found


def _description(element: Any, kind: str, language: str) -> Texts:
    for each in element.findall("description"):
        if each.get("type", codes.GENERAL) == kind:
            return _narratives(each, language)
    return {}


def _code(parent: Any, name: str) -> str:
    found = parent.find(name)
    return found.get("code", "") if found is not None else ""


def _body(element: Any, language: str) -> Body:
    if element is None:
        return Body(name="")
    names = _narratives(element, language)
    name = names.get(language) or next(iter(names.values()), "")
    ref = " ".join(element.get("ref", "").split())
    return Body(name=" ".join(name.split())[:200], ref=ref[:100], role=element.get("role", ""))


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _when(element: Any) -> When | None:
    date = _date(element.get("iso-date", ""))
    said = (element.findtext("narrative") or "").strip()
    exact = said if date and SAID.match(said) and date.isoformat().startswith(said) else ""
    return When(type=element.get("type", ""), date=date, said=exact) if date else None


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _town(element: Any) -> Town | None:
    ids = [each for each in element.findall("location-id") if each.get("vocabulary") == codes.GEONAMES]
    number = ids[0].get("code", "") if ids else ""
    name = (element.findtext("name/narrative") or "").strip()[:200]
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 13 else None
    return Town(name=name, geonames_id=known) if known or name else None


def _purpose(element: Any) -> str:
    """The purpose code with the greatest share."""
    found = [
        (_decimal(each.get("percentage", "")) or Decimal(0), each.get("code", ""))
        for each in element.findall("sector")
        if each.get("vocabulary", codes.PURPOSE_CODES) == codes.PURPOSE_CODES
    ]
    five = [(share, code) for share, code in found if re.match(r"^\d{5}$", code)]
    return max(five, key=lambda pair: pair[0])[1] if five else ""


def _term(element: Any) -> str:
    code, vocabulary = element.get("code", "").strip(), element.get("vocabulary", "")
    if vocabulary == codes.GOALS and GOAL.match(code):
        return f"sdg:sdg-{int(code):02}"
    return code[:100] if vocabulary == codes.OWN_WORDS and ":" in code else ""


def _value(element: Any, activity: Any) -> tuple[Decimal, str] | None:
    value = element.find("value")
    amount = _decimal(value.text or "") if value is not None else None
    currency = value.get("currency", activity.get("default-currency", "")) if value is not None else ""
    if amount is None or amount <= 0 or amount >= Decimal(10) ** 12 or not re.match(r"^[A-Z]{3}$", currency):
        return None
    return amount.quantize(Decimal("0.01")), currency


def _planned(element: Any, activity: Any) -> Planned | None:
    money = _value(element, activity)
    starts, ends = (
        _date(found.get("iso-date", "")) if (found := element.find(name)) is not None else None
        for name in ("period-start", "period-end")
    )
    if money is None or starts is None or ends is None:
        return None
    return Planned(starts_on=starts, ends_on=ends, amount=money[0], currency=money[1])


def _paid(element: Any, activity: Any, language: str) -> Paid | None:
    if _code(element, "transaction-type") != codes.DISBURSEMENT:
        return None
    money, day = _value(element, activity), element.find("transaction-date")
    on = _date(day.get("iso-date", "")) if day is not None else None
    if money is None or on is None:
        return None
    receiver = _body(element.find("receiver-org"), language)
    return Paid(on=on, amount=money[0], currency=money[1], receiver=receiver.name or receiver.ref)
