"""The field for a file that somebody sends: its limit and its endings said in plain words."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from concivis.shell import uploads


class LimitedFileField(forms.FileField):
    """`limit`: bytes, by default those of a document. `endings`: those of the file's name, where its bytes are only
    looked at later.
    """

    def __init__(
        self, *, limit: int = 0, endings: tuple[str, ...] = (), accept: str = "", **options: Any
    ) -> None:
        self.limit, self.endings = limit, endings
        options.setdefault("max_length", 255)
        accepted = accept or ",".join(endings)
        super().__init__(widget=forms.FileInput(attrs={"accept": accepted} if accepted else {}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            self._look_at(file)
        return file

    def _look_at(self, file: UploadedFile) -> None:
        if self.endings and not str(file.name).lower().endswith(self.endings):
            words = gettext("Choose a file whose name ends in one of these: %(endings)s")
            raise ValidationError(words % {"endings": ", ".join(self.endings)})
        limit = self.limit or settings.UPLOAD_BYTES
        if file.size and file.size > limit:
            raise ValidationError(uploads.too_large(limit))
