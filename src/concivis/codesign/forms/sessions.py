"""Forms about sessions and who was there."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.codesign import telling
from concivis.codesign.actions.sessions import SessionFacts
from concivis.codesign.enums import Setting
from concivis.codesign.forms.fields import CountsField, long_text, text_language
from concivis.codesign.models import Connector, Process, Session
from concivis.places.fields import LanguagesField
from concivis.shell.clock import ClockField, moment
from concivis.shell.languages import interface_choices
from concivis.shell.widgets import QuickSelect


class SessionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    starts = ClockField(label=_("Begins"), help_text=_("By the clock of the city."))
    ends = ClockField(label=_("Ends"))
    setting = forms.ChoiceField(
        label=_("Where do people meet?"), choices=Setting.choices, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=_("Place"), max_length=300, required=False, help_text=_("Room, street and town.")
    )
    online_url = forms.URLField(
        label=_("Online address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Never public: give it to those who take part."),
    )
    phase = forms.ChoiceField(label=_("Phase"), required=False, widget=QuickSelect)
    connectors = forms.MultipleChoiceField(
        label=_("Which connectors hold it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = LanguagesField(label=_("What is spoken"), required=False)
    capacity = forms.IntegerField(
        label=_("How many people have room?"), min_value=1, max_value=100_000, required=False
    )
    about = long_text(_("What it is about"), 4000)
    language = text_language()
    is_public = forms.BooleanField(
        label=_("Everybody may see it"),
        required=False,
        help_text=_("It stands on the page of the process and in the calendar, without the online address."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        *,
        process: Process,
        roster: list[Connector],
        session: Session | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(process, session))
        self.zone = ZoneInfo(session.timezone if session else process.hub.timezone)
        self.phases = {str(phase.pk): phase for phase in process.phases.all()}
        self.roster = {each.public_id: each for each in roster}
        names = [(key, telling.phase_name(phase)) for key, phase in self.phases.items()]
        cast(forms.ChoiceField, self.fields["phase"]).choices = [("", gettext("none")), *names]
        people = [(key, each.name) for key, each in self.roster.items()]
        if people:
            cast(forms.ChoiceField, self.fields["connectors"]).choices = people
        else:
            del self.fields["connectors"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("starts", "ends"):
            self._set_moment(cleaned, name)
        if not self.errors and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends", gettext("It must end after it begins."))
        if cleaned.get("setting") == Setting.ON_SITE and not cleaned.get("place"):
            self.add_error("place", gettext("Say where people meet."))
        return cleaned

    def _set_moment(self, cleaned: dict[str, Any], name: str) -> None:
        said = cleaned.get(name)
        if not isinstance(said, datetime):
            return
        try:
            cleaned[f"{name}_at"] = moment(said, self.zone)
        except ValidationError as error:
            self.add_error(name, error)

    def facts(self) -> SessionFacts:
        said = self.cleaned_data
        names = ("title", "language", "starts_at", "ends_at", "about", "place", "online_url", "languages")
        return SessionFacts(
            **{name: said[name] for name in names},
            setting=Setting(said["setting"]),
            capacity=said["capacity"],
            phase=self.phases.get(said["phase"]),
            is_public=said["is_public"],
            connectors=[self.roster[key] for key in said.get("connectors", ())],
        )


def _initial(process: Process, session: Session | None) -> dict[str, Any]:
    if session is None:
        return {"language": process.hub.language, "setting": Setting.ON_SITE, "is_public": False}
    names = (
        "title",
        "setting",
        "place",
        "online_url",
        "languages",
        "capacity",
        "about",
        "language",
        "is_public",
        "revision",
    )
    return {
        **{name: getattr(session, name) for name in names},
        "starts": telling.by_its_clock(session, session.starts_at),
        "ends": telling.by_its_clock(session, session.ends_at),
        "phase": str(session.phase_id or ""),
        "connectors": [each.public_id for each in session.connectors.all()],
    }


class QuickSessionForm(forms.Form):
    """For a connector on the way: what took place, and how many came."""

    process = forms.ChoiceField(label=_("For which process?"), widget=QuickSelect)
    title = forms.CharField(
        label=_("What was it?"), max_length=200, help_text=_("For example: tea after school")
    )
    place = forms.CharField(label=_("Where?"), max_length=300)
    starts = ClockField(label=_("When did it begin?"))
    hours = forms.DecimalField(
        label=_("How many hours?"), min_value=0.25, max_value=24, decimal_places=2, max_digits=4, initial=1
    )
    attended = forms.IntegerField(label=_("How many people came?"), min_value=0, max_value=100_000)
    by_language = CountsField(
        label=_("Of them, how many speak which language?"),
        help_text=_("If you counted: one language in a line, such as “Tamil 12”. No names."),
    )

    def __init__(self, data: Any, *, processes: list[Process], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.processes = {each.public_id: each for each in processes}
        cast(forms.ChoiceField, self.fields["process"]).choices = [
            (key, each.title) for key, each in self.processes.items()
        ]


class AttendanceForm(forms.Form):
    attended = forms.IntegerField(
        label=_("How many people came?"), min_value=0, max_value=100_000, required=False
    )
    by_language = CountsField(
        label=_("Of them, how many speak which language?"),
        help_text=_("If somebody counted: one language in a line, such as “Tamil 12”. No names."),
    )


class ParticipantForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Only if the person agreed to just this."),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        required=False,
        help_text=_("Only if the person agreed to just this. They get a letter with a link to withdraw it."),
    )
    language = forms.ChoiceField(label=_("Language of our letters"), choices=interface_choices)
    agreed_how = forms.CharField(
        label=_("How did the person agree?"),
        max_length=200,
        help_text=_("For example: on the list at the door"),
    )


class CancelForm(forms.Form):
    because = long_text(_("Why?"), 500, rows=3, required=True, help_text=_("Everybody can read this."))
