"""The private page of who writes a proposal: what stands, what comes next and by when, and everything that can be done
with it. Nothing happens on GET."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.access import discreet
from concivis.accounts.models import User
from concivis.accounts.queries import has_confirmed
from concivis.proposals import beside, next_steps, queries, showing
from concivis.proposals.actions import belongings, ending, sponsoring, writing
from concivis.proposals.actions.authors import ask_for_link, new_key
from concivis.proposals.enums import Purpose, State
from concivis.proposals.forms.small import CoAuthorForm, JoinForm, LinkForm, TranslationForm, WishForm
from concivis.proposals.forms.writing import EditForm
from concivis.proposals.models import Proposal
from concivis.proposals.public.doors import Opened, keyed
from concivis.shell import guard
from concivis.shell.files import drawn
from concivis.shell.picture_forms import NewPictureForm
from concivis.shell.refusals import attempt, fill, put_into
from concivis.shell.templatetags.shell import absolute_url

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
LINKS_AN_HOUR = 5


@require_http_methods(["GET", "HEAD"])
@keyed(Purpose.EDIT)
def own(request: HttpRequest, opened: Opened) -> HttpResponse:
    proposal = queries.for_list(Proposal.objects.filter(pk=opened.proposal.pk)).get()
    context = {
        "state": showing.state(proposal),
        "tone": showing.tone(proposal),
        "next": next_steps.of(proposal),
        "same": showing.same_as(proposal),
        "writable": proposal.state in writing.WRITABLE,
        "withdrawable": proposal.state in ending.WITHDRAWABLE,
        "sponsors": _sponsors(proposal),
        "look": showing.look(proposal, showing.shown(proposal, proposal.language), _pictures(opened)),
        "translations": list(proposal.translations.all()),
        "co_authors": list(proposal.co_authors.all()),
        "addresses": {
            name: opened.address(f"own_{name}")
            for name in ("edit", "picture", "translate", "authors", "send", "withdraw", "wish")
        },
        "own_key": opened.written,
    }
    return page(request, "proposals/own/page.html", opened, context)


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def edit(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = EditForm(request.POST or None, proposal=opened.proposal)
    pieces = None
    if "look" in request.POST:
        pieces = beside.pieces(request, form, opened.proposal)
        form.errors.clear()
    elif request.method == "POST" and form.is_valid() and _saved(form, opened.proposal):
        messages.success(request, _("Saved."))
        return redirect(opened.address())
    context = {"form": form, "title": _("Change the proposal"), "pieces": pieces, "looks": beside.is_there()}
    return page(request, "proposals/own/edit.html", opened, context)


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def picture(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = NewPictureForm(request.POST or None, request.FILES or None)

    def add() -> None:
        said = {name: form.cleaned_data[name] for name in ("alt", "credit")}
        belongings.add_picture(by=None, proposal=opened.proposal, upload=form.cleaned_data["file"], **said)

    return _form(request, opened, form, add, _("Add a picture"), _("Add it"), _("The picture is there."))


@require_http_methods(["GET", "HEAD"])
@keyed(Purpose.EDIT)
def see_picture(request: HttpRequest, opened: Opened, picture: str) -> FileResponse:
    """A picture of a proposal that is not public yet, for who writes it."""
    return drawn(get_object_or_404(opened.proposal.pictures, public_id=picture))


@require_POST
@keyed(Purpose.EDIT)
def remove_picture(request: HttpRequest, opened: Opened, picture: str) -> HttpResponse:
    found = get_object_or_404(opened.proposal.pictures.select_related("proposal"), public_id=picture)
    return _done(
        request, opened, lambda: belongings.remove_picture(by=None, picture=found), _("The picture is gone.")
    )


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def translate(request: HttpRequest, opened: Opened) -> HttpResponse:
    """`?in=`: the language of a translation that is there already."""
    row = opened.proposal.translations.filter(language=request.GET.get("in", "")).first()
    names = ("language", "title", "summary", "body")
    initial = {name: getattr(row, name) for name in names} if row else None
    form = TranslationForm(request.POST or None, proposal=opened.proposal, initial=initial)

    def write() -> None:
        belongings.translate(by=None, proposal=opened.proposal, **form.cleaned_data)

    return _form(request, opened, form, write, _("Translate the proposal"), _("Save"), _("Saved."))


@require_POST
@keyed(Purpose.EDIT)
def remove_translation(request: HttpRequest, opened: Opened, language: str) -> HttpResponse:
    return _done(
        request,
        opened,
        lambda: belongings.remove_translation(by=None, proposal=opened.proposal, language=language),
        _("The translation is gone."),
    )


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def authors(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = CoAuthorForm(request.POST or None)

    def ask() -> None:
        belongings.ask_co_author(proposal=opened.proposal, **form.cleaned_data)

    said = _("We have sent a mail. The person is an author as soon as they agree.")
    return _form(request, opened, form, ask, _("Write it together"), _("Ask this person"), said)


@require_POST
@keyed(Purpose.EDIT)
def remove_author(request: HttpRequest, opened: Opened, person: int) -> HttpResponse:
    found = get_object_or_404(opened.proposal.co_authors, pk=person)
    return _done(
        request,
        opened,
        lambda: belongings.remove_co_author(proposal=opened.proposal, co_author=found),
        _("This person is no longer an author."),
    )


@require_POST
@keyed(Purpose.EDIT)
def send(request: HttpRequest, opened: Opened) -> HttpResponse:
    return _done(
        request,
        opened,
        lambda: sponsoring.send_off(by=None, proposal=opened.proposal),
        _("Thank you. Below you see what comes next."),
    )


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def withdraw(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asks once more; the button withdraws it."""
    if request.method == "POST":
        return _done(
            request,
            opened,
            lambda: ending.withdraw(by=None, proposal=opened.proposal),
            _("The proposal is withdrawn."),
        )
    return page(request, "proposals/own/withdraw.html", opened, {"title": _("Withdraw the proposal")})


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.EDIT)
def wish(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = WishForm(request.POST or None)

    def ask() -> None:
        ending.ask_correction(proposal=opened.proposal, wish=form.cleaned_data["wish"])

    said = _("Thank you. The office has your wish.")
    return _form(request, opened, form, ask, _("Have something put right"), _("Send it to the office"), said)


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.AUTHOR)
def join(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The link of the invitation only shows; the button joins, and leads on to the private page."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _person, own_key = belongings.join(key=opened.key, **form.cleaned_data)
            return redirect("proposals:own", own_key)
        except ValidationError as error:
            form.add_error(None, error)
    proposal = queries.for_list(Proposal.objects.filter(pk=opened.proposal.pk)).get()
    context = {
        "heading": _("Write a proposal together"),
        "hub": proposal.hub,
        "proposal": proposal,
        "look": showing.look(proposal, showing.shown(proposal), []),
        "form": form,
    }
    return render(request, "proposals/join.html", context)


@require_http_methods(LOOK_OR_SAY)
def ask_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Has a new link mailed to an author; says to nobody whether the address was theirs. Whose account has confirmed
    that address goes on without a letter."""
    rows = Proposal.objects.select_related("hub").exclude(state=State.DRAFT)
    proposal = get_object_or_404(rows, public_id=public_id)
    form, done = LinkForm(request.POST or None), False
    theirs = isinstance(request.user, User) and has_confirmed(request.user, proposal.author_email)
    if request.method == "POST" and theirs:
        return discreet(redirect("proposals:own", new_key(proposal, Purpose.EDIT)))
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "proposal-link", most=LINKS_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            ask_for_link(proposal=proposal, email=form.cleaned_data["email"])
            done = True
    context = {
        "heading": _("Go on with a proposal"),
        "form": form,
        "done": done,
        "theirs": theirs,
        "proposal": proposal,
    }
    return discreet(render(request, "proposals/ask_link.html", context))


def page(request: HttpRequest, template: str, opened: Opened, context: dict[str, Any]) -> HttpResponse:
    proposal = opened.proposal
    shared = {
        "heading": proposal.title,
        "kicker": _("Your proposal"),
        "hub": proposal.hub,
        "proposal": proposal,
        "page_url": opened.address(),
        "until": opened.key.expires_at,
    }
    return render(request, template, {**shared, **context})


def _saved(form: EditForm, proposal: Proposal) -> bool:
    """Whether it was. Errors end in the form; after a conflict, another try writes."""
    return fill(
        form,
        lambda: writing.edit(
            by=None, proposal=proposal, facts=form.facts(), revision=form.cleaned_data["revision"]
        ),
    )


def _form(
    request: HttpRequest,
    opened: Opened,
    form: forms.Form,
    act: Callable[[], None],
    title: str,
    submit: str,
    said: str,
) -> HttpResponse:
    """A page with a short form; what the action refuses stands in it."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, said)
            return redirect(opened.address())
    context = {"form": form, "title": title, "submit": submit}
    return page(request, "proposals/own/form.html", opened, context)


def _done(request: HttpRequest, opened: Opened, act: Callable[[], object], said: str) -> HttpResponse:
    attempt(request, act, said)
    return redirect(opened.address())


def _pictures(opened: Opened) -> list[showing.Picture]:
    return [
        showing.Picture(
            opened.address("own_see_picture", each.public_id),
            each.alt,
            each.credit,
            each.language,
            each.width,
            each.height,
            opened.address("own_remove_picture", each.public_id),
        )
        for each in opened.proposal.pictures.all()
    ]


def _sponsors(proposal: Proposal) -> dict[str, Any] | None:
    """How many first supporters there are, and the link to share, while they are looked for."""
    if proposal.state != State.SPONSORING:
        return None
    rules = queries.current_rules(proposal.hub)
    url = absolute_url(reverse("proposals:sponsor", args=[sponsoring.share_key(proposal)]))
    found = proposal.sponsors.filter(confirmed_at__isnull=False).count()
    return {
        "found": found,
        "needed": rules.sponsors if rules else 0,
        "until": proposal.sponsors_until,
        "url": url,
    }
