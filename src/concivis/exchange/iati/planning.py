"""What each entry of a file would do here: the values it writes, beside what stands."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from concivis.directory.models import Organisation as Entry
from concivis.directory.naming import key_of
from concivis.exchange.enums import RowState
from concivis.exchange.iati import codes, gathering
from concivis.exchange.iati.models import ActivityFacts
from concivis.exchange.iati.records import Activity, Body, Organisation, Texts, When
from concivis.exchange.sheets.entries import Values, messages_of
from concivis.exchange.sheets.initiatives import Initiatives
from concivis.exchange.sheets.organisations import Organisations
from concivis.hubs.models import Hub, today_in
from concivis.initiatives.models import Initiative
from concivis.places.models import Country, Place
from concivis.shell import content
from concivis.vocabulary.models import Term

SHORT = 600
STARTS = (codes.ACTUAL_START, codes.PLANNED_START)
ENDS = (codes.ACTUAL_END, codes.PLANNED_END)
SCHEME_FIELDS = {"theme": "themes", "target-group": "target_groups", "sdg": "goals"}


@dataclass
class Plan:
    """`values`: as `exchange.sheets` writes an entry; `beside`: what that does not know of."""

    state: RowState
    title: str = ""
    identifier: str = ""
    line: int = 0
    notes: list[str] = field(default_factory=list)
    values: Values = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    before: Values = field(default_factory=dict)
    beside_before: dict[str, Any] = field(default_factory=dict)
    object_id: str = ""
    version: str = ""

    def refuse(self, *sentences: str) -> "Plan":
        self.state, self.notes = RowState.REJECTED, [*self.notes, *sentences]
        return self

    def weigh(self) -> None:
        """Keeps of what is said only what differs from what stands."""
        self.before = {
            name: self.before[name] for name in self.values if self.before[name] != self.values[name]
        }
        if not self.before and self.beside == self.beside_before:
            self.state = RowState.UNCHANGED


class Activities:
    """Plans for the activities of one file. What it reads of the hub, it reads once."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.entries = Initiatives(hub)
        self.seen: dict[str, int] = {}

    def plan(self, said: Activity) -> Plan:
        plan = Plan(RowState.NEW, identifier=said.identifier, line=said.line)
        language, titles = self._language(said, plan)
        plan.title = titles.get(language, "")[:200]
        if not said.identifier or not plan.title:
            return plan.refuse(_("It has no identifier.") if plan.title else _("It has no title."))
        if said.identifier in self.seen:
            first = {"line": self.seen[said.identifier]}
            return plan.refuse(_("The file says the same identifier at line %(line)s already.") % first)
        self.seen[said.identifier] = said.line
        standing = self._find(said.identifier)
        plan.values = self._values(said, language, standing, plan)
        plan.beside = self._beside(said, language, standing)
        if standing:
            self._compare(plan, standing)
        try:
            self.entries.check(plan.values)
        except ValidationError as error:
            return plan.refuse(*(sentence for _name, sentence in messages_of(error)))
        return plan

    def _compare(self, plan: Plan, standing: Initiative) -> None:
        now = self.entries.standing([standing.public_id])[standing.public_id]
        plan.state, plan.object_id, plan.version = RowState.CHANGED, standing.public_id, now.version
        plan.before, plan.beside_before = now.values, beside_of(standing, plan.beside["translations"])
        plan.weigh()

    # --- which one is meant ------------------------------------------------------------------------------------

    @cached_property
    def _by_identifier(self) -> dict[str, int]:
        rows = ActivityFacts.objects.filter(hub=self.hub).exclude(identifier="")
        own = dict(rows.values_list("identifier", "initiative"))
        if publisher := gathering.publisher_of(self.hub):
            here = Initiative.objects.filter(hub=self.hub, is_development=True)
            made = {
                f"{publisher.identifier}-{number}": pk for number, pk in here.values_list("public_id", "pk")
            }
            own = {**made, **own}
        return own

    def _find(self, identifier: str) -> Initiative | None:
        pk = self._by_identifier.get(identifier)
        return gathering.with_all(Initiative.objects.filter(pk=pk)).first() if pk else None

    # --- what it says ------------------------------------------------------------------------------------------

    def _language(self, said: Activity, plan: Plan) -> tuple[str, Texts]:
        """The language of the original: that of the entry that stands, if the file has it, else the file's own."""
        titles = _known(said.titles, self.hub.language)
        standing = self._find(said.identifier) if said.identifier else None
        wanted = [standing.language if standing else "", *_known({said.language: "."}, self.hub.language)]
        language = next((tag for tag in wanted if tag in titles), next(iter(titles), ""))
        if said.titles and set(said.titles) - set(titles):
            plan.notes.append(
                _("It names a language that we do not know; it is taken for that of your office.")
            )
        return language, titles

    def _values(self, said: Activity, language: str, standing: Initiative | None, plan: Plan) -> Values:
        values: Values = {
            "title": plan.title,
            "language": language,
            **_prose(said, language, self.hub.language),
            "stage": self._stage(said.status, standing),
            "started": _day(said.dates, STARTS),
            "ended": _day(said.dates, ENDS, last=True),
            "countries": self._countries(said, standing, plan),
            "towns": self._towns(said, standing, plan),
            **self._bodies(said.bodies),
            "development": True,
            "dac_code": said.purpose,
            "budget": self._budget(said, plan),
        }
        values.update(self._terms(said.terms, plan))
        if not values["stage"]:
            del values["stage"]
        return values

    def _stage(self, status: str, standing: Initiative | None) -> str:
        if standing and codes.STATUS_CODES[standing.stage] == status:
            return standing.stage
        return str(codes.STAGE_OF_STATUS.get(status, ""))

    @cached_property
    def _known_countries(self) -> set[str]:
        return set(Country.objects.values_list("pk", flat=True))

    def _countries(self, said: Activity, standing: Initiative | None, plan: Plan) -> list[str]:
        found = sorted({code for code, _share in said.countries} & self._known_countries)
        unknown = {code for code, _share in said.countries} - self._known_countries
        if unknown:
            plan.notes.append(
                _("Countries that are not known here are left out: %(codes)s.") % {"codes": _list(unknown)}
            )
        if (
            standing
            and not standing.countries.all()
            and found == [code for code, _ in gathering.countries(standing)]
        ):
            return []  # those of its towns
        return found

    def _towns(self, said: Activity, standing: Initiative | None, plan: Plan) -> list[str]:
        """By their numbers of GeoNames; a town that stands is known by its name, too."""
        here = {place.name: place.public_id for place in standing.places.all()} if standing else {}
        numbers = [town.geonames_id for town in said.towns if town.geonames_id]
        known = dict(Place.objects.filter(geonames_id__in=numbers).values_list("geonames_id", "public_id"))
        found = [known.get(town.geonames_id) or here.get(town.name) for town in said.towns]
        lost = {town.name for town, public_id in zip(said.towns, found, strict=True) if not public_id}
        if lost:
            plan.notes.append(
                _("Places that could not be found are left out: %(names)s.") % {"names": _list(lost)}
            )
        return sorted({public_id for public_id in found if public_id})

    def _bodies(self, bodies: Iterable[Body]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {"lead": [], "partners": [], "funders": []}
        names = {"lead": "lead", "partner": "partners", "funder": "funders"}
        for body in bodies:
            role = codes.ROLE_OF_CODE.get(body.role)
            said = self._in_directory(body) or body.name or body.ref
            if role and said and said not in found[names[role]]:
                found[names[role]].append(said)
        return found

    def _in_directory(self, body: Body) -> str:
        """ "#id" of the one with this reference, or else of the only one of just this name."""
        if found := self._by_reference.get(body.ref):
            return f"#{found}"
        named = self.entries.known.organisation_named(body.name) if key_of(body.name) else None
        return f"#{named.public_id}" if isinstance(named, Entry) else ""

    @cached_property
    def _by_reference(self) -> dict[str, str]:
        here = Entry.objects.standing().filter(hub=self.hub).exclude(register_number="")
        rows = here.values_list("register_scheme", "register_number", "public_id")
        return {ref: number for scheme, code, number in rows if (ref := gathering.reference(scheme, code))}

    @cached_property
    def _vocabulary(self) -> set[str]:
        rows = Term.objects.filter(scheme__in=SCHEME_FIELDS).values_list("scheme", "code")
        return {f"{scheme}:{code}" for scheme, code in rows}

    def _terms(self, said: tuple[str, ...], plan: Plan) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {name: [] for name in SCHEME_FIELDS.values()}
        for term in sorted(set(said) & self._vocabulary):
            scheme, _colon, code = term.partition(":")
            found[SCHEME_FIELDS[scheme]].append(code)
        return found if said else {}

    def _budget(self, said: Activity, plan: Plan) -> list[list[str]]:
        most = 365
        whole = [line for line in said.budget if 0 <= (line.ends_on - line.starts_on).days <= most]
        if len(whole) < len(said.budget):
            plan.notes.append(_("Lines of the budget for more than a year are left out."))
        ordered = sorted(whole, key=lambda line: line.starts_on)
        return [[str(b.starts_on), str(b.ends_on), f"{b.amount:.2f}", b.currency] for b in ordered]

    def _beside(self, said: Activity, language: str, standing: Initiative | None) -> dict[str, Any]:
        publisher = gathering.publisher_of(self.hub)
        ours = publisher is not None and said.reporter.ref == publisher.identifier
        generated = standing is not None and gathering.facts_of(standing).identifier == ""
        shares = {
            code: share
            for code, share in said.countries
            if share is not None and code in self._known_countries
        }
        today = today_in(self.hub)
        return {
            "identifier": "" if generated else said.identifier,
            "reporter": "" if ours else said.reporter.ref or said.reporter.name,
            "shares": _shares(shares),
            "paid": [_payment(p.on, p.amount, p.currency, p.receiver) for p in said.paid if p.on <= today],
            "translations": _translations(said, language, self.hub.language),
        }


def beside_of(standing: Initiative, languages: Iterable[str]) -> dict[str, Any]:
    """The same of what stands; of `languages`, None where there is no translation."""
    facts = gathering.facts_of(standing)
    rows = {
        row.language: {name: getattr(row, name) for name in ("title", "summary", "story")}
        for row in standing.translations.all()
    }
    return {
        "identifier": facts.identifier,
        "reporter": facts.reporter,
        "shares": _shares({code: Decimal(share) for code, share in facts.shares.items()}),
        "paid": [
            _payment(each.paid_on, each.amount, each.currency, each.receiver)
            for each in standing.disbursements.all()
        ],
        "translations": {language: rows.get(language) for language in languages},
    }


class Bodies:
    """Plans for the organisations of one file."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.entries = Organisations(hub)
        self.seen: set[str] = set()

    def plan(self, said: Organisation) -> Plan:
        names = _known(said.names, self.hub.language)
        language = next(
            (tag for tag in _known({said.language: "."}, "") if tag in names), next(iter(names), "")
        )
        plan = Plan(
            RowState.NEW, title=names.get(language, "")[:200], identifier=said.identifier, line=said.line
        )
        if not plan.title:
            return plan.refuse(_("It has no name."))
        if said.identifier in self.seen:
            return plan.refuse(_("The file names this identifier twice."))
        self.seen.add(said.identifier)
        scheme, number = register_of(said.identifier)
        plan.values = {
            "name": plan.title,
            "name_language": language[:12],
            "register_scheme": scheme,
            "register_number": number,
        }
        found = self.entries.find_by_name(plan.values)
        if found.is_refused or (found.note and not found.public_id):
            plan.notes.append(str(found.note))
        self._complete(plan, names, language, found.public_id, said)
        try:
            self.entries.check(plan.values)
        except ValidationError as error:
            return plan.refuse(*(sentence for _name, sentence in messages_of(error)))
        return plan

    def _complete(self, plan: Plan, names: Texts, language: str, public_id: str, said: Organisation) -> None:
        others = [[name[:200], tag[:12], "language"] for tag, name in names.items() if tag != language]
        if not public_id:
            plan.values["other_names"] = others
            plan.values["kind"] = str(codes.KIND_OF_TYPE.get(said.type, "other"))
            return
        now = self.entries.standing([public_id])[public_id]
        plan.state, plan.object_id, plan.version = RowState.CHANGED, public_id, now.version
        standing = [list(each) for each in now.values["other_names"]]
        plan.values["other_names"] = [*standing, *(each for each in others if each not in standing)]
        plan.before = now.values
        plan.weigh()


def register_of(identifier: str) -> tuple[str, str]:
    """ "GB-COH-01234567" is the number 01234567 in the register GB-COH."""
    country, _dash, rest = identifier.partition("-")
    agency, _dash, number = rest.partition("-")
    return (f"{country}-{agency}"[:40], number[:60]) if number else ("IATI", identifier[:60])


def _known(texts: Texts, otherwise: str) -> dict[str, str]:
    """By languages that CLDR knows; what names none, or an unknown one, stands for `otherwise`."""
    found: dict[str, str] = {}
    for tag, text in texts.items():
        try:
            known = content.require_language(tag) if tag else otherwise
        except ValidationError:
            known = otherwise
        if known:
            found.setdefault(known, text)
    return found


def _prose(said: Activity, language: str, otherwise: str) -> dict[str, str]:
    """What is too long to be a summary goes on in the story."""
    summary = _known(said.summaries, otherwise).get(language, "")
    story = _known(said.stories, otherwise).get(language, "")
    if len(summary) > SHORT:
        summary, story = _cut(summary), f"{summary}\n\n{story}".strip()
    return {"summary": summary, "story": story[:20_000]}


def _cut(text: str) -> str:
    return text[: SHORT - 1].rsplit(" ", 1)[0] + "…"


def _translations(said: Activity, language: str, otherwise: str) -> dict[str, dict[str, str]]:
    titles = _known(said.titles, otherwise)
    return {
        tag: {"title": title[:200], **_prose(said, tag, otherwise)}
        for tag, title in sorted(titles.items())
        if tag != language
    }


def _day(dates: Iterable[When], types: tuple[str, ...], *, last: bool = False) -> str:
    """As the register writes it. An end of a month or a year that is said so is that month or year."""
    found = {when.type: when for when in dates}
    when = next((found[type_] for type_ in types if type_ in found), None)
    return (when.said or when.date.isoformat()) if when else ""


def _shares(shares: Mapping[str, Decimal]) -> dict[str, str]:
    """Only shares of several countries say something."""
    if len(shares) < 2 or sum(shares.values()) != 100:
        return {}
    return {code: f"{share.normalize():f}" for code, share in sorted(shares.items())}


def _payment(on: dt.date, amount: Decimal, currency: str, receiver: str) -> list[str]:
    return [on.isoformat(), f"{amount:.2f}", currency, receiver]


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))[:200]
