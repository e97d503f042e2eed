"""What every style sheet of the shell keeps to."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parent.parent / "static/shell").glob("*.css"))
SIDES = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b"
    r"|[;{\s](?:left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:(?!\w)"
    r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)


def text_of(sheet: Path) -> str:
    """Without comments and the conditions of media queries."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"@(media|container)[^{]*", "@query ", text)


def test_there_are_style_sheets():
    assert [sheet.stem for sheet in SHEETS] == ["components", "elements", "layout", "map", "print", "tokens"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_no_rule_names_a_side_of_the_screen(sheet):
    assert SIDES.findall(text_of(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_rule_is_in_a_layer_so_that_a_hubs_colours_win(sheet):
    outside, depth = "", 0
    for character in text_of(sheet):
        depth += {"{": 1, "}": -1}.get(character, 0)
        outside += character if depth == 0 and character != "}" else ""
    assert depth == 0
    statements = re.sub(r"@layer [\w, ]+;?", "", outside)
    assert statements.strip() == ""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_property_that_is_used_is_defined(sheet):
    everything = "".join(text_of(other) for other in SHEETS)
    defined = set(re.findall(r"(--[\w-]+)\s*:", everything))
    without_default = set(re.findall(r"var\((--[\w-]+)\)", text_of(sheet)))
    assert without_default <= defined


def test_motion_stops_for_those_who_ask():
    assert "prefers-reduced-motion: reduce" in (SHEETS[1]).read_text(encoding="utf-8")
