import pytest

from concivis.hubs import colours


def test_contrast_is_that_of_wcag():
    assert colours.contrast("#000000", "#ffffff") == 21
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert colours.contrast("#0b5fa5", "#0b5fa5") == 1


@pytest.mark.parametrize("colour", colours.PRESETS)
def test_one_can_read_white_on_every_preset(colour):
    assert colours.readable_on_white(colour)


def test_one_cannot_read_white_on_yellow():
    assert not colours.readable_on_white("#f4bd41")


@pytest.mark.parametrize("colour", [*colours.PRESETS, "#000000", "#0000ff"])
def test_every_colour_can_be_read_on_a_dark_page_once_lightened(colour):
    assert colours.contrast(colours.lightened(colour), colours.DARK_SURFACE) >= colours.READABLE


def test_a_light_colour_is_not_lightened():
    assert colours.lightened("#f4bd41") == "#f4bd41"
