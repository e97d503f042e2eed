from concivis.desk.models.enquiries import AskerKey, Enquiry, Entry
from concivis.desk.models.handovers import Handover
from concivis.desk.models.mails import Attachment, MailTrace, MailUpload
from concivis.desk.models.office import DeskRules, TextBlock, TextBlockText
from concivis.desk.models.reminders import Reminder, ReminderChoice, ReminderLetter, Told

__all__ = [
    "AskerKey",
    "Attachment",
    "DeskRules",
    "Enquiry",
    "Entry",
    "Handover",
    "MailTrace",
    "MailUpload",
    "Reminder",
    "ReminderChoice",
    "ReminderLetter",
    "TextBlock",
    "TextBlockText",
    "Told",
]
