from concivis.desk.models.enquiries import AskerKey, Enquiry, Entry
from concivis.desk.models.handovers import Handover
from concivis.desk.models.mails import Attachment, MailTrace, MailUpload
from concivis.desk.models.meetings import AgendaItem, Guest, Meeting, MeetingKey, Task
from concivis.desk.models.office import DeskRules, TextBlock, TextBlockText
from concivis.desk.models.reminders import Reminder, ReminderChoice, ReminderLetter, Told

__all__ = [
    "AgendaItem",
    "AskerKey",
    "Attachment",
    "DeskRules",
    "Enquiry",
    "Entry",
    "Guest",
    "Handover",
    "MailTrace",
    "MailUpload",
    "Meeting",
    "MeetingKey",
    "Reminder",
    "ReminderChoice",
    "ReminderLetter",
    "Task",
    "TextBlock",
    "TextBlockText",
    "Told",
]
