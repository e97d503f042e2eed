"""The forms of the agreement: its languages, a title, an article."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.shell.templatetags.shell import language_name, text_direction
from concivis.twinning.actions.agreements import LONGEST_BODY, LONGEST_HEADING
from concivis.twinning.agreements import Texts, fingerprint
from concivis.twinning.models import Agreement


class LanguagesForm(forms.Form):
    """In which languages a new version is written; those of both sides to begin with."""

    first = forms.ChoiceField(label=_("First language"))
    second = forms.ChoiceField(label=_("Second language"), required=False)
    third = forms.ChoiceField(label=_("Third language"), required=False)

    def __init__(self, data: Any, *, languages: list[str]) -> None:
        super().__init__(data, initial=dict(zip(("first", "second", "third"), languages, strict=False)))
        known = choices.languages()
        own = [(tag, language_name(tag)) for tag in languages if tag not in dict(known)]
        none = [("", _("none"))]
        for name in self.fields:
            first = [] if name == "first" else none
            self.fields[name].choices = [*first, *own, *known]  # type: ignore[attr-defined]

    def chosen(self) -> list[str]:
        said = (self.cleaned_data[name] for name in ("first", "second", "third"))
        return [tag for tag in said if tag]


class TitleForm(forms.Form):
    """The title in each language of the draft."""

    began = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, agreement: Agreement) -> None:
        self.languages: list[str] = agreement.languages
        self.stands = {"heading": agreement.title}
        super().__init__(data, initial={"began": fingerprint(self.stands)})
        for at, tag in enumerate(self.languages):
            self.fields[f"heading_{at}"] = _line(tag, _("Title"), agreement.title.get(tag, ""))

    @property
    def by_language(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(the language's name, its fields)."""
        names = [name for name in self.fields if name != "began"]
        return [
            (language_name(tag), [self[name] for name in names if name.endswith(f"_{at}")])
            for at, tag in enumerate(self.languages)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        now = fingerprint(self.stands)
        if cleaned.get("began") != now:
            self.add_error(
                None,
                gettext(
                    "Somebody changed this text while you were writing. Nothing of yours is lost: compare it with "
                    "what stands now, then save again."
                ),
            )
            data: Any = self.data
            self.data = data = data.copy()
            data["began"] = now
        return cleaned

    def texts(self, part: str = "heading") -> Texts:
        return {tag: self.cleaned_data[f"{part}_{at}"] for at, tag in enumerate(self.languages)}


class ArticleForm(TitleForm):
    """Heading and text in each language; both may be empty while it is a draft."""

    def __init__(self, data: Any, *, agreement: Agreement, heading: Texts, body: Texts) -> None:
        super().__init__(data, agreement=agreement)
        self.stands = {"heading": heading, "body": body}
        self.initial["began"] = fingerprint(self.stands)
        for at, tag in enumerate(self.languages):
            self.fields[f"heading_{at}"] = _line(tag, _("Heading"), heading.get(tag, ""))
            self.fields[f"body_{at}"] = forms.CharField(
                label=_("Text"),
                required=False,
                max_length=LONGEST_BODY,
                initial=body.get(tag, ""),
                widget=forms.Textarea(attrs={"rows": 10, "lang": tag, "dir": text_direction(tag)}),
            )


def _line(tag: str, label: Any, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_HEADING,
        initial=initial,
        widget=forms.TextInput(attrs={"lang": tag, "dir": text_direction(tag)}),
    )
