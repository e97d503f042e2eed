"""The guided form, one step a page; and the same questions on the private page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.hubs.models import Hub
from concivis.places.fields import PlaceField
from concivis.places.models import Place
from concivis.proposals import points
from concivis.proposals.actions.writing import (
    LONGEST,
    MOST_TERMS,
    Author,
    ProposalFacts,
    check_texts,
    facts_of,
)
from concivis.proposals.forms.point import PointField
from concivis.proposals.models import Proposal
from concivis.shell.guard import looks_like_spam
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.models import Term
from concivis.vocabulary.queries import term_choices


class HubForm(forms.Form):
    """A form about something in a hub."""

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub


class TextForm(HubForm):
    """What is proposed, in plain words."""

    language = forms.ChoiceField(
        label=_("In which language do you write?"), choices=choices.languages, widget=QuickSelect
    )
    title = forms.CharField(
        label=_("What do you propose?"),
        max_length=150,
        help_text=_("In a few words, as you would say it to a neighbour: “More benches in the park”."),
    )
    summary = forms.CharField(
        label=_("What shall the city do?"),
        max_length=LONGEST["summary"],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences. This is what people sign and what the city decides about."),
    )
    body = forms.CharField(
        label=_("Why, and how?"),
        required=False,
        max_length=LONGEST["body"],
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "What is the matter today, what would be better, what it may cost. Name no private persons."
        ),
    )

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, **kwargs)
        self.initial.setdefault("language", get_language())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("title", "summary", "body"):
            if objection := looks_like_spam(str(cleaned.get(name) or "")):
                self.add_error(name, objection)
        if {"title", "summary", "body"} <= cleaned.keys():
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        try:
            check_texts(cleaned["title"], cleaned["summary"], cleaned["body"])
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.add_error(name, errors)

    @staticmethod
    def initial_of(facts: ProposalFacts) -> dict[str, Any]:
        return {name: getattr(facts, name) for name in ("language", "title", "summary", "body")}


class WhereForm(HubForm):
    """Where, and what it is about. Nothing of it is required."""

    place = PlaceField(
        label=_("Which place is it about?"),
        required=False,
        help_text=_(
            "Leave it empty if it is about the whole city. It may be a part of the city, or a twin city."
        ),
    )
    point = PointField(
        label=_("A point on the map"),
        required=False,
        max_length=points.LONGEST,
        help_text=_(
            "If it is about one spot: the two numbers that a map shows, such as 51.68, 7.82, or the link of a map."
        ),
    )
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, hub=hub, **kwargs)
        self.fields["themes"].choices = term_choices("theme")  # type: ignore[attr-defined]

    def clean_themes(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["themes"]
        if len(chosen) > MOST_TERMS:
            raise ValidationError(_("At most %(most)s themes, please.") % {"most": MOST_TERMS})
        return chosen

    def terms(self) -> tuple[Term, ...]:
        """Those that were ticked, and are understood. One query."""
        codes = self.cleaned_data.get("themes") or ()
        return tuple(Term.objects.filter(scheme="theme", code__in=codes)) if codes else ()

    @staticmethod
    def initial_of(facts: ProposalFacts) -> dict[str, Any]:
        themes = [term.code for term in facts.terms if term.scheme_id == "theme"]
        return {"place": facts.place, "point": facts.point, "themes": themes}


class AuthorForm(HubForm):
    """Who proposes it."""

    author_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    author_email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("We send you a link to confirm it. Nobody but the office sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    author_phone = forms.CharField(
        label=_("Your telephone number"),
        required=False,
        max_length=40,
        help_text=_("Only if the office may call you."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    name_public = forms.BooleanField(label=_("Everybody may see my name beside the proposal"), required=False)
    agreed = forms.BooleanField(
        label=_("I have read the rules, and by them I may propose something"),
        error_messages={"required": _("Please read the rules, and say that you may propose something.")},
    )

    def clean_author_name(self) -> str:
        name: str = self.cleaned_data["author_name"]
        if objection := looks_like_spam(name):
            raise ValidationError(objection)
        return name

    def author(self) -> Author:
        said = self.cleaned_data
        return Author(
            name=said["author_name"],
            email=said["author_email"],
            phone=said["author_phone"],
            language=get_language() or "",
            name_public=said["name_public"],
        )


STEPS: dict[str, type[TextForm | WhereForm | AuthorForm]] = {
    "text": TextForm,
    "where": WhereForm,
    "you": AuthorForm,
}
TITLES = {
    "text": _("Your proposal"),
    "where": _("Where and about what"),
    "you": _("About you"),
    "look": _("Look at it"),
}


def facts_said(text: TextForm, where: WhereForm) -> ProposalFacts:
    """What two valid forms say."""
    place: Place | None = where.cleaned_data["place"]
    return ProposalFacts(
        **{name: text.cleaned_data[name] for name in ("language", "title", "summary", "body")},
        place=place,
        point=where.cleaned_data["point"],
        terms=where.terms(),
    )


class EditForm(TextForm, WhereForm):
    """Everything at once, for the private page."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    field_order = ("language", "title", "summary", "body", "place", "point", "themes")

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        facts = facts_of(proposal)
        initial = {**TextForm.initial_of(facts), **WhereForm.initial_of(facts), "revision": proposal.revision}
        super().__init__(*args, hub=proposal.hub, initial=initial, **kwargs)

    def facts(self) -> ProposalFacts:
        return facts_said(self, self)
