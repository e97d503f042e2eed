from django.urls import URLPattern, path
from django.views.generic import RedirectView

from concivis.desk.meetings.urls import urlpatterns as meetings
from concivis.desk.office import answers, enquiries, enquiry, figures, letters, mails, today
from concivis.desk.public import asking, own

app_name = "desk"
urlpatterns: list[URLPattern] = [
    # who asks
    path("hubs/<slug:slug>/ask/", asking.ask, name="ask"),
    path("hubs/<slug:slug>/ask/sent/", asking.sent, name="ask_sent"),
    path("enquiries/confirm/<str:key>/", asking.confirm, name="ask_confirm"),
    path("enquiries/yours/<str:key>/", own.own, name="own"),
    path("enquiries/yours/<str:key>/forget/", own.forget, name="own_forget"),
    # the office
    path("office/<slug:slug>/today/", today.screen, name="today"),
    path("office/<slug:slug>/today/count/", today.count, name="today_count"),
    path("office/<slug:slug>/today/act/", today.act, name="today_act"),
    path("office/<slug:slug>/today/bring-back/", today.bring_back, name="today_bring_back"),
    path("office/<slug:slug>/today/letters/", letters.choice, name="letter_choice"),
    path("office/<slug:slug>/enquiries/", enquiries.table, name="enquiries"),
    path("office/<slug:slug>/enquiries.csv", enquiries.export, name="enquiries_csv"),
    path("office/<slug:slug>/enquiries/new/", enquiries.new, name="enquiry_new"),
    path("office/<slug:slug>/enquiries/figures/", figures.response_times, name="figures"),
    path("office/<slug:slug>/enquiries/figures.csv", figures.export, name="figures_csv"),
    path("office/<slug:slug>/enquiries/rules/", answers.rules, name="rules"),
    path("office/<slug:slug>/enquiries/texts/", answers.texts, name="texts"),
    path("office/<slug:slug>/enquiries/texts/new/", answers.text, name="text_new"),
    path("office/<slug:slug>/enquiries/texts/<int:pk>/", answers.text, name="text"),
    path("office/<slug:slug>/enquiries/texts/<int:pk>/delete/", answers.delete_text, name="text_delete"),
    path("office/<slug:slug>/enquiries/mails/", mails.mails, name="mails"),
    path("office/<slug:slug>/enquiries/mails/<slug:public_id>/", mails.seen, name="mails_seen"),
    path("office/<slug:slug>/enquiries/<slug:public_id>/", enquiry.enquiry, name="enquiry"),
    path("office/<slug:slug>/enquiries/<slug:public_id>/act/", enquiry.act, name="enquiry_act"),
    path("office/<slug:slug>/enquiries/<slug:public_id>/edit/", enquiries.edit, name="enquiry_edit"),
    path("office/<slug:slug>/enquiries/<slug:public_id>/forget/", enquiry.forget, name="enquiry_forget"),
    path(
        "office/<slug:slug>/enquiries/<slug:public_id>/hand-over/",
        enquiry.hand_over,
        name="enquiry_hand_over",
    ),
    path(
        "office/<slug:slug>/enquiries/<slug:public_id>/files/<slug:file>/",
        enquiry.attachment,
        name="attachment",
    ),
    # in letters that were sent before there was Today
    path("office/<slug:slug>/attention/", RedirectView.as_view(pattern_name="desk:today")),
    *meetings,
    path("reminders/off/<str:token>/", letters.off, name="letters_off"),
]
