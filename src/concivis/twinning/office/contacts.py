"""The people of one partnership: who to write to, who is in the team, who would take over."""

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.hubs.permissions import Permission
from concivis.shell.conflicts import EditConflict, show_beside
from concivis.shell.parts import Heading
from concivis.twinning import people
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions import contacts as actions
from concivis.twinning.models import Contact
from concivis.twinning.office.contacts_forms import ContactForm
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP

TAB = "office_contacts"


@dataclass(frozen=True)
class Person:
    """A contact as the list shows it. `reachable`: whether the reader may see mail address and telephone."""

    contact: Contact
    has_left: bool
    warnings: list[str]
    reachable: bool
    public: list[str]  # what of it everybody sees


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def contacts(request: HttpRequest, tie: Tie) -> HttpResponse:
    edits = tie.keeps and may(request, KEEP, tie)
    reachable = tie.is_inside and may(request, KEEP, tie)
    today = today_in(tie.hub)
    shown = [_person(contact, today, reachable) for contact in people.seen_by(tie)]
    context = {
        "inside": tie.is_inside,
        "sides": [
            (side, [person for person in shown if person.contact.side_id == side.pk])
            for side in tie.partnership.sides.all()
        ],
        "people": shown,
        "without_team": tie.is_inside and not any(p.contact.in_team and not p.has_left for p in shown),
        "headings": [
            Heading(_("Name")),
            Heading(_("Role")),
            Heading(_("To be reached at")),
            Heading(_("Everybody sees")),
            *([Heading(_("Change"), unseen=True)] if edits else []),
        ],
        "edits": edits,
    }
    return workbench_page(request, tie, "twinning/office/contacts.html", context, tab=TAB)


def _person(contact: Contact, today: dt.date, reachable: bool) -> Person:
    has_left = contact.left_on is not None and contact.left_on <= today
    fields = [
        (contact.name_public, _("name")),
        (contact.email_public, _("mail address")),
        (contact.phone_public, _("telephone")),
    ]
    return Person(
        contact=contact,
        has_left=has_left,
        warnings=_warnings(contact, has_left, today),
        reachable=reachable,
        public=[label for shown, label in fields if shown],
    )


def _warnings(contact: Contact, has_left: bool, today: dt.date) -> list[str]:
    """What endangers the partnership: a member of the team who left, or whom nobody would follow."""
    if not contact.in_team:
        return []
    successor = contact.successor
    gone = successor is not None and successor.left_on is not None and successor.left_on <= today
    if has_left:
        return [_("Has left and still counts as a member of the team.")]
    if successor is None:
        return [_("Nobody is named who would take over.")]
    return [_("The person who would take over has left.")] if gone else []


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, tie: Tie) -> HttpResponse:
    asked = {"side": request.GET.get("side", "")}
    form = ContactForm(request.POST or None, partnership=tie.partnership, initial=asked)
    if request.method == "POST" and form.is_valid() and _save(request, form, None):
        return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Note a person"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    contact = get_object_or_404(people.seen_by(tie), pk=pk)
    form = ContactForm(request.POST or None, partnership=tie.partnership, contact=contact)
    if request.method == "POST" and form.is_valid() and _save(request, form, contact):
        return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Change what is noted of a person"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    contact = get_object_or_404(people.seen_by(tie), pk=pk)
    if request.method == "POST":
        actions.remove_contact(by=cast(User, request.user), contact=contact)
        messages.success(request, _("Deleted for good: everything noted of this person."))
        return redirect(address(TAB, tie))
    context = {
        "heading": _("Delete {name}?").format(name=contact.name),
        "text": _(
            "Everything noted of this person is deleted for good: it cannot be brought back. The record keeps only "
            "that somebody was deleted. If the person has just left, note the last day instead."
        ),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": address(TAB, tie),
    }
    return workbench_page(request, tie, "shell/confirm.html", context, tab=TAB)


def _save(request: HttpRequest, form: ContactForm, contact: Contact | None) -> bool:
    by, side, facts = cast(User, request.user), form.side_said(), form.facts()
    try:
        if contact is None:
            actions.add_contact(by=by, side=side, facts=facts)
        else:
            began = form.cleaned_data["began"]
            actions.change_contact(by=by, contact=contact, side=side, facts=facts, began=began)
    except EditConflict as conflict:
        show_beside(form, form.initial_of(Contact.objects.get(pk=cast(Contact, contact).pk)), conflict)
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Saved: {name}.").format(name=facts.name))
    return True


def _form_page(request: HttpRequest, tie: Tie, form: ContactForm, heading: str) -> HttpResponse:
    lead = _("Note only what the person knows that you keep. They may ask you at any time what it is.")
    context = {"form": form, "form_heading": heading, "form_lead": lead, "back": address(TAB, tie)}
    return workbench_page(request, tie, "twinning/office/tie_form.html", context, tab=TAB)
