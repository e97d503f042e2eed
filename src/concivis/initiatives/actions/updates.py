"""What happened and what came of it; pictures and papers."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.enums import DocumentKind, ReviewState
from concivis.initiatives.models import Initiative, Paper, Picture, Update
from concivis.shell import content, uploads
from concivis.shell.dates import PartialDate
from concivis.shell.ids import new_public_id

MOST_PICTURES, MOST_PAPERS, MOST_UPDATES, MOST_FIGURES = 24, 50, 500, 12


# --- updates -----------------------------------------------------------------------------------------------


@transaction.atomic
def add_update(
    *,
    by: User | None,
    initiative: Initiative,
    title: str,
    when: PartialDate,
    language: str,
    text: str = "",
    is_result: bool = False,
    figures: Sequence[Mapping[str, Any]] = (),
    as_owner: bool = False,
) -> Update:
    """A dated post. Telling what happened confirms that the entry is alive. Raises ValidationError by field."""
    of = locked(initiative)
    if of.updates.count() >= MOST_UPDATES:
        raise ValidationError(gettext("There are too many updates already."))
    update = Update(public_id=new_public_id(), initiative=of)
    _write_update(update, title, when, language, text, is_result, figures)
    if of.state == ReviewState.PUBLISHED:
        of.last_confirmed, of.asked_at, of.reminded_at = today_in(of.hub), None, None
        of.changed_unseen = of.changed_unseen or as_owner
        of.save()
    event = "initiative.updated" if of.is_public else ""
    noted(of, by, "initiative.update_added", {"update": update.public_id}, event=event)
    return update


@transaction.atomic
def change_update(
    *,
    by: User | None,
    update: Update,
    title: str,
    when: PartialDate,
    language: str,
    text: str = "",
    is_result: bool = False,
    figures: Sequence[Mapping[str, Any]] = (),
) -> Update:
    of = locked(update.initiative)
    changed = of.updates.get(pk=update.pk)
    _write_update(changed, title, when, language, text, is_result, figures)
    noted(of, by, "initiative.update_changed", {"update": changed.public_id})
    return changed


@transaction.atomic
def remove_update(*, by: User | None, update: Update) -> None:
    of = locked(update.initiative)
    for picture in update.pictures.all():
        _forget_file(picture.file)
    update.delete()
    noted(of, by, "initiative.update_removed")


def _write_update(
    update: Update,
    title: str,
    when: PartialDate,
    language: str,
    text: str,
    is_result: bool,
    figures: Sequence[Mapping[str, Any]],
) -> None:
    if not title.strip():
        raise ValidationError({"title": gettext("Say in a few words what it was.")})
    if when.first > today_in(update.initiative.hub):
        raise ValidationError(
            {"when": gettext("This day is still to come. An update tells what has happened.")}
        )
    update.title, update.text, update.is_result = title.strip(), text.strip(), is_result
    update.language = content.require_language(language)
    update.date, update.precision = when.first, when.precision
    update.figures = _figures(figures)
    update.full_clean(exclude=["initiative"], validate_constraints=False)
    update.save()


def _figures(figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kept = []
    for figure in figures[:MOST_FIGURES]:
        label, value = " ".join(str(figure.get("label", "")).split())[:120], figure.get("value")
        if not label or isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12:
            raise ValidationError({"figures": gettext("Each figure is a number and what it counts.")})
        kept.append({"value": value, "label": label})
    return kept


# --- pictures ----------------------------------------------------------------------------------------------


@transaction.atomic
def add_picture(
    *,
    by: User | None,
    initiative: Initiative,
    upload: File[bytes],
    alt: str,
    credit: str = "",
    language: str = "",
    update: Update | None = None,
    as_owner: bool = False,
) -> Picture:
    """Drawn anew, without what cameras write into it. Raises ValidationError by field."""
    of = locked(initiative)
    if not alt.strip():
        raise ValidationError(
            {"alt": gettext("Say what is to be seen, for people who cannot see the picture.")}
        )
    if of.pictures.count() >= MOST_PICTURES:
        raise ValidationError({"file": gettext("There are too many pictures already. Take one out first.")})
    drawn = uploads.drawn_anew(upload)
    last = of.pictures.aggregate(last=Max("position"))["last"]
    picture = Picture(
        public_id=new_public_id(),
        initiative=of,
        update=update,
        media_type=drawn.media_type,
        width=drawn.width,
        height=drawn.height,
        alt=alt.strip()[:300],
        credit=credit.strip()[:200],
        language=content.require_language(language or of.language),
        position=0 if last is None else last + 1,
    )
    picture.file.save(uploads.random_name(drawn.media_type), ContentFile(drawn.content), save=False)
    try:
        picture.save()
        if as_owner and of.state == ReviewState.PUBLISHED:
            of.changed_unseen = True
            of.save(update_fields=["changed_unseen"])
        noted(of, by, "initiative.picture_added", {"picture": picture.public_id})
    except Exception:
        picture.file.delete(save=False)  # a file without its row would never be found again
        raise
    return picture


@transaction.atomic
def change_picture(*, by: User | None, picture: Picture, alt: str, credit: str, first: bool = False) -> None:
    """What is said of it; `first`: it becomes the one that lists show."""
    of = locked(picture.initiative)
    if not alt.strip():
        raise ValidationError(
            {"alt": gettext("Say what is to be seen, for people who cannot see the picture.")}
        )
    changed = of.pictures.get(pk=picture.pk)
    changed.alt, changed.credit = alt.strip()[:300], credit.strip()[:200]
    if first:
        of.pictures.exclude(pk=changed.pk).update(position=F("position") + 1)
        changed.position = 0
    changed.save()
    noted(of, by, "initiative.picture_changed", {"picture": picture.public_id})


@transaction.atomic
def remove_picture(*, by: User | None, picture: Picture) -> None:
    of = locked(picture.initiative)
    _forget_file(picture.file)
    picture.delete()
    noted(of, by, "initiative.picture_removed")


# --- papers ------------------------------------------------------------------------------------------------


@transaction.atomic
def add_paper(
    *,
    by: User | None,
    initiative: Initiative,
    upload: File[bytes],
    title: str,
    kind: DocumentKind,
    language: str = "",
    is_public: bool = False,
) -> Paper:
    """Keeps the file if it is what may be kept. Raises ValidationError with a sentence."""
    of = locked(initiative)
    if of.papers.count() >= MOST_PAPERS:
        raise ValidationError(gettext("There are too many documents already. Take one out first."))
    upload.seek(0)
    kept = uploads.examine(uploads.read(upload, settings.UPLOAD_BYTES))
    digest = hashlib.sha256(kept.content).hexdigest()
    if known := of.papers.filter(sha256=digest).first():
        words = gettext("The same file is already here, called “%(title)s”.")
        raise ValidationError(words % {"title": known.title})
    paper = Paper(
        public_id=new_public_id(),
        initiative=of,
        kind=kind,
        title=title.strip(),
        language=language,
        name=uploads.file_name(str(upload.name or ""), kept.media_type),
        media_type=kept.media_type,
        size=len(kept.content),
        sha256=digest,
        is_public=is_public,
        added_by=by,
    )
    paper.file.save(uploads.random_name(kept.media_type), ContentFile(kept.content), save=False)
    try:
        paper.save()
        noted(of, by, "initiative.paper_added", {"paper": paper.public_id, "public": is_public})
    except Exception:
        paper.file.delete(save=False)
        raise
    return paper


@transaction.atomic
def remove_paper(*, by: User | None, paper: Paper) -> None:
    of = locked(paper.initiative)
    _forget_file(paper.file)
    paper.delete()
    noted(of, by, "initiative.paper_removed")


def _forget_file(file: Any) -> None:
    storage, name = file.storage, str(file.name)
    transaction.on_commit(lambda: storage.delete(name))
