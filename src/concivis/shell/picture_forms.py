"""Forms for a picture that somebody adds: what is to be seen, who took it, who agreed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.shell.upload_fields import LimitedFileField
from concivis.shell.uploads import PICTURE_BYTES

PICTURES = ".jpg,.jpeg,.png,.webp"


class PictureForm(forms.Form):
    """What is said of a picture."""

    alt = forms.CharField(
        label=_("What is to be seen?"),
        max_length=300,
        help_text=_("For people who cannot see the picture: “Pupils of both towns plant a tree”."),
    )
    credit = forms.CharField(label=_("Who took it?"), required=False, max_length=200)

    @staticmethod
    def initial_of(picture: Any) -> dict[str, Any]:
        return {"alt": picture.alt, "credit": picture.credit}


class NewPictureForm(PictureForm):
    file = LimitedFileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP. Place and time of the photo are taken out."),
        limit=PICTURE_BYTES,
        accept=PICTURES,
    )
    may_be_shown = forms.BooleanField(
        label=_("The people in the picture and who took it agree that everybody sees it")
    )

    field_order = ("file", "alt", "credit", "may_be_shown")
