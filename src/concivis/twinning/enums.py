from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnershipKind(models.TextChoices):
    TWINNING = "twinning", _("twinning")
    FRIENDSHIP = "friendship", _("friendship")
    CONTACT = "contact", _("contact")
    PROJECT = "project", _("project partnership")
    SOLIDARITY = "solidarity", _("solidarity partnership")
    CLIMATE = "climate", _("climate partnership")
    PACT = "pact", _("pact of friendship")


class PartnershipState(models.TextChoices):
    """What is decided. Dormant is computed from the last activity and never stored."""

    ENQUIRY = "enquiry", _("enquiry")
    EXPLORING = "exploring", _("exploring")
    DRAFTED = "drafted", _("drafted")
    RATIFIED = "ratified", _("ratified")
    SIGNED = "signed", _("signed")
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    ENDED = "ended", _("ended")


PUBLIC_STATES = frozenset({"signed", "active", "suspended", "ended"})


class MilestoneKind(models.TextChoices):
    FIRST_CONTACT = "first_contact", _("first contact")
    RATIFIED = "ratified", _("ratified in council")
    SIGNED = "signed", _("signed")
    COUNTERSIGNED = "countersigned", _("countersigned")
    RENEWED = "renewed", _("renewed")
    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("resumed")
    ENDED = "ended", _("ended")


class DocumentKind(models.TextChoices):
    AGREEMENT = "agreement", _("agreement")
    DECISION = "decision", _("decision of the council")
    REPORT = "report", _("report")
    LETTER = "letter", _("letter")
    PICTURE = "picture", _("picture")
    OTHER = "other", pgettext_lazy("document", "other")


class ContactRole(models.TextChoices):
    MAYOR = "mayor", _("mayor")
    COORDINATOR = "coordinator", _("coordinator of the partnership")
    COMMITTEE = "committee", _("twinning committee")
    SCHOOL = "school", _("school")
    YOUTH = "youth", _("youth")
    ASSOCIATION = "association", _("association")
    OTHER = "other", pgettext_lazy("contact", "other")


class ActivityKind(models.TextChoices):
    OFFICIAL_VISIT = "official_visit", _("visit of officials")
    CITIZENS_VISIT = "citizens_visit", _("visit of citizens")
    SCHOOL_EXCHANGE = "school_exchange", _("school exchange")
    YOUTH_EXCHANGE = "youth_exchange", _("youth exchange")
    EXPERIENCE = "experience", _("exchange of experience")
    MEETING = "meeting", _("meeting")
    FESTIVITY = "festivity", _("festivity")
    SPORT = "sport", _("sport")
    CULTURE = "culture", _("culture")
    PROJECT = "project", pgettext_lazy("activity", "project")
    AID = "aid", _("aid")
    OTHER = "other", pgettext_lazy("activity", "other")


class StepState(models.TextChoices):
    OPEN = "open", pgettext_lazy("step", "open")
    DONE = "done", pgettext_lazy("step", "done")
    SKIPPED = "skipped", pgettext_lazy("step", "left out")


class ProofKind(models.TextChoices):
    FILE = "file", pgettext_lazy("evidence", "file")
    LINK = "link", pgettext_lazy("evidence", "link")
    DECISION = "decision", pgettext_lazy("evidence", "decision")
    EVENT = "event", pgettext_lazy("evidence", "event")
    NOTE = "note", pgettext_lazy("evidence", "note")


class ObjectiveState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("objective", "proposed")
    AGREED = "agreed", pgettext_lazy("objective", "agreed by both sides")
    REACHED = "reached", pgettext_lazy("objective", "reached")
    MISSED = "missed", pgettext_lazy("objective", "not reached")
    REPLACED = "replaced", pgettext_lazy("objective", "replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("objective", "withdrawn")


class PlanState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("plan", "planned")
    DONE = "done", pgettext_lazy("plan", "done")
    DROPPED = "dropped", pgettext_lazy("plan", "dropped")


class AgreementState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("agreement", "draft")
    PROPOSED = "proposed", pgettext_lazy("agreement", "proposed")
    AGREED = "agreed", pgettext_lazy("agreement", "agreed by both sides")
    SIGNED = "signed", pgettext_lazy("agreement", "signed")
    REPLACED = "replaced", pgettext_lazy("agreement", "replaced")
