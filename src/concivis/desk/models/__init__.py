from concivis.desk.models.reminders import Reminder, ReminderChoice, ReminderLetter, Told

__all__ = ["Reminder", "ReminderChoice", "ReminderLetter", "Told"]
