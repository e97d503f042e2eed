"""What the office's reminders keep: the weekly letter and who wants it."""

from django.conf import settings
from django.db import models


class Digest(models.Model):
    """The letter of one week to the people of one office: what came up since the last. Its matters are `nudges`."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="digests")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ("-begun_at",)

    def __str__(self) -> str:
        return f"{self.hub_id} {self.begun_at:%Y-%m-%d}"


class DigestLetter(models.Model):
    """The copy of a digest for one person. `sent_at` is set before it leaves, so that none leaves twice."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("digest", "user"), name="digest_letter_once")]

    def __str__(self) -> str:
        return f"{self.digest_id} to {self.user_id}"


class NudgeChoice(models.Model):
    """Whether a member wants the weekly letter of an office. Without a row: yes."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.CASCADE, related_name="nudge_choices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="nudge_choices")
    wants = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("hub", "user"), name="nudge_choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.wants}"
