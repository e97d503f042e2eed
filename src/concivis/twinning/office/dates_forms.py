"""The forms of the dates of one partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub
from concivis.shell.date_fields import PartialDateField
from concivis.twinning import actions
from concivis.twinning.actions.partnerships import NEEDS_DECISION
from concivis.twinning.drafts import MilestoneDraft
from concivis.twinning.enums import MilestoneKind
from concivis.twinning.models import Milestone, Partnership

ASK_FOR_DECISION = _("Write the reference of the council's decision: number, or meeting and item.")


def own_source(hub: Hub) -> str:
    """The source that the office's own files are, in the language of the office."""
    with override(interface_language(hub.language)):
        return gettext("Files of the office of %(hub)s") % {"hub": hub.name}


class DecisionForm(forms.Form):
    """What a suspension, a resumption or an end asks: whose decision, when, which paper."""

    side = forms.ChoiceField(label=_("Whose decision?"), required=False)
    when = PartialDateField(label=_("Date of the decision"))
    decision = forms.CharField(
        label=_("Reference of the decision"),
        max_length=200,
        help_text=_("As the council's papers have it: a number, or the meeting and the item."),
    )
    decision_url = forms.URLField(
        label=_("Link to the paper"), required=False, max_length=500, assume_scheme="https"
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it beside the date."),
    )

    def __init__(self, *args: Any, partnership: Partnership, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub
        self.places = {str(side.pk): side.place_id for side in partnership.sides.all()}
        sides = [(str(side.pk), side.place.name) for side in partnership.sides.all()]
        self.fields["side"].choices = [("", _("of all sides")), *sides]  # type: ignore[attr-defined]

    def draft(self, kind: MilestoneKind) -> MilestoneDraft:
        said = self.cleaned_data
        return MilestoneDraft(
            kind=kind,
            when=said["when"],
            source=actions.source(
                title=said.get("source") or own_source(self.hub), url=said.get("source_url", "")
            ),
            place=self.places.get(said["side"]),
            note=said["note"],
            decision=said["decision"],
            decision_url=said["decision_url"],
        )


class DateForm(DecisionForm):
    """A dated event, new or corrected."""

    kind = forms.ChoiceField(label=_("What happened?"), choices=MilestoneKind.choices)
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=300,
        help_text=_(
            "Where it is written: a paper, a page, an archive. Left empty, your own files are named."
        ),
    )
    source_url = forms.URLField(
        label=_("Address of the source"), required=False, max_length=500, assume_scheme="https"
    )
    field_order = ("kind", "side", "when", "source", "source_url", "decision", "decision_url", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].label = _("Of which side?")
        self.fields["when"].label = _("When?")
        self.fields["decision"].required = False
        self.fields["decision"].help_text = _(
            "As the council's papers have it. A suspension and an end need one."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in NEEDS_DECISION and not cleaned.get("decision"):
            self.add_error("decision", ASK_FOR_DECISION)
        return cleaned

    @staticmethod
    def initial_of(milestone: Milestone) -> dict[str, Any]:
        return {
            "kind": milestone.kind,
            "side": str(milestone.side_id or ""),
            "when": milestone.when,
            "source": milestone.source.title,
            "source_url": milestone.source.url,
            "decision": milestone.decision,
            "decision_url": milestone.decision_url,
            "note": milestone.note,
        }


class CorrectionForm(DateForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
