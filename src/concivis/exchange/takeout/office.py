"""The office takes all of its content away."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.exchange.office.running import progress_of
from concivis.exchange.takeout import actions
from concivis.exchange.takeout.models import Takeout, TakeoutState
from concivis.exchange.takeout.tasks import make_takeout
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission


@office_view(Permission.MANAGE_MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def takeouts(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Asks for an archive by POST, lists those that can be fetched."""
    if request.method == "POST":
        try:
            takeout = actions.ask(by=cast(User, request.user), hub=hub)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            make_takeout.enqueue(takeout.pk)
        return redirect("exchange:takeouts", hub.slug)
    found = list(Takeout.objects.filter(hub=hub, until__gt=timezone.now()).select_related("by"))
    making = next((each for each in found if each.state == TakeoutState.MAKING), None)
    context = {
        "heading": _("Take-out"),
        "lead": _(
            "Everything your office holds here, in one archive: to keep it, or to move to another installation."
        ),
        "takeouts": found,
        "progress": progress_of(making.public_id) if making else None,
        "days": actions.DAYS,
    }
    return office_page(request, hub, "exchange/takeout/takeouts.html", context)


@office_view(Permission.MANAGE_MEMBERS)
@require_GET
def download(request: HttpRequest, hub: Hub, number: str) -> HttpResponseBase:
    ready = Takeout.objects.filter(hub=hub, state=TakeoutState.READY, until__gt=timezone.now())
    found = ready.filter(public_id=number).first()
    path = actions.folder() / found.stored if found else None
    if path is None or not path.exists():
        raise Http404
    name = f"concivis-{hub.slug}-{timezone.localdate()}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
