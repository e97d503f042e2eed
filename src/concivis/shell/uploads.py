"""What may be kept as a document or a picture: known by its bytes, never by its name or what the browser says of it.

Pure: bytes in, bytes out. Raises ValidationError with a sentence for the person who sent the file.
"""

import re
import secrets
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
MOST_UNPACKED = 300 * 1024 * 1024  # bytes that an office file may unpack to
MOST_ENTRIES = 5_000
MOST_RATIO = 200  # unpacked to packed; text of spreadsheets packs to about a hundredth at best
LONGEST_NAME = 100
LONGEST_SIDE = 1600  # pixels of a picture to show
PICTURE_BYTES = 12 * 1024 * 1024  # of an upload; a telephone's photo has four to eight
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

TYPES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "text/plain": ".txt",
}
"""The media types that are kept, each with the ending that a download gets."""

ACCEPT = ",".join([*TYPES.values(), ".jpeg"])
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
OOXML = re.compile(rb'ContentType="(application/vnd\.openxmlformats-officedocument\.[a-z.]+)\.main\+xml"')
PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"#!",
    b"@echo", b"L\x00\x00\x00\x01\x14\x02\x00", b"\x00asm",
)  # fmt: skip
ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF")
MARKUP = re.compile(rb"<\s*(?:!doctype|html|svg|script|iframe|\?php)|^\s*<\?xml", re.IGNORECASE)
ENDINGS_OF_PROGRAMS = (
    ".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".jar",
    ".lnk",
)  # fmt: skip

PROGRAM = _("This is a program or a script, whatever its name says. Programs are not taken.")
MARKED_UP = _(
    "SVG, HTML and XML files can carry programs and are not taken. Save it as PDF or PNG and try again."
)
ARCHIVE = _("Archives are not taken, as nobody sees what is in them. Send the files one by one.")
MACROS = _("This file carries macros, which are programs. Save it without macros and try again.")
OLD_OFFICE = _("This is a file of an old office program. Save it as PDF, ODT or DOCX and try again.")
DAMAGED = _("The file is damaged or locked with a password.")
BOMB = _("The file unpacks to far more than a document would; it was not kept.")
NO_PICTURE = _("This is not a picture that can be shown. Save it as JPEG, PNG or WebP and try again.")
UNKNOWN = _(
    "This kind of file is not known. PDF, pictures (PNG, JPEG, WebP), office files and plain text are taken."
)


@dataclass(frozen=True)
class Kept:
    """What to store: pictures are drawn anew, without the place and time that cameras write into them."""

    content: bytes
    media_type: str  # one of TYPES


def examine(content: bytes) -> Kept:
    """What the bytes are, in a form that can be kept. Raises ValidationError."""
    if not content:
        raise ValidationError(gettext("The file is empty."))
    if content.startswith(PROGRAMS):
        raise ValidationError(PROGRAM)
    if content.startswith(ARCHIVES) or content[257:262] == b"ustar":
        raise ValidationError(ARCHIVE)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(OLD_OFFICE)
    if content.startswith(b"%PDF-"):
        return Kept(content, "application/pdf")
    if content.startswith(b"PK"):
        return Kept(content, _office_type(content))
    if _is_picture(content):
        return _redrawn(content)
    return Kept(_text(content), "text/plain")


def read(file: IO[bytes], limit: int) -> bytes:
    """All bytes of the file; never more than `limit` + 1 of them in memory. Raises ValidationError for more."""
    content = file.read(limit + 1)
    if len(content) > limit:
        raise ValidationError(too_large(limit))
    return content


def too_large(limit: int) -> str:
    return gettext("The file is larger than %(limit)s megabytes. Make it smaller, or send it in parts.") % {
        "limit": limit // (1024 * 1024)
    }


def file_name(uploaded: str, media_type: str) -> str:
    """The name for a download: what the person called the file, without paths and tricks; it ends as its type does."""
    plain = unicodedata.normalize("NFC", uploaded.replace("\\", "/").rsplit("/", 1)[-1])
    # control characters, and those that turn the direction: “exe.fdp” must not read “pdf.exe” backwards
    plain = "".join(
        sign for sign in plain if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    )
    plain = re.sub(r'[<>:"|?*]', "", plain)
    stem = " ".join(PurePath(plain).stem.strip(". ").split())[:LONGEST_NAME].strip(". ")
    return (stem or "document") + TYPES[media_type]


# --- pictures ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Picture:
    """A picture to show: drawn anew, upright, without the place and time that cameras write into it."""

    content: bytes
    media_type: str
    width: int
    height: int


def examine_picture(content: bytes, longest: int = LONGEST_SIDE) -> Picture:
    """The picture, at most `longest` pixels wide and high. Raises ValidationError for what is no PNG, JPEG or WebP."""
    if MARKUP.search(content[:2000]):
        raise ValidationError(MARKED_UP)
    if not _is_picture(content):
        raise ValidationError(NO_PICTURE)
    bare, form = _bare(content)
    bare.thumbnail((longest, longest))
    return Picture(_written(bare, form), PICTURES[form], bare.width, bare.height)


def drawn_anew(upload: IO[bytes], field: str = "file") -> Picture:
    """What was sent, as `examine_picture` gives it. Raises ValidationError by `field`."""
    upload.seek(0)
    try:
        return examine_picture(read(upload, PICTURE_BYTES))
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error


def random_name(media_type: str) -> str:
    """A name under which it is stored: nobody guesses it, and it says nothing of who sent it."""
    return secrets.token_hex(16) + TYPES[media_type]


def _is_picture(content: bytes) -> bool:
    return content.startswith((b"\x89PNG", b"\xff\xd8\xff")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    )


def _redrawn(content: bytes) -> Kept:
    bare, form = _bare(content)
    return Kept(_written(bare, form), PICTURES[form])


def _bare(content: bytes) -> tuple[Image.Image, str]:
    try:
        with Image.open(BytesIO(content), formats=list(PICTURES)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(
                    gettext("The picture has more than 50 million pixels. Make it smaller.")
                )
            form = (
                "JPEG" if image.format == "MPO" else str(image.format)
            )  # phones put two pictures into one file
            image.load()
            upright = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        raise ValidationError(gettext("The picture is damaged.")) from error
    bare = upright.convert("RGBA" if upright.has_transparency_data and form != "JPEG" else "RGB")
    bare.info.clear()  # place and time of the photo, comments
    return bare, form


def _written(bare: Image.Image, form: str) -> bytes:
    target = BytesIO()
    bare.save(target, form, quality=90) if form != "PNG" else bare.save(target, form)
    return target.getvalue()


# --- office files ------------------------------------------------------------------------------------------


def _office_type(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _require_harmless(entries, len(content))
            found = _type_of(archive, {entry.filename for entry in entries})
            if found not in TYPES:
                raise ValidationError(ARCHIVE)
            if archive.testzip() is not None:  # reads all, no more than the entries said
                raise ValidationError(DAMAGED)
            return found
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError, ValueError
    ) as error:  # fmt: skip
        raise ValidationError(DAMAGED) from error


def _require_harmless(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_RATIO * packed):
        raise ValidationError(BOMB)
    if any(entry.flag_bits & 1 or entry.compress_type not in PACKINGS for entry in entries):
        raise ValidationError(DAMAGED)
    for entry in entries:
        name = entry.filename.lower()
        if name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith(("basic/", "scripts/")):
            raise ValidationError(MACROS)
        if name.endswith(ENDINGS_OF_PROGRAMS) or "/activex/" in f"/{name}":
            raise ValidationError(PROGRAM)


def _type_of(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The media type that the file gives itself; empty for an archive that is no office file."""
    if "mimetype" in names:
        return _beginning(archive, "mimetype").decode("ascii", "replace").strip()
    if "[Content_Types].xml" not in names:
        return ""
    said = _beginning(archive, "[Content_Types].xml")
    if b"macroEnabled" in said or b"vbaProject" in said:
        raise ValidationError(MACROS)
    match = OOXML.search(said)
    return match[1].decode() if match else ""


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(1024 * 1024)


# --- text --------------------------------------------------------------------------------------------------


def _text(content: bytes) -> bytes:
    if MARKUP.search(content):
        raise ValidationError(MARKED_UP)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(UNKNOWN) from error
    if any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f" for sign in set(text)):
        raise ValidationError(UNKNOWN)
    return content
