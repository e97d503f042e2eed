"""Writing a proposal, the private page of its authors, first supporters."""

from django.urls import URLPattern, path

from concivis.proposals.public import own, sponsoring, writing

NEW = "hubs/<slug:slug>/proposals/new"
OWN = "proposals/mine/<str:key>"
urlpatterns: list[URLPattern] = [
    # who writes one
    path(f"{NEW}/", writing.rules, name="new"),
    path(f"{NEW}/text/", writing.write, name="write_first"),
    path(f"{NEW}/look", writing.look, name="write_look"),
    path(f"{NEW}/kept/<str:key>/<slug:step>/", writing.write, name="write"),
    path("hubs/<slug:slug>/proposals/sent/", writing.sent, name="sent"),
    path("proposals/confirm/<str:key>/", writing.confirm, name="confirm"),
    path("proposals/confirm/<str:key>/author/", own.join, name="join"),
    # the authors' private page
    path(f"{OWN}/", own.own, name="own"),
    path(f"{OWN}/edit/", own.edit, name="own_edit"),
    path(f"{OWN}/picture/", own.picture, name="own_picture"),
    path(f"{OWN}/pictures/<str:picture>", own.see_picture, name="own_see_picture"),
    path(f"{OWN}/pictures/<str:picture>/remove/", own.remove_picture, name="own_remove_picture"),
    path(f"{OWN}/translate/", own.translate, name="own_translate"),
    path(
        f"{OWN}/translations/<str:language>/remove/",
        own.remove_translation,
        name="own_remove_translation",
    ),
    path(f"{OWN}/authors/", own.authors, name="own_authors"),
    path(f"{OWN}/authors/<int:person>/remove/", own.remove_author, name="own_remove_author"),
    path(f"{OWN}/send/", own.send, name="own_send"),
    path(f"{OWN}/withdraw/", own.withdraw, name="own_withdraw"),
    path(f"{OWN}/wish/", own.wish, name="own_wish"),
    path("proposals/<str:public_id>/link/", own.ask_link, name="ask_link"),
    # first supporters
    path("proposals/first/<str:shared>/", sponsoring.sponsor, name="sponsor"),
    path("proposals/sponsor/<str:key>/", sponsoring.confirm, name="sponsor_confirm"),
]
