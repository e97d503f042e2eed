from django.urls import URLPattern, path

from concivis.initiatives.office import belongings, entry, hygiene, table
from concivis.initiatives.public import helping, owner, pages, pictures, register

app_name = "initiatives"
ENTRY = "office/<slug:slug>/initiatives/<str:public_id>"
urlpatterns: list[URLPattern] = [
    # the public
    path("initiatives/", pages.initiatives, name="initiatives"),
    path("initiatives.<str:extension>", pages.initiatives_export, name="export"),
    path("hubs/<slug:slug>/initiatives/", pages.of_hub, name="of_hub"),
    path("hubs/<slug:slug>/initiatives.<str:extension>", pages.of_hub_export, name="of_hub_export"),
    path("hubs/<slug:slug>/stories/", pages.stories_of_hub, name="stories"),
    # who registers one
    path("hubs/<slug:slug>/initiatives/new/", register.new, name="new"),
    path("hubs/<slug:slug>/initiatives/new/keep", register.keep, name="keep"),
    path("hubs/<slug:slug>/initiatives/new/look", register.look, name="look"),
    path("hubs/<slug:slug>/initiatives/new/organisations", register.organisations, name="organisations"),
    path("hubs/<slug:slug>/initiatives/new/kept/<str:key>/", register.new, name="resume"),
    path("hubs/<slug:slug>/initiatives/sent/", register.sent, name="sent"),
    path("initiatives/confirm/<str:key>/", register.confirm, name="confirm"),
    # who looks after one
    path("initiatives/mine/<str:key>/", owner.own, name="own"),
    path("initiatives/mine/<str:key>/valid/", owner.valid, name="own_valid"),
    path("initiatives/mine/<str:key>/archive/", owner.archive, name="own_archive"),
    path("initiatives/mine/<str:key>/restore/", owner.restore, name="own_restore"),
    path("initiatives/mine/<str:key>/answer/", owner.answer, name="own_answer"),
    path("initiatives/mine/<str:key>/edit/", owner.edit, name="own_edit"),
    path("initiatives/mine/<str:key>/update/", owner.update, name="own_update"),
    path("initiatives/mine/<str:key>/picture/", owner.picture, name="own_picture"),
    path("initiatives/mine/<str:key>/pictures/<str:picture>", owner.see_picture, name="own_see_picture"),
    path(
        "initiatives/mine/<str:key>/pictures/<str:picture>/remove/",
        owner.remove_picture,
        name="own_remove_picture",
    ),
    # one
    path("initiatives/<str:public_id>/", pages.initiative, name="initiative"),
    path("initiatives/<str:public_id>/share.png", pages.share, name="share"),
    path("initiatives/<str:public_id>/updates.atom", pages.feed, name="feed"),
    path("initiatives/<str:public_id>/dates.ics", pages.calendar, name="calendar"),
    path("initiatives/<str:public_id>/help/", helping.help_them, name="help"),
    path("initiatives/<str:public_id>/link/", owner.ask_link, name="ask_link"),
    path("initiatives/<str:public_id>/pictures/<str:picture>", pictures.picture, name="picture"),
    path("initiatives/<str:public_id>/papers/<str:paper>", pictures.paper, name="paper"),
    # the office
    path("office/<slug:slug>/initiatives/", table.table, name="office"),
    path("office/<slug:slug>/initiatives.<str:extension>", table.export, name="office_export"),
    path("office/<slug:slug>/initiatives/new/", table.new, name="office_new"),
    path("office/<slug:slug>/initiatives/hygiene/", hygiene.hygiene, name="office_hygiene"),
    path("office/<slug:slug>/initiatives/rules/", hygiene.rules, name="office_rules"),
    path(f"{ENTRY}/", entry.overview, name="office_initiative"),
    path(f"{ENTRY}/edit/", entry.edit, name="office_edit"),
    path(f"{ENTRY}/publish/", entry.publish, name="office_publish"),
    path(f"{ENTRY}/ask-back/", entry.ask_back, name="office_ask_back"),
    path(f"{ENTRY}/decline/", entry.decline, name="office_decline"),
    path(f"{ENTRY}/confirm/", entry.confirm, name="office_confirm"),
    path(f"{ENTRY}/match/", entry.match, name="office_match"),
    path(f"{ENTRY}/seen/", entry.seen, name="office_seen"),
    path(f"{ENTRY}/archive/", entry.archive, name="office_archive"),
    path(f"{ENTRY}/restore/", entry.restore, name="office_restore"),
    path(f"{ENTRY}/delete/", entry.delete, name="office_delete"),
    path(f"{ENTRY}/translations/", belongings.translations, name="office_translations"),
    path(f"{ENTRY}/translations/new/", belongings.translate_new, name="office_translate_new"),
    path(f"{ENTRY}/translations/<str:language>/", belongings.translate, name="office_translate"),
    path(
        f"{ENTRY}/translations/<str:language>/remove/",
        belongings.translation_remove,
        name="office_translation_remove",
    ),
    path(f"{ENTRY}/pictures/", belongings.pictures, name="office_pictures"),
    path(f"{ENTRY}/pictures/<str:picture>/", belongings.picture, name="office_picture"),
    path(f"{ENTRY}/updates/", belongings.updates, name="office_updates"),
    path(f"{ENTRY}/updates/<str:update>/", belongings.update, name="office_update"),
    path(f"{ENTRY}/documents/", belongings.papers, name="office_papers"),
    path(f"{ENTRY}/documents/<str:paper>/remove/", belongings.paper_remove, name="office_paper_remove"),
    path(f"{ENTRY}/owner/", belongings.owner, name="office_owner"),
]
