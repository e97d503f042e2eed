"""The office's own texts for answers, and the rules of its desk."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.desk.actions import blocks
from concivis.desk.actions.rules import rules_of, set_rules
from concivis.desk.enquiries import DESK
from concivis.desk.models import TextBlock
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb

RULES = ("form_is_open", "topics", "answer_days", "keep_months")


class BlockForm(forms.Form):
    """A field for each language of the interface: text_en, text_de …"""

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=120, help_text=gettext_lazy("Only the office sees it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in settings.LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text, %(language)s") % {"language": label},
                required=False,
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 5, "lang": code}),
            )
        self.fields[f"text_{settings.LANGUAGES[0][0]}"].help_text = blocks.placeholders()

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code, _label in settings.LANGUAGES}


class RulesForm(forms.Form):
    form_is_open = forms.BooleanField(
        label=gettext_lazy("Anybody may ask by a form on the website"), required=False
    )
    topics = forms.CharField(
        label=gettext_lazy("Topics of the form"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line, in the language of your office. Empty: the usual ones."),
    )
    answer_days = forms.IntegerField(
        label=gettext_lazy("Answer within (days)"),
        min_value=1,
        max_value=365,
        help_text=gettext_lazy("What the form promises, and the day by which an enquiry is due."),
    )
    keep_months = forms.IntegerField(
        label=gettext_lazy("Keep data of askers for (months)"),
        min_value=1,
        max_value=120,
        help_text=gettext_lazy(
            "So long after an enquiry was closed, name, mail address and telephone number are removed, from its texts "
            "too. The form says so."
        ),
    )


@office_view(DESK)
@require_GET
def texts(request: HttpRequest, hub: Hub) -> HttpResponse:
    context = {
        "heading": _("Texts for answers"),
        "crumbs": _crumbs(hub)[:1],
        "blocks": TextBlock.objects.filter(hub=hub).prefetch_related("texts"),
    }
    return office_page(request, hub, "desk/office/texts.html", context)


@office_view(DESK)
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, hub: Hub, pk: int | None = None) -> HttpResponse:
    """A new one, or that one."""
    block = get_object_or_404(TextBlock, hub=hub, pk=pk) if pk else None
    form = BlockForm(request.POST or None, initial=_initial(block))
    if request.method == "POST" and form.is_valid():
        said = {"title": form.cleaned_data["title"], "texts": form.texts()}
        try:
            blocks.save_block(by=cast(User, request.user), hub=hub, block=block, **said)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:texts", hub.slug)
    context = {
        "heading": block.title if block else _("A new text for answers"),
        "crumbs": _crumbs(hub),
        "form": form,
        "back_url": reverse("desk:texts", args=[hub.slug]),
    }
    return office_page(request, hub, "desk/office/form.html", context)


@office_view(DESK)
@require_http_methods(["GET", "POST"])
def delete_text(request: HttpRequest, hub: Hub, pk: int) -> HttpResponse:
    block = get_object_or_404(TextBlock, hub=hub, pk=pk)
    if request.method == "POST":
        blocks.delete_block(by=cast(User, request.user), block=block)
        messages.success(request, _("The text is deleted."))
        return redirect("desk:texts", hub.slug)
    context = {
        "heading": _("Delete “%(title)s”?") % {"title": block.title},
        "crumbs": _crumbs(hub),
        "back_url": reverse("desk:texts", args=[hub.slug]),
    }
    return office_page(request, hub, "desk/office/text_delete.html", context)


@office_view(Permission.EDIT_HUB)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, hub: Hub) -> HttpResponse:
    standing = rules_of(hub)
    form = RulesForm(request.POST or None, initial={name: getattr(standing, name) for name in RULES})
    if request.method == "POST" and form.is_valid():
        try:
            set_rules(by=cast(User, request.user), hub=hub, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:enquiries", hub.slug)
    context = {
        "heading": _("Rules of the desk"),
        "crumbs": _crumbs(hub)[:1],
        "form": form,
        "back_url": reverse("desk:enquiries", args=[hub.slug]),
    }
    return office_page(request, hub, "desk/office/form.html", context)


def _initial(block: TextBlock | None) -> dict[str, str]:
    if block is None:
        return {}
    return {"title": block.title, **{f"text_{each.language}": each.text for each in block.texts.all()}}


def _crumbs(hub: Hub) -> list[Crumb]:
    return [
        Crumb(_("Enquiries"), reverse("desk:enquiries", args=[hub.slug])),
        Crumb(_("Texts for answers"), reverse("desk:texts", args=[hub.slug])),
    ]
