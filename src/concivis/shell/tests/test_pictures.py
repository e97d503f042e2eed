import io
import time

import pytest
from PIL import Image

from concivis.shell.pictures import COVERED, share_image, shortened
from concivis.shell.worldmap import Arc, Point, draw


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_picture_has_the_size_that_networks_show():
    picture = opened(share_image("Hamm", "Partner cities"))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


@pytest.mark.parametrize(
    "title",
    [
        '#read("/etc/passwd")',
        "$ x $ *bold* _it_ `code` <label> @ref // comment /* open",
        '"] #eval("1") [',
        "",
        "\x00\x07 control",
        "A" * 5000,
        "word " * 1000,
        "Київ – Αθήνα – Chișinău – Łódź",
        "بيت لحم",
        "京都市",
    ],
)
def test_any_text_is_drawn_as_text(title):
    assert opened(share_image(title, title)).size == (1200, 630)


def test_markup_is_not_carried_out():
    assert share_image("#strong[x]") != share_image("x")
    assert share_image("*x*") != share_image("x")


def test_the_colour_of_a_hub_heads_the_picture():
    assert opened(share_image("x", colour="#7a1f1f")).convert("RGB").getpixel((600, 5)) == (0x7A, 0x1F, 0x1F)


@pytest.mark.parametrize("colour", [None, "red", "#12", '#0b5566") #panic('])
def test_what_is_no_colour_gives_the_colour_of_the_house(colour):
    assert opened(share_image("x", colour=colour)).convert("RGB").getpixel((600, 5)) == (0x0B, 0x55, 0x66)


def test_a_map_is_drawn_below_the_title(settings, tmp_path):
    settings.FRONTEND = tmp_path
    svg = draw([Point(51, 7, "Hamm")], [Arc(51, 7, 34, -118)], title="x", width=1200, height=400, fit=True)
    picture = opened(share_image("Hamm", svg_map=svg)).convert("RGB")
    assert (0xAD, 0x38, 0x15) in {
        picture.getpixel((x, y)) for x in range(0, 1200, 2) for y in range(240, 610, 2)
    }


def test_long_titles_are_cut_at_a_word():
    assert shortened("Städtepartnerschaft  " * 20).endswith("Städtepartnerschaft …")


def test_scripts_of_the_bundled_fonts_are_known():
    assert COVERED.fullmatch("Київ · Łódź – „Αθήνα“ → €")
    assert not COVERED.fullmatch("بيت لحم")


@pytest.mark.slow
def test_a_second_picture_takes_less_than_a_third_of_a_second():
    share_image("Hamm", "warm")
    begun = time.process_time()
    share_image("Reggio nell’Emilia", "Partner cities")
    assert time.process_time() - begun < 0.3
