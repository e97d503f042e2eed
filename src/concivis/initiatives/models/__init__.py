from concivis.initiatives.models.belongings import Paper, Picture, Update
from concivis.initiatives.models.initiatives import (
    BudgetLine,
    Initiative,
    InitiativeQuerySet,
    InitiativeText,
    Involvement,
    RelatedCard,
    SupportLine,
    WebLink,
)
from concivis.initiatives.models.keeping import FormDraft, OwnerKey, RegisterRules

__all__ = [
    "BudgetLine",
    "FormDraft",
    "Initiative",
    "InitiativeQuerySet",
    "InitiativeText",
    "Involvement",
    "OwnerKey",
    "Paper",
    "Picture",
    "RegisterRules",
    "RelatedCard",
    "SupportLine",
    "Update",
    "WebLink",
]
