"""What a hub's take-out holds: every table of every room is taken, shared, or left with a reason.

A table that is missing here fails a test.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from concivis.hubs.models import Hub

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Of:
    """Rows whose foreign key `field` leads to a row that is taken."""

    field: str


@dataclass(frozen=True)
class Chosen:
    """Rows that a function of the hub chooses."""

    choose: Callable[[Hub], Q]


def _partnerships(hub: Hub) -> Q:
    """The hub's, and those of the commons in which its city takes part."""
    return Q(hub=hub) | Q(hub=None, sides__place=hub.place_id)


def _organisations(hub: Hub) -> Q:
    """The hub's, and those of the commons that its content names."""
    named = [
        ("initiatives.Involvement", "organisation"),
        ("twinning.Side", "organisation"),
        ("desk.Guest", "organisation"),
    ]
    found = Q(hub=hub)
    for label, field in named:
        found |= Q(hub=None, pk__in=rows_of(label, hub).exclude(**{field: None}).values(field))
    return found


def _sources(hub: Hub) -> Q:
    found = Q(pk=None)
    for label in ("twinning.Milestone", "twinning.Evidence", "twinning.Activity"):
        found |= Q(pk__in=rows_of(label, hub).exclude(source=None).values("source"))
    return found


HUB = Of("hub")
TAKEN: Mapping[str, Of | Chosen] = {
    "hubs.Hub": Chosen(lambda hub: Q(pk=hub.pk)),
    "hubs.Chain": HUB,
    "hubs.RecordLine": Of("chain"),
    "hubs.Handling": HUB,
    "directory.Organisation": Chosen(_organisations),
    "directory.OrganisationText": Of("of"),
    "directory.OtherName": Of("organisation"),
    "directory.NameKey": Of("organisation"),
    "directory.Spoken": Of("organisation"),
    "directory.Exchange": Of("organisation"),
    "directory.Link": Of("organisation"),
    "directory.Tie": Of("organisation"),
    "directory.NetworkMembership": Of("member"),
    "directory.NotTheSame": Of("first"),
    "directory.Merge": Of("survivor"),
    "directory.Person": HUB,
    "directory.Consent": Of("person"),
    "directory.Role": Of("person"),
    "twinning.Source": Chosen(_sources),
    "twinning.Partnership": Chosen(_partnerships),
    "twinning.Side": Of("partnership"),
    "twinning.Milestone": Of("partnership"),
    "twinning.Evidence": Of("partnership"),
    "twinning.Activity": Of("partnership"),
    "twinning.Participation": Of("activity"),
    "twinning.Agreement": Of("partnership"),
    "twinning.Article": Of("agreement"),
    "twinning.PartnerProfile": HUB,
    "twinning.Shortlist": HUB,
    "twinning.Candidate": Of("shortlist"),
    "twinning.Letter": Of("partnership"),
    "twinning.Contact": Of("side"),
    "twinning.Document": Of("partnership"),
    "twinning.Journey": Of("partnership"),
    "twinning.HubStep": HUB,
    "twinning.Step": Of("journey"),
    "twinning.Proof": Of("step"),
    "twinning.Objective": Of("partnership"),
    "twinning.PlanItem": Of("partnership"),
    "twinning.Review": Of("partnership"),
    "twinning.Approval": Of("side"),
    "twinning.OfficeRules": HUB,
    "initiatives.Initiative": HUB,
    "initiatives.InitiativeText": Of("of"),
    "initiatives.Involvement": Of("initiative"),
    "initiatives.SupportLine": Of("initiative"),
    "initiatives.WebLink": Of("initiative"),
    "initiatives.RelatedCard": Of("initiative"),
    "initiatives.BudgetLine": Of("initiative"),
    "initiatives.Update": Of("initiative"),
    "initiatives.Picture": Of("initiative"),
    "initiatives.Paper": Of("initiative"),
    "initiatives.RegisterRules": HUB,
    "codesign.Process": HUB,
    "codesign.ProcessText": Of("of"),
    "codesign.Phase": Of("process"),
    "codesign.Connector": HUB,
    "codesign.Volunteered": Of("connector"),
    "codesign.TrainingPart": HUB,
    "codesign.TrainingDone": Of("connector"),
    "codesign.Expense": Of("connector"),
    "codesign.Message": Of("connector"),
    "codesign.CodesignRules": HUB,
    "codesign.Session": Of("process"),
    "codesign.AttendanceByLanguage": Of("session"),
    "codesign.Participant": Of("session"),
    "codesign.Note": Of("session"),
    "codesign.NoteText": Of("of"),
    "codesign.Insight": HUB,
    "codesign.InsightText": Of("of"),
    "codesign.Cluster": Of("process"),
    "codesign.ClusteredInsight": Of("cluster"),
    "codesign.Quote": Of("insight"),
    "codesign.Recommendation": Of("process"),
    "codesign.RecommendationText": Of("of"),
    "codesign.Answer": Of("recommendation"),
    "codesign.AnswerText": Of("of"),
    "codesign.Measure": Of("recommendation"),
    "codesign.MeasureText": Of("of"),
    "codesign.MeasureStep": Of("measure"),
    "codesign.Reader": Of("process"),
    "codesign.Sighting": Of("recommendation"),
    "codesign.BoxInput": Of("process"),
    "codesign.BoxMessage": Of("input"),
    "codesign.Vote": Of("process"),
    "codesign.VoteOption": Of("vote"),
    "codesign.Ballot": Of("vote"),
    "codesign.BallotMark": Of("ballot"),
    "codesign.PosterCount": Of("vote"),
    "newsletter.Subscription": HUB,
    "newsletter.Issue": HUB,
    "newsletter.IssueText": Of("issue"),
    "newsletter.Item": Of("issue"),
    "newsletter.ItemText": Of("item"),
    "desk.Enquiry": HUB,
    "desk.Entry": Of("enquiry"),
    "desk.Handover": Of("enquiry"),
    "desk.Attachment": Of("enquiry"),
    "desk.Meeting": HUB,
    "desk.Guest": Of("meeting"),
    "desk.AgendaItem": Of("meeting"),
    "desk.Task": HUB,
    "desk.DeskRules": HUB,
    "desk.TextBlock": HUB,
    "desk.TextBlockText": Of("block"),
    "desk.Reminder": HUB,
    "proposals.Rules": HUB,
    "proposals.RulesText": Of("rules"),
    "proposals.Step": Of("rules"),
    "proposals.Proposal": HUB,
    "proposals.ProposalText": Of("of"),
    "proposals.ProposalOrigin": Of("proposal"),
    "proposals.Correction": Of("proposal"),
    "proposals.CoAuthor": Of("proposal"),
    "proposals.Sponsor": Of("proposal"),
    "proposals.ProposalPicture": Of("proposal"),
    "proposals.Happening": Of("proposal"),
    "proposals.Answer": Of("proposal"),
    "proposals.AnswerText": Of("of"),
    "proposals.Measure": Of("proposal"),
    "proposals.MeasureText": Of("of"),
    "proposals.Follower": Of("proposal"),
    "proposals.Invalidation": Of("proposal"),
    "proposals.Signature": Of("proposal"),
    "proposals.Tally": Of("proposal"),
    "proposals.SigningLimits": HUB,
    "proposals.PaperSheet": Of("proposal"),
    "proposals.RegisterCheck": Of("proposal"),
    "reports.Report": HUB,
    "reports.ReportText": Of("of"),
    "reports.Story": Of("report"),
    "reports.StoryText": Of("of"),
    "reports.ReportRules": HUB,
    "introductions.Found": HUB,
    "introductions.Lessons": HUB,
    "reach.DayCount": HUB,
    "reach.HubReach": HUB,
    "exchange.Publisher": HUB,
    "exchange.ActivityFacts": HUB,
    "exchange.Disbursement": Of("initiative"),
    "exchange.ExternalId": HUB,
    "exchange.RememberedColumn": HUB,
}

SHARED: Mapping[str, str] = {
    "places.Country": "by its code; made where it is missing",
    "places.Region": "by its country and code; made where it is missing",
    "places.Place": "by its number here or in GeoNames; made where it is missing",
    "places.PlaceName": "of a place that is made",
    "vocabulary.Scheme": "the list itself comes with the software",
    "vocabulary.Term": "by scheme and code; the list itself comes with the software",
    "vocabulary.TermLabel": "comes with the software",
    "catalogue.Card": "made anew from the content; only since when it is public and when it changed is taken",
}

KEYS = "a key to a door of the old installation; asked for anew"
WAYS_IN = "a file on its way in: what was applied is among the content"
OUT = "letters on their way out; they leave from where they were written"
DERIVED = "made anew from the content"
ACCOUNTS = "belongs to a person's account; people are invited anew"
TWO_SIDES = "between two sides that need not both be here; what came of it is in the record"

LEFT: Mapping[str, str] = {
    "accounts.User": ACCOUNTS,
    "hubs.Membership": ACCOUNTS,
    "hubs.Invitation": KEYS,
    "hubs.ApiToken": KEYS,
    "hubs.Webhook": KEYS,
    "hubs.Delivery": OUT,
    "places.LoadedSet": "of the installation, not of a hub",
    "hubs.ScheduledRun": "of the machine, not of a hub",
    "directory.Claim": KEYS,
    "directory.Steward": ACCOUNTS,
    "twinning.SideKey": KEYS,
    "twinning.SavedFilter": ACCOUNTS,
    "twinning.FigureSnapshot": "of the installation, not of a hub",
    "initiatives.OwnerKey": KEYS,
    "codesign.ConnectorKey": KEYS,
    "codesign.ParticipantKey": KEYS,
    "codesign.Reading": ACCOUNTS,
    "initiatives.FormDraft": KEYS,
    "proposals.ProposalKey": KEYS,
    "proposals.ProposalDraft": KEYS,
    "proposals.Attempt": KEYS,
    "proposals.Handover": KEYS,
    "desk.AskerKey": KEYS,
    "desk.MeetingKey": KEYS,
    "desk.MailTrace": WAYS_IN,
    "desk.MailUpload": WAYS_IN,
    "desk.ReminderLetter": ACCOUNTS,
    "desk.ReminderChoice": ACCOUNTS,
    "desk.Told": OUT,
    "mailings.Mailing": OUT,
    "mailings.Letter": OUT,
    "introductions.Introduction": TWO_SIDES,
    "introductions.Side": TWO_SIDES,
    "introductions.AnswerKey": KEYS,
    "reach.DaySalt": "destroyed every night, everywhere",
    "catalogue.CardText": DERIVED,
    "catalogue.CardIndex": DERIVED,
    "catalogue.CardWord": DERIVED,
    "exchange.Batch": WAYS_IN,
    "exchange.BatchEnd": WAYS_IN,
    "exchange.BatchRow": WAYS_IN,
    "exchange.Sheet": WAYS_IN,
    "exchange.SheetRow": WAYS_IN,
    "exchange.IatiFile": WAYS_IN,
    "exchange.IatiRow": WAYS_IN,
    "exchange.ProposalFile": WAYS_IN,
    "exchange.ProposalRow": WAYS_IN,
    "exchange.Takeout": "the archives themselves",
}


RENEWED: Mapping[str, str] = {
    "proposals.Signature": "key_hash",
    "proposals.Follower": "key_hash",
}
"""The hash of a mailed key on a row that is taken for other reasons. It stays behind; loading puts a hash of a key
there that nobody holds, so that no link of the old installation opens anything here."""


def model_of(label: str) -> type[Model]:
    return apps.get_model(label)


def label_of(model: type[Model]) -> str:
    return str(model._meta.label)


def rows_of(label: str, hub: Hub) -> Rows:
    """The rows of a table that are taken. Lazy."""
    manager = model_of(label)._base_manager
    rule = TAKEN[label]
    if isinstance(rule, Chosen):
        return manager.filter(pk__in=manager.filter(rule.choose(hub)).values("pk"))
    parent = parent_of(label)
    if parent == "hubs.Hub":
        return manager.filter(**{rule.field: hub})
    return manager.filter(**{f"{rule.field}__in": rows_of(parent, hub).values("pk")})


@lru_cache
def parent_of(label: str) -> str:
    rule = TAKEN[label]
    assert isinstance(rule, Of)
    return label_of(model_of(label)._meta.get_field(rule.field).related_model)  # type: ignore[arg-type]
