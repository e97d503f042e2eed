from django.urls import path

from concivis.demo import public

app_name = "demo"
urlpatterns = [
    path("demo/office/<slug:slug>/", public.enter, name="enter"),
    path("demo/mail/", public.mail, name="mail"),
]
