"""The pictures of a report, drawn by the server as SVG: pairs of bars, and the map of the towns."""

from collections.abc import Sequence
from hashlib import sha256

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from concivis.reports.presenting import Breakdown, Compared, Shown, Town
from concivis.shell import worldmap
from concivis.shell.templatetags.shell import text_direction

MOST_BARS = 12  # of a picture; the table below has all rows
LABEL_LENGTH = 44  # characters: what a phone has room for
ROW, NOW, BEFORE = 3.4, 0.8, 0.5  # heights in em
SHARE = 84.0  # per cent of the width that the longest bar takes; the number stands behind it


def bars(table: Breakdown) -> SafeString:
    """Two bars a row: this year and, thinner, the year before. Nothing for fewer than two rows with numbers.

    Lengths are per cent of the width and heights are em, so that the writing stays as large as the page's everywhere.
    """
    rows = [row for row in table.rows if isinstance(row.now, int) and (row.now or row.before)][:MOST_BARS]
    if len(rows) < 2:
        return SafeString("")
    top = max(max(_length(row.now), _length(row.before)) for row in rows) or 1
    mirrored = text_direction(get_language() or "en") == "rtl"
    key = sha256(table.code.encode()).hexdigest()[:8]
    height = f"{ROW * len(rows):.1f}em"
    drawn = "".join(_row(row, place, top, mirrored) for place, row in enumerate(rows))
    return mark_safe(  # noqa: S308 - every text in it went through escape()
        f'<svg class="report-bars" width="100%" height="{height}" role="img" '
        f'direction="{"rtl" if mirrored else "ltr"}" aria-labelledby="bars-{key}-t bars-{key}-d">'
        f'<title id="bars-{key}-t">{escape(table.label)}</title>'
        f'<desc id="bars-{key}-d">{escape(in_words(rows))}</desc>{drawn}</svg>'
    )


def in_words(rows: Sequence[Compared]) -> str:
    """What the bars show, for who does not see them."""
    return "; ".join(
        _("%(label)s: %(now)s, the year before %(before)s")
        % {"label": row.label, "now": row.shown, "before": row.shown_before}
        for row in rows
    )


def towns(shown: Shown, title: str) -> SafeString:
    """The map of this report: the hub's town and great circles to all the others; nothing where none is known."""
    seen = [town for town in shown.towns if town.latitude is not None and town.longitude is not None]
    if not seen:
        return SafeString("")
    home = shown.home
    points = [_point(town) for town in seen]
    arcs = []
    if home.latitude is not None and home.longitude is not None:
        points.insert(0, _point(home, "home", 6))
        arcs = [
            worldmap.Arc(home.latitude, home.longitude, town.latitude or 0.0, town.longitude or 0.0)
            for town in seen
        ]
    return worldmap.draw(points, arcs, title=title, description=map_in_words(shown), fit=True, names=True)


def map_in_words(shown: Shown) -> str:
    countries = {town.country for town in shown.towns}
    places = ngettext("%(n)s town", "%(n)s towns", len(shown.towns)) % {"n": len(shown.towns)}
    lands = ngettext("%(n)s country", "%(n)s countries", len(countries)) % {"n": len(countries)}
    return _("%(home)s and %(towns)s in %(countries)s, each joined to it by a line.") % {
        "home": shown.home.name,
        "towns": places,
        "countries": lands,
    }


def _point(town: Town, kind: str = "", radius: float = 4.0) -> worldmap.Point:
    return worldmap.Point(town.latitude or 0.0, town.longitude or 0.0, town.name, kind=kind, radius=radius)


def _row(row: Compared, place: int, top: int, mirrored: bool) -> str:
    y = place * ROW
    now, before = _share(row.now, top), _share(row.before, top)
    label = row.label if len(row.label) <= LABEL_LENGTH else row.label[: LABEL_LENGTH - 1].rstrip() + "…"
    edge, inwards = ("100%", "-0.4em") if mirrored else ("0", "0.4em")
    end = 100 - max(now, before) if mirrored else max(now, before)
    return (
        f'<text class="report-label" x="{edge}" y="{y + 1.1:.2f}em">{escape(label)}</text>'
        + _bar("now", now, y + 1.5, NOW, mirrored)
        + _bar("before", before, y + 1.5 + NOW + 0.1, BEFORE, mirrored)
        + f'<text class="report-value" x="{end:.2f}%" dx="{inwards}" y="{y + 2.3:.2f}em">{escape(row.shown)}</text>'
    )


def _bar(name: str, share: float, y: float, height: float, mirrored: bool) -> str:
    x = 100 - share if mirrored else 0
    return (
        f'<rect class="report-{name}" x="{x:.2f}%" y="{y:.2f}em" width="{share:.2f}%" height="{height}em"/>'
    )


def _share(value: object, top: int) -> float:
    return SHARE * _length(value) / top


def _length(value: object) -> int:
    return value if isinstance(value, int) else 0
