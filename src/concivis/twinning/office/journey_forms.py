"""The forms about the ten steps. What cannot be is refused by the actions, beside the same fields."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.hubs.forms import DAYS
from concivis.hubs.models import Hub
from concivis.shell.uploads import ACCEPT
from concivis.twinning import journey, people
from concivis.twinning.enums import ProofKind
from concivis.twinning.models import Contact, Document, Step


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProofForm(forms.Form):
    kind = forms.ChoiceField(label=pgettext_lazy("evidence", "Kind"), choices=ProofKind.choices)
    title = forms.CharField(
        label=_("What it shows"),
        max_length=200,
        help_text=_("In a few words: “Decision of the council of 12 March”, “First visit of the school”."),
    )
    date = forms.DateField(label=_("Day"), widget=date_input(), validators=DAYS)
    text = forms.CharField(
        label=pgettext_lazy("evidence", "Text"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The note itself, or what others should know about it."),
    )
    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    document = forms.ModelChoiceField(
        label=_("Document"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("One that is already among the documents of this partnership."),
    )

    file = forms.FileField(
        label=_("File"),
        max_length=255,
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("Or a new file; it is kept among the documents, for the offices of both sides."),
    )

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As `actions.journey.add_proof` takes them."""
        names = ("title", "date", "text", "url", "document")
        facts = {name: self.cleaned_data[name] for name in names}
        return {**facts, "kind": ProofKind(self.cleaned_data["kind"]), "upload": self.cleaned_data["file"]}


class SkipForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it left out?"),
        max_length=300,
        help_text=_("Both sides can read it. The step can be opened again at any time."),
    )


class PersonField(forms.ModelChoiceField):
    """“A. Name, Hamm (youth)”"""

    def label_from_instance(self, obj: Contact) -> str:
        return f"{obj.name}, {obj.side.place.name} ({obj.get_role_display()})"


class CareForm(forms.Form):
    """Until when, and who looks after it."""

    due_on = forms.DateField(label=_("Due on"), required=False, widget=date_input(), validators=DAYS)
    responsible = PersonField(
        label=_("Who looks after it"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
        help_text=_("Somebody from the page “People”, of either side."),
    )

    def __init__(self, data: Any = None, *, step: Step, on: dt.date) -> None:
        super().__init__(data, initial={"due_on": step.due_on, "responsible": step.responsible_id})
        there = people.there_on(step.journey.partnership, on)
        self.fields["responsible"].queryset = there  # type: ignore[attr-defined]


def places_in_the_journey() -> list[tuple[str, Any]]:
    language = get_language() or "en"
    steps = journey.template().steps
    return [
        ("", _("at the end")),
        *((step.code, _("after: %s") % journey.in_language(step.title, language)) for step in steps),
    ]


class HubStepForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("What is to be done: “Ask the districts”.")
    )
    aim = forms.CharField(
        label=_("What it is for"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences for who walks it, also on the other side."),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=choices.languages)
    after = forms.ChoiceField(label=_("Where in the journey"), choices=places_in_the_journey, required=False)

    def __init__(self, data: Any = None, *, hub: Hub) -> None:
        super().__init__(data, initial={"language": hub.language})
