"""The words of what comes of a process: recommendations, answers, measures, the box, votes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RecommendationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("recommendation", "being written")
    HANDED_OVER = "handed_over", pgettext_lazy("recommendation", "waits for an answer")
    ANSWERED = "answered", pgettext_lazy("recommendation", "answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "withdrawn")


PUBLIC_STATES = (RecommendationState.HANDED_OVER, RecommendationState.ANSWERED)


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("answer", "accepted")
    IN_PART = "in_part", pgettext_lazy("answer", "accepted in part")
    REJECTED = "rejected", pgettext_lazy("answer", "rejected")


class MeasureState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("measure", "planned")
    RUNNING = "running", pgettext_lazy("measure", "running")
    DONE = "done", pgettext_lazy("measure", "done")
    GIVEN_UP = "given_up", pgettext_lazy("measure", "given up")


OPEN_MEASURES = (MeasureState.PLANNED, MeasureState.RUNNING)


class Side(models.TextChoices):
    """Who has seen something: the two ends of the conversation."""

    OFFICE = "office", _("the administration")
    COMMUNITY = "community", _("the community")


class InputState(models.TextChoices):
    NEW = "new", pgettext_lazy("input of the box", "received, not read yet")
    TAKEN = "taken", pgettext_lazy("input of the box", "taken up")
    SET_ASIDE = "set_aside", pgettext_lazy("input of the box", "set aside")


class SetAside(models.TextChoices):
    """Why an input is not taken up; the sender reads these words."""

    OFF_TOPIC = "off_topic", _("It is about something else than this process.")
    ELSEWHERE = "elsewhere", _("Another office is responsible; our answer says which.")
    KNOWN = "known", _("The same has been said before and is taken up already.")
    NAMES_PEOPLE = "names_people", _("It names people who have not agreed to it.")
    INSULTING = "insulting", _("It insults people or incites against them.")
    ADVERTISING = "advertising", _("It is advertising.")
    UNCLEAR = "unclear", _("We did not understand it. Please write again.")


class Method(models.TextChoices):
    DOTS = "dots", _("dots: everybody has some and sticks them where they matter most")
    RANKING = "ranking", _("ranking: everybody puts the recommendations in an order")


class VoteState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("vote", "being prepared")
    OPEN = "open", pgettext_lazy("vote", "open")
    CLOSED = "closed", pgettext_lazy("vote", "closed")
