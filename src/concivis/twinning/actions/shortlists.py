"""Shortlists of an office: candidates for a partnership, with notes.

The record tells of lists, not of the candidates and notes on them: those are working papers,
and nobody outside sees them.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.twinning.models import Candidate, Shortlist

MOST_LISTS = 50
MOST_CANDIDATES = 200


@transaction.atomic
def create_shortlist(*, by: User | None, hub: Hub, name: str) -> Shortlist:
    """Raises ValidationError with a sentence, also for a name that another list of the office has."""
    Hub.objects.select_for_update().get(pk=hub.pk)
    if hub.shortlists.count() >= MOST_LISTS:
        raise ValidationError(
            gettext("An office keeps at most %(most)s lists. Delete one that is done with.")
            % {"most": MOST_LISTS}
        )
    made = Shortlist.objects.create(hub=hub, name=_free_name(hub, name), created_by=by)
    return _recorded(made, by, "shortlist.created")


@transaction.atomic
def rename_shortlist(*, by: User | None, shortlist: Shortlist, name: str) -> Shortlist:
    shortlist.name = _free_name(shortlist.hub, name, shortlist)
    shortlist.save(update_fields=["name"])
    return _recorded(shortlist, by, "shortlist.renamed")


@transaction.atomic
def delete_shortlist(*, by: User | None, shortlist: Shortlist) -> None:
    _recorded(shortlist, by, "shortlist.deleted")
    shortlist.delete()


@transaction.atomic
def add_candidate(*, by: User | None, shortlist: Shortlist, place: Place, note: str = "") -> Candidate:
    """Puts `place` on the list; one that is there already stays as it is. Raises ValidationError."""
    if place.pk == shortlist.hub.place_id:
        raise ValidationError(gettext("That is your own city."))
    # a second click waits for the first
    Shortlist.objects.select_for_update().filter(pk=shortlist.pk).first()
    there = Candidate.objects.filter(shortlist=shortlist, place=place).first()
    if there is not None:
        return there
    if shortlist.candidates.count() >= MOST_CANDIDATES:
        raise ValidationError(
            gettext("A list holds at most %(most)s candidates. Remove some, or begin another.")
            % {"most": MOST_CANDIDATES}
        )
    return Candidate.objects.create(shortlist=shortlist, place=place, note=note, added_by=by)


@transaction.atomic
def note_candidate(*, by: User | None, candidate: Candidate, note: str) -> Candidate:
    candidate.note = note
    candidate.save(update_fields=["note"])
    return candidate


@transaction.atomic
def remove_candidate(*, by: User | None, candidate: Candidate) -> None:
    candidate.delete()


def _free_name(hub: Hub, name: str, own: Shortlist | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": gettext("Give the list a name.")})
    namesakes = hub.shortlists.filter(name=name)
    if (namesakes.exclude(pk=own.pk) if own else namesakes).exists():
        raise ValidationError({"name": gettext("The office has a list of this name already.")})
    return name


def _recorded(shortlist: Shortlist, by: User | None, action: str) -> Shortlist:
    record.write(
        hub=shortlist.hub, by=by, action=action, kind="shortlist", object_id=str(shortlist.pk),
        details={"name": shortlist.name},
    )  # fmt: skip
    return shortlist
