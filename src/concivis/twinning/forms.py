from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.places.fields import PlaceField


class ChainForm(forms.Form):
    """The other end of a chain."""

    to = PlaceField(label=_("To which place?"))


class AnyChainForm(forms.Form):
    """Both ends of a chain."""

    start = PlaceField(label=_("From which place?"))
    to = PlaceField(label=_("To which place?"))
