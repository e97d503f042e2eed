"""Forms about what was heard, the same for the office and for connectors."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concivis.codesign import telling
from concivis.codesign.actions.insights import LONGEST, LONGEST_NOTE, InsightFacts
from concivis.codesign.enums import InsightState, Need, ProcessState
from concivis.codesign.forms.fields import long_text, terms_of, text_language, themes
from concivis.codesign.models import Insight, Process, Session
from concivis.hubs import choices
from concivis.hubs.models import Hub
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.queries import term_choices


class InsightForm(forms.Form):
    """Only the text must be written: who is on the way has a minute."""

    text = long_text(
        _("What did you hear?"),
        LONGEST,
        rows=5,
        required=True,
        help_text=_("One thing, in one to three sentences, in any language. Name nobody."),
    )
    where = forms.ChoiceField(label=_("Where does it belong?"), required=False)
    need = forms.ChoiceField(
        label=_("What is needed?"),
        required=False,
        choices=lambda: [("", gettext("not said")), *Need.choices],
        widget=QuickSelect,
    )
    language = text_language()
    themes = themes()
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        *,
        processes: list[Process],
        sessions: list[Session],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.processes = {f"process-{each.public_id}": each for each in processes}
        self.sessions = {f"session-{each.public_id}": each for each in sessions}
        groups: list[Any] = [("", gettext("nowhere in particular"))]
        if self.sessions:
            named = [(key, f"{each.title}, {telling.day_of(each)}") for key, each in self.sessions.items()]
            groups.append((gettext("A session"), named))
        if self.processes:
            groups.append((gettext("A process"), [(key, each.title) for key, each in self.processes.items()]))
        cast(forms.ChoiceField, self.fields["where"]).choices = groups

    def facts(self) -> InsightFacts:
        said = self.cleaned_data
        return InsightFacts(
            text=said["text"],
            language=said["language"],
            process=self.processes.get(said["where"]),
            session=self.sessions.get(said["where"]),
            need=Need(said["need"]) if said["need"] else None,
            terms=terms_of(said["themes"]),
        )


def initial_of(insight: Insight) -> dict[str, Any]:
    """One query."""
    where = ""
    if insight.session:
        where = f"session-{insight.session.public_id}"
    elif insight.process:
        where = f"process-{insight.process.public_id}"
    return {
        "text": insight.text,
        "language": insight.language,
        "where": where,
        "need": insight.need,
        "themes": [term.code for term in insight.terms.all() if term.scheme_id == "theme"],
        "revision": insight.revision,
    }


class NoteForm(forms.Form):
    text = long_text(
        _("Notes"), LONGEST_NOTE, rows=8, required=True, help_text=_("Only the office and you read them.")
    )
    language = text_language()


class TranslationForm(forms.Form):
    language = forms.ChoiceField(label=_("Into"), choices=choices.languages, widget=QuickSelect)
    text = long_text(_("Translation"), LONGEST_NOTE, rows=5, required=True)
    by_machine = forms.BooleanField(label=_("A machine translated it"), required=False)


class AsideForm(forms.Form):
    because = long_text(
        _("Why is it set aside?"),
        300,
        rows=3,
        required=True,
        help_text=_("Who wrote it reads this: say what becomes of it, or why nothing does."),
    )


class InsightFilter(forms.Form):
    """`?q=&process=&session=&theme=&need=&state=&language=&connector=`"""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    process = forms.ChoiceField(label=_("Process"), required=False, widget=QuickSelect)
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=lambda: [("", gettext("all")), *term_choices("theme")],
        widget=QuickSelect,
    )
    need = forms.ChoiceField(
        label=pgettext_lazy("of people", "Need"),
        required=False,
        choices=lambda: [("", gettext("all")), *Need.choices],
        widget=QuickSelect,
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: [("", gettext("all")), *InsightState.choices],
        widget=QuickSelect,
    )
    language = forms.ChoiceField(
        label=_("Written in"),
        required=False,
        choices=lambda: [("", gettext("all")), *choices.languages()],
        widget=QuickSelect,
    )
    session = forms.SlugField(required=False, max_length=16, widget=forms.HiddenInput)
    connector = forms.SlugField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, hub: Hub) -> None:
        super().__init__(data)
        named = Process.objects.filter(hub=hub).values_list("public_id", "title")
        cast(forms.ChoiceField, self.fields["process"]).choices = [("", gettext("all")), *named]

    def wanted(self) -> dict[str, str]:
        """What is set and understood. What is not filters nothing; the form says so beside its field."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def open_processes(hub: Hub) -> list[Process]:
    """Those to which insights can still be added. One query."""
    states = [ProcessState.RUNNING, ProcessState.DRAFT]
    return list(Process.objects.filter(hub=hub, state__in=states).select_related("hub"))
