"""What meetings add to the rooms below when the site starts."""

from django.utils.translation import gettext_lazy as _


def register() -> None:
    from concivis.accounts import hooks as people
    from concivis.catalogue import kinds, sources
    from concivis.desk.actions.meetings import guests, inviting
    from concivis.desk.meetings import attention, calendar, cards, letters, personal, yearly
    from concivis.directory import hooks as directory
    from concivis.hubs import hooks
    from concivis.hubs.permissions import Permission
    from concivis.shell import schedule

    hooks.office_pages.append(
        hooks.OfficePage(_("Meetings"), "desk:meetings", Permission.WORK_AT_DESK, rank=15)
    )
    sources.register(cards.KIND, cards.drafts)
    kinds.register(cards.KIND, cards.WORDS)
    hooks.on_hub_changed.append(cards.refresh_of_hub)
    hooks.dated.append(calendar.of_hub)
    directory.references.append(directory.Reference("desk.Guest", "organisation"))
    attention.register()
    letters.register()
    yearly.register()
    people.personal_data.append(personal.personal_data)
    people.before_leaving.append(personal.before_leaving)
    schedule.every(minutes=60 * 24)(guests.forget_guests)
    schedule.every(minutes=60 * 24)(inviting.forget_keys)
    _register_words()


def _register_words() -> None:
    from concivis.hubs import record_words

    for action, words in {
        "meeting.planned": _("planned a meeting"),
        "meeting.changed": _("changed a meeting"),
        "meeting.cancelled": _("cancelled a meeting"),
        "meeting.deleted": _("deleted a meeting to which nobody was invited"),
        "meeting.invited": _("invited {count} addresses to a meeting"),
        "meeting.guests_added": _("put {count} on the list of a meeting"),
        "meeting.guest_changed": _("changed an entry on the list of a meeting"),
        "meeting.guest_removed": _("took somebody off the list of a meeting"),
        "meeting.answered": _("answered an invitation to a meeting"),
        "meeting.proposed": _("proposed something for the agenda of a meeting"),
        "meeting.agenda_changed": _("changed the agenda of a meeting"),
        "meeting.proposal_accepted": _("took a proposal into the agenda of a meeting"),
        "meeting.proposal_declined": _("did not take a proposal into the agenda of a meeting"),
        "meeting.attendance_noted": _("noted who came to a meeting"),
        "meeting.minutes_written": _("wrote the minutes of a meeting"),
        "meeting.minutes_shown": _("said who may read the minutes of a meeting"),
        "task.added": _("noted a task agreed at a meeting"),
        "task.changed": _("changed a task"),
        "task.done": _("said that a task is done"),
        "task.reopened": _("opened a task again"),
        "task.deleted": _("deleted a task"),
        "task.reminded": _("reminded somebody of a task"),
    }.items():
        record_words.register(action, words)
