"""The world, drawn by the server: coastlines, great circles and places as SVG, for pages without JavaScript.

Equal Earth projection: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection",
International Journal of Geographical Information Science 33 (3), 2019. Areas are true, so that no continent
looks greater than it is. The map is centred on 11° E: its edge runs through the Bering Strait, not through a country.

The SVG has classes and no style, so that map.css colours it in light, dark and print.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

CENTRE = 11.0  # degrees east
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796  # Equal Earth, from the paper
M = np.sqrt(3) / 2
FINE = 4  # steps to a pixel: paths are whole numbers of these, which makes them short
WORLD = (-2.7067, -1.0600, 2.7067, 1.2950)  # left, bottom, right, top: from 59° S to 82° N
CLOSEST = 0.16  # smallest width of a view, in units of the projection: about 1,000 km
ANTARCTICA = "010"
FEW = 150  # arcs; more are drawn thinner


@dataclass(frozen=True)
class Point:
    """A place. `kind` becomes a class: `home` (the page's own place) or 1 to 8 (a community)."""

    latitude: float
    longitude: float
    label: str = ""
    url: str = ""
    kind: str = ""
    radius: float = 4.0  # pixels


@dataclass(frozen=True)
class Arc:
    """The great circle between two places, in degrees."""

    start_latitude: float
    start_longitude: float
    end_latitude: float
    end_longitude: float
    kind: str = ""  # becomes a class: `over`, or 1 to 8


@dataclass(frozen=True)
class View:
    """A window on the projected plane, `width` pixels wide."""

    left: float
    bottom: float
    right: float
    top: float
    width: int

    @property
    def scale(self) -> float:
        """Steps (quarters of a pixel) to a unit of the projection."""
        return self.width * FINE / (self.right - self.left)

    @property
    def height(self) -> int:
        return round((self.top - self.bottom) * self.scale / FINE)

    def steps(self, plane: Numbers) -> NDArray[np.int64]:
        """Projected (n, 2) to whole steps from the upper left corner."""
        return np.rint((plane - (self.left, self.top)) * (self.scale, -self.scale)).astype(np.int64)


def draw(
    points: Sequence[Point],
    arcs: Sequence[Arc],
    *,
    title: str,
    description: str = "",
    width: int = 960,
    height: int | None = None,
    fit: bool = False,
    names: bool = False,
) -> SafeString:
    """The map as an SVG element.

    `fit`: the window around what is drawn instead of the world, `width` × `height` pixels (height: 5/8 of width).
    `names`: writes the labels of the points where they do not cover each other. A point with a `url` is a link.
    Where the front-end's packages are not installed there are no coastlines, but no error.
    """
    lines = great_circles(arcs)
    spots = project(np.array([(p.longitude, p.latitude) for p in points], dtype=float).reshape(-1, 2))
    view = fitted(spots, lines, width, height or width * 5 // 8) if fit else View(*WORLD, width)
    many = " arcs-many" if len(arcs) > FEW else ""
    body = "".join(
        [
            basemap(view),
            f'<g class="arcs{many}" transform="scale({1 / FINE})">',
            arc_paths(view, lines, arcs),
            '</g><g class="points">',
            "".join(
                circle(point, spot) for point, spot in zip(points, view.steps(spots) / FINE, strict=True)
            ),
            "</g>",
            labels(points, view.steps(spots) / FINE, view) if names else "",
        ]
    )
    return framed(body, view, title, description, linked=any(point.url for point in points))


def project(degrees: Numbers) -> Numbers:
    """(n, 2) of longitude, latitude in degrees to the plane; x within ±2.7067, y within ±1.3174."""
    return project_shifted(wrapped(degrees[:, 0] - CENTRE), degrees[:, 1])


# --- projection --------------------------------------------------------------------------------------------


def wrapped(longitude: Numbers) -> Numbers:
    """Degrees from the map's centre, within ±180."""
    return (longitude + 180.0) % 360.0 - 180.0


def project_shifted(longitude: Numbers, latitude: Numbers) -> Numbers:
    t = np.arcsin(M * np.sin(np.radians(np.clip(latitude, -90, 90))))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = np.radians(longitude) * np.cos(t) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    return np.column_stack([x, y])


def great_circles(arcs: Sequence[Arc]) -> list[list[Numbers]]:
    """For each arc its pieces on the plane: one, or two where it crosses the edge of the map.

    Spherical linear interpolation. A step of 8° strays from the curve by less than half a pixel on a map of the
    world; where there are few arcs, and the window may be small, steps are shorter.
    """
    if not arcs:
        return []
    ends = np.radians(
        [(a.start_longitude, a.start_latitude, a.end_longitude, a.end_latitude) for a in arcs], dtype=float
    )
    start, end = unit(ends[:, 0], ends[:, 1]), unit(ends[:, 2], ends[:, 3])
    angle = np.arccos(np.clip(np.sum(start * end, axis=1), -1, 1))
    few = len(arcs) <= FEW
    counts = np.ceil(np.degrees(angle) / (3 if few else 8)).astype(int) + 1
    counts = np.maximum(counts, 9 if few else 3)
    pieces: list[list[Numbers]] = [[] for _ in arcs]
    for count in np.unique(counts):
        chosen = np.flatnonzero(counts == count)
        degrees = interpolated(start[chosen], end[chosen], angle[chosen], int(count))
        whole = np.all(np.abs(np.diff(degrees[..., 0], axis=1)) <= 180, axis=1)
        plane = project_shifted(degrees[..., 0].ravel(), degrees[..., 1].ravel()).reshape(degrees.shape)
        for index, line, in_one, raw in zip(chosen.tolist(), plane, whole.tolist(), degrees, strict=True):
            pieces[index] = [line] if in_one else split_at_edge(raw)
    return pieces


def interpolated(start: Numbers, end: Numbers, angle: Numbers, count: int) -> Numbers:
    """(n, 3) unit vectors and the angles between them to (n, count, 2): degrees from the centre, latitude."""
    share = np.linspace(0, 1, count)[None, :, None]
    omega = np.maximum(angle, 1e-9)[:, None, None]
    curve = np.sin((1 - share) * omega) * start[:, None] + np.sin(share * omega) * end[:, None]
    curve /= np.maximum(np.linalg.norm(curve, axis=2, keepdims=True), 1e-12)
    longitude = wrapped(np.degrees(np.arctan2(curve[..., 1], curve[..., 0])) - CENTRE)
    return np.stack([longitude, np.degrees(np.arcsin(np.clip(curve[..., 2], -1, 1)))], axis=2)


def unit(longitude: Numbers, latitude: Numbers) -> Numbers:
    """Radians to points on the unit sphere, (n, 3)."""
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def split_at_edge(line: Numbers) -> list[Numbers]:
    """Cuts (degrees from the centre, latitude) where they leave the map at ±180° and come back opposite."""
    parts, rest = [], line
    while leaps := np.flatnonzero(np.abs(np.diff(rest[:, 0])) > 180).tolist():
        before, after = rest[leaps[0]], rest[leaps[0] + 1]
        side = np.copysign(180.0, before[0])
        share = (side - before[0]) / (after[0] + 2 * side - before[0])
        crossing = before[1] + share * (after[1] - before[1])
        parts.append(np.vstack([rest[: leaps[0] + 1], [(side, crossing)]]))
        rest = np.vstack([[(-side, crossing)], rest[leaps[0] + 1 :]])
    return [project_shifted(part[:, 0], part[:, 1]) for part in [*parts, rest]]


# --- window ------------------------------------------------------------------------------------------------


def fitted(spots: Numbers, lines: list[list[Numbers]], width: int, height: int) -> View:
    """The window around everything drawn, with a margin; in steps, so that similar maps share a basemap."""
    everything = [spots, *(piece for line in lines for piece in line)]
    plane = np.vstack([part for part in everything if len(part)] or [np.zeros((1, 2))])
    (left, bottom), (right, top) = plane.min(axis=0), plane.max(axis=0)
    shape = width / height
    wanted = max(1.16 * (right - left), 1.16 * shape * (top - bottom), CLOSEST)
    wide = CLOSEST * 1.2 ** np.ceil(np.log(wanted / CLOSEST) / np.log(1.2))
    world_wide = WORLD[2] - WORLD[0]
    tall = wide / shape
    if wide >= world_wide or tall >= WORLD[3] - WORLD[1]:
        return View(*WORLD, width)
    grid = wide / 32
    x = np.clip(np.rint((left + right) / 2 / grid) * grid, WORLD[0] + wide / 2, WORLD[2] - wide / 2)
    y = np.clip(np.rint((bottom + top) / 2 / grid) * grid, WORLD[1] + tall / 2, WORLD[3] - tall / 2)
    return View(
        round(x - wide / 2, 6), round(y - tall / 2, 6), round(x + wide / 2, 6), round(y + tall / 2, 6), width
    )


# --- basemap -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def basemap(view: View) -> str:
    """Sea, graticule, land and borders of a window, as SVG groups."""
    close = (view.right - view.left) < 1.9
    rings, borders = world_lines(close)
    land = "".join(filter(None, (ring_path(view, ring) for ring in rings)))
    edges = "".join(filter(None, (line_path(view, line) for line in borders)))
    lattice = "".join(line_path(view, line) for line in graticule(10 if close else 30))
    return (
        f'<g transform="scale({1 / FINE})"><path class="sea" d="{closed(view, outline())}"/>'
        f'<path class="graticule" d="{lattice}"/>'
        f'<path class="land" d="{land}"/><path class="border" d="{edges}"/></g>'
    )


@lru_cache(maxsize=2)
def world_lines(close: bool) -> tuple[list[Numbers], list[Numbers]]:
    """(rings of the land, lines of coasts and borders) on the plane; empty where the data is not installed."""
    topology = read_topology("countries-50m.json" if close else "countries-110m.json")
    if topology is None:
        return [], []
    arcs = decode_arcs(topology)
    rings: list[Numbers] = []
    used: set[int] = set()
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") == ANTARCTICA:
            continue
        for ring in rings_of(country):
            used.update(index if index >= 0 else ~index for index in ring)
            rings.append(placed(stitched(ring, arcs)))
    return rings, [placed(arcs[index]) for index in used]


def read_topology(name: str) -> dict[str, Any] | None:
    path: Path = settings.FRONTEND / "world-atlas" / name
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def decode_arcs(topology: dict[str, Any]) -> list[Numbers]:
    """TopoJSON's arcs, delta-encoded whole numbers, to degrees (specification 2.1.3)."""
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(np.array(arc, dtype=float), axis=0) * scale + move for arc in topology["arcs"]]


def rings_of(country: dict[str, Any]) -> list[list[int]]:
    """The outer and inner rings of a country, as lists of arcs; ~i means arc i backwards."""
    shapes = country.get("arcs", [])
    if country["type"] == "Polygon":
        return list(shapes)
    return [ring for polygon in shapes for ring in polygon]


def stitched(ring: list[int], arcs: list[Numbers]) -> Numbers:
    return np.vstack([arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring])


def placed(degrees: Numbers) -> Numbers:
    """Projects a line in one piece (it may pass the date line), on the side where its middle lies."""
    longitude = np.unwrap(degrees[:, 0], period=360)
    middle = np.array([(longitude.min() + longitude.max()) / 2])
    longitude += wrapped(middle - CENTRE) - middle
    return project_shifted(np.clip(longitude, -180, 180), degrees[:, 1])


@lru_cache(maxsize=1)
def outline() -> Numbers:
    """The edge of the whole map."""
    latitude = np.linspace(-90, 90, 61)
    side = np.full_like(latitude, 180.0)
    return np.vstack([project_shifted(side, latitude), project_shifted(-side, latitude[::-1])])


@lru_cache(maxsize=2)
def graticule(step: int) -> list[Numbers]:
    """Meridians and parallels every `step` degrees."""
    fine = np.linspace(-90, 90, 91)
    meridians = [
        project_shifted(wrapped(np.full_like(fine, longitude - CENTRE)), fine)
        for longitude in np.arange(-180.0, 180.0, step)
    ]
    ends = np.array([-180.0, 180.0])
    parallels = [
        project_shifted(ends, np.full_like(ends, latitude))
        for latitude in np.arange(-90.0 + step, 90.0, step)
    ]
    return meridians + parallels


# --- paths -------------------------------------------------------------------------------------------------


def ring_path(view: View, ring: Numbers) -> str:
    """A closed path; empty where the ring lies outside the window or is smaller than half a pixel."""
    return "" if outside(view, ring) else closed(view, ring)


def closed(view: View, ring: Numbers) -> str:
    steps = thinned(view, ring)
    return f"M{deltas(steps)}z" if len(steps) > 3 else ""


def line_path(view: View, line: Numbers) -> str:
    if outside(view, line):
        return ""
    steps = thinned(view, line)
    return f"M{deltas(steps)}" if len(steps) > 1 else ""


def outside(view: View, line: Numbers) -> bool:
    (left, bottom), (right, top) = line.min(axis=0), line.max(axis=0)
    return bool(right < view.left or left > view.right or top < view.bottom or bottom > view.top)


def thinned(view: View, line: Numbers) -> NDArray[np.int64]:
    """Whole steps, without points that repeat the one before.

    What lies far outside is drawn only up to half a window from the edge: moving an outer point onto that frame
    changes nothing inside it except the lines that cross it, and those end half a window away.
    """
    x, y = (view.right - view.left) / 2, (view.top - view.bottom) / 2
    near = np.clip(line, (view.left - x, view.bottom - y), (view.right + x, view.top + y))
    steps = view.steps(near) // 2 * 2
    kept = np.ones(len(steps), dtype=bool)
    kept[1:] = np.any(np.diff(steps, axis=0) != 0, axis=1)
    return steps[kept]


def deltas(steps: NDArray[np.int64]) -> str:
    """“x y l dx dy dx dy …”: after an M, the rest of a path."""
    first = steps[0].tolist()
    return f"{first[0]} {first[1]}l" + " ".join(map(str, np.diff(steps, axis=0).ravel().tolist()))


def arc_paths(view: View, lines: list[list[Numbers]], arcs: Sequence[Arc]) -> str:
    """All arcs; computed as one long column of numbers, since there may be thousands."""
    pieces = [piece for line in lines for piece in line]
    if not pieces:
        return ""
    steps = view.steps(np.concatenate(pieces))
    numbers = np.diff(steps, axis=0, append=0).ravel().tolist()
    corners, written, at = steps.tolist(), [], 0
    for line, arc in zip(lines, arcs, strict=True):
        path = ""
        for piece in line:
            end = at + len(piece)
            x, y = corners[at]
            path += f"M{x} {y}l" + " ".join(map(str, numbers[2 * at : 2 * end - 2]))
            at = end
        written.append(f'<path class="arc{kind_class("arc", arc.kind)}" d="{path}"/>')
    return "".join(written)


# --- places and frame --------------------------------------------------------------------------------------


def circle(point: Point, at: Numbers) -> str:
    label = escape(point.label)
    title = f"<title>{label}</title>" if label else ""
    drawn = (
        f'<circle class="point{kind_class("point", point.kind)}" '
        f'cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{point.radius:g}">{title}</circle>'
    )
    return f'<a href="{escape(point.url)}" aria-label="{label}">{drawn}</a>' if point.url else drawn


def kind_class(word: str, kind: str) -> str:
    return f" {word}-{escape(kind)}" if kind else ""


def labels(points: Sequence[Point], at: Numbers, view: View) -> str:
    """Names beside their points, the first ones first; a name that finds no room is left to the tooltip."""
    taken: list[tuple[float, float, float, float]] = [
        (x - p.radius, y - p.radius, x + p.radius, y + p.radius) for p, (x, y) in zip(points, at, strict=True)
    ]
    written = []
    for point, (x, y) in zip(points, at, strict=True):
        wide = 7.5 * len(point.label)
        for left, base in (
            (x + 8, y + 4),
            (x - 8 - wide, y + 4),
            (x - wide / 2, y - 9),
            (x - wide / 2, y + 19),
        ):
            box = (left, base - 11, left + wide, base + 4)
            if point.label and within(box, view) and not any(overlap(box, other) for other in taken):
                taken.append(box)
                written.append(
                    f'<text class="name" x="{left:.1f}" y="{base:.1f}">{escape(point.label)}</text>'
                )
                break
    return f'<g class="names" aria-hidden="true">{"".join(written)}</g>'


def within(box: tuple[float, float, float, float], view: View) -> bool:
    return box[0] > 0 and box[1] > 0 and box[2] < view.width and box[3] < view.height


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def framed(body: str, view: View, title: str, description: str, linked: bool) -> SafeString:
    """A map whose points are links is a group to a screen reader, otherwise one picture."""
    key = hashlib.sha256(f"{title}{description}".encode()).hexdigest()[:8]
    about = f'<desc id="map-{key}-d">{escape(description)}</desc>' if description else ""
    named = f"map-{key}-t map-{key}-d" if description else f"map-{key}-t"
    return mark_safe(  # noqa: S308 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" class="world" viewBox="0 0 {view.width} {view.height}" '
        f'width="{view.width}" height="{view.height}" direction="ltr" '
        f'role="{"group" if linked else "img"}" aria-labelledby="{named}">'
        f'<title id="map-{key}-t">{escape(title)}</title>{about}{body}</svg>'
    )
