"""The form of an organisation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.accounts.models import User
from concivis.catalogue.enums import Support
from concivis.directory import actions
from concivis.directory.actions.facts import (
    NameFacts,
    OrganisationFacts,
)
from concivis.directory.enums import DIPLOMATIC, NameUse, OrganisationKind
from concivis.directory.filters import GROUPS, THEMES
from concivis.directory.forms.fields import some, text, ticks
from concivis.directory.models import Organisation
from concivis.hubs import choices
from concivis.hubs.models import Hub
from concivis.places.choices import country_choices
from concivis.places.fields import PlaceField
from concivis.places.models import Region
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.models import Term
from concivis.vocabulary.queries import term_choices

LINES = 12  # of other names and of links


class OrganisationForm(forms.Form):
    """All of an entry but its ties, people and memberships. `save` makes a new one or changes the given."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices, widget=QuickSelect)
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As it calls itself, in its own script.")
    )
    name_language = some(_("Language of the name"), choices.languages, _("not said"))
    transliterated = forms.CharField(
        label=_("Name in Latin letters"),
        required=False,
        max_length=200,
        help_text=_("Where the name is written in another script."),
    )
    other_names = text(
        _("Other names"),
        2000,
        3,
        help_text=_("Short names, former names, names in other languages: one in each line."),
    )
    is_diaspora = forms.BooleanField(
        label=_("This is a diaspora organisation"),
        required=False,
        help_text=_(
            "Of people with ties to other countries. Say so only of the organisation, never of a person."
        ),
    )
    legal_form = forms.CharField(label=_("Legal form"), required=False, max_length=60)
    register_scheme = forms.CharField(
        label=_("Register"),
        required=False,
        max_length=40,
        help_text=_("DE-CR, IT-CF, RO-CUI, or the register’s name."),
    )
    register_number = forms.CharField(label=_("Number in the register"), required=False, max_length=60)
    place = PlaceField(label=_("Town"), required=False)
    address = text(_("Address"), 400, 3)
    address_public = forms.BooleanField(label=_("Everybody may see the address"), required=False)
    email = forms.EmailField(
        label=_("Mail address of the organisation"),
        required=False,
        help_text=_("Everybody sees it: info@…, not that of a person."),
    )
    phone = forms.CharField(
        label=_("Telephone of the organisation"),
        required=False,
        max_length=40,
        help_text=_("Everybody sees it."),
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    links = text(
        _("Other pages of it"),
        2000,
        3,
        help_text=_("In social networks and elsewhere: one address in each line."),
    )
    represents = some(
        _("Represents"),
        country_choices,
        _("no country"),
        help_text=_("Of a consulate or an embassy: which country."),
    )
    competent_for = ticks(
        _("Competent for"), (), help_text=_("Of a consulate or an embassy: which regions of your country.")
    )
    themes = ticks(_("Themes"), lambda: term_choices(THEMES))
    groups = ticks(_("Target groups"), lambda: term_choices(GROUPS))
    spoken = forms.MultipleChoiceField(
        label=_("Languages one can speak with it"),
        required=False,
        choices=choices.languages,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    language = some(
        _("Language of the texts below"), choices.languages, _("no texts yet"),
    )  # fmt: skip
    description = text(
        _("About"), 4000, 6, help_text=_("Who you are and what you do, as you would tell a neighbour.")
    )
    activities_here = text(_("Activities here"), 2000)
    activities_there = text(_("Activities abroad"), 2000)
    partners_abroad = text(_("Partners abroad"), 2000)
    needs = ticks(pgettext_lazy("organisation", "Needs"), Support.choices)
    offers = ticks(pgettext_lazy("organisation", "Offers"), Support.choices)
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
        help_text=_("A PNG, JPEG or WebP picture, at most 1 MB and 2000 × 2000 pixels."),
    )
    remove_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(
        self, *args: Any, hub: Hub | None, organisation: Organisation | None = None, **kwargs: Any
    ) -> None:
        if organisation is not None:
            kwargs["initial"] = {**initial_of(organisation), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        regions = Region.objects.filter(country=hub.place.country_id) if hub else Region.objects.none()
        named = [(str(pk), name) for pk, name in regions.values_list("pk", "name")]
        self.fields["competent_for"].choices = named  # type: ignore[attr-defined]
        if organisation is not None and organisation.kind not in DIPLOMATIC:
            del self.fields["represents"], self.fields["competent_for"]
        if organisation is None or not organisation.logo:
            del self.fields["remove_logo"]
        if organisation is None:
            del self.fields["logo"]

    def clean_other_names(self) -> list[str]:
        return _lines(self.cleaned_data["other_names"])

    def clean_links(self) -> list[str]:
        found = _lines(self.cleaned_data["links"])
        check = forms.URLField(max_length=200, assume_scheme="https")
        return [str(check.clean(url)) for url in found]

    def facts(self) -> OrganisationFacts:
        said = dict(self.cleaned_data)
        codes = {THEMES: said.pop("themes"), GROUPS: said.pop("groups")}
        for name in ("logo", "remove_logo", "not_there"):
            said.pop(name, None)
        return OrganisationFacts(
            **{
                **said,
                "kind": OrganisationKind(said["kind"]),
                "other_names": self._names(said["other_names"]),
                "links": tuple(said["links"]),
                "represents": said.get("represents") or None,
                "competent_for": frozenset(map(int, said.get("competent_for") or ())),
                "spoken": tuple(said["spoken"]),
                "needs": tuple(sorted(map(Support, said["needs"]), key=list(Support).index)),
                "offers": tuple(sorted(map(Support, said["offers"]), key=list(Support).index)),
                "terms": self._terms(codes),
                "source_url": self.organisation.source_url if self.organisation else "",
            }
        )

    def save(self, *, by: User | None, organisation: Organisation) -> None:
        """Changes the entry, and its logo. Raises ValidationError by field."""
        actions.change_organisation(by=by, organisation=organisation, facts=self.facts())
        upload = self.cleaned_data.get("logo")
        if upload or self.cleaned_data.get("remove_logo"):
            actions.change_logo(by=by, organisation=organisation, upload=upload or None)

    def _names(self, written: list[str]) -> tuple[NameFacts, ...]:
        """Language and use of a name that was there already stay: this form does not ask for them."""
        known = {each.name: each for each in self.organisation.other_names.all()} if self.organisation else {}
        return tuple(
            NameFacts(name=name, language=known[name].language, use=NameUse(known[name].use))
            if name in known
            else NameFacts(name=name)
            for name in written
        )

    def _terms(self, codes: dict[str, list[str]]) -> frozenset[int]:
        """Terms of lists that this form does not offer stay."""
        found = Term.objects.none()
        for scheme, chosen in codes.items():
            found = found | Term.objects.filter(scheme=scheme, code__in=chosen)
        kept = self.organisation.terms.exclude(scheme__in=codes) if self.organisation else Term.objects.none()
        return frozenset([*found.values_list("pk", flat=True), *kept.values_list("pk", flat=True)])


class NewOrganisationForm(OrganisationForm):
    """First the few things by which one is found; the rest once it is there."""

    not_there = forms.BooleanField(
        label=_("It is none of these: make a new entry"), required=False, widget=forms.HiddenInput
    )
    FIRST = (
        "kind", "name", "transliterated", "is_diaspora", "place", "register_scheme", "register_number", "website",
        "not_there",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.later = {name: field for name, field in self.fields.items() if name not in self.FIRST}
        for name in self.later:
            del self.fields[name]

    def facts(self) -> OrganisationFacts:
        said = {name: value for name, value in self.cleaned_data.items() if name != "not_there"}
        return OrganisationFacts(**{**said, "kind": OrganisationKind(said["kind"])})

    def ask(self) -> None:
        """From now on the form shows the box with which one says that it is none of those proposed."""
        self.fields["not_there"].widget = forms.CheckboxInput()


def initial_of(organisation: Organisation) -> dict[str, Any]:
    facts = actions.facts_of(organisation)
    terms = list(organisation.terms.values_list("scheme", "code"))
    return {
        **{name: getattr(facts, name) for name in facts.__dataclass_fields__},
        "other_names": "\n".join(each.name for each in facts.other_names),
        "links": "\n".join(facts.links),
        "represents": facts.represents or "",
        "competent_for": [str(pk) for pk in facts.competent_for],
        "spoken": list(facts.spoken),
        "themes": [code for scheme, code in terms if scheme == THEMES],
        "groups": [code for scheme, code in terms if scheme == GROUPS],
        "needs": list(facts.needs),
        "offers": list(facts.offers),
    }


def _lines(written: str) -> list[str]:
    found = list(dict.fromkeys(line.strip() for line in written.splitlines() if line.strip()))
    if len(found) > LINES:
        raise ValidationError(_("At most %(n)s lines are kept.") % {"n": LINES})
    if any(len(line) > 200 for line in found):
        raise ValidationError(_("A line is longer than 200 characters."))
    return found
