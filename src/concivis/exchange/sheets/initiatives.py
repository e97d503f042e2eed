"""Initiatives as the rows of a table."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.accounts.models import User
from concivis.catalogue.enums import Support
from concivis.directory.naming import key_of
from concivis.exchange.notes import Note
from concivis.exchange.sheets import cells
from concivis.exchange.sheets.entries import (
    EXTERNAL_CELL,
    ID_CELL,
    Entries,
    Found,
    Kept,
    Standing,
    Step,
    Values,
    by_chunks,
    terms_by_field,
)
from concivis.exchange.sheets.enums import ConsentPart, Match, SheetKind
from concivis.exchange.sheets.fields import Field
from concivis.initiatives import actions
from concivis.initiatives.actions import InitiativeFacts
from concivis.initiatives.enums import InitiativeKind, OrganisationRole, ReviewState, Stage
from concivis.initiatives.models import Initiative, Involvement
from concivis.places.names import fold
from concivis.shell.dates import PartialDate

ROLES = {
    "lead": OrganisationRole.LEAD,
    "partners": OrganisationRole.PARTNER,
    "funders": OrganisationRole.FUNDER,
    "supporters": OrganisationRole.SUPPORTER,
}
TERMS = {"themes": "theme", "fields": "field", "target_groups": "target-group", "goals": "sdg"}
CONTACT = {"contact_name": "name", "contact_email": "email", "contact_phone": "phone"}
CONSENT = ("consent_for", "consent_on", "consent_how")
SEPARATED = _("Several are separated by semicolons.")
LIKE_THIS = _("“Volunteers: two for Saturdays; Room”.")
AGREED = _(
    "What the person agreed to show: name; mail address; telephone. Without it, the contact is left out."
)

FIELDS = (
    Field("id", _("Number here"), ID_CELL, help=_("Leave it as exported; empty for a new entry.")),
    Field("external_id", _("Number in your list"), EXTERNAL_CELL,
          help=_("By it, the entry is found again when you import the list once more.")),
    Field("title", _("Title"), cells.Cell(200), required=True),
    Field("language", _("Language of the text"), cells.Language(35), help=_("Empty: the language of your office.")),
    Field("summary", _("Summary"), cells.Prose(600)),
    Field("story", _("Story"), cells.Prose(20_000), help=_("Markdown.")),
    Field("kind", pgettext_lazy("initiative", "Kind"), cells.Choice(choices=InitiativeKind)),
    Field("stage", _("Stage"), cells.Choice(choices=Stage)),
    Field("started", pgettext_lazy("initiative", "Since"), cells.When(60), help=_("2019, 2019-05 or 2019-05-31.")),
    Field("ended", pgettext_lazy("initiative", "Until"), cells.When(60), help=_("2019, 2019-05 or 2019-05-31.")),
    Field("countries", _("Countries"), cells.Countries(), help=SEPARATED),
    Field("towns", _("Towns"), cells.Towns(), help=_("“Hamm, Germany”. Several are separated by semicolons.")),
    Field("themes", _("Themes"), cells.Terms(scheme="theme"), help=SEPARATED),
    Field("fields", _("Fields of cooperation"), cells.Terms(scheme="field"), help=SEPARATED),
    Field("target_groups", _("Target groups"), cells.Terms(scheme="target-group"), help=SEPARATED),
    Field("goals", _("Goals of sustainable development"), cells.Terms(scheme="sdg"), help=SEPARATED),
    Field("languages", _("Languages it takes place in"), cells.Languages(), help=SEPARATED),
    Field("lead", _("Organisations that carry it"), cells.Organisations(), help=SEPARATED),
    Field("partners", _("Organisations that take part"), cells.Organisations(), help=SEPARATED),
    Field("funders", _("Organisations that give money"), cells.Organisations(), help=SEPARATED),
    Field("supporters", _("Organisations that support it"), cells.Organisations(), help=SEPARATED),
    Field("needs", _("Needs"), cells.Supports(4000), help=LIKE_THIS),
    Field("offers", _("Offers"), cells.Supports(4000), help=LIKE_THIS),
    Field("contact_name", _("Contact: name"), cells.Cell(120)),
    Field("contact_email", _("Contact: mail address"), cells.Mail(254)),
    Field("contact_phone", _("Contact: telephone"), cells.Cell(40)),
    Field("consent_for", _("Everybody may see of the contact"), cells.Choices(choices=ConsentPart),
          help=AGREED),
    Field("consent_on", _("Agreed on"), cells.Day(60), help=_("The day, such as 2026-05-31.")),
    Field("consent_how", _("How the person agreed"), cells.Cell(200), help=_("By mail, on paper …")),
    Field("links", _("Addresses on the web"), cells.Links(8000),
          help=_("Each with its title behind it, one in a line.")),
    Field("development", _("Development cooperation"), cells.YesNo()),
    Field("dac_code", _("Purpose code of the DAC"), cells.Cell(5)),
    Field("budget", _("Budget"), cells.Money(4000), help=_("2026-01-01 2026-12-31 5000 EUR, one in a line.")),
    Field("owner_email", _("Who looks after the entry: mail address"), cells.Mail(254), only_new=True,
          help=_("Never public. Counts for new entries only.")),
    Field("owner_name", _("Who looks after the entry: name"), cells.Cell(120), only_new=True,
          help=_("Never public. Counts for new entries only.")),
)  # fmt: skip


class Initiatives(Entries):
    kind = SheetKind.INITIATIVES
    fields = FIELDS
    title = "title"
    town_fields = ("towns",)

    # --- which one is meant --------------------------------------------------------------------------------

    @property
    def numbers(self) -> Collection[str]:
        return self._titles

    def find_by_name(self, values: Values) -> Found:
        """The same title, and an organisation in common or none named on one side."""
        theirs = self._keys(values)
        same = [
            public_id
            for public_id in self._by_title.get(fold(values.get("title", "")), ())
            if not theirs or not self._involved[public_id] or theirs & self._involved[public_id]
        ]
        if len(same) > 1:
            return Found(note=Note("names_several"), is_refused=True)
        return Found(Match.NAME, same[0]) if same else Found()

    def identity(self, values: Values) -> tuple[Any, ...]:
        return fold(values.get("title", "")), tuple(sorted(self._keys(values)))

    def _keys(self, values: Values) -> set[str]:
        names = [name for role in ("lead", "partners") for name in values.get(role, ())]
        return {name if name.startswith("#") else key_of(name) for name in names}

    @cached_property
    def _titles(self) -> dict[str, str]:
        here = Initiative.objects.filter(hub=self.hub).exclude(state=ReviewState.DRAFT)
        return dict(here.order_by("pk").values_list("public_id", "title"))

    @cached_property
    def _by_title(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for public_id, title in self._titles.items():
            found[fold(title)].append(public_id)
        return found

    @cached_property
    def _involved(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        rows = Involvement.objects.filter(initiative__hub=self.hub, role__in=["lead", "partner"])
        for public_id, number, name in rows.values_list(
            "initiative__public_id", "organisation__public_id", "name"
        ):
            found[public_id].add(f"#{number}" if number else key_of(name))
        return found

    # --- what it says --------------------------------------------------------------------------------------

    def standing(self, public_ids: Collection[str]) -> dict[str, Standing]:
        found = {}
        for chunk in by_chunks(public_ids):
            for each in self._complete(chunk):
                found[each.public_id] = Standing(self._values(each), str(each.revision))
        return found

    def _complete(self, public_ids: Collection[str]) -> Any:
        return Initiative.objects.filter(hub=self.hub, public_id__in=public_ids).prefetch_related(
            "countries", "places", "terms", "support_lines", "web_links", "budget_lines",
            Prefetch("involvements", Involvement.objects.select_related("organisation")),
        )  # fmt: skip

    def _values(self, each: Initiative) -> Values:
        lines = list(each.support_lines.all())
        return {
            "title": each.title,
            "language": each.language,
            "summary": each.summary,
            "story": each.story,
            "kind": each.kind,
            "stage": each.stage,
            "started": each.since.iso if each.since else "",
            "ended": each.until.iso if each.until else "",
            "countries": sorted(country.pk for country in each.countries.all()),
            "towns": sorted(place.public_id for place in each.places.all()),
            **terms_by_field([(term.scheme_id, term.code) for term in each.terms.all()], TERMS),
            "languages": sorted(each.languages),
            **self._organisations(each),
            "needs": {line.what: line.sentence for line in lines if line.direction == "need"},
            "offers": {line.what: line.sentence for line in lines if line.direction == "offer"},
            **self._contact(each),
            "links": [[link.url, link.title] for link in each.web_links.all()],
            "development": each.is_development,
            "dac_code": each.dac_code,
            "budget": [
                [str(line.starts_on), str(line.ends_on), f"{line.amount:.2f}", line.currency]
                for line in each.budget_lines.all()
            ],
        }

    def _organisations(self, each: Initiative) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {name: [] for name in ROLES}
        by_role = {role: name for name, role in ROLES.items()}
        for one in each.involvements.all():
            said = f"#{one.organisation.public_id}" if one.organisation else one.name
            named[by_role[OrganisationRole(one.role)]].append(said)
        return named

    def _contact(self, each: Initiative) -> Values:
        """Only what that person agreed to show."""
        public = [part for part in CONTACT.values() if getattr(each, f"contact_{part}_public")]
        said = {name: getattr(each, name) if part in public else "" for name, part in CONTACT.items()}
        agreed = each.consent_on.isoformat() if public and each.consent_on else ""
        return {
            **said,
            "consent_for": public,
            "consent_on": agreed,
            "consent_how": each.consent_how if public else "",
        }

    def settle(self, values: Values, standing: Values) -> list[Note]:
        """A contact counts with consent only, part by part; without, it is left out."""
        said = {name for name in (*CONTACT, *CONSENT) if name in values}
        if not said:
            return []
        now = {**standing, **values}
        agreed = set(now.get("consent_for", ()))
        parts = set(CONTACT.values()) if ConsentPart.ALL in agreed else agreed
        public = [part for name, part in CONTACT.items() if part in parts and now.get(name)]
        if public and not (now.get("consent_on") and now.get("consent_how")):
            public = []
        dropped = [name for name, part in CONTACT.items() if values.get(name) and part not in public]
        if not public:
            for name in said:
                del values[name]
            if not dropped and standing.get("consent_for"):  # the contact is taken out
                values.update(dict.fromkeys((*CONTACT, "consent_on", "consent_how"), ""), consent_for=[])
        else:
            for name in dropped:
                del values[name]
            values["consent_for"] = public
        return [Note("contact_left_out", self._consent_headings)] if dropped else []

    @cached_property
    def _consent_headings(self) -> dict[str, str]:
        labels = {each.name: str(each.label) for each in self.fields}
        return {"consent": labels["consent_for"], "on": labels["consent_on"], "how": labels["consent_how"]}

    # --- writing -------------------------------------------------------------------------------------------

    def check(self, values: Values) -> None:
        actions.check_facts(hub=self.hub, facts=self._facts(self._blank, values))

    def add(
        self, by: User | None, rows: Sequence[Values], *, publish: bool, step: Step
    ) -> list[tuple[str, str]]:
        entries = [(self._facts(self._blank, row), self._owner(row)) for row in rows]
        made = actions.record_many(by=by, hub=self.hub, entries=entries, publish=publish, progress=step)
        return [(each.public_id, str(each.revision)) for each in made]

    def overwrite(self, by: User | None, public_id: str, changes: Values) -> str:
        initiative = Initiative.objects.select_related("hub").get(hub=self.hub, public_id=public_id)
        facts = self._facts(actions.facts_of(initiative), changes)
        edited = actions.edit_initiative(
            by=by, initiative=initiative, facts=facts, revision=initiative.revision
        )
        return str(edited.revision)

    def versions(self, public_ids: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for chunk in by_chunks(public_ids):
            here = Initiative.objects.filter(hub=self.hub, public_id__in=chunk)
            found.update(
                (public_id, str(revision))
                for public_id, revision in here.values_list("public_id", "revision")
            )
        return found

    def take_back(self, by: User | None, versions: Mapping[str, str]) -> Kept:
        revisions = {public_id: int(version) for public_id, version in versions.items()}
        outcome = actions.take_back(by=by, hub=self.hub, revisions=revisions)
        return Kept(outcome.deleted, outcome.changed, outcome.used)

    def url_of(self, public_id: str) -> str:
        return reverse("initiatives:office_initiative", args=[self.hub.slug, public_id])

    @cached_property
    def _blank(self) -> InitiativeFacts:
        return InitiativeFacts(title="", language=self.hub.language)

    def _owner(self, values: Values) -> actions.Owner | None:
        if not values.get("owner_email"):
            return None
        return actions.Owner(
            email=values["owner_email"], name=values.get("owner_name", ""), language=self.hub.language
        )

    def _facts(self, base: InitiativeFacts, values: Values) -> InitiativeFacts:
        """`base` with what the values say. An empty choice stays what it was."""
        said: dict[str, Any] = {
            name: values[name] for name in ("title", "summary", "story") if name in values
        }
        choices = {"language": str, "kind": InitiativeKind, "stage": Stage}
        said |= {name: made(values[name]) for name, made in choices.items() if values.get(name)}
        for name in ("started", "ended"):
            if name in values:
                said[name] = PartialDate.parse(values[name]) if values[name] else None
        said |= {name: tuple(values[name]) for name in ("countries", "languages") if name in values}
        if "towns" in values:
            self.known.read_places(values["towns"])
            said["places"] = tuple(filter(None, map(self.known.place, values["towns"])))
        for name in ("needs", "offers"):
            if name in values:
                said[name] = {Support(what): sentence for what, sentence in values[name].items()}
        if "links" in values:
            said["links"] = tuple(actions.Address(url=url, title=title) for url, title in values["links"])
        return replace(
            base,
            **said,
            terms=self._said_terms(base, values),
            involved=self._said_involved(base, values),
            contact=self._said_contact(base, values),
            development=self._said_development(base, values),
        )

    def _said_terms(self, base: InitiativeFacts, values: Values) -> tuple[Any, ...]:
        schemes = {scheme for name, scheme in TERMS.items() if name in values}
        said = [
            self.known.vocabulary.term(scheme, code)
            for name, scheme in TERMS.items()
            for code in values.get(name, ())
        ]
        return (*(term for term in base.terms if term.scheme_id not in schemes), *said)

    def _said_involved(self, base: InitiativeFacts, values: Values) -> tuple[actions.Involved, ...]:
        involved: list[actions.Involved] = []
        for name, role in ROLES.items():
            if name in values:
                involved += [self._one_involved(said, role) for said in values[name]]
            else:
                involved += [each for each in base.involved if each.role == role]
        return tuple(involved)

    def _one_involved(self, said: str, role: OrganisationRole) -> actions.Involved:
        if said.startswith("#"):
            return actions.Involved(organisation=self.known.organisation(said[1:]), role=role)
        return actions.Involved(name=said, role=role)

    def _said_contact(self, base: InitiativeFacts, values: Values) -> actions.Contact:
        said = {part: values[name] for name, part in CONTACT.items() if name in values}
        if "consent_for" in values:
            said["public"] = frozenset(values["consent_for"])
        if "consent_on" in values:
            said["consent_on"] = dt.date.fromisoformat(values["consent_on"]) if values["consent_on"] else None
        if "consent_how" in values:
            said["consent_how"] = values["consent_how"]
        return replace(base.contact, **said)

    def _said_development(self, base: InitiativeFacts, values: Values) -> actions.Development | None:
        marked = values.get("development", base.development is not None)
        if not marked and not values.get("dac_code") and not values.get("budget"):
            return None
        now = base.development or actions.Development()
        if "dac_code" in values:
            now = replace(now, dac_code=values["dac_code"])
        if "budget" in values:
            lines = tuple(
                actions.Budget(
                    starts_on=dt.date.fromisoformat(starts),
                    ends_on=dt.date.fromisoformat(ends),
                    amount=Decimal(amount),
                    currency=currency,
                )
                for starts, ends, amount, currency in values["budget"]
            )
            now = replace(now, budget=lines)
        return now
