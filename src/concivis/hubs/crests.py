"""A crest that somebody uploads: checked by its bytes, not its name, and drawn anew without hidden data."""

from hashlib import sha256
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 2000  # width and height
KEPT_PIXELS = 512
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
SUFFIXES = {".png": "image/png", ".jpeg": "image/jpeg", ".webp": "image/webp"}


def redraw(upload: File[bytes]) -> ContentFile[bytes]:
    """The picture in its own format, at most 512 pixels wide and high, named after its content.

    Raises `ValidationError` for what is not a PNG, JPEG or WebP picture of at most 1 MB and 2000 × 2000.
    """
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 1 MB. Save it smaller and try again."))
    upload.seek(0)
    content = upload.read()
    if b"<svg" in content[:2000].lower():
        raise ValidationError(_("SVG pictures can carry programs and are not taken. Save the crest as PNG."))
    return _redrawn(content)


def content_type(name: str) -> str:
    return SUFFIXES[PurePath(name).suffix]


def _redrawn(content: bytes) -> ContentFile[bytes]:
    try:
        with Image.open(BytesIO(content), formats=list(TYPES)) as image:
            _check_size(image)
            form = str(image.format)
            image.load()
            upright = ImageOps.exif_transpose(image)
    except ValidationError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This is not a PNG, JPEG or WebP picture, or the file is damaged.")
        ) from error
    return _saved(upright, form)


def _check_size(image: Image.Image) -> None:
    if max(image.size) > MOST_PIXELS:
        raise ValidationError(
            _("The picture is larger than 2000 × 2000 pixels. Make it smaller and try again.")
        )


def _saved(image: Image.Image, form: str) -> ContentFile[bytes]:
    clear = image.has_transparency_data and form != "JPEG"
    bare = image.convert("RGBA" if clear else "RGB")
    bare.info.clear()  # place and time of the photo, colour profiles, comments
    bare.thumbnail((KEPT_PIXELS, KEPT_PIXELS))
    target = BytesIO()
    bare.save(target, form, quality=90) if form != "PNG" else bare.save(target, form, optimize=True)
    name = sha256(target.getvalue()).hexdigest()[:20]
    return ContentFile(target.getvalue(), name=f"{name}.{form.lower()}")
