"""Where allauth asks the house a question."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from concivis.accounts.models import User
from concivis.accounts.queries import language_of


@dataclass(frozen=True)
class Site:
    """As allauth's letters call this site."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.language = translation.get_language() or ""
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language that whoever has this address chose, signed with the site's name."""
        site = Site("Concivis", urlsplit(settings.BASE_URL).netloc)
        with translation.override(language_of(email) or translation.get_language()):
            super().send_mail(template_prefix, email, {**context, "current_site": site})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """My hubs, in the language the person chose."""
        chosen = request.user.language if isinstance(request.user, User) else ""
        with translation.override(chosen or translation.get_language()):
            return reverse(settings.LOGIN_REDIRECT_URL)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(filter(None, parts)))[:120]
        user.language = translation.get_language() or ""
        return user
