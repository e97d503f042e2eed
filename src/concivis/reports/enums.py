from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a report", "draft")
    PUBLISHED = "published", pgettext_lazy("state of a report", "published")
    WITHDRAWN = "withdrawn", _("withdrawn")
