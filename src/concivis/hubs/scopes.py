from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """What a token lets a program do for its hub. One that writes does not read beyond what is public.

    What a scope lets do is never widened: who issued a token agreed to what its description said then.
    """

    PARTNERSHIPS_READ = "partnerships:read"
    PARTNERSHIPS_WRITE = "partnerships:write"
    ANSWERS_WRITE = "answers:write"
    ATTENTION_READ = "attention:read"
    ATTENTION_WRITE = "attention:write"
    JOURNEY_READ = "journey:read"
    JOURNEY_WRITE = "journey:write"
    JOURNEY_PLAN = "journey:plan"
    OBJECTIVES_WRITE = "objectives:write"
    PLAN_READ = "plan:read"
    PLAN_WRITE = "plan:write"
    AGREEMENTS_READ = "agreements:read"
    AGREEMENTS_WRITE = "agreements:write"
    ACTIVITIES_READ = "activities:read"
    ACTIVITIES_WRITE = "activities:write"
    DOCUMENTS_READ = "documents:read"
    DOCUMENTS_WRITE = "documents:write"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    FINDER_READ = "finder:read"
    SHORTLISTS_WRITE = "shortlists:write"
    LETTERS_READ = "letters:read"
    PROFILE_READ = "profile:read"
    PROFILE_WRITE = "profile:write"
    VIEWS_WRITE = "views:write"
    INITIATIVES_READ = "initiatives:read"
    INITIATIVES_WRITE = "initiatives:write"
    INTRODUCTIONS_READ = "introductions:read"
    INTRODUCTIONS_WRITE = "introductions:write"
    DIRECTORY_READ = "directory:read"
    DIRECTORY_WRITE = "directory:write"
    NEWSLETTERS_READ = "newsletters:read"
    MEETINGS_READ = "meetings:read"
    MEETINGS_WRITE = "meetings:write"
    ENQUIRIES_READ = "enquiries:read"
    ENQUIRIES_WRITE = "enquiries:write"
    ENQUIRIES_ANSWER = "enquiries:answer"
    PROPOSALS_READ = "proposals:read"
    PROPOSALS_WRITE = "proposals:write"
    SIGNATURES_CHECK = "signatures:check"
    CODESIGN_READ = "codesign:read"
    CODESIGN_WRITE = "codesign:write"

    @property
    def description(self) -> Promise:
        return DESCRIPTIONS[self]


DESCRIPTIONS: dict[Scope, Promise] = {
    Scope.PARTNERSHIPS_READ: _("Read the partnerships of this office, also those that are not public"),
    Scope.PARTNERSHIPS_WRITE: _("Enter and change partnerships, and confirm the city's own side"),
    Scope.ANSWERS_WRITE: _("Say for the city's own side how it sees what another office keeps, or refuse it"),
    Scope.ATTENTION_READ: _("Read what needs the office's attention"),
    Scope.ATTENTION_WRITE: _("Put off what needs attention"),
    Scope.JOURNEY_READ: _("Read the steps of a partnership, its objectives and what is due"),
    Scope.JOURNEY_WRITE: _("Work on the steps: add evidence, mark them as done"),
    Scope.JOURNEY_PLAN: _(
        "Plan the steps: begin them, due days, who looks after them, leave out, open again, take evidence "
        "away, the office's own steps"
    ),
    Scope.OBJECTIVES_WRITE: _("Propose, approve, withdraw and close common objectives for the city's side"),
    Scope.PLAN_READ: _("Read the plan of several years with its budgets, and the yearly reviews"),
    Scope.PLAN_WRITE: _("Write the plan and the yearly reviews, and approve reviews for the city's side"),
    Scope.AGREEMENTS_READ: _("Read the versions of the agreement, also the office's draft"),
    Scope.AGREEMENTS_WRITE: _(
        "Draft and propose the agreement, approve it for the city's side, note that it was signed"
    ),
    Scope.ACTIVITIES_READ: _("Read the log of activities, also what is not public"),
    Scope.ACTIVITIES_WRITE: _("Enter and change activities: visits, exchanges, meetings"),
    Scope.DOCUMENTS_READ: _("Read the documents of partnerships, also those that are not public"),
    Scope.DOCUMENTS_WRITE: _("Add documents to partnerships, change what is said of them, delete them"),
    Scope.PEOPLE_READ: _("Read the people of partnerships with mail address and telephone: personal data"),
    Scope.PEOPLE_WRITE: _(
        "Note, change and delete people of partnerships, and to what they agreed: personal data"
    ),
    Scope.FINDER_READ: _("Ask the partner finder, and read the office's saved shortlists"),
    Scope.SHORTLISTS_WRITE: _("Make and change shortlists, with their candidates and notes"),
    Scope.LETTERS_READ: _("Read the office's first letters, with the addresses they went to: personal data"),
    Scope.PROFILE_READ: _("Read the office's own profile “looking for a partner”, with its mail address"),
    Scope.PROFILE_WRITE: _("Publish, change, renew and withdraw the profile “looking for a partner”"),
    Scope.VIEWS_WRITE: _("Keep and delete views of the table, for the person who issues the token"),
    Scope.INITIATIVES_READ: _("Read the initiatives of this office, also those that are not public"),
    Scope.INITIATIVES_WRITE: _("Enter and change initiatives, publish, confirm and archive them"),
    Scope.INTRODUCTIONS_READ: _(
        "Read what the radar found and who was introduced to whom; no addresses and no messages"
    ),
    Scope.INTRODUCTIONS_WRITE: _("Confirm and dismiss findings, and say what came of introductions"),
    Scope.DIRECTORY_READ: _(
        "Read the organisations of this office, also those that are not public; no people"
    ),
    Scope.DIRECTORY_WRITE: _("Enter and change organisations and their ties abroad; no people"),
    Scope.NEWSLETTERS_READ: _(
        "Read the newsletters of this office, also the draft, and how many get them; no addresses"
    ),
    Scope.MEETINGS_READ: _(
        "Read the meetings of this office with agenda, minutes, tasks and how many come; no people"
    ),
    Scope.MEETINGS_WRITE: _(
        "Plan, change and cancel meetings, add to their agenda, and add and finish tasks; who is invited gets a letter"
    ),
    Scope.ENQUIRIES_READ: _("Read enquiries with who asked and the office’s notes: personal data"),
    Scope.ENQUIRIES_WRITE: _("Note enquiries, add notes, close and reopen them: personal data"),
    Scope.ENQUIRIES_ANSWER: _("Answer enquiries, also by mail to who asked"),
    Scope.PROPOSALS_READ: _(
        "Read the proposals of this office, also those that are not public; no addresses"
    ),
    Scope.PROPOSALS_WRITE: _(
        "Review proposals, note answers, decisions and measures, and say what became of them"
    ),
    Scope.SIGNATURES_CHECK: _(
        "Fetch signatures for the check against the register, and bring its answers: personal data"
    ),
    Scope.CODESIGN_READ: _(
        "Read processes of co-design, also in preparation, numbers of sessions, and insights; not from whom"
    ),
    Scope.CODESIGN_WRITE: _(
        "Begin and change processes of co-design, plan and count sessions, write and change insights"
    ),
}


def known(scopes: Iterable[str]) -> list[Scope]:
    """Those of `scopes` that exist, once each, in the order above."""
    wanted = set(scopes)
    return [scope for scope in Scope if scope.value in wanted]
