"""The office's forms about a process."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.codesign.actions.processes import LONGEST, ProcessFacts
from concivis.codesign.courses import COURSES
from concivis.codesign.forms.fields import DayField, long_text, terms_of, text_language, themes
from concivis.codesign.models import Phase, Process
from concivis.hubs import choices
from concivis.hubs.models import Hub
from concivis.shell.widgets import QuickSelect


class ProcessForm(forms.Form):
    title = forms.CharField(
        label=_("What is it called?"),
        max_length=200,
        help_text=_("As a question, people find it easier to answer."),
    )
    summary = long_text(
        _("What is it about?"),
        LONGEST["summary"],
        help_text=_("Two or three sentences, for people who have never heard of it."),
    )
    scope = long_text(
        _("What can be changed, and what cannot?"),
        LONGEST["scope"],
        help_text=_("Be honest: who decides, how much money there is, what is already decided."),
    )
    goals = long_text(_("Goals"), LONGEST["goals"], help_text=_("One a line."))
    language = text_language()
    starts = DayField(label=_("From"), required=False)
    ends = DayField(label=_("Until"), required=False)
    themes = themes()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, process: Process, data: Any = None) -> "ProcessForm":
        names = ("title", "summary", "scope", "goals", "language", "starts", "ends", "revision")
        initial = {name: getattr(process, name) for name in names}
        initial["themes"] = [term.code for term in process.terms.all() if term.scheme_id == "theme"]
        return cls(data, initial=initial)

    def facts(self) -> ProcessFacts:
        names = ("title", "summary", "scope", "goals", "language", "starts", "ends")
        said = {name: self.cleaned_data[name] for name in names}
        return ProcessFacts(**said, terms=terms_of(self.cleaned_data["themes"]))


class NewProcessForm(ProcessForm):
    course = forms.ChoiceField(
        label=_("Which phases?"),
        required=False,
        choices=lambda: [
            *(
                (course.code, f"{course.name}: " + " → ".join(str(part.name) for part in course.parts))
                for course in COURSES.values()
            ),
            ("", gettext("None: I add my own")),
        ],
        widget=forms.RadioSelect,
        help_text=_("You can move, rename and add phases afterwards. With a first day, each gets its dates."),
    )
    field_order = ("course",)

    def __init__(self, data: Any, *, hub: Hub) -> None:
        super().__init__(data, initial={"language": hub.language, "course": next(iter(COURSES))})


class PhaseForm(forms.Form):
    name = forms.CharField(label=_("What is it called?"), max_length=120)
    aim = long_text(_("What is it for?"), 1000, rows=3)
    starts = DayField(label=_("From"), required=False)
    ends = DayField(label=_("Until"), required=False)

    @classmethod
    def of(cls, phase: Phase, data: Any = None) -> "PhaseForm":
        form = cls(data, initial={name: getattr(phase, name) for name in ("name", "aim", "starts", "ends")})
        if phase.code:
            del form.fields["name"]
        return form


class PhaseNameForm(forms.Form):
    language = forms.ChoiceField(
        label=_("In another language"), choices=choices.languages, widget=QuickSelect
    )
    name = forms.CharField(label=_("What is it called there?"), max_length=120, required=False)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(
        label=_("In another language"), choices=choices.languages, widget=QuickSelect
    )


class ProcessTextForm(forms.Form):
    title = forms.CharField(label=_("What is it called?"), max_length=200)
    summary = long_text(_("What is it about?"), LONGEST["summary"])
    scope = long_text(_("What can be changed, and what cannot?"), LONGEST["scope"])
    goals = long_text(_("Goals"), LONGEST["goals"])
    by_machine = forms.BooleanField(label=_("A machine translated it"), required=False)
