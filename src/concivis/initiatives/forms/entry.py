"""What is said of an initiative, as a form: short for who registers one, whole for who looks after it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.catalogue.enums import Support
from concivis.hubs import choices
from concivis.hubs.models import Hub, today_in
from concivis.initiatives.actions import Contact, InitiativeFacts, Involved
from concivis.initiatives.enums import InitiativeKind, Stage
from concivis.initiatives.forms.fields import AddressesField, CountriesField
from concivis.initiatives.telling import SCHEMES
from concivis.places.fields import PlaceField
from concivis.shell.date_fields import PartialDateField
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.models import Term
from concivis.vocabulary.queries import term_choices

BY_THEMSELVES = "by themselves, in the form"  # how a consent was given; English, as it is data


def capitalised(options: Any) -> list[tuple[str, str]]:
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in options]


def kind_choices() -> list[tuple[str, str]]:
    return capitalised(InitiativeKind.choices)


def stage_choices() -> list[tuple[str, str]]:
    return capitalised(Stage.choices)


class EntryForm(forms.Form):
    """The questions that every form about an initiative asks. `places` fields for towns, numbered from one."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    summary = forms.CharField(
        label=_("What do you do?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, for people who have never heard of it."),
    )
    language = forms.ChoiceField(
        label=_("In which language have you written this?"), choices=choices.languages, widget=QuickSelect
    )
    kind = forms.ChoiceField(label=_("What kind of thing is it?"), choices=kind_choices, widget=QuickSelect)
    stage = forms.ChoiceField(label=_("How far is it?"), choices=stage_choices, widget=QuickSelect)
    countries = CountriesField(label=_("With which countries?"), required=False)
    started = PartialDateField(label=_("Since when?"), required=False)
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    target_groups = forms.MultipleChoiceField(
        label=_("For whom?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=_("What do you need?"),
        required=False,
        choices=Support.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    offers = forms.MultipleChoiceField(
        label=_("What can you offer others?"),
        required=False,
        choices=Support.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    links = AddressesField(
        label=_("Your page on the web"),
        required=False,
        help_text=_("One address in each line, if you have any."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, hub: Hub, places: int = 2, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub
        for name, scheme in SCHEMES.items():
            if name in self.fields:
                self.fields[name].choices = term_choices(scheme)  # type: ignore[attr-defined]
        self.place_names = [f"place_{number}" for number in range(1, places + 1)]
        for number, name in enumerate(self.place_names):
            label = _("With which town?") if number == 0 else _("With which further town?")
            self.fields[name] = PlaceField(label=label, required=False)
        self.initial.setdefault("language", get_language())
        self.initial.setdefault("stage", Stage.RUNNING)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("started") and cleaned["started"].first > today_in(self.hub):
            planned = cleaned.get("stage") in (Stage.IDEA, Stage.PLANNED)
            if not planned:
                self.add_error(
                    "started", _("This day is still to come. Say “planned” above, or an earlier day.")
                )
        return cleaned

    def said(self) -> dict[str, Any]:
        """The facts that this form asks for, as `InitiativeFacts` has them. It must be valid."""
        cleaned = self.cleaned_data
        facts: dict[str, Any] = {
            name: cleaned[name]
            for name in ("title", "summary", "language", "countries", "started", "links")
            if name in cleaned
        }
        return {
            **facts,
            "kind": InitiativeKind(cleaned["kind"]),
            "stage": Stage(cleaned["stage"]),
            "places": self.places(),
            "terms": self.terms(),
            "needs": {Support(what): "" for what in cleaned["needs"]},
            "offers": {Support(what): "" for what in cleaned["offers"]},
        }

    def places(self) -> tuple[Any, ...]:
        found = {self.cleaned_data.get(name) for name in self.place_names}
        return tuple(sorted((place for place in found if place), key=lambda place: place.pk))

    def terms(self) -> tuple[Term, ...]:
        """Those of all lists that were ticked, and are understood. One query."""
        wanted = {scheme: set(self.cleaned_data.get(name, ())) for name, scheme in SCHEMES.items()}
        codes = set().union(*wanted.values())
        terms = Term.objects.filter(scheme__in=wanted, code__in=codes).order_by("scheme", "position")
        return tuple(term for term in terms if term.code in wanted[term.scheme_id]) if codes else ()


class ShortForm(EntryForm):
    """What a volunteer is asked. Name and mail address are for the office; showing them is a choice of its own."""

    organisation = forms.CharField(
        label=_("Which association or group does it?"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty if you do it as people, without an association."),
    )
    organisation_id = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    owner_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    owner_email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("We send you a link to confirm it. Nobody sees it, unless you say so below."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name_public = forms.BooleanField(label=_("Everybody may see my name"), required=False)
    email_public = forms.BooleanField(label=_("Everybody may see my mail address"), required=False)

    def facts(self) -> InitiativeFacts:
        return InitiativeFacts(**self.said(), involved=self._involved(), contact=self._contact())

    def _involved(self) -> tuple[Involved, ...]:
        from concivis.directory.queries import public

        chosen = self.cleaned_data.get("organisation_id", "")
        found = public().filter(hub=self.hub, public_id=chosen).first() if chosen else None
        if found:
            return (Involved(organisation=found),)
        name = self.cleaned_data.get("organisation", "").strip()
        return (Involved(name=name),) if name else ()

    def _contact(self) -> Contact:
        cleaned = self.cleaned_data
        public = frozenset(part for part in ("name", "email") if cleaned.get(f"{part}_public"))
        return Contact(
            name=cleaned["owner_name"],
            email=cleaned["owner_email"],
            public=public,
            consent_on=today_in(self.hub) if public else None,
            consent_how=BY_THEMSELVES if public else "",
        )
