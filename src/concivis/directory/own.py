"""The page on which those who look after an entry change it and confirm it, by account or by mailed key."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.directory import actions
from concivis.directory.forms import OrganisationForm, done
from concivis.directory.models import Organisation


def edit_page(
    request: HttpRequest, organisation: Organisation, *, by: User | None, here: str
) -> HttpResponseBase:
    """GET shows the form; POST saves it, or with `confirm` only confirms that all is right."""
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
        and done(form, lambda: form.save(by=by, organisation=organisation))
    ):
        messages.success(request, _("Saved: {name}.").format(name=organisation.name))
        return redirect(here)
    return _page(request, organisation, form)


def _page(request: HttpRequest, organisation: Organisation, form: OrganisationForm) -> HttpResponse:
    context = {
        "heading": organisation.name,
        "kicker": _("Your entry"),
        "lead": _("What you change here is seen at once. The office sees who changed what."),
        "hub": organisation.hub,
        "organisation": organisation,
        "form": form,
    }
    return render(request, "directory/own.html", context)
