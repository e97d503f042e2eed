from enum import StrEnum


class Permission(StrEnum):
    """What a member of a hub may do. Roles bundle them; policies ask for one."""

    VIEW_OFFICE = "view_office"
    VIEW_RECORD = "view_record"
    EDIT_HUB = "edit_hub"
    MANAGE_MEMBERS = "manage_members"
    EDIT_PARTNERSHIPS = "edit_partnerships"
    EDIT_OWN_SIDE = "edit_own_side"
    EDIT_INITIATIVES = "edit_initiatives"
    EDIT_DIRECTORY = "edit_directory"
    WORK_AT_DESK = "work_at_desk"
    SEND_NEWSLETTER = "send_newsletter"
    WRITE_REPORTS = "write_reports"
    WORK_ON_PROPOSALS = "work_on_proposals"
    WORK_ON_CODESIGN = "work_on_codesign"
    PROPOSE = "propose"
    IMPORT = "import"
    PUBLISH = "publish"
    MANAGE_INTEGRATIONS = "manage_integrations"
