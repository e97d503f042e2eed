"""The pages of an account that are ours; allauth's stand beside them under the same `accounts/`."""

from django.urls import URLPattern, path

from concivis.accounts import views

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("profile/", views.profile, name="profile"),
    path("profile/data.json", views.download, name="download"),
    path("delete/", views.delete, name="delete"),
    path("deleted/", views.deleted, name="deleted"),
]
