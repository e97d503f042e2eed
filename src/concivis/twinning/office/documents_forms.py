"""The forms of the papers of a partnership."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.shell import uploads
from concivis.shell.conflicts import Watched
from concivis.shell.upload_fields import LimitedFileField
from concivis.twinning.actions.documents import SAID, began_at
from concivis.twinning.enums import DocumentKind
from concivis.twinning.models import Document, Partnership, Side

ANY_LANGUAGE = [("", _("no language, or several"))]


class DocumentForm(Watched):
    """What is said of a file."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    language = forms.ChoiceField(label=_("Language"), required=False)
    side = forms.ChoiceField(label=_("Of which side?"), required=False)
    is_public = forms.BooleanField(
        label=_("Everybody may read it"),
        required=False,
        help_text=_(
            "It then stands on the public page of the partnership, as soon as that is public itself."
        ),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {str(side.pk): side for side in partnership.sides.all()}
        of_sides = [(key, side.place.name) for key, side in self.sides.items()]
        self.fields["side"].choices = [("", _("of all sides")), *of_sides]  # type: ignore[attr-defined]
        self.fields["language"].choices = [*ANY_LANGUAGE, *choices.languages()]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        side: Side | None = self.sides.get(self.cleaned_data["side"])
        return {
            "title": self.cleaned_data["title"],
            "kind": DocumentKind(self.cleaned_data["kind"]),
            "language": self.cleaned_data["language"],
            "side": side,
            "is_public": self.cleaned_data["is_public"],
        }

    @staticmethod
    def initial_of(document: Document) -> dict[str, Any]:
        said = {name: getattr(document, name) for name in SAID}
        return {**said, "side": str(document.side_id or ""), "began": began_at(document)}


class NewDocumentForm(DocumentForm):
    file = LimitedFileField(
        label=_("File"),
        accept=uploads.ACCEPT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "PDF, a picture (PNG, JPEG, WebP), an office file (ODT, ODS, ODP, DOCX, XLSX, PPTX) or plain text; at "
            "most {megabytes} megabytes. Place and time are taken out of pictures."
        ).format(megabytes=settings.UPLOAD_BYTES // (1024 * 1024))
