from django.urls import URLPattern, path

from concivis.shell import views

app_name = "shell"

urlpatterns: list[URLPattern] = [path("styles/", views.styles, name="styles")]
