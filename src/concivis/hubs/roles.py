"""The roles a member can have, each with the permissions it bundles and a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.hubs.permissions import Permission


@dataclass(frozen=True)
class Role:
    code: str
    label: Promise
    description: Promise
    permissions: frozenset[Permission]


COORDINATOR = Role(
    "coordinator",
    _("Coordinator"),
    _("Runs the office: everything the others may do, and members, settings and imports."),
    frozenset(Permission),
)
EDITOR = Role(
    "editor",
    _("Editor"),
    _("Writes and publishes for the city, and imports; does not manage members or settings."),
    frozenset(
        {
            Permission.VIEW_OFFICE,
            Permission.VIEW_RECORD,
            Permission.EDIT_PARTNERSHIPS,
            Permission.EDIT_OWN_SIDE,
            Permission.EDIT_INITIATIVES,
            Permission.EDIT_DIRECTORY,
            Permission.WORK_AT_DESK,
            Permission.SEND_NEWSLETTER,
            Permission.WRITE_REPORTS,
            Permission.WORK_ON_PROPOSALS,
            Permission.WORK_ON_CODESIGN,
            Permission.PROPOSE,
            Permission.IMPORT,
            Permission.PUBLISH,
        }
    ),
)
CONTRIBUTOR = Role(
    "contributor",
    _("Contributor"),
    _("Belongs to an association or a committee: proposes changes; the office publishes them."),
    frozenset({Permission.VIEW_OFFICE, Permission.PROPOSE}),
)
PARTNER_CITY = Role(
    "partner_city",
    _("Partner city"),
    _("Works in a partner city's administration: confirms and corrects its own side."),
    frozenset({Permission.VIEW_OFFICE, Permission.EDIT_OWN_SIDE, Permission.PROPOSE}),
)
OBSERVER = Role(
    "observer",
    _("Observer"),
    _("Sits in the council or audits: sees the office and the record, changes nothing."),
    frozenset({Permission.VIEW_OFFICE, Permission.VIEW_RECORD}),
)

ROLES: Mapping[str, Role] = {
    role.code: role for role in (COORDINATOR, EDITOR, CONTRIBUTOR, PARTNER_CITY, OBSERVER)
}
