"""Translations of a recommendation, an answer or a measure."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from concivis.codesign.actions import texts as actions
from concivis.codesign.models import Answer, Measure, Process, Recommendation
from concivis.codesign.office.doors import LOOK_OR_SAY, address, inside_process
from concivis.codesign.office.outcome_doors import of, process_page, who
from concivis.shell import content
from concivis.shell.content import Origin, TextState
from concivis.shell.refusals import put_into

TAB = "office_recommendations"
TONES = {
    TextState.ORIGINAL: "neutral",
    TextState.HUMAN: "good",
    TextState.MACHINE: "notice",
    TextState.OUTDATED: "notice",
    TextState.MISSING: "over",
}


class TextForm(forms.Form):
    """One field for each translated field of the source."""

    by_machine = forms.BooleanField(label=gettext_lazy("A machine translated it"), required=False)

    def __init__(self, *args: Any, source: actions.Source, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in source.TRANSLATED:
            field: Any = source._meta.get_field(name)
            long = field.max_length > 300
            label = str(field.verbose_name)
            self.fields[name] = forms.CharField(
                label=label[:1].upper() + label[1:],
                max_length=field.max_length,
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}) if long else forms.TextInput(),
            )
        self.order_fields([*source.TRANSLATED, "by_machine"])


@inside_process
@require_safe
def texts(request: HttpRequest, process: Process, kind: str, public_id: str) -> HttpResponse:
    source = _source(process, kind, public_id)
    rows = list(source.translations.all())
    tags = dict.fromkeys([source.language, *dict(settings.LANGUAGES), *(row.language for row in rows)])
    context = {
        "source": source if kind != "answer" else actions.recommendation_of(source),
        "languages": [
            (tag, state.label, TONES[state], address("office_text", process, kind, public_id, tag))
            for tag, state in content.states(source, rows, tags).items()
        ],
        "back_url": of("office_recommendation", actions.recommendation_of(source)),
    }
    return process_page(request, process, "codesign/office/texts.html", context, tab=TAB)


@inside_process
@require_http_methods(LOOK_OR_SAY)
def text(request: HttpRequest, process: Process, kind: str, public_id: str, language: str) -> HttpResponse:
    source, back = _source(process, kind, public_id), address("office_texts", process, kind, public_id)
    if not _is_other(language, source.language):
        raise Http404
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_translation(by=who(request), source=source, language=language)
        messages.success(request, _("The translation is gone."))
        return redirect(back)
    row: Any = source.translations.filter(language=language).first()
    initial: dict[str, Any] = {name: getattr(row, name) for name in source.TRANSLATED} if row else {}
    initial["by_machine"] = bool(row and row.origin == Origin.MACHINE)
    form = TextForm(request.POST or None, source=source, initial=initial)
    if request.method == "POST" and form.is_valid() and _saved(request, form, source, language):
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {
        "form": form,
        "language": language,
        "original_language": source.language,
        "originals": [(form.fields[name].label, text) for name, text in source.source_texts().items()],
        "back_url": back,
        "is_there": row is not None,
    }
    return process_page(request, process, "codesign/office/text.html", context, tab=TAB)


def _saved(request: HttpRequest, form: TextForm, source: actions.Source, language: str) -> bool:
    said = {name: form.cleaned_data[name] for name in source.TRANSLATED}
    origin = Origin.MACHINE if form.cleaned_data["by_machine"] else Origin.HUMAN
    try:
        actions.translate(by=who(request), source=source, language=language, texts=said, origin=origin)
    except ValidationError as error:
        put_into(form, error)
    return not form.errors


def _is_other(language: str, original: str) -> bool:
    try:
        return content.require_language(language) == language != original
    except ValidationError:
        return False


def _source(process: Process, kind: str, public_id: str) -> actions.Source:
    """Raises `Http404` for what is not of this process."""
    found: actions.Source
    if kind == "recommendation":
        found = get_object_or_404(Recommendation, process=process, public_id=public_id)
        found.process = process
        return found
    models: dict[str, type[Answer] | type[Measure]] = {"answer": Answer, "measure": Measure}
    if kind not in models:
        raise Http404
    rows: Any = models[kind].objects.select_related("recommendation")
    found = get_object_or_404(rows, recommendation__process=process, public_id=public_id)
    actions.recommendation_of(found).process = process
    return found
