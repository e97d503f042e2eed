"""The doors of the pages that are opened by a mailed key."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from concivis.accounts.access import opened_by_key
from concivis.introductions import entries
from concivis.introductions.entries import Entry
from concivis.introductions.models import AnswerKey, Side
from concivis.shell import keys


@dataclass(frozen=True)
class Asker:
    """Who looks after an entry, by a mailed key (of the register or the directory) or, without one, signed in."""

    entry: Entry
    key: str = ""


def _asker(request: HttpRequest, key: str) -> Asker | HttpResponse:
    entry = entries.of_key(key) if len(key) <= keys.LONGEST else None
    if entry is None:
        text = _(
            "It has expired, or the entry is not public. On the page of your entry you can have a new link "
            "sent to you."
        )
        return closed(request, text, status=404)
    return Asker(entry, key)


def _answering(request: HttpRequest, key: str) -> Side | HttpResponse:
    found = AnswerKey.objects.select_related("side__introduction").filter(key_hash=keys.hashed(key)).first()
    if found is None:
        text = _("There is no such link. Was it cut in two by your mail program?")
        return closed(request, text, status=404)
    if not found.is_open:
        return closed(request, _("This link has expired."), status=410)
    return whole(found.side)


def whole(side: Side) -> Side:
    """The side, with its introduction and the other one."""
    from concivis.introductions.models import Introduction

    introduction = Introduction.objects.with_sides().get(pk=side.introduction_id)
    return next(each for each in introduction.sides.all() if each.pk == side.pk)


def closed(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    context = {"heading": _("This link opens nothing"), "text": text}
    return render(request, "introductions/closed.html", context, status=status)


kept = opened_by_key(_asker)
"""Decorates `view(request, asker, …)` at `introductions/mine/<key>/…`."""

answering = opened_by_key(_answering)
"""Decorates `view(request, side, …)` at `introductions/yours/<key>/…`."""
