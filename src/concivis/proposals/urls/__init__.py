"""Addresses of proposals, one file for each part of the room. What is fixed stands before what takes an identifier."""

from django.urls import URLPattern, URLResolver

from concivis.proposals.urls import following, office, public, signing, writing

app_name = "proposals"
urlpatterns: list[URLPattern | URLResolver] = [
    *writing.urlpatterns,
    *signing.urlpatterns,
    *following.urlpatterns,
    *office.urlpatterns,
    *public.urlpatterns,
]
