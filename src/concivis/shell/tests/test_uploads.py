import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from concivis.shell import uploads

WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def zipped(entries: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(main: bytes = WORD + b".main+xml", **more: bytes) -> bytes:
    types = b'<Types><Override PartName="/word/document.xml" ContentType="' + main + b'"/></Types>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": b"<w/>", **more})


def odt(**more: bytes) -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>", **more})


def picture(form: str, **details: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", (4, 3), "red").save(target, form, **details)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (docx(), WORD.decode()),
        (odt(), "application/vnd.oasis.opendocument.text"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("WEBP"), "image/webp"),
        ("Grüße; نص".encode(), "text/plain"),
    ],
)
def test_a_document_is_known_by_its_bytes(content, media_type):
    assert uploads.examine(content).media_type == media_type


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00" + bytes(60), "program or a script"),
        (b"\x7fELF" + bytes(60), "program or a script"),
        (b"#!/bin/sh\nrm -r x\n", "program or a script"),
        (b"@echo off\r\ndel x\r\n", "program or a script"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "can carry programs"),
        (b'\n <?xml version="1.0"?><a/>', "can carry programs"),
        (b"<!DOCTYPE html><p>x", "can carry programs"),
        (b"text first, then <script>alert(1)</script>", "can carry programs"),
        (zipped({"a.txt": b"x"}), "Archives are not taken"),
        (b"Rar!\x1a\x07\x00", "Archives are not taken"),
        (b"\x1f\x8b\x08\x00", "Archives are not taken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office program"),
        (docx(**{"word/vbaProject.bin": b"x"}), "carries macros"),
        (docx(main=b"application/vnd.ms-word.document.macroEnabled.main+xml"), "carries macros"),
        (odt(**{"Basic/Standard/Module1.xml": b"x"}), "carries macros"),
        (docx(**{"word/embeddings/setup.exe": b"x"}), "program or a script"),
        (docx()[:-30], "damaged"),
        (picture("JPEG")[:200], "damaged"),
        (bytes(range(256)), "not known"),
        (b"", "empty"),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(content, words):
    with pytest.raises(ValidationError, match=words):
        uploads.examine(content)


def test_an_office_file_that_unpacks_to_far_too_much_is_not_kept():
    with pytest.raises(ValidationError, match="unpacks to far more"):
        uploads.examine(docx(**{"word/media/x.bin": bytes(10_000_000)}))


def test_a_picture_loses_the_place_and_time_that_the_camera_wrote():
    exif = Image.Exif()
    exif[0x0132] = "2026:05:03 10:00:00"
    exif.get_ifd(0x8825)[2] = (51.0, 40.0, 0.0)
    told = picture("JPEG", exif=exif)
    kept = uploads.examine(told)
    assert len(Image.open(BytesIO(told)).getexif()) > 0
    assert len(Image.open(BytesIO(kept.content)).getexif()) == 0


@pytest.mark.parametrize(
    ("uploaded", "named"),
    [
        ("Vertrag Köln.PDF", "Vertrag Köln.pdf"),
        ("اتفاقية.pdf", "اتفاقية.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\paper.exe", "paper.pdf"),
        ("paper\u202efdp.exe", "paperfdp.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "document.pdf"),
    ],
)
def test_the_name_for_the_download_keeps_its_letters_and_loses_its_tricks(uploaded, named):
    assert uploads.file_name(uploaded, "application/pdf") == named


@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
def test_a_picture_whose_details_contradict_themselves_is_called_damaged(form):
    details = Image.Exif()
    details[0x0112], details[0x0131] = 6, "a camera"  # lies on its side, so the details are written anew
    width_in_words = b"\x01\x01\x00\x02"
    content = picture(form, exif=details).replace(b"\x01\x31\x00\x02", width_in_words)
    with pytest.raises(ValidationError, match="damaged"):
        uploads.examine(content)


def test_an_archive_that_points_before_its_own_beginning_is_called_damaged():
    content = bytearray(odt())
    content[content.rfind(b"PK\x05\x06") + 17] = 255  # the offset of its list of entries
    with pytest.raises(ValidationError, match="damaged"):
        uploads.examine(bytes(content))


def test_a_picture_is_drawn_no_larger_than_it_is_shown() -> None:
    kept = uploads.examine_picture(picture("JPEG"), longest=2)
    assert (kept.media_type, max(kept.width, kept.height)) == ("image/jpeg", 2)


def test_a_small_picture_stays_as_small_as_it_is() -> None:
    assert uploads.examine_picture(picture("JPEG"), longest=8).width == 4


@pytest.mark.parametrize("content", [b"<svg xmlns='x'></svg>", b"%PDF-1.7", b"GIF89a", b""])
def test_only_pictures_are_taken_as_pictures(content: bytes) -> None:
    with pytest.raises(ValidationError):
        uploads.examine_picture(content)


def test_names_of_stored_files_are_never_the_same() -> None:
    assert uploads.random_name("image/png") != uploads.random_name("image/png")
