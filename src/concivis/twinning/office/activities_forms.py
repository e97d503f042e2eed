"""The forms of the log of activities and of the office's rules."""

import json
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concivis.shell.date_fields import PartialDateField
from concivis.twinning.actions import rules
from concivis.twinning.drafts import ActivityDraft, Counted
from concivis.twinning.enums import ActivityKind
from concivis.twinning.models import Activity, OfficeRules, Side

MOST = 1_000_000  # more people do not come
NUMBERS = ("people", "young_people", "organisations")


class ActivityFilter(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("every kind")), *ActivityKind.choices]
    )
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, first_year: int | None, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(this_year, (first_year or this_year) - 1, -1)
        every = ("", _("every year"))
        self.fields["year"].choices = [every, *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """As `activity_log.chosen` takes it; a value that is not understood filters nothing."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return {"kind": cleaned.get("kind", ""), "year": cleaned.get("year")}


class ActivityForm(forms.Form):
    """Short enough for a volunteer: what, when, where, how many."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=ActivityKind)
    title = forms.CharField(
        label=_("In a few words"),
        max_length=200,
        help_text=_("“The school choir sang in the town hall”. No names of private persons."),
    )
    date = PartialDateField(label=_("When, or from when?"))
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only where it took several days."),
    )
    where = forms.CharField(label=_("Where"), required=False, max_length=160)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    is_public = forms.BooleanField(label=_("Show it on the public page"), required=False, initial=True)
    began = forms.CharField(widget=forms.HiddenInput, required=False)  # how it stood when the form was opened

    def __init__(
        self, data: Any, *, sides: list[Side], language: str, activity: Activity | None = None
    ) -> None:
        super().__init__(data, initial=initial_of(activity) if activity else {})
        self.sides, self.activity = sides, activity
        self.language = activity.language if activity and activity.language else language
        for side in sides:
            self._ask_numbers(side)

    def _ask_numbers(self, side: Side) -> None:
        labels = {
            "people": pgettext_lazy("taking part", "People"),
            "young_people": _("Of them young people"),
            "organisations": _("Organisations"),
        }
        for name, label in labels.items():
            self.fields[f"{name}_{side.pk}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST
            )

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        names = ("kind", "title", "date", "until", "where", "note", "url", "is_public")
        return [self[name] for name in names]

    @property
    def by_side(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(the place's name, the fields of its numbers)."""
        return [(side.place.name, [self[f"{name}_{side.pk}"] for name in NUMBERS]) for side in self.sides]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for side in self.sides:
            people, young = cleaned.get(f"people_{side.pk}"), cleaned.get(f"young_people_{side.pk}")
            if people is not None and young is not None and young > people:
                self.add_error(f"young_people_{side.pk}", _("There cannot be more young people than people."))
        if self.activity and not self.errors and cleaned.get("began") != fingerprint(self.activity):
            self._tell_of_change(self.activity)
        return cleaned

    def _tell_of_change(self, activity: Activity) -> None:
        """The text of this person stays in the form; saving it once more is their decision."""
        self.add_error(
            None,
            gettext(
                "Somebody changed this activity while you were writing. It now says: “%(title)s”, %(date)s. "
                "Nothing of yours is lost: compare, then save again."
            )
            % {"title": activity.title, "date": activity.when},
        )
        data: Any = self.data
        self.data = data = data.copy()
        data["began"] = fingerprint(activity)

    def draft(self) -> ActivityDraft:
        said = self.cleaned_data
        return ActivityDraft(
            kind=ActivityKind(said["kind"]),
            title=said["title"],
            when=said["date"],
            until=said["until"],
            where=said["where"],
            note=said["note"],
            language=self.language,
            url=said["url"],
            is_public=said["is_public"],
            participations={side.pk: self._counted(side) for side in self.sides},
        )

    def _counted(self, side: Side) -> Counted:
        people, young, organisations = (self.cleaned_data[f"{name}_{side.pk}"] for name in NUMBERS)
        return people, young, organisations


def initial_of(activity: Activity) -> dict[str, Any]:
    """What the form begins with. One query."""
    plain = {
        name: getattr(activity, name)
        for name in ("kind", "title", "until", "where", "note", "url", "is_public")
    }
    numbers = {
        f"{name}_{counted.side_id}": getattr(counted, name)
        for counted in activity.participations.all()
        for name in NUMBERS
    }
    return {**plain, **numbers, "date": activity.when, "began": fingerprint(activity)}


def fingerprint(activity: Activity) -> str:
    """Differs when anything of the activity does. One query."""
    numbers = activity.participations.order_by("side").values_list("side", *NUMBERS)
    facts = [
        activity.kind,
        activity.title,
        activity.when.iso,
        str(activity.until),
        activity.where,
        activity.note,
        activity.url,
        activity.is_public,
        list(numbers),
    ]
    return sha256(json.dumps(facts).encode()).hexdigest()[:32]


def _months(values: tuple[int, ...]) -> list[tuple[int, Any]]:
    return [(value, ngettext_lazy("%(n)s month", "%(n)s months", value) % {"n": value}) for value in values]


def _days(values: tuple[int, ...]) -> list[tuple[int, Any]]:
    return [(value, ngettext_lazy("%(n)s day", "%(n)s days", value) % {"n": value}) for value in values]


class RulesForm(forms.Form):
    dormant_after_months = forms.TypedChoiceField(
        label=_("A partnership counts as dormant after so long without activity"),
        coerce=int,
        choices=_months(rules.DORMANT_AFTER),
        help_text=_(
            "Everybody sees this state. It is computed, and goes away with the next activity that you write down."
        ),
    )
    nudge_after_months = forms.TypedChoiceField(
        label=_("Remind us after so long without activity"), coerce=int, choices=_months(rules.NUDGE_AFTER)
    )
    renewal_notice_days = forms.TypedChoiceField(
        label=_("Remind us so long before an agreement runs out"),
        coerce=int,
        choices=_days(rules.RENEWAL_NOTICE),
    )

    @staticmethod
    def initial_of(rules: OfficeRules) -> dict[str, int]:
        return {
            "dormant_after_months": rules.dormant_after_months,
            "nudge_after_months": rules.nudge_after_months,
            "renewal_notice_days": rules.renewal_notice_days,
        }
