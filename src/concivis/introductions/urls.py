from django.urls import URLPattern, path

from concivis.introductions.office import findings, introductions
from concivis.introductions.public import alike, answering, asking

app_name = "introductions"
urlpatterns: list[URLPattern] = [
    # everybody
    path("initiatives/<str:public_id>/alike/", alike.of_initiative, name="initiative_alike"),
    path("organisations/<str:public_id>/alike/", alike.of_organisation, name="organisation_alike"),
    path("introductions/to/<str:kind>/<str:public_id>/", asking.ask, name="ask"),
    # who looks after an entry
    path("introductions/mine/<str:key>/", asking.mine, name="mine"),
    path("introductions/mine/<str:key>/to/<str:kind>/<str:public_id>/", asking.mine_ask, name="mine_ask"),
    path("introductions/own/<str:kind>/<str:public_id>/", asking.own, name="own"),
    path(
        "introductions/own/<str:own_kind>/<str:own_id>/to/<str:kind>/<str:public_id>/",
        asking.own_ask,
        name="own_ask",
    ),
    # one side
    path("introductions/yours/<str:key>/", answering.yours, name="yours"),
    # the office
    path("office/<slug:slug>/radar/", findings.radar, name="radar"),
    path("office/<slug:slug>/radar/judge/", findings.judge, name="judge"),
    path("office/<slug:slug>/radar/look/", findings.look, name="look"),
    path("office/<slug:slug>/radar/learnt/", findings.learnt, name="learnt"),
    path("office/<slug:slug>/radar/forget/", findings.forget, name="forget"),
    path("office/<slug:slug>/introductions/", introductions.table, name="office"),
    path("office/<slug:slug>/introductions.<str:extension>", introductions.export, name="office_export"),
    path("office/<slug:slug>/introductions/new/", introductions.new, name="office_new"),
    path(
        "office/<slug:slug>/introductions/<str:public_id>/",
        introductions.introduction,
        name="office_introduction",
    ),
]
