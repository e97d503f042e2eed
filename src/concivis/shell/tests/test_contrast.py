"""WCAG 2.2 contrast of every pair of colours that the style sheets put together, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent / "static/shell/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")

TEXT = [
    *[
        (text, ground)
        for text in ("ink", "ink-soft", "accent", "accent-strong", "warm", "bad")
        for ground in ("paper", "surface", "sunken")
    ],
    *[("ink", f"{tone}-soft") for tone in ("accent", "good", "notice", "bad", "warm")],
    *[(tone, f"{tone}-soft") for tone in ("good", "notice", "bad", "warm")],
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-warm", "warm"),
    ("on-sun", "sun"),
    ("paper", "bad"),
    ("paper", "ink"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
    ("hub-on-colour", "hub-colour"),
    *[("on-heat-low", f"heat-{n}") for n in (1, 2, 3)],
    *[("on-heat-high", f"heat-{n}") for n in (4, 5)],
    ("ink", "land"),
]
# borders of controls, marks on the map, rings of focus
SHAPES = [
    *[("line-strong", ground) for ground in ("paper", "surface", "sunken")],
    ("arc", "sea"),
    ("arc", "land"),
    ("place", "sea"),
    ("place", "land"),
    ("accent", "sunken"),
    ("on-deep", "deep"),
]


def colours(*sheets: str) -> dict[str, str]:
    return {
        name: value for sheet in sheets for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6});", sheet)
    }


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


SCHEMES = {"light": colours(LIGHT), "dark": colours(LIGHT, DARK)}


def test_black_on_white_has_the_contrast_that_the_guideline_names():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(scheme, text, ground):
    palette = SCHEMES[scheme]
    assert contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_can_be_seen(scheme, shape, ground):
    palette = SCHEMES[scheme]
    assert contrast(palette[shape], palette[ground]) >= 3


def test_dark_redefines_every_colour_that_light_has_or_keeps_it_on_purpose():
    kept = {"sun", "on-sun", "on-deep", "hub-on-colour"}
    assert set(colours(LIGHT)) - set(colours(DARK)) == kept - set(colours(DARK))
