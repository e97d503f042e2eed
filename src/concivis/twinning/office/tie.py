"""The first page about one partnership in an office: how it stands, who is on each side, what to do next."""

from typing import cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concivis.accounts.models import User
from concivis.hubs.models import RecordLine
from concivis.hubs.office.record import who
from concivis.hubs.permissions import Permission
from concivis.hubs.queries import names_of_actors, record_of
from concivis.hubs.record_words import sentence
from concivis.shell.parts import Heading
from concivis.twinning import cards, journey, journeys, listing, queries, telling, whatnext
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions import editing
from concivis.twinning.enums import PUBLIC_STATES, PartnershipState, StepState
from concivis.twinning.models import Partnership, Side
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP

HISTORY = 20


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def overview(request: HttpRequest, tie: Tie) -> HttpResponse:
    told = queries.for_page(Partnership.objects.filter(pk=tie.partnership.pk)).get()
    edits = tie.keeps and may(request, KEEP, tie)
    by_hand = editing.possible_states(told) if edits else []
    state = listing.seen_state(told.state, told.sleeps_on)
    context = {
        "kind_explained": telling.KINDS[told.kind],
        "state_explained": telling.STATES[state],
        "told": told,
        "is_public": told.is_published and told.state in PUBLIC_STATES,
        "sides": [(side, telling.side(side), _said(told, side)) for side in told.sides.all()],
        "accounts": telling.differing_accounts(told),
        "ways": whatnext.ways_on(tie, list(told.milestones.all()), by_hand) if edits else [],
        "next_step": _next_step(told) if tie.is_inside else "",
        "edits": edits,
        "history": history(tie) if may(request, Permission.VIEW_RECORD, tie) else None,
        "history_headings": [Heading(_("No.")), Heading(_("When")), Heading(_("What"))],
        "zone": ZoneInfo(tie.hub.timezone),
    }
    return workbench_page(request, tie, "twinning/office/tie.html", context, tab="office_tie")


@tie_view(KEEP, keeper=True)
@require_POST
def move(request: HttpRequest, tie: Tie) -> HttpResponse:
    """Into another of the states that are set by hand."""
    state = request.POST.get("state", "")
    if state not in PartnershipState.values:
        messages.error(request, _("Choose one of the states."))
        return redirect(address("office_tie", tie))
    try:
        editing.move_to(
            by=cast(User, request.user), partnership=tie.partnership, state=PartnershipState(state)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        label = listing.state_label(state)
        messages.success(request, _("The state is now: {state}.").format(state=label))
    return redirect(address("office_tie", tie))


def history(tie: Tie) -> list[dict[str, object]]:
    """The latest lines of this partnership in the hub's record: {line, who, words}. Two queries."""
    lines = record_of(tie.hub).filter(kind=cards.KIND, object_id=tie.partnership.public_id)[:HISTORY]
    found: list[RecordLine] = list(lines)
    names = names_of_actors(found)
    return [{"line": line, "who": who(line, names), "words": sentence(line)} for line in found]


def _said(told: Partnership, side: Side) -> str:
    """The state as the side itself sees it, where it differs from what the keeper wrote."""
    if not side.state_said or side.state_said == told.state:
        return ""
    return listing.state_label(side.state_said)


def _next_step(told: Partnership) -> str:
    """“3 of 10 done; next: …”; empty where no journey was begun. One query."""
    steps = list(journeys.steps_of(told))
    if not steps:
        return ""
    waiting = [step for step in steps if step.state == StepState.OPEN]
    done = _("{done} of {all} steps are done.").format(done=len(steps) - len(waiting), all=len(steps))
    if not waiting:
        return done
    label = journey.label(waiting[0], get_language() or "en")
    return _("{done} Next: {step}").format(done=done, step=label)
