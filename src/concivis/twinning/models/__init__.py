from concivis.twinning.models.activities import Activity, Participation
from concivis.twinning.models.agreements import Agreement, Article
from concivis.twinning.models.figures import FigureSnapshot
from concivis.twinning.models.finding import Candidate, Letter, PartnerProfile, SavedFilter, Shortlist
from concivis.twinning.models.journey import (
    Approval,
    HubStep,
    Journey,
    Objective,
    PlanItem,
    Proof,
    Review,
    Step,
)
from concivis.twinning.models.office import OfficeRules
from concivis.twinning.models.partnerships import Evidence, Milestone, Partnership, Side, Source
from concivis.twinning.models.sides import Contact, Document, SideKey

__all__ = [
    "Activity",
    "Agreement",
    "Approval",
    "Article",
    "Candidate",
    "Contact",
    "Document",
    "Evidence",
    "FigureSnapshot",
    "HubStep",
    "Journey",
    "Letter",
    "Milestone",
    "Objective",
    "OfficeRules",
    "Participation",
    "PartnerProfile",
    "Partnership",
    "PlanItem",
    "Proof",
    "Review",
    "SavedFilter",
    "Shortlist",
    "Side",
    "SideKey",
    "Source",
    "Step",
]
