"""What is kept about a person without an account: asked for by mail, read with the link of the letter.

The same is said whether or not anything is kept, so nobody learns who is known here. Nothing is stored for it: the
link itself holds the address, signed.
"""

import json

from django import forms
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import keep_private, opened_by_key
from concivis.accounts.keeping import personal_data
from concivis.accounts.people import Person
from concivis.hubs import letters
from concivis.shell import guard

SALT = "concivis.portal.kept"
HOURS = 24  # so long the link opens
ASKED_AN_HOUR = 5  # from one internet address
LETTERS_A_DAY = 3  # to one mail address


class AskForm(guard.GuardedForm):
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        help_text=gettext_lazy("You get a letter with a link. Nothing else is done with the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST or None)
    context = {
        "heading": _("What is kept about you"),
        "lead": _(
            "Without an account, too: we write to your address, and the link shows what we keep of you."
        ),
        "form": form,
        "hours": HOURS,
    }
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "kept", most=ASKED_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            _write_to(form.cleaned_data["email"])
            return keep_private(render(request, "portal/kept/asked.html", context))
    return keep_private(render(request, "portal/kept/ask.html", context))


def _opened(request: HttpRequest, key: str) -> Person | HttpResponse:
    try:
        return Person.of_address(signing.loads(key, salt=SALT, max_age=HOURS * 60 * 60))
    except signing.BadSignature:
        context = {"heading": _("This link is over"), "hours": HOURS}
        return render(request, "portal/kept/over.html", context, status=404)


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_key(_opened)
def kept(request: HttpRequest, person: Person) -> HttpResponse:
    """The link shows how much there is; the button gives it: what follows links in letters takes nothing along."""
    told = personal_data(person)
    if request.method == "POST":
        text = json.dumps(told, indent=2, ensure_ascii=False)
        response = HttpResponse(text, content_type="application/json")
        response["Content-Disposition"] = 'attachment; filename="concivis-my-data.json"'
        return response
    number = sum(len(rows) for name, rows in told.items() if name != "mail_addresses")
    context = {"heading": _("What is kept about you"), "address": person.addresses[0], "number": number}
    return render(request, "portal/kept/kept.html", context)


def _write_to(address: str) -> None:
    if guard.written_enough("kept", address, most=LETTERS_A_DAY):
        return
    key = signing.dumps(address.strip().lower(), salt=SALT)
    with transaction.atomic():
        letters.send(
            to=address,
            language=letters.interface_language(get_language() or ""),
            template="portal/kept/letter.txt",
            context={
                "link": lambda: settings.BASE_URL + reverse("portal:kept", args=[key]),
                "hours": HOURS,
            },
            called="Letter about what is kept",
        )
