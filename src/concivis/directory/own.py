"""The page on which those who look after an entry change it and confirm it, by account or by mailed key."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.directory import actions, hooks
from concivis.directory.forms.organisations import OrganisationForm
from concivis.directory.models import Organisation
from concivis.shell.refusals import fill


def edit_page(
    request: HttpRequest, organisation: Organisation, *, by: User | None, here: str, key: str = ""
) -> HttpResponseBase:
    """GET shows the form; POST saves it, or with `confirm` only confirms that all is right. `key`: of a mailed link."""
    if request.method == "POST" and "confirm" in request.POST:
        actions.confirm_organisation(by=by, organisation=organisation)
        messages.success(request, _("Thank you: confirmed as of today."))
        return redirect(here)
    form = OrganisationForm(
        request.POST or None, request.FILES or None, hub=organisation.hub, organisation=organisation
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and fill(form, lambda: form.save(by=by, organisation=organisation))
    ):
        messages.success(request, _("Saved: {name}.").format(name=organisation.name))
        return redirect(here)
    return _page(request, organisation, form, key)


def _page(request: HttpRequest, organisation: Organisation, form: OrganisationForm, key: str) -> HttpResponse:
    context = {
        "heading": organisation.name,
        "kicker": _("Your entry"),
        "lead": _("What you change here is seen at once. The office sees who changed what."),
        "hub": organisation.hub,
        "organisation": organisation,
        "form": form,
        "pieces": [say(request, organisation, key) for say in hooks.on_own_page],
    }
    return render(request, "directory/own.html", context)
