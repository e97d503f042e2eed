"""Colours of hubs: can one read white on them, and what becomes of them on a dark page?"""

from colorsys import hls_to_rgb, rgb_to_hls

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHITE = "#ffffff"
DARK_SURFACE = "#16252b"  # the lightest ground of text in dark mode, as in shell/tokens.css
READABLE = 4.5
"""The least contrast of text: WCAG 2.2, success criterion 1.4.3."""

PRESETS: dict[str, Promise] = {
    "#0b5fa5": _("Blue"),
    "#0b6b6b": _("Teal"),
    "#1d6b35": _("Green"),
    "#5f6b0b": _("Olive"),
    "#8f5200": _("Ochre"),
    "#b03a12": _("Brick"),
    "#a61c28": _("Red"),
    "#97266d": _("Magenta"),
    "#5b3a9e": _("Violet"),
    "#3a4a57": _("Slate"),
}


def contrast(one: str, other: str) -> float:
    """The ratio of two colours like "#0b5fa5", 1 to 21: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on_white(colour: str) -> bool:
    return contrast(colour, WHITE) >= READABLE


def lightened(colour: str, ground: str = DARK_SURFACE) -> str:
    """The same hue, only as much lighter as it must be to be read on a dark ground."""
    hue, lightness, saturation = rgb_to_hls(*_parts(colour))
    while contrast(colour, ground) < READABLE and lightness < 1:
        lightness = min(1.0, lightness + 0.02)
        parts = hls_to_rgb(hue, lightness, saturation)
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return colour


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1: WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
