"""The weekly letter about what needs attention: what it told, to whom it goes, and who wants it."""

from django.conf import settings
from django.db import models

from concivis.hubs.models import Hub


class Reminder(models.Model):
    """The letter of one week to the people of one office. Its matters are `told`."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="reminders")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("-begun_at",)

    def __str__(self) -> str:
        return f"{self.hub_id} {self.begun_at:%Y-%m-%d}"


class ReminderLetter(models.Model):
    """The copy for one person. `sent_at` is set before it leaves, so that none leaves twice."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("reminder", "user"), name="reminder_letter_once")]

    def __str__(self) -> str:
        return f"{self.reminder_id} to {self.user_id}"


class Told(models.Model):
    """A matter that a letter told of, by its key: it is not told again."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="+")
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="told")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("hub", "key"), name="told_once")]

    def __str__(self) -> str:
        return self.key


class ReminderChoice(models.Model):
    """Whether a member wants the weekly letter of an office. Without a row: yes."""

    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_choices"
    )
    wants = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("hub", "user"), name="reminder_choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.wants}"
