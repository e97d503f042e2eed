"""Pictures to upload in tests."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(form: str = "PNG", size: tuple[int, int] = (60, 40), name: str = "crest", **options: object):
    target = BytesIO()
    Image.new("RGB", size, "#a61c28").save(target, form, **options)
    return SimpleUploadedFile(f"{name}.{form.lower()}", target.getvalue())
