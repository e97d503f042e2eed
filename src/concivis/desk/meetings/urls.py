from django.urls import URLPattern, path

from concivis.desk.office.meetings import agenda, guests, minutes, plans
from concivis.desk.public import meeting_links, meetings

OFFICE = "office/<slug:slug>/meetings"
ONE = f"{OFFICE}/<slug:public_id>"
PUBLIC = "hubs/<slug:slug>/meetings"

urlpatterns: list[URLPattern] = [
    # the public, and those who are invited
    path(f"{PUBLIC}/", meetings.meetings, name="meetings_public"),
    path(f"{PUBLIC}.ics", meetings.feed, name="meetings_ics"),
    path(f"{PUBLIC}/<slug:public_id>/", meetings.meeting, name="meeting"),
    path(f"{PUBLIC}/<slug:public_id>.ics", meetings.entry, name="meeting_ics"),
    path("meetings/answer/<str:key>/", meeting_links.answer, name="answer"),
    path("meetings/answer/<str:key>/propose/", meeting_links.propose, name="propose"),
    path("meetings/task/<str:key>/", meeting_links.task, name="task_by_key"),
    # the office
    path(f"{OFFICE}/", plans.table, name="meetings"),
    path(f"{OFFICE}/new/", plans.new, name="meeting_new"),
    path(f"{OFFICE}/tasks/", minutes.all_tasks, name="meetings_tasks"),
    path(f"{ONE}/", plans.overview, name="meeting_office"),
    path(f"{ONE}/edit/", plans.edit, name="meeting_edit"),
    path(f"{ONE}/invite/", plans.invite, name="meeting_invite"),
    path(f"{ONE}/cancel/", plans.cancel, name="meeting_cancel"),
    path(f"{ONE}/copy/", plans.copy, name="meeting_copy"),
    path(f"{ONE}/delete/", plans.delete, name="meeting_delete"),
    path(f"{ONE}/agenda/", agenda.agenda, name="meeting_agenda"),
    path(f"{ONE}/agenda/act/", agenda.act, name="meeting_agenda_act"),
    path(f"{ONE}/agenda/<int:pk>/", agenda.item, name="meeting_item"),
    path(f"{ONE}/guests/", guests.guests, name="meeting_guests"),
    path(f"{ONE}/guests/add/", guests.add, name="meeting_guests_add"),
    path(f"{ONE}/guests/<slug:guest_id>/", guests.guest, name="meeting_guest"),
    path(f"{ONE}/guests/<slug:guest_id>/remove/", guests.remove, name="meeting_guest_remove"),
    path(f"{ONE}/attendance/", guests.attendance, name="meeting_attendance"),
    path(f"{ONE}/attendance/note/", guests.note_attendance, name="meeting_attendance_note"),
    path(f"{ONE}/attendance.csv", guests.attendance_csv, name="meeting_attendance_csv"),
    path(f"{ONE}/minutes/", minutes.minutes, name="meeting_minutes"),
    path(f"{ONE}/minutes/show/", minutes.show, name="meeting_minutes_show"),
    path(f"{ONE}/tasks/", minutes.tasks, name="meeting_tasks"),
    path(f"{ONE}/tasks/<slug:task_id>/", minutes.task, name="meeting_task"),
    path(f"{ONE}/tasks/<slug:task_id>/act/", minutes.act, name="meeting_task_act"),
]
