"""Meetings of the initiatives: who is invited, what is talked about, what was agreed, and who does it until when."""

from datetime import datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from concivis.desk.meetings.enums import Answer, InvitedAs, MinutesFor
from concivis.hubs.models import Hub

MOST_PEOPLE = 50  # who come with one invitation


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> Self:
        """What everybody may see, the cancelled ones included: who wanted to come must learn of it."""
        return self.filter(is_public=True, hub__is_published=True)

    def upcoming(self) -> Self:
        return self.filter(ends_at__gte=now()).order_by("starts_at", "pk")

    def past(self) -> Self:
        return self.filter(ends_at__lt=now()).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """`starts_at` and `ends_at` are moments; `timezone` is where the clock hangs by which people come."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), blank=True, max_length=5000)  # Markdown
    language = models.CharField(_("language of the text"), max_length=12)  # BCP 47
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    timezone = models.CharField(_("time zone"), max_length=40)
    place = models.CharField(_("where"), max_length=300, blank=True)
    online_url = models.URLField(_("online address"), max_length=500, blank=True)
    online_is_public = models.BooleanField(_("show the online address to everybody"), default=False)
    languages: Any = models.JSONField(default=list, blank=True)  # BCP 47 tags of what is spoken
    is_public = models.BooleanField(_("public"), default=False)
    minutes = models.TextField(
        _("minutes"), blank=True, max_length=20_000
    )  # Markdown; beside those of the items
    minutes_for = models.CharField(max_length=10, choices=MinutesFor, default=MinutesFor.NOBODY)
    # of the calendar entry (RFC 5545, 3.8.7.4): rises with whatever those who are invited must learn
    sequence = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)  # mailings so far; numbers them
    invited_at = models.DateTimeField(null=True, blank=True)  # when the first invitation went out
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=500, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    is_example = models.BooleanField(default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="meeting_has_a_title", condition=~Q(title="") & ~Q(language="")),
            models.CheckConstraint(
                name="meeting_minutes_for_known", condition=Q(minutes_for__in=MinutesFor.values)
            ),
            models.CheckConstraint(
                name="meeting_public_minutes_of_public_meetings",
                condition=~Q(minutes_for=MinutesFor.EVERYBODY) | Q(is_public=True),
            ),
            models.CheckConstraint(
                name="meeting_reason_only_if_cancelled",
                condition=Q(cancelled_because="") | Q(cancelled_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("hub", "starts_at"), name="meeting_by_time")]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("desk:meeting", args=[self.hub.slug, self.public_id])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def starts(self) -> datetime:
        """By the clock of the place."""
        return self.starts_at.astimezone(self.zone)

    @property
    def ends(self) -> datetime:
        return self.ends_at.astimezone(self.zone)

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        return self.ends_at <= now()

    @property
    def is_open(self) -> bool:
        """Whether one can still answer, propose, be invited."""
        return not self.is_cancelled and not self.is_over


class Guest(models.Model):
    """Somebody who is invited, or came. Personal data: the desk sees it, nobody else; forgotten a year later."""

    public_id = models.CharField(max_length=16, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    invited_as = models.CharField(max_length=12, choices=InvitedAs)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("mail address"), blank=True)
    language = models.CharField(_("language of the letters"), max_length=12)  # one of the interface's
    consent_how = models.CharField(
        _("how the person agreed to be invited by mail"), max_length=200, blank=True
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)  # when the invitation was put on its way
    told_sequence = models.PositiveIntegerField(null=True, blank=True)  # of the latest letter that left
    answer = models.CharField(_("answer"), max_length=5, choices=Answer, blank=True)
    people = models.PositiveSmallIntegerField(_("how many come"), default=1)
    needs = models.CharField(_("what is needed"), max_length=500, blank=True)  # interpretation, a ramp
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_sequence = models.PositiveIntegerField(null=True, blank=True)  # of what they said yes to
    came = models.PositiveSmallIntegerField(_("how many came"), null=True, blank=True)  # null: not noted

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "email"), condition=~Q(email=""), name="guest_once"),
            models.CheckConstraint(
                name="guest_invited_as_known", condition=Q(invited_as__in=InvitedAs.values)
            ),
            models.CheckConstraint(
                name="guest_person_agreed",
                condition=~Q(invited_as=InvitedAs.PERSON) | Q(email="") | ~Q(consent_how=""),
            ),
            models.CheckConstraint(
                name="guest_answered_when",
                condition=Q(answer="", answered_at__isnull=True, answered_sequence__isnull=True)
                | Q(answer__in=Answer.values, answered_at__isnull=False, answered_sequence__isnull=False),
            ),
            models.CheckConstraint(name="guest_people", condition=Q(people__gte=1, people__lte=MOST_PEOPLE)),
            models.CheckConstraint(
                name="guest_came", condition=Q(came__isnull=True) | Q(came__lte=MOST_PEOPLE)
            ),
        ]

    def __str__(self) -> str:
        return f"guest {self.public_id}"


class AgendaItem(models.Model):
    """A point of the agenda, and what the minutes say of it. `is_agreed`: the office has taken it in."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what it is about"), max_length=200)
    speaker = models.CharField(_("who"), max_length=120, blank=True)  # shown to those who are invited
    length = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    card_kind = models.CharField(max_length=30, blank=True)
    card_id = models.CharField(max_length=16, blank=True)
    is_agreed = models.BooleanField(default=True)
    proposed_by = models.ForeignKey(
        Guest, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    decision = models.TextField(_("decision"), blank=True, max_length=5000)  # Markdown
    notes = models.TextField(_("notes"), blank=True, max_length=20_000)  # Markdown

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="agenda_length", condition=Q(length__isnull=True) | Q(length__gte=1, length__lte=600)
            ),
            models.CheckConstraint(
                name="agenda_card_whole",
                condition=Q(card_kind="", card_id="") | ~Q(card_kind="") & ~Q(card_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.pk} of {self.meeting_id}"


class Task(models.Model):
    """What was agreed to be done: by a member of the office, by a guest, or by whom is not said yet."""

    public_id = models.CharField(max_length=16, unique=True)
    hub = models.ForeignKey(Hub, on_delete=models.CASCADE, related_name="tasks")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="tasks"
    )  # where it was agreed
    carried_to = models.ForeignKey(  # the latest meeting that looks at it again
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="carried"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(_("what is to be done"), max_length=300)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    guest = models.ForeignKey(Guest, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks")
    due_on = models.DateField(_("until"), null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)  # to whoever is responsible now
    made_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = (F("due_on").asc(nulls_last=True), "pk")
        constraints = [
            models.CheckConstraint(
                name="task_one_is_responsible", condition=Q(assignee__isnull=True) | Q(guest__isnull=True)
            ),
            models.CheckConstraint(name="task_says_what", condition=~Q(title="")),
        ]
        indexes = [models.Index(fields=("hub", "done_at"), name="task_open")]

    def __str__(self) -> str:
        return f"task {self.public_id}"


class MeetingKey(models.Model):
    """A mailed key of one guest (to answer) or of one task (to say that it is done). Only its hash is kept."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, null=True, blank=True, related_name="keys")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, null=True, blank=True, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_key_opens_one",
                condition=Q(guest__isnull=False, task__isnull=True)
                | Q(guest__isnull=True, task__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"meeting key {self.pk}"
