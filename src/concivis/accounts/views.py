"""A person's own account: profile, data to take away, deletion. The rest is allauth's."""

import json
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts import actions
from concivis.accounts.access import personal_view
from concivis.accounts.forms import ProfileForm
from concivis.accounts.keeping import personal_data
from concivis.accounts.models import User
from concivis.accounts.people import Person


@personal_view
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        actions.update_profile(by=user, **form.cleaned_data)
        with translation.override(user.language or translation.get_language()):
            messages.success(request, _("Saved."))
            return redirect(reverse("accounts:profile"))
    context = {"heading": _("My account"), "form": form, "person": user}
    return render(request, "accounts/profile.html", context)


@personal_view
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """Everything kept about the person, as JSON."""
    text = json.dumps(personal_data(Person.of_user(cast(User, request.user))), indent=2, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="concivis-my-data.json"'
    return response


@personal_view
@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def delete(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    if request.method == "POST":
        return _delete(request, user)
    context = {"heading": _("Delete my account"), "obstacles": actions.obstacles_to_leaving(user)}
    return render(request, "accounts/delete.html", context)


def _delete(request: HttpRequest, user: User) -> HttpResponse:
    try:
        actions.delete_account(by=User.objects.get(pk=user.pk))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("accounts:delete")
    logout(request)
    return redirect("accounts:deleted")


@require_GET
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/deleted.html", {"heading": _("Your account is deleted")})
