"""`proposals/<public_id>/sign/` and `proposals/signature/<key>/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
