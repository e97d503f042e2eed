"""Two entries of one organisation: the list of those that look alike, the merge, its undo."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.directory import actions, listing, queries
from concivis.directory.duplicates import Pair, pairs
from concivis.directory.forms.small import MergeForm
from concivis.directory.models import Merge, Organisation
from concivis.directory.office.access import address, confirm_page, entry_view, form_page
from concivis.directory.policies import EDIT
from concivis.directory.similar_words import reason_sentence
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.refusals import fill


@office_view(EDIT)
@require_GET
def duplicates(request: HttpRequest, hub: Hub) -> HttpResponse:
    context = {
        "heading": _("Is it the same organisation?"),
        "lead": _(
            "Entries that look alike. Merge them, or say that they are two; then they are not shown again."
        ),
        "pairs": [told(pair, hub) for pair in pairs(hub)],
    }
    return office_page(request, hub, "directory/office/duplicates.html", context)


def told(pair: Pair, hub: Hub) -> dict[str, Any]:
    return {
        "first": pair.first,
        "second": pair.second,
        "sides": [
            {
                "name": each.name,
                "kind": listing.kind_label(each),
                "where": listing.where(each),
                "url": address(hub, each),
            }
            for each in (pair.first, pair.second)
        ],
        "reasons": [reason_sentence(reason) for reason in pair.reasons],
        "percent": round(pair.confidence * 100),
        "merge_url": f"{address(hub, pair.second, 'office_merge')}?into={pair.first.public_id}",
        "apart_url": address(hub, pair.first, "office_not_the_same", pair.second.public_id),
    }


@entry_view(EDIT)
@require_POST
def not_the_same(request: HttpRequest, hub: Hub, organisation: Organisation, other: str) -> HttpResponse:
    second = get_object_or_404(queries.in_hub(hub), public_id=other)
    actions.say_not_the_same(by=cast(User, request.user), one=organisation, other=second)
    messages.success(
        request, _("Noted: {one} and {other} are two.").format(one=organisation.name, other=second.name)
    )
    return redirect("directory:office_duplicates", hub.slug)


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, hub: Hub, organisation: Organisation) -> HttpResponse:
    """This entry goes into another. `?into=` chooses it."""
    into = queries.in_hub(hub).filter(public_id=request.GET.get("into", "")).first()
    form = MergeForm(request.POST or None, organisation=organisation, hub=hub, initial={"survivor": into})
    by = cast(User, request.user)
    if request.method == "POST" and form.is_valid():
        survivor = form.cleaned_data["survivor"]
        if fill(form, lambda: actions.merge_organisations(by=by, survivor=survivor, absorbed=organisation)):
            said = _("Merged into {name}. It can be undone there.").format(name=survivor.name)
            messages.success(request, said)
            return redirect(address(hub, survivor))
    lead = _(
        "Ties, people and whatever names this entry move to the one that stays, and this address leads there. What "
        "that one lacks it takes over. The merge can be undone."
    )
    heading = _("Merge {name} into another entry").format(name=organisation.name)
    return form_page(request, hub, organisation, form, heading, lead=lead, submit=_("Merge"))


@entry_view(EDIT)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, hub: Hub, organisation: Organisation, merge: str) -> HttpResponse:
    found = get_object_or_404(
        Merge.objects.select_related("absorbed"), survivor=organisation, public_id=merge
    )
    if request.method == "POST":
        try:
            absorbed = actions.undo_merge(by=cast(User, request.user), merge=found)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(address(hub, organisation))
        messages.success(request, _("Two entries again: {name}.").format(name=absorbed.name))
        return redirect(address(hub, absorbed))
    heading = _("Make {name} an entry of its own again?").format(name=found.absorbed.name)
    text = _("What moved in the merge moves back. What was changed since stays as it is.")
    return confirm_page(request, hub, organisation, heading, text, _("Undo the merge"), danger=False)
