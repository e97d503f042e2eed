from django.urls import URLPattern, path

from concivis.newsletter import public
from concivis.newsletter.office import issues, items, sending, subscribers

app_name = "newsletter"
urlpatterns: list[URLPattern] = [
    path("newsletter/subscribe/", public.subscribe_to_all, name="subscribe_to_all"),
    path("newsletter/confirm/<str:key>/", public.confirm, name="confirm"),
    path("newsletter/yours/<str:token>/", public.manage, name="manage"),
    path("newsletter/leave/<str:token>/", public.leave, name="leave"),
    path("hubs/<slug:slug>/newsletter/", public.issues, name="issues"),
    path("hubs/<slug:slug>/newsletter.atom", public.feed, name="feed"),
    path("hubs/<slug:slug>/newsletter/subscribe/", public.subscribe, name="subscribe"),
    path("hubs/<slug:slug>/newsletter/<str:public_id>/", public.issue, name="issue"),
    path("office/<slug:slug>/newsletter/", issues.overview, name="office"),
    path("office/<slug:slug>/newsletter/new/", issues.new, name="new"),
    path("office/<slug:slug>/newsletter/subscribers/", subscribers.subscribers, name="subscribers"),
    path(
        "office/<slug:slug>/newsletter/subscribers/<str:public_id>/remove/",
        subscribers.remove,
        name="remove_subscriber",
    ),
    path("office/<slug:slug>/newsletter/<str:public_id>/", issues.edit, name="edit"),
    path("office/<slug:slug>/newsletter/<str:public_id>/preview/", issues.preview, name="preview"),
    path("office/<slug:slug>/newsletter/<str:public_id>/test/", issues.test, name="test"),
    path("office/<slug:slug>/newsletter/<str:public_id>/delete/", issues.delete, name="delete"),
    path("office/<slug:slug>/newsletter/<str:public_id>/items/", items.arrange, name="arrange"),
    path("office/<slug:slug>/newsletter/<str:public_id>/items/new/", items.new, name="new_item"),
    path("office/<slug:slug>/newsletter/<str:public_id>/items/<int:pk>/", items.edit, name="edit_item"),
    path(
        "office/<slug:slug>/newsletter/<str:public_id>/items/<int:pk>/remove/",
        items.remove,
        name="remove_item",
    ),
    path("office/<slug:slug>/newsletter/<str:public_id>/send/", sending.send, name="send"),
    path("office/<slug:slug>/newsletter/<str:public_id>/progress/", sending.progress, name="progress"),
    path("office/<slug:slug>/newsletter/<str:public_id>/<str:move>/", sending.move, name="move"),
]
