"""Enquiries at the desk: the list, in other formats too, and noting one."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.desk import concerning, enquiries, figures
from concivis.desk.actions import enquiries as actions
from concivis.desk.actions.rules import LONGEST_TOPIC, rules_of, topics_of
from concivis.desk.concerning import Concern
from concivis.desk.enquiries import Wanted
from concivis.desk.enums import Channel
from concivis.desk.models import Enquiry
from concivis.hubs import letters, queries
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.shell.exports import csv_response
from concivis.shell.parts import Crumb, Export, Heading, chips

ON_A_PAGE = 50
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
STATES = [
    ("", gettext_lazy("all")),
    ("open", gettext_lazy("open")),
    ("waiting", gettext_lazy("waiting for a word of the office")),
    ("overdue", gettext_lazy("overdue")),
    ("closed", gettext_lazy("closed")),
]
CHANNELS = [("", gettext_lazy("all")), *Channel.choices]


class EnquiryForm(forms.ModelForm):
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "The address of a page here: of an initiative, a partnership, an organisation …"
        ),
    )

    class Meta:
        model = Enquiry
        fields = (
            "channel", "subject", "text", "topic", "about", "language", "asker_name", "asker_email", "asker_phone",
            "due_on",
        )  # fmt: skip
        widgets = {"due_on": DAY, "text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hub = hub
        self.concern: Concern | None = None
        self.fields["language"] = forms.ChoiceField(
            label=gettext_lazy("Language of the answers"), choices=settings.LANGUAGES
        )
        self.fields["asker_name"].help_text = _("What is needed to answer, no more. Only the desk sees it.")
        self.fields["topic"] = forms.ChoiceField(
            label=gettext_lazy("Topic"), required=False, choices=self._topics(hub)
        )

    def clean_about(self) -> str:
        written = str(self.cleaned_data["about"]).strip()
        standing = f"{self.instance.concerns_kind}:{self.instance.concerns_id}"
        self.concern = concerning.find(written) if written else None
        if written and self.concern is None and written == standing:  # not public, and not changed
            self.concern = concerning.in_office(self.instance, self.hub)
        if written and self.concern is None:
            raise ValidationError(_("There is no public page here under this address."))
        return written

    def said(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name != "about"}
        said["concerns_kind"] = self.concern.kind if self.concern else ""
        said["concerns_id"] = self.concern.public_id if self.concern else ""
        return said

    def _topics(self, hub: Hub) -> list[tuple[str, str]]:
        """Those of the form, and what stands there already."""
        rules = rules_of(hub)
        rules.hub = hub
        offered = dict([("", _("none")), *topics_of(rules)])
        standing = str(getattr(self.instance, "topic", "") or "")[:LONGEST_TOPIC]
        return list({standing: standing, **offered}.items()) if standing else list(offered.items())


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("How it came"), choices=CHANNELS, required=False)
    person = forms.ChoiceField(label=gettext_lazy("Who sees to it?"), required=False)
    since = forms.DateField(label=gettext_lazy("Received from"), required=False, widget=DAY)
    until = forms.DateField(label=gettext_lazy("Received until"), required=False, widget=DAY)

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic, topic) for topic in enquiries.topics(hub)]
        people = [(str(each.user_id), str(each.user)) for each in queries.members_of(hub)]
        self.fields["topic"].choices = [("", _("all")), *topics]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("everybody")), ("0", _("nobody")), *people]  # type: ignore[attr-defined]

    def wanted(self, sort: str = "") -> Wanted:
        if not self.is_bound or not self.is_valid():
            return Wanted(sort=sort)
        asked = self.cleaned_data
        return Wanted(
            text=asked["q"],
            **{name: asked[name] for name in ("state", "topic", "channel", "since", "until")},
            assignee=int(asked["person"]) if asked["person"] else None,
            sort=sort,
        )


@office_view(enquiries.DESK)
@require_GET
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = SearchForm(request.GET or None, hub=hub)
    rows = enquiries.of(hub, form.wanted(request.GET.get("sort", "")))
    context = {
        "heading": _("Enquiries"),
        "form": form,
        "chips": chips(form, request.GET),
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "headings": [
            Heading(_("Subject"), "subject"), Heading(_("Received"), "received"), Heading(_("Topic")),
            Heading(_("Who sees to it?")), Heading(_("To be answered by"), "due"), Heading(_("State")),
        ],
        "exports": [Export("CSV", reverse("desk:enquiries_csv", args=[hub.slug]), "text/csv")],
        "zone": ZoneInfo(hub.timezone),
        "today": today_in(hub),
        "ask_url": reverse("desk:ask", args=[hub.slug]),
    }  # fmt: skip
    return office_page(request, hub, "desk/office/enquiries.html", context)


@office_view(enquiries.DESK)
@require_GET
def export(request: HttpRequest, hub: Hub) -> HttpResponseBase:
    """The list with the same filters; nothing of the askers, so that the file may be handed on."""
    rows = enquiries.of(hub, SearchForm(request.GET or None, hub=hub).wanted(request.GET.get("sort", "")))
    return csv_response(rows.iterator(500), figures.COLUMNS, f"{hub.slug}-enquiries.csv")


@office_view(enquiries.DESK)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    initial = {"language": letters.interface_language(hub.language), "channel": "phone"}
    form = EnquiryForm(request.POST or None, initial=initial, hub=hub)
    if request.method == "POST" and form.is_valid():
        noted = actions.note_enquiry(by=cast(User, request.user), hub=hub, **form.said())
        messages.success(request, _("The enquiry is noted."))
        return redirect("desk:enquiry", hub.slug, noted.public_id)
    back = reverse("desk:enquiries", args=[hub.slug])
    return _form_page(request, hub, form, _("Note an enquiry"), back)


@office_view(enquiries.DESK)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    found = get_object_or_404(enquiries.of(hub), public_id=public_id)
    concern = concerning.in_office(found, hub)
    back = reverse("desk:enquiry", args=[hub.slug, public_id])
    standing = Enquiry.objects.get(pk=found.pk)  # the form writes into what it is given
    form = EnquiryForm(
        request.POST or None,
        instance=standing,
        hub=hub,
        initial={"about": concern.written if concern else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_enquiry(by=cast(User, request.user), enquiry=found, **form.said())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return _form_page(request, hub, form, _("Change what is noted"), back)


def _form_page(request: HttpRequest, hub: Hub, form: EnquiryForm, heading: str, back: str) -> HttpResponse:
    context = {
        "heading": heading,
        "crumbs": [Crumb(_("Enquiries"), reverse("desk:enquiries", args=[hub.slug]))],
        "form": form,
        "back_url": back,
    }
    return office_page(request, hub, "desk/office/form.html", context)
