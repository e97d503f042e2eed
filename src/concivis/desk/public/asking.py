"""Anybody asks the office: the form, and the link of the mail that confirms the address."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from concivis.accounts.access import discreet
from concivis.desk import concerning
from concivis.desk.actions import asking
from concivis.desk.actions.rules import rules_of, topics_of
from concivis.desk.concerning import Concern
from concivis.desk.enums import Purpose
from concivis.desk.models import DeskRules
from concivis.desk.public.doors import Opened, keyed
from concivis.hubs import letters
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.shell import guard
from concivis.shell.parts import Crumb

FORMS_AN_HOUR = 10


class AskForm(guard.GuardedForm):
    texts = ("subject", "text")

    topic = forms.ChoiceField(label=gettext_lazy("Topic"))
    subject = forms.CharField(label=gettext_lazy("Your question in one line"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("What do you want to know?"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the answer"), choices=settings.LANGUAGES)
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        required=False,
        help_text=gettext_lazy(
            "To get the answer by mail. Without it, you read the answer under a link that you get after sending."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Your telephone number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Only if you want to be called."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    about = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rules: DeskRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", _("Please choose")), *topics_of(rules)]  # type: ignore[attr-defined]

    def question(self, concern: Concern | None) -> asking.Question:
        names = ("subject", "text", "topic", "language", "name", "email", "phone")
        return asking.Question(
            **{name: self.cleaned_data[name] for name in names},
            concerns=(concern.kind, concern.public_id) if concern else ("", ""),
        )


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """`?about=kind:id`: what the question is about."""
    hub = visible_hub(request.user, slug)
    rules = rules_of(hub)
    rules.hub = hub
    if not rules.form_is_open:
        return discreet(render(request, "desk/ask_closed.html", _context(hub)))
    concern = concerning.find((request.POST or request.GET).get("about", "")[:60])
    initial = {"language": get_language(), "about": concern.written if concern else ""}
    form = AskForm(request.POST or None, rules=rules, initial=initial)
    if request.method == "POST" and form.is_valid():
        answered = _sent(request, hub, form, concern)
        if answered is not None:
            return discreet(answered)
    context = {**_context(hub), "form": form, "concern": concern, "rules": rules}
    return discreet(render(request, "desk/ask.html", context))


@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    context = {**_context(hub), "heading": _("Look into your mail"), "days": asking.UNCONFIRMED_DAYS}
    return discreet(render(request, "desk/ask_sent.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@keyed(Purpose.CONFIRM)
def confirm(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The link of the mail only shows; the button confirms."""
    enquiry = opened.enquiry
    if request.method == "POST":
        enquiry = asking.confirm(enquiry=enquiry)
    context = {**_context(enquiry.hub), "heading": enquiry.subject, "enquiry": enquiry}
    return render(request, "desk/ask_confirm.html", context)


def _sent(request: HttpRequest, hub: Hub, form: AskForm, concern: Concern | None) -> HttpResponse | None:
    """Where it leads; None where the form must be looked at again."""
    if guard.too_many(request, "enquiry", most=FORMS_AN_HOUR):
        form.add_error(
            None, _("Many forms came from your connection within an hour. Please try again later.")
        )
        return None
    try:
        _enquiry, key = asking.ask(hub=hub, question=form.question(concern))
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return redirect("desk:own", key) if key else redirect("desk:ask_sent", hub.slug)


def _context(hub: Hub) -> dict[str, Any]:
    return {
        "heading": _("Ask the office"),
        "kicker": hub.name,
        "crumbs": [Crumb(hub.name, hub.get_absolute_url())],
        "hub": hub,
        "hub_language": letters.interface_language(hub.language),
    }
