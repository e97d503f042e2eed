"""A site of nothing but the shell, with pages under the names that its menu knows."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import TemplateView

from concivis.shell.context import MENU


def room(name: str) -> object:
    pages = [page.split(":")[1] for page, _ in MENU if page.startswith(f"{name}:")]
    view = TemplateView.as_view(template_name="shell/base.html")
    return path("", include(([path(f"{page}/", view, name=page) for page in pages], name)))


urlpatterns = i18n_patterns(
    *[room(name) for name in dict.fromkeys(page.split(":")[0] for page, _ in MENU)],
    path("", include("concivis.shell.urls")),
    path("signin/", TemplateView.as_view(template_name="shell/base.html"), name="account_login"),
)
