from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        max_length=120,
        help_text=_("A city, town or village in any spelling, a partnership, an office."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
