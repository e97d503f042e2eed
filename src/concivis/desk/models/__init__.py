from concivis.desk.models.enquiries import Enquiry, Entry
from concivis.desk.models.reminders import Reminder, ReminderChoice, ReminderLetter, Told

__all__ = ["Enquiry", "Entry", "Reminder", "ReminderChoice", "ReminderLetter", "Told"]
