"""Forms about recommendations, answers and measures."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.codesign.actions.recommending import RecommendationFacts
from concivis.codesign.enums import InsightState
from concivis.codesign.models import Cluster, Insight, Process, Recommendation
from concivis.codesign.outcomes import MeasureState, Verdict
from concivis.hubs import choices
from concivis.hubs.forms import DAYS
from concivis.hubs.models import Hub, today_in
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.models import Term
from concivis.vocabulary.queries import term_choices


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LanguageMixin(forms.Form):
    language = forms.ChoiceField(
        label=_("In which language have you written this?"), choices=choices.languages, widget=QuickSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())


class ThemeMixin(forms.Form):
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", _("none")), *term_choices("theme")]  # type: ignore[attr-defined]

    def clean_theme(self) -> Term | None:
        code = self.cleaned_data["theme"]
        return Term.objects.filter(scheme="theme", code=code).first() if code else None


class OwnerMixin(forms.Form):
    """`owner`: a member of the office, who gets the reminders."""

    owner = forms.ModelChoiceField(
        label=_("Who in the office sees to it?"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("nobody in particular"),
        help_text=_("Gets a mail when it is late. Not public."),
    )

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub
        people: QuerySet[User] = User.objects.filter(memberships__hub=hub, is_active=True)
        self.fields["owner"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = str  # type: ignore[attr-defined]


class ClusterForm(ThemeMixin, LanguageMixin):
    name = forms.CharField(label=_("What do these insights have in common?"), max_length=120)
    field_order = ("name", "language", "theme")


class QuoteForm(LanguageMixin):
    text = forms.CharField(
        label=_("The sentence, as it was said"),
        max_length=400,
        widget=area(3),
        help_text=_("Without names, and without anything that tells who said it."),
    )
    on = forms.DateField(label=_("When did the person release it?"), validators=DAYS, widget=day())
    how = forms.CharField(label=_("How did they agree?"), max_length=200, help_text=_("Stays in the office."))
    field_order = ("text", "language", "on", "how")


class RecommendationForm(ThemeMixin, LanguageMixin):
    title = forms.CharField(
        label=_("What is recommended?"), max_length=200, help_text=_("One sentence that says what to do.")
    )
    text = forms.CharField(
        label=_("Why, and how could it be done?"), required=False, max_length=6000, widget=area(6)
    )
    clusters = forms.ModelMultipleChoiceField(
        label=_("Which clusters support it?"),
        required=False,
        queryset=Cluster.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    insights = forms.ModelMultipleChoiceField(
        label=_("Which single insights support it?"),
        required=False,
        queryset=Insight.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody sees how many there are, never what they say."),
    )
    field_order = ("title", "text", "language", "theme", "clusters", "insights")

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        insights = process.insights.exclude(state=InsightState.ASIDE)
        self.fields["clusters"].queryset = process.clusters.all()  # type: ignore[attr-defined]
        self.fields["insights"].queryset = insights  # type: ignore[attr-defined]
        self.fields["insights"].label_from_instance = lambda one: one.text[:200]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, recommendation: Recommendation) -> dict[str, Any]:
        return {
            "title": recommendation.title,
            "text": recommendation.text,
            "language": recommendation.language,
            "theme": recommendation.theme.code if recommendation.theme else "",
            "clusters": list(recommendation.clusters.values_list("pk", flat=True)),
            "insights": list(recommendation.insights.values_list("pk", flat=True)),
        }

    def facts(self) -> RecommendationFacts:
        said = self.cleaned_data
        return RecommendationFacts(
            title=said["title"],
            text=said["text"],
            language=said["language"],
            theme=said["theme"],
            clusters=tuple(said["clusters"]),
            insights=tuple(said["insights"]),
        )


class HandOverForm(OwnerMixin):
    department = forms.CharField(
        label=_("Which department answers it?"), max_length=160, help_text=_("Everybody sees this.")
    )
    answer_due = forms.DateField(label=_("By when?"), validators=DAYS, widget=day())
    field_order = ("department", "answer_due", "owner")


class AnswerForm(OwnerMixin, LanguageMixin):
    verdict = forms.ChoiceField(
        label=_("What does the administration answer?"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("What will be done?"), required=False, max_length=6000, widget=area(5))
    reason = forms.CharField(
        label=_("If not, or not all of it: why?"),
        required=False,
        max_length=3000,
        widget=area(4),
        help_text=_("In words that those understand who recommended it."),
    )
    department = forms.CharField(label=_("Who is responsible?"), max_length=160)
    due = forms.DateField(label=_("By when will it be done?"), required=False, validators=DAYS, widget=day())
    field_order = ("verdict", "text", "reason", "language", "department", "due", "owner")


class MeasureForm(OwnerMixin, LanguageMixin):
    title = forms.CharField(label=_("What is done?"), max_length=300)
    who = forms.CharField(label=_("Who does it?"), max_length=160, help_text=_("Everybody sees this."))
    due = forms.DateField(label=_("By when?"), validators=DAYS, widget=day())
    field_order = ("title", "language", "who", "due", "owner")


class StepForm(LanguageMixin):
    state = forms.ChoiceField(
        label=_("Where does it stand now?"), choices=MeasureState.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("Since when?"), validators=DAYS, widget=day())
    text = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=600,
        widget=area(3),
        help_text=_("Where it is given up, this is the reason."),
    )
    field_order = ("state", "on", "text", "language")

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", today_in(hub))


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it withdrawn?"), max_length=600, widget=area(4), help_text=_("The record keeps it.")
    )
