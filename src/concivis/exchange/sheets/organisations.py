"""Organisations as the rows of a table."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.accounts.models import User
from concivis.directory import actions
from concivis.directory.actions import NameFacts, OrganisationFacts
from concivis.directory.enums import Direction, NameUse, OrganisationKind
from concivis.directory.models import Organisation
from concivis.directory.queries import Known as Directory
from concivis.directory.queries import Reason
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
    supports,
    terms_by_field,
)
from concivis.exchange.sheets.enums import Match, SheetKind
from concivis.exchange.sheets.fields import Field
from concivis.places.names import fold

TERMS = {"themes": "theme", "fields": "field", "target_groups": "target-group", "goals": "sdg"}
TEXTS = ("description", "activities_here", "activities_there", "partners_abroad")
PLAIN = (
    "name", "name_language", "transliterated", "legal_form", "register_scheme", "register_number", "address",
    "address_public", "email", "phone", "language", *TEXTS, "website", "source_url",
)  # fmt: skip
SAME = {Reason.REGISTER, Reason.SAME_NAME}
SEPARATED = _("Several are separated by semicolons.")

FIELDS = (
    Field("id", _("Number here"), ID_CELL, help=_("Leave it as exported; empty for a new entry.")),
    Field("external_id", _("Number in your list"), EXTERNAL_CELL,
          help=_("By it, the entry is found again when you import the list once more.")),
    Field("name", _("Name"), cells.Cell(200), required=True),
    Field("kind", pgettext_lazy("organisation", "Kind"), cells.Choice(choices=OrganisationKind),
          help=_("Empty: association.")),
    Field("diaspora", _("Diaspora organisation"), cells.YesNo()),
    Field("name_language", _("Language of the name"), cells.Language(12)),
    Field("transliterated", _("Name in Latin letters"), cells.Cell(200)),
    Field("other_names", _("Other names"), cells.OtherNames(), help=_("“Hamm Twins [en, short]; …”")),
    Field("legal_form", _("Legal form"), cells.Cell(60)),
    Field("register_scheme", _("Register"), cells.Cell(40)),
    Field("register_number", _("Number in the register"), cells.Cell(60)),
    Field("town", _("Town"), cells.Town(), help=_("“Hamm, Germany”.")),
    Field("address", _("Address"), cells.Prose(400)),
    Field("address_public", _("Everybody may see the address"), cells.YesNo()),
    Field("email", _("Mail address of the organisation"), cells.Mail(254), help=_("Of no person: info@…")),
    Field("phone", _("Telephone of the organisation"), cells.Cell(40)),
    Field("represents", _("Represents the country"), cells.Country(), help=_("Of consulates and embassies only.")),
    Field("themes", _("Themes"), cells.Terms(scheme="theme"), help=SEPARATED),
    Field("fields", _("Fields of cooperation"), cells.Terms(scheme="field"), help=SEPARATED),
    Field("target_groups", _("Target groups"), cells.Terms(scheme="target-group"), help=SEPARATED),
    Field("goals", _("Goals of sustainable development"), cells.Terms(scheme="sdg"), help=SEPARATED),
    Field("spoken", _("Languages spoken"), cells.Languages(), help=SEPARATED),
    Field("language", _("Language of the text"), cells.Language(35), help=_("Empty: the language of your office.")),
    Field("description", _("About"), cells.Prose(4000)),
    Field("activities_here", _("Activities here"), cells.Prose(2000)),
    Field("activities_there", _("Activities abroad"), cells.Prose(2000)),
    Field("partners_abroad", _("Partners abroad"), cells.Prose(2000)),
    Field("website", _("Website"), cells.WebAddress()),
    Field("links", _("Further addresses on the web"), cells.Addresses(), help=SEPARATED),
    Field("needs", _("Needs"), cells.Choices(), help=SEPARATED),
    Field("offers", _("Offers"), cells.Choices(), help=SEPARATED),
    Field("source_url", _("Where this is from"), cells.WebAddress()),
)  # fmt: skip


class Organisations(Entries):
    kind = SheetKind.ORGANISATIONS
    fields = FIELDS
    title = "name"
    town_fields = ("town",)

    # --- which one is meant --------------------------------------------------------------------------------

    @property
    def numbers(self) -> Collection[str]:
        return self._by_number

    def find_by_name(self, values: Values) -> Found:
        """Just the same name, and the same town or none; else one that is very much alike. What is less so is said."""
        town = self.known.place(values["town"]) if values.get("town") else None
        same = self._same.get((fold(values.get("name", "")), town.pk if town else None))
        if same:
            return Found(Match.NAME, same)
        alike = self._directory.similar(
            values.get("name", ""),
            place=town,
            register_id=(values.get("register_scheme", ""), values.get("register_number", "")),
            website=values.get("website", ""),
        )
        if not alike:
            return Found()
        likeliest = alike[0]
        if likeliest.is_sure and SAME & set(likeliest.reasons):
            return Found(Match.SIMILAR, likeliest.organisation.public_id)
        return Found(note=Note("looks_like", {"name": likeliest.organisation.name}))

    def identity(self, values: Values) -> tuple[Any, ...]:
        return fold(values.get("name", "")), values.get("town", "")

    @cached_property
    def _directory(self) -> Directory:
        return Directory(self.hub)

    @cached_property
    def _by_number(self) -> dict[str, Organisation]:
        return {each.public_id: each for each in self._directory.organisations.values()}

    @cached_property
    def _same(self) -> dict[tuple[str, int | None], str]:
        return {(each.folded, each.place_id): each.public_id for each in self._by_number.values()}

    # --- what it says --------------------------------------------------------------------------------------

    def standing(self, public_ids: Collection[str]) -> dict[str, Standing]:
        found = {}
        for chunk in by_chunks(public_ids):
            rows = self._here(chunk).select_related("place")
            for each in rows.prefetch_related("terms", "other_names", "spoken", "exchanges", "links"):
                found[each.public_id] = Standing(self._values(each), each.changed_at.isoformat())
        return found

    def _here(self, public_ids: Collection[str]) -> Any:
        return Organisation.objects.standing().filter(hub=self.hub, public_id__in=public_ids)

    def _values(self, each: Organisation) -> Values:
        exchanges = [(one.direction, one.support) for one in each.exchanges.all()]

        def wishes(direction: Direction) -> list[str]:
            codes = [support for said, support in exchanges if said == direction]
            return cells.Choices().in_order(codes)

        return {
            **{name: getattr(each, name) for name in PLAIN},
            "kind": each.kind,
            "diaspora": each.is_diaspora,
            "other_names": [[one.name, one.language, one.use] for one in each.other_names.all()],
            "town": each.place.public_id if each.place else "",
            "represents": each.represents_id or "",
            **terms_by_field([(term.scheme_id, term.code) for term in each.terms.all()], TERMS),
            "spoken": sorted(one.language for one in each.spoken.all()),
            "links": [one.url for one in each.links.all()],
            "needs": wishes(Direction.NEED),
            "offers": wishes(Direction.OFFER),
        }

    # --- writing -------------------------------------------------------------------------------------------

    def check(self, values: Values) -> None:
        actions.check_facts(self._facts(self._blank, values))

    def add(
        self, by: User | None, rows: Sequence[Values], *, publish: bool, step: Step
    ) -> list[tuple[str, str]]:
        made = []
        for done, row in enumerate(rows, 1):
            facts = self._facts(self._blank, row)
            each = actions.create_organisation(by=by, hub=self.hub, facts=facts, is_published=publish)
            made.append((each.public_id, each.changed_at.isoformat()))
            step(done)
        return made

    def overwrite(self, by: User | None, public_id: str, changes: Values) -> str:
        organisation = Organisation.objects.select_related("hub", "place").get(
            hub=self.hub, public_id=public_id
        )
        facts = self._facts(actions.facts_of(organisation), changes)
        actions.change_organisation(by=by, organisation=organisation, facts=facts)
        organisation.refresh_from_db(fields=["changed_at"])
        return organisation.changed_at.isoformat()

    def versions(self, public_ids: Collection[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for chunk in by_chunks(public_ids):
            rows = self._here(chunk).values_list("public_id", "changed_at")
            found.update((public_id, changed_at.isoformat()) for public_id, changed_at in rows)
        return found

    def take_back(self, by: User | None, versions: Mapping[str, str]) -> Kept:
        outcome = Kept()
        for chunk in by_chunks(versions):
            for each in self._here(chunk):
                if each.changed_at.isoformat() != versions[each.public_id]:
                    outcome.changed.append(each.public_id)
                else:
                    self._remove(by, each, outcome)
        return outcome

    def _remove(self, by: User | None, organisation: Organisation, outcome: Kept) -> None:
        """Ties, people and memberships are added by people: an entry that has some is used."""
        grown = (
            organisation.ties,
            organisation.roles,
            organisation.stewards,
            organisation.networks,
            organisation.members,
        )
        if any(each.exists() for each in grown):
            outcome.used.append(organisation.public_id)
            return
        try:
            actions.remove_organisation(by=by, organisation=organisation)
        except ValidationError:
            outcome.used.append(organisation.public_id)
        else:
            outcome.taken_back.append(organisation.public_id)

    def url_of(self, public_id: str) -> str:
        return reverse("directory:office_organisation", args=[self.hub.slug, public_id])

    @cached_property
    def _blank(self) -> OrganisationFacts:
        return OrganisationFacts(kind=OrganisationKind.ASSOCIATION, name="")

    def _facts(self, base: OrganisationFacts, values: Values) -> OrganisationFacts:
        """`base` with what the values say."""
        said: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
        if any(values.get(name) for name in TEXTS) and not said.get("language") and not base.language:
            said["language"] = self.hub.language
        if values.get("kind"):
            said["kind"] = OrganisationKind(values["kind"])
        if "diaspora" in values:
            said["is_diaspora"] = values["diaspora"]
        if "town" in values:
            said["place"] = self.known.place(values["town"]) if values["town"] else None
        if "represents" in values:
            said["represents"] = values["represents"] or None
        if "other_names" in values:
            said["other_names"] = tuple(
                NameFacts(name=name, language=language, use=NameUse(use))
                for name, language, use in values["other_names"]
            )
        said |= {name: tuple(values[name]) for name in ("spoken", "links") if name in values}
        said |= {name: supports(values[name]) for name in ("needs", "offers") if name in values}
        return replace(base, **said, terms=self._said_terms(base, values))

    def _said_terms(self, base: OrganisationFacts, values: Values) -> frozenset[int]:
        schemes = {scheme for name, scheme in TERMS.items() if name in values}
        kept = {term for term in base.terms if self.known.vocabulary.of(term).scheme_id not in schemes}
        said = {
            self.known.vocabulary.term(scheme, code).pk
            for name, scheme in TERMS.items()
            for code in values.get(name, ())
        }
        return frozenset(kept | said)
