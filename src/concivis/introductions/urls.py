from django.urls import URLPattern

app_name = "introductions"
urlpatterns: list[URLPattern] = []
