from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from concivis.hubs import crests
from concivis.hubs.tests.pictures import picture


@pytest.mark.parametrize(
    ("form", "suffix", "kind"),
    [("PNG", ".png", "image/png"), ("JPEG", ".jpeg", "image/jpeg"), ("WEBP", ".webp", "image/webp")],
)
def test_a_picture_keeps_its_format(form, suffix, kind):
    redrawn = crests.redraw(picture(form))
    assert redrawn.name.endswith(suffix)
    assert crests.content_type(redrawn.name) == kind
    assert Image.open(BytesIO(redrawn.read())).format == form


def test_the_bytes_decide_not_the_name():
    upload = picture("PNG")
    upload.name = "crest.jpeg"
    assert crests.redraw(upload).name.endswith(".png")


def test_hidden_data_is_left_behind():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    upload = picture("JPEG", exif=exif)
    assert b"taken at home" in upload.read()
    assert b"taken at home" not in crests.redraw(upload).read()


def test_a_large_picture_is_made_smaller():
    redrawn = crests.redraw(picture(size=(2000, 1000)))
    assert Image.open(BytesIO(redrawn.read())).size == (512, 256)


def test_transparency_is_kept():
    target = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(target, "PNG")
    redrawn = crests.redraw(SimpleUploadedFile("crest.png", target.getvalue()))
    assert Image.open(BytesIO(redrawn.read())).getpixel((5, 5)) == (0, 0, 0, 0)


def test_the_same_picture_gets_the_same_name():
    assert crests.redraw(picture()).name == crests.redraw(picture(name="other")).name


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
            "SVG pictures can carry programs",
        ),
        (b"GIF89a" + b"\0" * 50, "not a PNG, JPEG or WebP picture"),
        (b"%PDF-1.7", "not a PNG, JPEG or WebP picture"),
        (b"", "not a PNG, JPEG or WebP picture"),
        (picture().read()[:60], "not a PNG, JPEG or WebP picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 2_000_000, "larger than 1 MB"),
        (picture(size=(2001, 10)).read(), "larger than 2000 × 2000"),
    ],
    ids=["svg", "gif", "pdf", "nothing", "cut off", "too many bytes", "too many pixels"],
)
def test_what_is_not_taken_is_told_in_a_sentence(content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        crests.redraw(SimpleUploadedFile("crest.png", content))
