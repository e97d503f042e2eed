"""The box in the office: read, listened to, answered, taken up as an insight, set aside with a reason."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concivis.codesign.actions import box as actions
from concivis.codesign.enums import Need
from concivis.codesign.forms.box import AsideForm, ReplyForm, TakeUpForm
from concivis.codesign.models import BoxInput, BoxMessage, Process
from concivis.codesign.office.doors import LOOK_OR_SAY, address, inside_process
from concivis.codesign.office.outcome_doors import form_page, process_page, who
from concivis.codesign.outcomes import InputState, SetAside
from concivis.shell import sounds

TAB, PER_PAGE = "office_box", 30


@inside_process
@require_safe
def inputs(request: HttpRequest, process: Process) -> HttpResponse:
    state = request.GET.get("state", "")
    unread = BoxMessage.objects.filter(input=OuterRef("pk"), from_office=False, is_read=False)
    rows = process.inputs.annotate(has_news=Exists(unread)).select_related("theme")
    if state in InputState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "inputs": list(page.object_list),
        "states": [("", _("all")), *InputState.choices],
        "state": state,
        "box_url": reverse("codesign:box", args=[process.public_id]),
    }
    return process_page(request, process, "codesign/office/box.html", context, tab=TAB)


@inside_process
@require_safe
def received(request: HttpRequest, process: Process, input: str) -> HttpResponse:
    found = _one(process, input)
    context = {
        "received": found,
        "messages_of_box": list(found.messages.select_related("written_by")),
        "audio_url": address("office_box_audio", process, found.public_id) if found.audio else "",
    }
    return process_page(request, process, "codesign/office/input.html", context, tab=TAB)


@inside_process
@require_safe
def audio(request: HttpRequest, process: Process, input: str) -> HttpResponseBase:
    """The recording, for the office alone; browsers play it and run nothing in it."""
    found = _one(process, input)
    if not found.audio:
        raise Http404
    response = FileResponse(found.audio.open("rb"), content_type=found.audio_type)
    response["Content-Disposition"] = f'inline; filename="note{sounds.TYPES[found.audio_type]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@inside_process
@require_http_methods(LOOK_OR_SAY)
def reply(request: HttpRequest, process: Process, input: str) -> HttpResponse:
    found = _one(process, input)
    return form_page(
        request,
        process,
        ReplyForm(request.POST or None, initial={"language": found.language or process.language}),
        lambda said: actions.answer(by=who(request), received=found, **said),
        title=_("Answer the sender"),
        submit=_("Answer"),
        said=_("Answered. The sender reads it with the receipt code."),
        back=address("office_input", process, found.public_id),
        tab=TAB,
        note=found.text,
    )


@inside_process
@require_http_methods(LOOK_OR_SAY)
def take_up(request: HttpRequest, process: Process, input: str) -> HttpResponse:
    found = _one(process, input)
    initial = {
        "text": found.text,
        "language": found.language or process.language,
        "theme": found.theme.code if found.theme else "",
    }
    return form_page(
        request,
        process,
        TakeUpForm(request.POST or None, initial=initial),
        lambda said: actions.take_up(
            by=who(request),
            received=found,
            text=said["text"],
            language=said["language"],
            need=Need(said["need"]) if said["need"] else None,
            terms=(said["theme"],) if said["theme"] else (),
        ),
        title=_("Make it an insight"),
        submit=_("Take it up"),
        said=_("It is among the insights now. The sender sees what becomes of it."),
        back=address("office_input", process, found.public_id),
        tab=TAB,
    )


@inside_process
@require_http_methods(LOOK_OR_SAY)
def set_aside(request: HttpRequest, process: Process, input: str) -> HttpResponse:
    found = _one(process, input)
    return form_page(
        request,
        process,
        AsideForm(request.POST or None),
        lambda said: actions.set_aside(by=who(request), received=found, reason=SetAside(said["reason"])),
        title=_("Set it aside"),
        submit=_("Set it aside"),
        said=_("Set aside. The sender reads why."),
        back=address("office_input", process, found.public_id),
        tab=TAB,
        note=found.text,
    )


def _one(process: Process, public_id: str) -> BoxInput:
    found: BoxInput = get_object_or_404(
        process.inputs.select_related("theme", "insight"), public_id=public_id
    )
    found.process = process
    return found
