"""The forms of the directory."""

from collections.abc import Callable
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
    PersonFacts,
    RoleFacts,
    TieFacts,
)
from concivis.directory.actions.people import person_public
from concivis.directory.enums import DIPLOMATIC, NameUse, OrganisationKind, PersonField, TieKind, TieUnit
from concivis.directory.filters import GROUPS, THEMES
from concivis.directory.models import NetworkMembership, Organisation, Person, Role, Tie
from concivis.directory.queries import in_hub
from concivis.hubs import choices
from concivis.hubs.models import Hub, today_in
from concivis.places.choices import country_choices
from concivis.places.fields import PlaceField
from concivis.places.models import Region
from concivis.shell.content import Origin
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.models import Term
from concivis.vocabulary.queries import term_choices

PERSON_FIELDS = ("name", "is_pseudonym", "email", "phone", "address", "messenger")
LINES = 12  # of other names and of links


def day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


def text(label: Any, most: int, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, **options)


def ticks(label: Any, options: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    return forms.MultipleChoiceField(label=label, required=False, choices=options, widget=widget, **more)


def some(label: Any, options: Any, empty: Any, **more: Any) -> forms.ChoiceField:
    def offered() -> list[Any]:
        return [("", empty), *options()]

    return forms.ChoiceField(label=label, required=False, choices=offered, widget=QuickSelect, **more)


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


class TieForm(forms.Form):
    kind = forms.ChoiceField(label=_("What ties it there?"), choices=TieKind.choices)
    place = PlaceField(
        label=_("Town"),
        required=False,
        help_text=_("The more exactly, the better others are found. Leave it empty for a country."),
    )
    country = some(_("Country"), country_choices, _("that of the town"))
    number = forms.IntegerField(
        label=_("How many?"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text=_("What it says of all its members together, such as forty families. Nobody is listed."),
    )
    unit = some(_("Families or people?"), lambda: TieUnit.choices, _("not said"))
    since = forms.IntegerField(label=_("Since which year?"), required=False, min_value=1800, max_value=2200)
    note = forms.CharField(label=_("Note"), required=False, max_length=400)
    source = forms.CharField(label=_("Who says so?"), required=False, max_length=300)

    def facts(self) -> TieFacts:
        said = self.cleaned_data
        unit = TieUnit(said["unit"]) if said["unit"] else ""
        return TieFacts(**{**said, "kind": TieKind(said["kind"]), "unit": unit})

    @staticmethod
    def initial_of(tie: Tie) -> dict[str, Any]:
        plain = {name: getattr(tie, name) for name in ("kind", "number", "unit", "since", "note", "source")}
        return {**plain, "place": tie.place_id, "country": "" if tie.place_id else tie.country_id}


class RoleForm(forms.Form):
    """A person and what they are in one organisation."""

    function = forms.CharField(label=_("Role"), max_length=160, help_text=_("Chair, contact for schools, …"))
    name = forms.CharField(label=_("Name"), max_length=120)
    is_pseudonym = forms.BooleanField(
        label=_("This is a pseudonym"),
        required=False,
        help_text=_("For people at risk. Then write the other name nowhere: it is not needed."),
    )
    email = forms.EmailField(label=_("Mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    messenger = forms.CharField(label=_("Messenger"), required=False, max_length=80, help_text=_("Signal: …"))
    since = day(_("There since"))
    left_on = day(_("There until"), help_text=_("Leave it empty while the person is there."))
    public = ticks(
        _("The person agreed that everybody sees"),
        PersonField.choices,
        help_text=_(
            "Each only if the person said so of just that one. Take a tick away where it is taken back."
        ),
    )
    agreed_on = day(_("Agreed on"))
    agreed_how = forms.CharField(
        label=_("Agreed how?"), required=False, max_length=200, help_text=_("By mail; on paper at a meeting.")
    )

    def __init__(self, *args: Any, hub: Hub, role: Role | None = None, **kwargs: Any) -> None:
        if role is not None:
            kwargs["initial"] = self.initial_of(role)
        super().__init__(*args, **kwargs)
        self.hub = hub

    def clean_agreed_on(self) -> object:
        agreed = self.cleaned_data["agreed_on"]
        if agreed and agreed > today_in(self.hub):
            raise ValidationError(_("This day is in the future."))
        return agreed

    def person(self) -> PersonFacts:
        said = self.cleaned_data
        plain = {name: said[name] for name in PERSON_FIELDS}
        return PersonFacts(
            **plain,
            public=frozenset(map(PersonField, said["public"])),
            agreed_on=said["agreed_on"],
            agreed_how=said["agreed_how"],
        )

    def role(self) -> RoleFacts:
        said = self.cleaned_data
        return RoleFacts(function=said["function"], since=said["since"], left_on=said["left_on"])

    @staticmethod
    def initial_of(role: Role) -> dict[str, Any]:
        person: Person = role.person
        plain = {name: getattr(person, name) for name in PERSON_FIELDS}
        return {
            **plain,
            "function": role.function,
            "since": role.since,
            "left_on": role.left_on,
            "public": sorted(person_public(person)),
        }


class NetworkForm(forms.Form):
    network = forms.ModelChoiceField(label=_("Network"), queryset=Organisation.objects.none())
    since = day(_("Member since"))

    def __init__(self, *args: Any, organisation: Organisation, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = NetworkMembership.objects.filter(member=organisation, until=None).values("network")
        others = in_hub(hub).exclude(pk=organisation.pk).exclude(pk__in=inside)
        networks = others.filter(kind=OrganisationKind.NETWORK)
        self.fields["network"].queryset = networks if networks.exists() else others  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    until = forms.DateField(
        label=_("Member until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class TranslationForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of the translation"), choices=choices.languages, widget=QuickSelect
    )
    origin = forms.ChoiceField(label=_("Translated by"), choices=Origin.choices)
    description = text(_("About"), 4000, 6)
    activities_here = text(_("Activities here"), 2000)
    activities_there = text(_("Activities abroad"), 2000)
    partners_abroad = text(_("Partners abroad"), 2000)


class MergeForm(forms.Form):
    """Into which entry this one goes."""

    survivor = forms.ModelChoiceField(label=_("The entry that stays"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, organisation: Organisation, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = in_hub(hub).exclude(pk=organisation.pk)
        self.fields["survivor"].queryset = others  # type: ignore[attr-defined]


class ClaimForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your mail address"), help_text=_("Only the office sees it. We send a link to it.")
    )
    message = text(
        _("Who are you in this organisation?"),
        2000,
        4,
        help_text=_("So that the office can tell that it is you."),
    )
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user is not None:
            del self.fields["email"]
            self.initial["name"] = user.name


class DeclineForm(forms.Form):
    reason = text(_("Why?"), 400, 3, help_text=_("A sentence. It is mailed to whoever asked."))


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the action was done; what stands against it is shown beside its field."""
    try:
        act()
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            known = {name: errors for name, errors in error.error_dict.items() if name in form.fields}
            rest = [
                one for name, errors in error.error_dict.items() if name not in form.fields for one in errors
            ]
            for name, errors in known.items():
                form.add_error(name, errors)
            if rest:
                form.add_error(None, rest)
        else:
            form.add_error(None, error)
        return False
    return True
