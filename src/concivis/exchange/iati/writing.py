"""Activities and organisations as IATI 2.03 writes them. The order of the elements is that of the schema."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lxml import etree

from concivis.exchange.iati import codes
from concivis.exchange.iati.records import Activity, Body, Organisation, Planned, Texts, Town
from concivis.hubs.record import utc_text

NOT_XML = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def activities(found: Iterable[Activity], *, at: dt.datetime, words: str, spoken: str) -> bytes:
    """The file of a hub's activities. `words`: the address at which our own themes are explained; `spoken`: the
    language of the records' `labels`."""
    root = etree.Element("iati-activities", {"version": codes.VERSION, "generated-datetime": _moment(at)})
    for activity in found:
        root.append(_activity(activity, words, spoken))
    return _bytes(root)


def organisations(found: Iterable[Organisation], *, at: dt.datetime) -> bytes:
    root = etree.Element("iati-organisations", {"version": codes.VERSION, "generated-datetime": _moment(at)})
    for each in found:
        element = etree.SubElement(root, "iati-organisation", {LANGUAGE: each.language})
        etree.SubElement(element, "organisation-identifier").text = each.identifier
        _narratives(element, "name", each.names, each.language)
        reporter = etree.SubElement(element, "reporting-org", ref=each.identifier, type=each.type)
        _say(reporter, each.names, each.language)
    return _bytes(root)


def _activity(activity: Activity, words: str, spoken: str) -> Any:
    element = etree.Element("iati-activity", {LANGUAGE: activity.language})
    if activity.changed:
        element.set("last-updated-datetime", _moment(activity.changed))
    etree.SubElement(element, "iati-identifier").text = activity.identifier
    _body(element, "reporting-org", activity.reporter)
    _narratives(element, "title", activity.titles, activity.language)
    for kind, texts in (
        (codes.GENERAL, activity.summaries),
        (codes.OTHER_DESCRIPTION, activity.stories),
    ):
        if texts:
            _narratives(element, "description", texts, activity.language, type=kind)
    for body in activity.bodies:
        _body(element, "participating-org", body)
    etree.SubElement(element, "activity-status", code=activity.status)
    _dates(element, activity)
    _contact(element, activity)
    for code, share in activity.countries:
        country = etree.SubElement(element, "recipient-country", code=code)
        if share is not None:
            country.set("percentage", _number(share))
    for town in activity.towns:
        _town(element, town)
    if activity.purpose:
        etree.SubElement(element, "sector", vocabulary=codes.PURPOSE_CODES, code=activity.purpose)
    _tags(element, activity, words, spoken)
    for line in activity.budget:
        _budget(element, line)
    _paid(element, activity)
    if activity.page:
        _page(element, activity)
    return element


def _body(parent: Any, name: str, body: Body) -> None:
    said = {key: getattr(body, key) for key in ("role", "ref", "type") if getattr(body, key)}
    etree.SubElement(etree.SubElement(parent, name, said), "narrative").text = clean(body.name)


def _dates(parent: Any, activity: Activity) -> None:
    for when in activity.dates:
        date = etree.SubElement(
            parent, "activity-date", {"type": when.type, "iso-date": when.date.isoformat()}
        )
        if when.said:
            etree.SubElement(date, "narrative").text = when.said


def _contact(parent: Any, activity: Activity) -> None:
    contact = activity.contact
    if contact is None:
        return
    element = etree.SubElement(parent, "contact-info", type=codes.ENQUIRIES)
    _narratives(element, "organisation", {activity.language: activity.reporter.name}, activity.language)
    if contact.name:
        _narratives(element, "person-name", {activity.language: contact.name}, activity.language)
    for name, text in (("telephone", contact.phone), ("email", contact.email)):
        if text:
            etree.SubElement(element, name).text = clean(text)


def _town(parent: Any, town: Town) -> None:
    element = etree.SubElement(parent, "location")
    if town.geonames_id:
        etree.SubElement(element, "location-id", vocabulary=codes.GEONAMES, code=str(town.geonames_id))
    etree.SubElement(etree.SubElement(element, "name"), "narrative").text = clean(town.name)
    if town.latitude is not None and town.longitude is not None:
        point = etree.SubElement(element, "point", srsName=codes.EARTH)
        etree.SubElement(point, "pos").text = f"{town.latitude} {town.longitude}"


def _tags(parent: Any, activity: Activity, words: str, spoken: str) -> None:
    for term in activity.terms:
        scheme, _colon, code = term.partition(":")
        goal = scheme == "sdg"
        said = {
            "vocabulary": codes.GOALS if goal else codes.OWN_WORDS,
            "code": goal_number(code) if goal else term,
        }
        if not goal:
            said["vocabulary-uri"] = words
        tag = etree.SubElement(parent, "tag", said)
        _say(tag, {spoken: activity.labels.get(term, code)}, activity.language)


def goal_number(code: str) -> str:
    """ "sdg-04" is goal 4."""
    return str(int(code.removeprefix("sdg-")))


def _budget(parent: Any, line: Planned) -> None:
    budget = etree.SubElement(parent, "budget", type="1", status="1")  # original, indicative
    etree.SubElement(budget, "period-start", {"iso-date": line.starts_on.isoformat()})
    etree.SubElement(budget, "period-end", {"iso-date": line.ends_on.isoformat()})
    _value(budget, line.amount, line.currency, line.starts_on)


def _paid(parent: Any, activity: Activity) -> None:
    for each in activity.paid:
        transaction = etree.SubElement(parent, "transaction")
        etree.SubElement(transaction, "transaction-type", code=codes.DISBURSEMENT)
        etree.SubElement(transaction, "transaction-date", {"iso-date": each.on.isoformat()})
        _value(transaction, each.amount, each.currency, each.on)
        _body(transaction, "provider-org", Body(name=activity.reporter.name, ref=activity.reporter.ref))
        if each.receiver:
            _body(transaction, "receiver-org", Body(name=each.receiver))


def _value(parent: Any, amount: Decimal, currency: str, on: dt.date) -> None:
    value = etree.SubElement(parent, "value", {"currency": currency, "value-date": on.isoformat()})
    value.text = _number(amount)


def _page(parent: Any, activity: Activity) -> None:
    link = etree.SubElement(parent, "document-link", format="text/html", url=activity.page)
    _narratives(link, "title", activity.titles, activity.language)
    etree.SubElement(link, "category", code=codes.WEB_PAGE)


def _narratives(parent: Any, name: str, texts: Texts, language: str, **said: str) -> None:
    _say(etree.SubElement(parent, name, said), texts, language)


def _say(element: Any, texts: Texts, language: str) -> None:
    """The text in the activity's own language first."""
    for tag in sorted(texts, key=lambda tag: (tag != language, tag)):
        narrative = etree.SubElement(element, "narrative")
        narrative.text = clean(texts[tag])
        if tag != language:
            narrative.set(LANGUAGE, tag)


def clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return NOT_XML.sub("", text)


def _number(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _moment(at: dt.datetime) -> str:
    return utc_text(at)[:19] + "Z"


def _bytes(root: Any) -> bytes:
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
