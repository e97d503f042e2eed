"""Being told by mail what becomes of a proposal."""

from django.urls import URLPattern, path

from concivis.proposals.public import following

urlpatterns: list[URLPattern] = [
    path("proposals/following/<str:key>/", following.confirm, name="following"),
    path("proposals/leave/<str:key>/", following.leave, name="leave"),
    path("proposals/<str:public_id>/follow/", following.follow, name="follow"),
]
