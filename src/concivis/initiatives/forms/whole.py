"""The whole form, for who looks after an entry: its owner, and the office."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.catalogue.enums import Support
from concivis.directory.models import Organisation
from concivis.directory.queries import in_hub
from concivis.hubs.models import today_in
from concivis.initiatives.actions import Contact, Development, InitiativeFacts, Involved, facts_of
from concivis.initiatives.enums import OrganisationRole
from concivis.initiatives.forms.entry import BY_THEMSELVES, EntryForm, capitalised
from concivis.initiatives.forms.fields import BudgetField, RelatedField
from concivis.initiatives.models import Initiative
from concivis.initiatives.telling import SCHEMES
from concivis.places.fields import LanguagesField
from concivis.places.names import fold
from concivis.shell.date_fields import PartialDateField

SPARE = 2  # empty rows for more organisations and towns
PARTS = ("name", "email", "phone")


class WholeForm(EntryForm):
    """Everything that an owner says of an entry. `initiative`: that being edited, None for a new one."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    story = forms.CharField(
        label=_("Your story"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Empty lines make paragraphs, “- ” makes a list, **two stars** make bold."),
    )
    ended = PartialDateField(label=_("Until when?"), required=False)
    goals = forms.MultipleChoiceField(
        label=_("Which goals of sustainable development does it serve?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = LanguagesField(label=_("In which languages does it take place?"), required=False)
    contact_name = forms.CharField(label=_("Whom may people ask?"), required=False, max_length=120)
    contact_email = forms.EmailField(label=_("Mail address"), required=False)
    contact_phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    contact_name_public = forms.BooleanField(label=_("Everybody may see the name"), required=False)
    contact_email_public = forms.BooleanField(label=_("Everybody may see the mail address"), required=False)
    contact_phone_public = forms.BooleanField(
        label=_("Everybody may see the telephone number"), required=False
    )

    def __init__(self, *args: Any, initiative: Initiative | None = None, **kwargs: Any) -> None:
        self.initiative = initiative
        self.standing = facts_of(initiative) if initiative else None
        towns = len(self.standing.places) if self.standing else 0
        if initiative and self.standing:
            kwargs["initial"] = {**initial_of(initiative, self.standing), **(kwargs.get("initial") or {})}
        super().__init__(*args, places=min(30, towns + SPARE), **kwargs)
        self.known = {each.name: each for each in in_hub(self.hub)}
        self.involved_names = self._add_involved()
        for direction in ("need", "offer"):
            for what in Support:
                self.fields[f"{direction}_{what}"] = forms.CharField(
                    label=what.label, required=False, max_length=300
                )

    def _add_involved(self) -> list[str]:
        count = (len(self.standing.involved) if self.standing else 0) + SPARE
        names = [f"involved_{number}" for number in range(1, min(30, count) + 1)]
        for name in names:
            self.fields[name] = forms.CharField(
                label=_("Organisation"),
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"list": "known-organisations", "autocomplete": "off"}),
            )
            self.fields[f"{name}_role"] = forms.ChoiceField(
                label=_("What it does"), required=False, choices=capitalised(OrganisationRole.choices)
            )
        return names

    def facts(self) -> InitiativeFacts:
        """What the form says; what it does not ask for stays."""
        cleaned = self.cleaned_data
        said = self.said() | {
            "story": cleaned["story"],
            "ended": cleaned["ended"],
            "languages": cleaned["languages"],
            "needs": self._support("need", "needs"),
            "offers": self._support("offer", "offers"),
            "involved": self._involved(),
            "contact": self._contact(),
        }
        kept = (
            {"related": self.standing.related, "development": self.standing.development}
            if self.standing
            else {}
        )
        return InitiativeFacts(**{**kept, **said})

    def _support(self, direction: str, ticked: str) -> dict[Support, str]:
        """What is ticked, or has a sentence."""
        sentences = {what: self.cleaned_data[f"{direction}_{what}"].strip() for what in Support}
        return {
            what: sentences[what] for what in Support if what in self.cleaned_data[ticked] or sentences[what]
        }

    def _involved(self) -> tuple[Involved, ...]:
        by_name = {fold(name): each for name, each in self.known.items()}
        found = []
        for name in self.involved_names:
            written = self.cleaned_data[name].strip()
            role = OrganisationRole(self.cleaned_data[f"{name}_role"] or OrganisationRole.LEAD)
            if written:
                known = by_name.get(fold(written)) or self._standing_organisation(written)
                found.append(Involved(organisation=known, name="" if known else written, role=role))
        return tuple(found)

    def _standing_organisation(self, written: str) -> Organisation | None:
        """One of no hub, or hidden meanwhile, that the entry names already."""
        standing = self.standing.involved if self.standing else ()
        return next(
            (
                each.organisation
                for each in standing
                if each.organisation and each.organisation.name == written
            ),
            None,
        )

    def _contact(self) -> Contact:
        public = frozenset(part for part in PARTS if self.cleaned_data[f"contact_{part}_public"])
        return Contact(
            **{part: self.cleaned_data[f"contact_{part}"] for part in PARTS},
            public=public,
            **self._consent(public),
        )

    def _consent(self, public: frozenset[str]) -> dict[str, Any]:
        """The day stays on which it was given, unless more is made public now."""
        before = self.standing.contact if self.standing else Contact()
        if public <= before.public and before.consent_on:
            return {"consent_on": before.consent_on, "consent_how": before.consent_how}
        return {"consent_on": today_in(self.hub), "consent_how": BY_THEMSELVES}

    def groups(self) -> list[tuple[str, list[Any], bool]]:
        """(heading, bound fields, whether it may stay folded) in the order of the page."""
        involved = [field for name in self.involved_names for field in (name, f"{name}_role")]
        needs = ["needs", *(f"need_{what}" for what in Support)]
        offers = ["offers", *(f"offer_{what}" for what in Support)]
        contact = [f"contact_{part}{end}" for part in PARTS for end in ("", "_public")]
        groups = [
            (
                gettext("What it is"),
                ["title", "summary", "language", "story", "kind", "stage", "started", "ended"],
                False,
            ),
            (gettext("Where, and in which languages"), ["countries", *self.place_names, "languages"], False),
            (gettext("Which organisations take part"), involved, True),
            (gettext("What it is about"), ["themes", "target_groups", "goals"], True),
            (gettext("What you need"), needs, True),
            (gettext("What you offer"), offers, True),
            (gettext("Whom people may ask"), contact, False),
            (gettext("Pages on the web"), ["links"], True),
            *self.more_groups(),
        ]
        return [(heading, [self[name] for name in names], folded) for heading, names, folded in groups]

    def more_groups(self) -> list[tuple[str, list[str], bool]]:
        return []


class OfficeForm(WholeForm):
    """What the office says besides."""

    consent_on = forms.DateField(
        label=_("When did the person agree?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    consent_how = forms.CharField(
        label=_("How did the person agree?"),
        required=False,
        max_length=200,
        help_text=_("By mail, on paper at the meeting … Needed where a field of the contact is public."),
    )
    related = RelatedField(
        label=_("Belongs to"),
        required=False,
        help_text=_("Addresses of pages of this site, one in each line: a partnership, an organisation."),
    )
    is_development = forms.BooleanField(
        label=_("This is development cooperation"),
        required=False,
        help_text=_("Then it can be exported in the format of IATI."),
    )
    dac_code = forms.CharField(
        label=_("Purpose code of the DAC"),
        required=False,
        max_length=5,
        help_text=_("Five digits, such as 43030."),
    )
    budget = BudgetField(
        label=_("Budget"),
        required=False,
        help_text=_("A line for each year: from, until, amount, currency: 2026-01-01 2026-12-31 5000 EUR."),
    )

    def facts(self) -> InitiativeFacts:
        from dataclasses import replace

        cleaned = self.cleaned_data
        development = (
            Development(dac_code=cleaned["dac_code"], budget=cleaned["budget"])
            if cleaned["is_development"]
            else None
        )
        return replace(super().facts(), related=cleaned["related"], development=development)

    def _consent(self, public: frozenset[str]) -> dict[str, Any]:
        return {
            "consent_on": self.cleaned_data["consent_on"],
            "consent_how": self.cleaned_data["consent_how"],
        }

    def more_groups(self) -> list[tuple[str, list[str], bool]]:
        return [
            (gettext("Consent"), ["consent_on", "consent_how"], True),
            (gettext("What it belongs to"), ["related"], True),
            (gettext("Development cooperation"), ["is_development", "dac_code", "budget"], True),
        ]


def initial_of(initiative: Initiative, facts: InitiativeFacts) -> dict[str, Any]:
    plain = (
        "title",
        "summary",
        "language",
        "story",
        "kind",
        "stage",
        "started",
        "ended",
        "countries",
        "languages",
    )
    by_scheme = {scheme: name for name, scheme in SCHEMES.items()}
    terms: dict[str, list[str]] = {name: [] for name in SCHEMES}
    for term in facts.terms:
        if term.scheme_id in by_scheme:
            terms[by_scheme[term.scheme_id]].append(term.code)
    development = facts.development
    return {
        **{name: getattr(facts, name) for name in (*plain, "links", "related")},
        **terms,
        **{f"place_{number}": place for number, place in enumerate(facts.places, 1)},
        **_involved_initial(facts),
        **_support_initial(facts),
        **{f"contact_{part}": getattr(facts.contact, part) for part in PARTS},
        **{f"contact_{part}_public": part in facts.contact.public for part in PARTS},
        "consent_on": facts.contact.consent_on,
        "consent_how": facts.contact.consent_how,
        "is_development": development is not None,
        "dac_code": development.dac_code if development else "",
        "budget": development.budget if development else (),
        "revision": initiative.revision,
    }


def _involved_initial(facts: InitiativeFacts) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, each in enumerate(facts.involved, 1):
        found[f"involved_{number}"] = each.organisation.name if each.organisation else each.name
        found[f"involved_{number}_role"] = each.role
    return found


def _support_initial(facts: InitiativeFacts) -> dict[str, Any]:
    return {
        "needs": list(facts.needs),
        "offers": list(facts.offers),
        **{f"need_{what}": sentence for what, sentence in facts.needs.items()},
        **{f"offer_{what}": sentence for what, sentence in facts.offers.items()},
    }
