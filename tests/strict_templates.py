"""Makes a variable that a template names but does not get an error, in our own templates only."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class UnknownTemplateVariable(Exception):
    """A template of ours names a variable that its view does not give it."""


class RefuseUnknown(str):
    """Stands for `string_if_invalid`: Django formats it with the name of each variable it cannot find."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: object) -> str:
        template = _template_being_rendered()
        if template.startswith(str(ROOT)) and "site-packages" not in template:
            raise UnknownTemplateVariable(f"{{{{ {name} }}}} in {template}")
        return ""  # Django's and allauth's own templates rely on Django's leniency


def _template_being_rendered() -> str:
    """The file of the node nearest in the call stack; nodes know the template they were written in."""
    frame = sys._getframe(2)
    while frame is not None:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""
