"""The picture a page is shared with: 1200 × 630 pixels, as the large networks show it. Set with Typst.

What people wrote is handed over as data, never as markup. Latin, Greek and Cyrillic are in the fonts that Typst
carries; for other scripts the fonts of the system are asked, so pictures in them need a machine that has such fonts.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("share.typ")
HEX = re.compile(r"#[0-9a-fA-F]{6}")
COLOUR = "#0b5566"
LONGEST = 160  # characters of a title or subtitle; what is longer is cut at a word
# the bundled fonts cover these: Latin, Greek, Cyrillic, punctuation, currency, arrows
COVERED = re.compile(r"[\u0000-\u052f\u1e00-\u20cf\u2100-\u2193]*")
# colours of map.css in light, for a picture that has no style sheet
MAP_STYLE = (
    ".sea{fill:#e2edee}.graticule{fill:none;stroke:#c5d9dc;stroke-width:4}.land{fill:#e9e0cc}"
    ".border{fill:none;stroke:#a99a7a;stroke-width:2}"
    ".arc{fill:none;stroke:#ad3815;stroke-width:7;stroke-linecap:round}"
    ".arcs-many .arc{stroke-width:2.4;stroke-opacity:.4}"
    ".point{fill:#16262e;stroke:#fbf8f1;stroke-width:1.5}.point-home{fill:#ad3815}"
    ".name{font:600 13px 'Libertinus Serif';fill:#16262e}"
)


def share_image(
    title: str, subtitle: str = "", svg_map: str | None = None, colour: str | None = None
) -> bytes:
    """A PNG. `svg_map`: from `worldmap.draw`; `colour`: a hub's, as #rrggbb. The caller keeps it."""
    given = {
        "title": shortened(title),
        "subtitle": shortened(subtitle),
        "colour": colour if colour and HEX.fullmatch(colour) else COLOUR,
        "map": with_style(svg_map) if svg_map else "",
    }
    bundled = COVERED.fullmatch(given["title"] + given["subtitle"] + names_in(given["map"])) is not None
    picture = typst.compile(
        template(),
        format="png",
        ppi=72.0,
        sys_inputs={"given": json.dumps(given)},
        font_paths=[],
        ignore_system_fonts=bundled,  # looking through a system's fonts takes longer than drawing
    )
    return bytes(picture)


@lru_cache(maxsize=1)
def template() -> bytes:
    return TEMPLATE.read_bytes()


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def with_style(svg: str) -> str:
    """The map with the colours that the page's style sheet would have given it."""
    return svg.replace(">", f"><style>{MAP_STYLE}</style>", 1)


def names_in(svg: str) -> str:
    return "".join(re.findall(r'<text class="name"[^>]*>([^<]*)', svg))
