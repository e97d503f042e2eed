"""Forms about meetings: of the office, and of those who are invited."""

from collections.abc import Iterable
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.catalogue import kinds
from concivis.desk.actions.meetings.guests import Reply
from concivis.desk.actions.meetings.minutes import Kept
from concivis.desk.meetings.enums import Answer, MinutesFor
from concivis.desk.models import AgendaItem, Guest, Meeting
from concivis.desk.models.meetings import MOST_PEOPLE
from concivis.hubs import choices
from concivis.hubs.models import Hub, Membership
from concivis.places.fields import LanguagesField
from concivis.shell.clock import ClockField, moment
from concivis.shell.languages import interface_choices
from concivis.shell.widgets import QuickSelect

MOST_WEEKS = 104


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    starts = ClockField(label=_("Begins"))
    ends = ClockField(label=_("Ends"))
    timezone = forms.ChoiceField(
        label=_("By the clock of"),
        choices=choices.timezones,
        widget=QuickSelect,
        help_text=_("The time zone of the place."),
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=300,
        required=False,
        help_text=_("Room, street and town; empty if it is only online."),
    )
    online_url = forms.URLField(
        label=_("Online address"), max_length=500, required=False, assume_scheme="https"
    )
    online_is_public = forms.BooleanField(
        label=_("Show the online address to everybody"),
        required=False,
        help_text=_("Otherwise only those who are invited see it."),
    )
    languages = LanguagesField(label=_("What is spoken"), required=False)
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("An empty line makes a paragraph, **stars** make words bold."),
    )
    language = forms.ChoiceField(
        label=_("In which language have you written this?"), choices=choices.languages, widget=QuickSelect
    )
    is_public = forms.BooleanField(
        label=_("Everybody may see it"),
        required=False,
        help_text=_(
            "It stands on the office's public pages and in the calendar that people can subscribe to."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, hub: Hub, meeting: Meeting | None = None) -> None:
        super().__init__(data, initial=_initial(hub, meeting))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "timezone" in cleaned:
            for name in ("starts", "ends"):
                if cleaned.get(name):
                    self._set_moment(cleaned, name)
        if not self.errors and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends", gettext("It must end after it begins."))
        if not cleaned.get("place") and not cleaned.get("online_url") and "online_url" not in self.errors:
            self.add_error("place", gettext("Say where it takes place, or give an online address."))
        return cleaned

    def _set_moment(self, cleaned: dict[str, Any], name: str) -> None:
        try:
            cleaned[f"{name}_at"] = moment(cleaned[name], ZoneInfo(cleaned["timezone"]))
        except ValidationError as error:
            self.add_error(name, error)

    def columns(self) -> dict[str, Any]:
        """For `planning.plan` and `planning.change`."""
        left_out = ("starts", "ends", "revision")
        said = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return {**said, "languages": list(said["languages"])}


def _initial(hub: Hub, meeting: Meeting | None) -> dict[str, Any]:
    if meeting is None:
        return {"timezone": hub.timezone, "language": hub.language}
    names = (
        "title",
        "starts",
        "ends",
        "timezone",
        "place",
        "online_url",
        "online_is_public",
        "languages",
        "about",
    )
    return {name: getattr(meeting, name) for name in (*names, "language", "is_public", "revision")}


class CopyForm(forms.Form):
    weeks = forms.IntegerField(label=_("How many weeks later?"), min_value=1, max_value=MOST_WEEKS, initial=4)
    with_guests = forms.BooleanField(label=_("The same people on the list"), required=False, initial=True)
    with_agenda = forms.BooleanField(label=_("The same agenda"), required=False)


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the letter to those who are invited."),
    )


class ItemForm(forms.Form):
    title = forms.CharField(label=_("What it is about"), max_length=200)
    speaker = forms.CharField(
        label=_("Who"), max_length=120, required=False, help_text=_("Only those who are invited see this.")
    )
    length = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, required=False)
    card = forms.ChoiceField(
        label=_("Belongs to"), required=False, widget=QuickSelect, help_text=_("A public entry of your city.")
    )

    def __init__(
        self, data: Any, *, cards: Iterable[tuple[str, str, str]], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        named = [(f"{kind} {pk}", f"{title} ({kinds.kind(kind).one})") for kind, pk, title in cards]
        current = (initial or {}).get("card")
        if current and current not in dict(named):
            named.append((current, gettext("an entry that is not public any more")))
        cast(forms.ChoiceField, self.fields["card"]).choices = [("", gettext("nothing")), *named]

    def columns(self) -> dict[str, Any]:
        kind, _space, pk = self.cleaned_data["card"].partition(" ")
        said = {name: self.cleaned_data[name] for name in ("title", "speaker", "length")}
        return {**said, "card_kind": kind, "card_id": pk}


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Mail address"), required=False)
    language = forms.ChoiceField(label=_("Language of the letters"), choices=interface_choices)
    consent_how = forms.CharField(
        label=_("How did the person agree to be invited by mail?"),
        max_length=200,
        required=False,
        help_text=_("For example: said so at the last meeting. Not needed without a mail address."),
    )


class SomeoneElseForm(GuestForm):
    """An initiative's owner or an organisation, of whom no consent need be noted."""

    consent_how = None  # type: ignore[assignment]


class ReplyForm(forms.Form):
    answer = forms.ChoiceField(label=_("Do you come?"), choices=Answer.choices, widget=forms.RadioSelect)
    people = forms.IntegerField(
        label=_("How many people come?"), min_value=1, max_value=MOST_PEOPLE, initial=1, required=False
    )
    needs = forms.CharField(
        label=_("What do you need?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "For example interpretation into a language, a place for a wheelchair. Only the office reads it."
        ),
    )

    @classmethod
    def of(cls, guest: Guest, data: Any = None) -> "ReplyForm":
        return cls(data, initial={"answer": guest.answer, "people": guest.people, "needs": guest.needs})

    def reply(self) -> Reply:
        said = self.cleaned_data
        return Reply(Answer(said["answer"]), said["people"] or 1, said["needs"])


class ProposalForm(forms.Form):
    title = forms.CharField(label=_("What would you like to talk about?"), max_length=200)
    length = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=120, required=False)


class MinutesForm(forms.Form):
    """The minutes as a whole, and for each item of the agenda what was decided and what was said."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, meeting: Meeting, items: list[AgendaItem]) -> None:
        initial: dict[str, Any] = {"revision": meeting.revision, "text": meeting.minutes}
        super().__init__(data, initial=initial)
        self.items = items
        for item in items:
            self.fields[f"decision-{item.pk}"] = _text(gettext("Decided"), 5000, 2, item.decision)
            self.fields[f"notes-{item.pk}"] = _text(gettext("Notes"), 20_000, 4, item.notes)
        self.fields["text"] = _text(gettext("Minutes of the whole meeting"), 20_000, 8, meeting.minutes)

    def by_item(self) -> list[tuple[AgendaItem, list[forms.BoundField]]]:
        return [(item, [self[f"decision-{item.pk}"], self[f"notes-{item.pk}"]]) for item in self.items]

    def kept(self) -> dict[int, Kept]:
        said = self.cleaned_data
        return {item.pk: Kept(said[f"decision-{item.pk}"], said[f"notes-{item.pk}"]) for item in self.items}


def _text(label: str, most: int, rows: int, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=False,
        initial=initial,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ShowForm(forms.Form):
    to = forms.ChoiceField(
        label=_("Who may read the minutes?"), choices=MinutesFor.choices, widget=forms.RadioSelect
    )
    mail = forms.BooleanField(label=_("Write to those who are invited, with their link"), required=False)

    def __init__(self, data: Any, *, meeting: Meeting) -> None:
        super().__init__(data, initial={"to": meeting.minutes_for})
        if not meeting.is_public:
            offered = [each for each in MinutesFor.choices if each[0] != MinutesFor.EVERYBODY]
            cast(forms.ChoiceField, self.fields["to"]).choices = offered


class TaskForm(forms.Form):
    title = forms.CharField(label=_("What is to be done?"), max_length=300)
    who = forms.ChoiceField(
        label=_("Who does it?"),
        required=False,
        help_text=_("Gets a letter with a link to say that it is done."),
    )
    due_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self,
        data: Any,
        *,
        members: Iterable[Membership],
        guests: Iterable[Guest],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.people: dict[str, User | Guest] = {
            **{f"member-{each.user_id}": each.user for each in members},
            **{f"guest-{each.public_id}": each for each in guests},
        }
        office = [(key, str(one)) for key, one in self.people.items() if isinstance(one, User)]
        invited = [(key, one.name) for key, one in self.people.items() if isinstance(one, Guest)]
        groups: list[Any] = [("", gettext("nobody yet")), (gettext("The office"), office)]
        if invited:
            groups.append((gettext("On the list of the meeting"), invited))
        cast(forms.ChoiceField, self.fields["who"]).choices = groups

    def columns(self) -> dict[str, Any]:
        """For `tasks.add_task` and `tasks.change_task`."""
        one = self.people.get(self.cleaned_data["who"])
        return {
            "title": self.cleaned_data["title"],
            "due_on": self.cleaned_data["due_on"],
            "assignee": one if isinstance(one, User) else None,
            "guest": one if isinstance(one, Guest) else None,
        }
