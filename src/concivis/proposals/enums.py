"""The words of citizens' initiatives."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(models.TextChoices):
    """Where a proposal stands. Being hidden or paused is said beside it: both end, and it goes on where it stood."""

    DRAFT = "draft", _("waits for the mail to be confirmed")
    IDEA = "idea", _("idea, being written")
    SPONSORING = "sponsoring", _("looks for first supporters")
    REVIEW = "review", _("is looked at by the office")
    PUBLISHED = "published", _("collects signatures")
    CLOSED = "closed", _("collecting has ended")
    HANDED_OVER = "handed_over", _("handed over")
    ANSWERED = "answered", _("answered")
    DECIDED = "decided", _("decided")
    REALISED = "realised", _("realised")
    PARTLY_REALISED = "partly", _("realised in part")
    NOT_REALISED = "not_realised", _("not realised")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REJECTED = "rejected", _("not admitted")


State = ProposalState  # whole in the API, where the states of other things stand beside it
BEFORE_PUBLICATION = (State.DRAFT, State.IDEA, State.SPONSORING, State.REVIEW, State.REJECTED)
ENDS = (State.REALISED, State.PARTLY_REALISED, State.NOT_REALISED, State.WITHDRAWN, State.REJECTED)
OUTCOMES = (State.REALISED, State.PARTLY_REALISED, State.NOT_REALISED)


class Rejection(models.TextChoices):
    """Why a proposal is not admitted: public, each with its text."""

    NOT_COMPETENT = "not_competent", _("The city cannot decide about it.")
    UNCLEAR = "unclear", _("It is not clear what the city is asked to do.")
    DUPLICATE = "duplicate", _("There is an open proposal about the same.")
    DECIDED = (
        "decided",
        _("It was decided recently; the rules of the city set a time before it can be raised again."),
    )
    RIGHTS = "rights", _("It would take rights from a group of people, or is against human dignity.")
    UNLAWFUL = "unlawful", _("What it asks for is against the law.")
    PERSONAL = "personal", _("It is about a private matter, or names people who did not agree to it.")
    ADVERTISING = "advertising", _("It advertises something.")
    FALSE = "false", _("It rests on something that is not true.")
    INELIGIBLE = "ineligible", _("Whoever proposes it may not do so by the rules of the city.")
    NO_SPONSORS = "no_sponsors", _("It did not find enough first supporters in time.")


NEVER_LISTED = (Rejection.RIGHTS, Rejection.PERSONAL)  # whose title itself may hurt somebody


class Eligible(models.TextChoices):
    """Who may sign with legal force."""

    RESIDENTS = "residents", _("people who live here")
    VOTERS = "voters", _("people who may vote here")
    OWNERS = "owners", _("people who own property here")
    WORKERS = "workers", _("people who work here")
    STUDENTS = "students", _("people who go to school or study here")


class Support(models.TextChoices):
    """Legal support comes from who may sign by the rules; consultative support from anybody. Counted apart."""

    LEGAL = "legal", _("signature")
    CONSULTATIVE = "consultative", _("support from others")


class Means(models.TextChoices):
    """How a person said who they are."""

    MAIL = "mail", _("confirmed mail address")
    ACCOUNT = "account", _("account")
    PASSKEY = "passkey", _("account with a passkey")
    OPENID = "openid", _("identity from another service")
    PAPER = "paper", pgettext_lazy("signature", "paper")


class Assurance(models.TextChoices):
    """How sure it is, in the three levels of Regulation (EU) 910/2014, Article 8."""

    LOW = "low", pgettext_lazy("assurance", "low")
    SUBSTANTIAL = "substantial", pgettext_lazy("assurance", "substantial")
    HIGH = "high", pgettext_lazy("assurance", "high")


class Asked(models.TextChoices):
    """What is asked of a signer besides the mail address."""

    NAME = "name", _("name")
    BIRTH_YEAR = "birth_year", _("year of birth")
    POSTCODE = "postcode", _("postcode")
    ADDRESS = "address", _("street and number")


class Threshold(models.TextChoices):
    """What a number of signatures leads to."""

    ANSWER = "answer", _("the administration answers")
    HEARING = "hearing", _("the proposer is heard")
    DEBATE = "debate", _("the council debates")
    VOTE = "vote", _("the council decides")


class Check(models.TextChoices):
    """What the register said of a signature."""

    WAITING = "waiting", _("awaits the register check")
    VALID = "valid", pgettext_lazy("signature", "valid")
    INVALID = "invalid", pgettext_lazy("signature", "not valid")


class Event(models.TextChoices):
    """The dated steps of a proposal's public timeline."""

    BEGUN = "begun", _("begun")
    SPONSORED = "sponsored", _("found its first supporters")
    SUBMITTED = "submitted", _("sent to the office")
    SENT_BACK = "sent_back", _("sent back with a question")
    REJECTED = "rejected", _("not admitted")
    PUBLISHED = "published", _("published")
    CORRECTED = "corrected", _("corrected")
    REACHED = "reached", _("reached a number of signatures")
    PAUSED = "paused", _("paused")
    RESUMED = "resumed", _("goes on")
    HIDDEN = "hidden", _("hidden")
    SHOWN = "shown", _("shown again")
    CLOSED = "closed", _("collecting ended")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HANDED_OVER = "handed_over", _("handed over")
    ANSWERED = "answered", _("answered")
    HEARD = "heard", _("the proposer was heard")
    DEBATED = "debated", _("debated in the council")
    DECIDED = "decided", _("decided")
    MEASURE = "measure", _("news of a measure")
    ENDED = "ended", _("what became of it")


class AnswerVerdict(models.TextChoices):
    """How the city answers, and how it decides."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    DECLINED = "declined", _("declined")


Verdict = AnswerVerdict


class MeasureState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("measure", "planned")
    RUNNING = "running", pgettext_lazy("measure", "under way")
    DONE = "done", pgettext_lazy("measure", "done")
    DROPPED = "dropped", pgettext_lazy("measure", "given up")


class Purpose(models.TextChoices):
    """What a mailed key of a proposal opens."""

    CONFIRM = "confirm", _("confirm the mail address")
    EDIT = "edit", _("work on the proposal")
    AUTHOR = "author", _("join as an author")
    SPONSOR = "sponsor", _("be a first supporter")
