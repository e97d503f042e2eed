"""“Offer help”: a message to who looks after an initiative, whose address is not shown."""

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import discreet
from concivis.hubs import letters, record
from concivis.initiatives import cards, queries, telling
from concivis.initiatives.actions.owners import letter_language
from concivis.initiatives.forms.public import HelpForm
from concivis.initiatives.models import Initiative
from concivis.shell import guard
from concivis.shell.parts import Crumb

MESSAGES_AN_HOUR = 5


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def help_them(request: HttpRequest, public_id: str) -> HttpResponse:
    initiative = get_object_or_404(queries.for_list(queries.public()), public_id=public_id)
    if not initiative.owner_email:
        raise Http404
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "initiative-help", most=MESSAGES_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            hand_on(initiative, **{name: form.cleaned_data[name] for name in ("name", "email", "message")})
            return discreet(redirect(f"{request.path}?sent=1"))
    title = telling.shown(initiative).texts["title"]
    context = {
        "heading": _("Write to the initiative"),
        "crumbs": [Crumb(title, initiative.get_absolute_url())],
        "hub": initiative.hub,
        "initiative": initiative,
        "title": title,
        "form": form,
        "sent": "sent" in request.GET,
    }
    return discreet(render(request, "initiatives/help.html", context))


@transaction.atomic
def hand_on(initiative: Initiative, *, name: str, email: str, message: str) -> None:
    """Mails the message to the owner, who answers to `email`; nothing of it is kept."""
    letters.send(
        to=initiative.owner_email,
        language=letter_language(initiative),
        template="initiatives/letters/help.txt",
        context={
            "initiative": initiative,
            "name": name,
            "email": email,
            "message": message,
            "public_url": lambda: settings.BASE_URL + initiative.get_absolute_url(),
        },
        called=f"Message to initiative {initiative.public_id}",
        headers={"Reply-To": email},
    )
    record.write(
        hub=initiative.hub,
        by=None,
        action="initiative.written_to",
        kind=cards.KIND,
        object_id=initiative.public_id,
    )
