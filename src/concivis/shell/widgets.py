"""Widgets that forms of any room use."""

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class QuickSelect(forms.Select):
    """A select written without a template for each option: two hundred countries cost microseconds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {
            str(item) for item in (value if isinstance(value, list | tuple) else [value]) if item is not None
        }
        attributes = "".join(
            f' {escape(key)}="{escape(text)}"'
            for key, text in (attrs or {}).items()
            if text not in (None, False)
        )
        options = "".join(
            f'<option value="{escape(code)}"{" selected" if str(code) in chosen else ""}>{escape(label)}</option>'
            for code, label in self.choices
        )
        return mark_safe(f'<select name="{escape(name)}"{attributes}>{options}</select>')  # noqa: S308 - escaped
