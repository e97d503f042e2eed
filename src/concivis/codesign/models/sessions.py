"""Where people are listened to: sessions, who was there by number, notes, and the insights taken from them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from concivis.codesign.enums import InsightState, Need, Setting
from concivis.codesign.models.connectors import Connector
from concivis.codesign.models.processes import Phase, Process
from concivis.hubs.models import Hub
from concivis.shell import content
from concivis.shell.content import LANGUAGE_LENGTH


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> Self:
        """What everybody may see, the cancelled ones included: who wanted to come must learn of it."""
        return self.filter(is_public=True, process__is_published=True, process__hub__is_published=True)


class Session(models.Model):
    """`starts_at` and `ends_at` are moments; people come by the clock of `timezone`, the hub's when it was made.

    The address of an online session is for its participants, never public. `attended`: how many came, once known.
    """

    public_id = models.CharField(max_length=16, unique=True)
    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="sessions")
    phase = models.ForeignKey(
        Phase, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), blank=True, max_length=4000)  # Markdown
    language = models.CharField(_("language of the text"), max_length=LANGUAGE_LENGTH)
    setting = models.CharField(_("where"), max_length=8, choices=Setting, default=Setting.ON_SITE)
    place = models.CharField(_("place"), max_length=300, blank=True)
    online_url = models.URLField(_("online address"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    timezone = models.CharField(max_length=40)
    languages: Any = models.JSONField(default=list, blank=True)  # BCP 47 tags of what is spoken
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    connectors = models.ManyToManyField(Connector, blank=True, related_name="sessions")
    attended = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry (RFC 5545, 3.8.7.4)
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="session_has_a_title", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(name="session_setting_known", condition=Q(setting__in=Setting.values)),
            models.CheckConstraint(
                name="session_cancelled_with_reason",
                condition=(Q(cancelled_at__isnull=False) & ~Q(cancelled_because=""))
                | Q(cancelled_at__isnull=True, cancelled_because=""),
            ),
            models.CheckConstraint(
                name="session_has_room", condition=Q(capacity__isnull=True) | Q(capacity__gt=0)
            ),
            models.CheckConstraint(
                name="session_cancelled_had_nobody",
                condition=Q(cancelled_at__isnull=True) | Q(attended__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=("process", "starts_at"), name="session_by_time")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_past(self) -> bool:
        return self.ends_at < now()


class AttendanceByLanguage(models.Model):
    """How many of those who came speak a language, where somebody counted. No names."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    language = models.CharField(max_length=LANGUAGE_LENGTH)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("-number", "language")
        constraints = [
            models.UniqueConstraint(fields=("session", "language"), name="attendance_once_a_language"),
            models.CheckConstraint(
                name="attendance_of_somebody", condition=Q(number__gt=0) & ~Q(language="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.number}"


class Participant(models.Model):
    """What somebody agreed to have kept, each field for itself, and no more. Withdrawing deletes the row."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_agreed_on = models.DateField(null=True, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    email_agreed_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12)  # of our letters, one of the interface's
    agreed_how = models.CharField(_("how they agreed"), max_length=200)
    forget_on = models.DateField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_by_connector = models.ForeignKey(
        Connector, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("added_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="participant_name_with_consent", condition=Q(name="") | Q(name_agreed_on__isnull=False)
            ),
            models.CheckConstraint(
                name="participant_mail_with_consent",
                condition=Q(email="") | Q(email_agreed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="participant_is_somebody",
                condition=(~Q(name="") | ~Q(email="")) & ~Q(agreed_how=""),
            ),
            models.UniqueConstraint(
                fields=("session", "email"), condition=~Q(email=""), name="participant_once"
            ),
        ]
        indexes = [models.Index(fields=("forget_on",), name="participant_to_forget")]

    def __str__(self) -> str:
        return f"participant {self.pk}"


class ParticipantKey(models.Model):
    """The mailed key with which a participant sees what is kept of them, and withdraws it. Only its hash is kept."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="key")
    key_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"key of participant {self.participant_id}"


class Note(content.SourceText):
    """What was written down at a session, in any language. Internal."""

    TRANSLATED = ("text",)

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("notes"), max_length=20_000)
    connector = models.ForeignKey(
        Connector, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("written_at", "pk")
        constraints = [
            models.CheckConstraint(name="note_says_something", condition=~Q(text="") & ~Q(language=""))
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"


class NoteText(content.Translation):
    of = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="translations")
    text = models.TextField(_("notes"), max_length=20_000)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="note_text_once"),
            models.CheckConstraint(name="note_text_says_something", condition=~Q(text="")),
            content.origin_known("note_text_origin_known"),
        ]

    def __str__(self) -> str:
        return f"note text {self.pk}"


class Insight(content.SourceText):
    """One thing that was heard; it never names a person. From whom it came (`session`, `connector`) stays inside."""

    TRANSLATED = ("text",)

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="insights")
    process = models.ForeignKey(
        Process, on_delete=models.CASCADE, null=True, blank=True, related_name="insights"
    )
    session = models.ForeignKey(
        Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="insights"
    )
    connector = models.ForeignKey(
        Connector, on_delete=models.SET_NULL, null=True, blank=True, related_name="insights"
    )
    text = models.TextField(_("what was heard"), max_length=1500)
    need = models.CharField(_("what is needed"), max_length=12, choices=Need, blank=True)
    terms = models.ManyToManyField("vocabulary.Term", blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=InsightState, default=InsightState.NEW)
    aside_because = models.CharField(_("why it is set aside"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = [
            models.CheckConstraint(name="insight_says_something", condition=~Q(text="") & ~Q(language="")),
            models.CheckConstraint(name="insight_state_known", condition=Q(state__in=InsightState.values)),
            models.CheckConstraint(name="insight_need_known", condition=Q(need="") | Q(need__in=Need.values)),
            models.CheckConstraint(
                name="insight_aside_with_reason",
                condition=(Q(state=InsightState.ASIDE) & ~Q(aside_because=""))
                | (~Q(state=InsightState.ASIDE) & Q(aside_because="")),
            ),
            models.CheckConstraint(
                name="insight_of_session_in_process",
                condition=Q(session__isnull=True) | Q(process__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=("hub", "state"), name="insight_by_state"),
            models.Index(fields=("process", "state"), name="insight_of_process"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class InsightText(content.Translation):
    of = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="translations")
    text = models.TextField(_("what was heard"), max_length=1500)

    class Meta:
        ordering = ("language",)
        constraints = [
            models.UniqueConstraint(fields=("of", "language"), name="insight_text_once"),
            models.CheckConstraint(name="insight_text_says_something", condition=~Q(text="")),
            content.origin_known("insight_text_origin_known"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
