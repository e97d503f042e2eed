"""`office/<slug>/proposals/…`: the office's pages, and the authority's package."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
