"""The anonymous box of a process: what people put in without saying who they are, and what became of it.

Nothing of the sender is kept: no name, no address, no hour. A code that only they have opens what became of it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concivis.codesign.outcomes import InputState, SetAside
from concivis.shell.content import LANGUAGE_LENGTH


class BoxInput(models.Model):
    """`received_on` is a day, not a moment: an hour could tell who it was."""

    public_id = models.CharField(max_length=16, unique=True)  # for the office's pages
    process = models.ForeignKey("codesign.Process", on_delete=models.CASCADE, related_name="inputs")
    code_hash = models.CharField(max_length=64, unique=True)
    text = models.TextField(_("what you want to say"), blank=True, max_length=4000)
    language = models.CharField(max_length=LANGUAGE_LENGTH, blank=True)  # blank: not said
    theme = models.ForeignKey(
        "vocabulary.Term", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    audio = models.FileField(
        upload_to="codesign/box/", blank=True
    )  # private: handed out by the office's page
    audio_type = models.CharField(max_length=40, blank=True)
    audio_forgotten_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    state = models.CharField(max_length=9, choices=InputState, default=InputState.NEW)
    reason = models.CharField(_("why it is set aside"), max_length=12, choices=SetAside, blank=True)
    insight = models.ForeignKey(
        "codesign.Insight", on_delete=models.SET_NULL, null=True, blank=True, related_name="inputs"
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    handled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-received_on", "-pk")
        constraints = [
            models.CheckConstraint(name="input_state_known", condition=Q(state__in=InputState.values)),
            models.CheckConstraint(
                name="input_says_something",
                condition=~Q(text="") | ~Q(audio="") | Q(audio_forgotten_on__isnull=False),
            ),
            models.CheckConstraint(
                name="input_set_aside_with_reason",
                condition=Q(state=InputState.SET_ASIDE, reason__in=SetAside.values)
                | (~Q(state=InputState.SET_ASIDE) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="input_handled_when",
                condition=Q(state=InputState.NEW, handled_on__isnull=True)
                | (~Q(state=InputState.NEW) & Q(handled_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=("process", "state"), name="input_by_state")]

    def __str__(self) -> str:
        return f"input {self.public_id}"


class BoxMessage(models.Model):
    """What the office answered to an input, and what the sender wrote again."""

    input = models.ForeignKey(BoxInput, on_delete=models.CASCADE, related_name="messages")
    from_office = models.BooleanField()
    text = models.TextField(max_length=4000)
    language = models.CharField(max_length=LANGUAGE_LENGTH, blank=True)
    written_on = models.DateField()
    # of the office; senders have no name
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_read = models.BooleanField(default=False)  # by the other side

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(name="box_message_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="box_message_of_sender_without_name",
                condition=Q(from_office=True) | Q(written_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
