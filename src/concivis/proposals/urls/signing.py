"""`proposals/<public_id>/sign/`, `proposals/signature/<key>/`, and leaving a follower's list."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
