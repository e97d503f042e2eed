"""What only a demo offers: one click makes a visitor the coordinator of an example, and its mail can be read."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from concivis.accounts.access import personal_view
from concivis.demo import letterbox, people
from concivis.hubs.models import Hub


@csrf_exempt  # the button stands on a page that is the same for everybody and so holds no token; see `_from_here`
@require_POST
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Signs the visitor in as the coordinator of an example's office. 404 outside the demo."""
    _only_in_a_demo()
    _from_here(request)
    hub = get_object_or_404(Hub, slug=slug, is_example=True)
    login(request, people.coordinator_of(hub), backend=settings.AUTHENTICATION_BACKENDS[0])
    text = _(
        "You are now the coordinator of {hub}, as an example. Whatever you change here stays on this machine."
    )
    messages.success(request, text.format(hub=hub.name))
    return redirect("hubs:office", hub.slug)


@never_cache
@personal_view
@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """The letters that the demo would have sent, the latest first."""
    _only_in_a_demo()
    letters = letterbox.latest()
    return render(request, "demo/mail.html", {"heading": _("Mail of the demo"), "letters": letters})


def _only_in_a_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _from_here(request: HttpRequest) -> None:
    """Refuses what another site's page sends: browsers name the origin of every form they post."""
    if request.headers.get("Origin") != f"{request.scheme}://{request.get_host()}":
        raise PermissionDenied("from another site")
