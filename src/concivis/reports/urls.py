from django.urls import URLPattern, path

from concivis.reports.office import numbers, reports, stories, words
from concivis.reports.public import pages

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("hubs/<slug:slug>/reports/", pages.reports, name="reports"),
    path("hubs/<slug:slug>/reports/<int:year>/", pages.report, name="report"),
    path("hubs/<slug:slug>/reports/<int:year>.<str:extension>", pages.file, name="file"),
    path("office/<slug:slug>/reports/", reports.overview, name="office"),
    path("office/<slug:slug>/reports/new/", reports.new, name="new"),
    path("office/<slug:slug>/reports/rules/", reports.rules, name="rules"),
    path("office/<slug:slug>/reports/<int:year>/", reports.edit, name="edit"),
    path("office/<slug:slug>/reports/<int:year>/days/", reports.days, name="days"),
    path("office/<slug:slug>/reports/<int:year>/words/", words.words, name="words"),
    path("office/<slug:slug>/reports/<int:year>/sections/", words.sections, name="sections"),
    path("office/<slug:slug>/reports/<int:year>/stories/", stories.stories, name="stories"),
    path("office/<slug:slug>/reports/<int:year>/stories/act/", stories.act, name="story_act"),
    path("office/<slug:slug>/reports/<int:year>/stories/<int:pk>/", stories.sentence, name="story"),
    path("office/<slug:slug>/reports/<int:year>/preview/", reports.preview, name="preview"),
    path(
        "office/<slug:slug>/reports/<int:year>/preview.<str:extension>",
        reports.preview_file,
        name="preview_file",
    ),
    path("office/<slug:slug>/reports/<int:year>/numbers/", numbers.numbers, name="numbers"),
    path("office/<slug:slug>/reports/<int:year>/numbers/fix/", numbers.fix, name="fix"),
    path("office/<slug:slug>/reports/<int:year>/numbers/release/", numbers.release, name="release"),
    path("office/<slug:slug>/reports/<int:year>/publish/", numbers.publish, name="publish"),
    path("office/<slug:slug>/reports/<int:year>/withdraw/", numbers.withdraw, name="withdraw"),
    path("office/<slug:slug>/reports/<int:year>/delete/", reports.delete, name="delete"),
]
