import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest

from concivis.shell import worldmap
from concivis.shell.worldmap import Arc, Point, draw, great_circles, project

SVG = "{http://www.w3.org/2000/svg}"
HAMM = Point(51.68, 7.82, "Hamm", "/en/places/hamm/", "home")
BETHLEHEM = Point(31.7, 35.2, "בית לחם & بيت لحم")


@pytest.fixture(autouse=True)
def fresh_basemap():
    worldmap.basemap.cache_clear()
    worldmap.world_lines.cache_clear()
    yield
    worldmap.basemap.cache_clear()
    worldmap.world_lines.cache_clear()


@pytest.fixture
def small_world(settings, tmp_path):
    """A world of one square country from 0° to 10° in the north and east, as TopoJSON."""
    settings.FRONTEND = tmp_path
    (tmp_path / "world-atlas").mkdir()
    topology = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10]]],
        "objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": [[0, 1]], "id": "001"}]}},
    }
    for name in ("countries-110m.json", "countries-50m.json"):
        (tmp_path / "world-atlas" / name).write_text(json.dumps(topology), encoding="utf-8")


@pytest.fixture
def no_world(settings, tmp_path):
    settings.FRONTEND = tmp_path


def test_the_projection_has_the_extent_of_the_published_formula():
    centre, east, north = project(np.array([(11.0, 0.0), (190.9999999, 0.0), (11.0, 90.0)]))
    assert centre.tolist() == [0, 0]
    assert [round(float(x), 3) for x in east] == [2.707, 0]
    assert [round(float(x), 3) for x in north] == [0, 1.317]


def test_areas_are_true():
    def area(latitude):
        (_, y0), (_, y1) = project(np.array([(10.5, latitude - 0.5), (11.5, latitude + 0.5)]))
        return (project(np.array([(11.5, latitude)]))[0][0] - project(np.array([(10.5, latitude)]))[0][0]) * (
            y1 - y0
        )

    assert area(60) / area(0) == pytest.approx(np.cos(np.radians(60)), rel=1e-3)


def test_the_map_is_one_well_formed_picture_with_a_name(small_world):
    svg = ElementTree.fromstring(draw([BETHLEHEM], [], title="Partners of <Hamm>", description="One & only"))
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == "Partners of <Hamm>"
    assert svg.findtext(f"{SVG}desc") == "One & only"
    assert svg.get("aria-labelledby").split() == [
        svg.find(f"{SVG}title").get("id"),
        svg.find(f"{SVG}desc").get("id"),
    ]


def test_a_place_with_an_address_is_a_link_and_the_map_a_group(small_world):
    svg = ElementTree.fromstring(draw([HAMM, BETHLEHEM], [], title="Map"))
    assert svg.get("role") == "group"
    assert [(a.get("href"), a.get("aria-label")) for a in svg.iter(f"{SVG}a")] == [
        ("/en/places/hamm/", "Hamm")
    ]
    assert [c.get("class") for c in svg.iter(f"{SVG}circle")] == ["point point-home", "point"]


def test_names_of_places_cannot_break_out_of_the_picture(no_world):
    svg = draw([Point(0, 0, '"><script>x</script>', '"/><script>')], [], title="</title><script>", names=True)
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_no_style_is_written_into_the_picture(small_world):
    assert "style" not in draw([HAMM], [Arc(51, 7, 31, 35)], title="Map", fit=True, names=True)


def test_an_arc_over_the_date_line_is_split_and_ends_at_both_edges():
    [tokyo_to_los_angeles] = great_circles([Arc(35.7, 139.7, 34.1, -118.2)])
    assert len(tokyo_to_los_angeles) == 2
    east, west = tokyo_to_los_angeles
    assert east[-1][0] == pytest.approx(-west[0][0])
    assert east[-1][1] == pytest.approx(west[0][1])
    assert east[-1][0] > 2


def test_an_arc_within_the_map_is_one_piece_from_end_to_end():
    [[line]] = great_circles([Arc(51.68, 7.82, 34.02, -118.49)])
    ends = project(np.array([(7.82, 51.68), (-118.49, 34.02)]))
    assert line[0] == pytest.approx(ends[0])
    assert line[-1] == pytest.approx(ends[1])


def test_an_arc_follows_the_great_circle():
    [[line]] = great_circles([Arc(0, -79, 0, 91)])
    assert line[:, 1] == pytest.approx(0, abs=1e-9)
    [[over]] = great_circles([Arc(50, -60, 50, 60)])
    highest = np.degrees(np.arctan(np.tan(np.radians(50)) / np.cos(np.radians(60))))  # spherical trigonometry
    assert over[:, 1].max() == pytest.approx(project(np.array([(0.0, highest)]))[0][1], rel=1e-3)


def test_a_place_linked_with_itself_or_its_antipode_does_not_break_the_map(no_world):
    ElementTree.fromstring(
        draw([], [Arc(10, 10, 10, 10), Arc(10, 10, -10, -170), Arc(90, 0, -90, 0)], title="x")
    )


def test_the_window_fits_what_is_drawn(small_world):
    svg = ElementTree.fromstring(draw([HAMM, BETHLEHEM], [], title="x", fit=True, width=800, height=500))
    assert svg.get("viewBox") == "0 0 800 500"
    for circle in svg.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx")) < 800
        assert 0 < float(circle.get("cy")) < 500


def test_places_all_over_the_world_are_shown_on_the_world(no_world):
    wide = [Point(-37, 175), Point(51, 7), Point(34, -118)]
    svg = ElementTree.fromstring(draw(wide, [], title="x", fit=True))
    assert svg.get("viewBox") == "0 0 960 418"


def test_a_map_of_nothing_is_a_map(no_world):
    for fit in (False, True):
        ElementTree.fromstring(draw([], [], title="x", fit=fit))


def test_without_the_data_there_is_no_coastline_but_a_map(no_world):
    svg = ElementTree.fromstring(draw([HAMM], [], title="x"))
    paths = {path.get("class"): path.get("d") for path in svg.iter(f"{SVG}path")}
    assert paths["land"] == ""
    assert paths["sea"].startswith("M")


def test_land_is_drawn_from_the_data(small_world):
    svg = ElementTree.fromstring(draw([], [], title="x"))
    paths = {path.get("class"): path.get("d") for path in svg.iter(f"{SVG}path")}
    assert len(re.findall("M", paths["land"])) == 1
    assert paths["land"].endswith("z")


def test_broken_data_is_no_data(small_world, settings):
    (settings.FRONTEND / "world-atlas/countries-110m.json").write_text("{", encoding="utf-8")
    ElementTree.fromstring(draw([], [], title="x"))


def test_names_do_not_cover_each_other(no_world):
    crowd = [Point(50 + n / 100, 8 + n / 100, f"Town {n}") for n in range(30)] + [Point(40, 20, "Apart")]
    svg = ElementTree.fromstring(draw(crowd, [], title="x", fit=True, names=True))
    boxes = [
        (float(t.get("x")), float(t.get("y")), float(t.get("x")) + 7.5 * len(t.text))
        for t in svg.iter(f"{SVG}text")
    ]
    assert 1 < len(boxes) < 31
    for i, (left, base, right) in enumerate(boxes):
        assert not any(left < r and x < right and abs(base - y) < 15 for x, y, r in boxes[i + 1 :])
