"""The forms of one partnership: a new one, and what its keeper writes about it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from concivis.directory.models import OrganisationKind
from concivis.hubs import choices
from concivis.hubs.models import Hub
from concivis.places.fields import PlaceField
from concivis.places.models import Place
from concivis.twinning import telling
from concivis.twinning.actions.editing import NOT_YET_PUBLIC, Body, PartnershipFacts
from concivis.twinning.enums import PUBLIC_STATES, PartnershipKind, PartnershipState
from concivis.twinning.filters import field_choices
from concivis.twinning.models import Partnership
from concivis.vocabulary.models import Term

MINE, THEIRS = "mine", "theirs"
FIRST_STATES = [state for state in PartnershipState if state not in ("suspended", "ended")]


def explained(options: Any, words: Any) -> list[tuple[str, Any]]:
    """“twinning: A formal tie by contract …”, for radio buttons."""
    return [(str(each.value), format_lazy("{}: {}", each.label, words[each.value])) for each in options]


class DescriptionForm(forms.Form):
    """What a new partnership and a known one both say."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=explained(PartnershipKind, telling.KINDS), widget=forms.RadioSelect
    )
    # a form has a `fields` of its own, so this one is called otherwise
    fields_of_work = forms.MultipleChoiceField(
        label=_("Fields of work"),
        choices=field_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-in-columns"}),
    )
    summary = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few sentences for everybody."),
    )
    language = forms.ChoiceField(label=_("Language of this text"), required=False, choices=choices.languages)

    def terms(self) -> tuple[Term, ...]:
        return tuple(Term.objects.filter(scheme="field", code__in=self.cleaned_data["fields_of_work"]))

    def written_in(self) -> str:
        """The language of the summary; empty where there is none."""
        return str(self.cleaned_data["language"]) if self.cleaned_data["summary"] else ""


class NewPartnershipForm(DescriptionForm):
    place = PlaceField(
        label=_("With which place?"),
        help_text=_("Begin to write its name, in any language: a city, a town, a village or a province."),
    )
    third_place = PlaceField(
        label=_("And a third place?"),
        required=False,
        help_text=_("Only where three places made the partnership together."),
    )
    state = forms.ChoiceField(
        label=_("How far is it?"), choices=explained(FIRST_STATES, telling.STATES), widget=forms.RadioSelect
    )
    is_published = forms.BooleanField(
        label=_("Everybody may see it"), required=False, help_text=NOT_YET_PUBLIC
    )
    take_over = forms.BooleanField(label=_("Take it over into this office"), required=False)
    field_order = ("place", "third_place", "kind", "state")

    def __init__(self, *args: Any, hub: Hub, offered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub
        self.fields["language"].initial = hub.language
        if not offered:
            del self.fields["take_over"]

    def offer(self) -> None:
        """Asks whether to take over what the commons already has."""
        self.fields["take_over"] = self.base_fields["take_over"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: list[Place] = [self.hub.place]
        for name in ("place", "third_place"):
            place = cleaned.get(name)
            if place in taken:
                self.add_error(name, _("Each place stands in a partnership once, your own city included."))
            elif place is not None:
                taken.append(place)
        cleaned["places"] = taken
        if cleaned.get("is_published") and cleaned.get("state") not in PUBLIC_STATES:
            self.add_error("is_published", NOT_YET_PUBLIC)
        return cleaned


class EditForm(DescriptionForm):
    """`taking`: names of fields for which the person chooses between their own value and the one that is saved."""

    valid_until = forms.DateField(
        label=_("Agreed until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty where the agreement is not limited in time."),
    )
    is_published = forms.BooleanField(label=_("Everybody may see it"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, partnership: Partnership, hub: Hub, taking: Collection[str] = (), **kwargs: Any
    ) -> None:
        self.sides = list(partnership.sides.all())
        self.stands = self.values_of(partnership, hub)
        super().__init__(*args, **{**kwargs, "initial": {**self.stands, "revision": partnership.revision}})
        for side in self.sides:
            self._add_body(side.pk, side.place.name)
        if partnership.state not in PUBLIC_STATES:
            self.fields["is_published"].disabled = True
            self.fields["is_published"].help_text = NOT_YET_PUBLIC
        for name in taking:
            self.ask_which(name)

    def values_of(self, partnership: Partnership, hub: Hub) -> dict[str, Any]:
        """{name of a field: what is saved}. One query."""
        values: dict[str, Any] = {
            "kind": partnership.kind,
            "fields_of_work": [term.code for term in partnership.fields.all()],
            "summary": partnership.summary,
            "language": partnership.language or hub.language,
            "valid_until": partnership.valid_until,
            "is_published": partnership.is_published,
        }
        for side in self.sides:
            body = side.organisation
            values[f"body_{side.pk}"] = body.name if body else ""
            values[f"body_{side.pk}_kind"] = body.kind if body else OrganisationKind.MUNICIPALITY.value
            values[f"body_{side.pk}_website"] = body.website if body else ""
        return values

    def _add_body(self, pk: int, place: str) -> None:
        self.fields[f"body_{pk}"] = forms.CharField(
            label=format_lazy(_("{place}: body that acts for it"), place=place),
            required=False,
            max_length=200,
            help_text=_("The city's office, a committee, an association."),
        )
        self.fields[f"body_{pk}_kind"] = forms.ChoiceField(
            label=format_lazy(_("{place}: kind of this body"), place=place), choices=OrganisationKind.choices
        )
        self.fields[f"body_{pk}_website"] = forms.URLField(
            label=format_lazy(_("{place}: website of this body"), place=place),
            required=False,
            max_length=200,
            assume_scheme="https",
        )

    # --- somebody else saved meanwhile ---

    def differing(self, saved: dict[str, Any]) -> list[str]:
        """The fields in which what is saved is not what this person wrote."""
        return [name for name, value in saved.items() if _plain(self.cleaned_data.get(name)) != _plain(value)]

    def ask_which(self, name: str) -> None:
        field = self.fields.get(name)
        if field is not None:
            self.fields[f"take_{name}"] = forms.ChoiceField(
                label=field.label,
                choices=[(MINE, _("what I wrote")), (THEIRS, self.spoken(name))],
                initial=MINE,
                widget=forms.RadioSelect,
            )

    def spoken(self, name: str) -> str:
        """“what is saved now: …”"""
        value, field = self.stands.get(name), self.fields[name]
        options = dict(getattr(field, "choices", ()) or ())
        chosen = value if isinstance(value, list) else [value]
        if isinstance(field, forms.BooleanField):
            said = str(_("yes") if value else _("no"))
        else:
            said = ", ".join(str(options.get(each, each)) for each in chosen if each not in (None, ""))
        return str(_("what is saved now: {value}")).format(value=said or str(_("nothing")))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in list(self.fields):
            if cleaned.get(f"take_{name}") == THEIRS:
                cleaned[name] = self.stands[name]
                self.errors.pop(name, None)
        return cleaned

    def facts(self) -> PartnershipFacts:
        said = self.cleaned_data
        return PartnershipFacts(
            kind=PartnershipKind(said["kind"]),
            fields=self.terms(),
            summary=said["summary"],
            language=self.written_in(),
            valid_until=said["valid_until"],
            is_published=said["is_published"],
            bodies={side.pk: self._body(side.pk) for side in self.sides},
        )

    def _body(self, pk: int) -> Body | None:
        said = self.cleaned_data
        if not said[f"body_{pk}"]:
            return None
        return Body(
            name=said[f"body_{pk}"],
            kind=OrganisationKind(said[f"body_{pk}_kind"]),
            website=said[f"body_{pk}_website"],
        )


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple) else value or ""
