"""Two entries of one organisation become one, and two again.

The absorbed entry keeps its row: its address leads to the survivor, and an undo makes of it exactly what it was. Rows
that name it move to the survivor, also those of the rooms above (`directory.hooks.references`). Where a constraint of
the database allows the survivor no second such row, one of the directory's own stays with the absorbed entry, unseen;
one of a room above is taken out and kept in the merge. What the survivor lacked, it takes over.
"""

from collections.abc import Iterator
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory import cards, hooks
from concivis.directory.actions.noting import noted
from concivis.directory.actions.recording import index_names
from concivis.directory.enums import NameUse
from concivis.directory.hooks import Reference
from concivis.directory.models import Merge, NotTheSame, Organisation, OtherName
from concivis.places.names import fold
from concivis.shell.ids import new_public_id

OWN = [
    Reference(f"directory.{model}", field)
    for model, field in [
        ("Tie", "organisation"),
        ("Role", "organisation"),
        ("OtherName", "organisation"),
        ("Spoken", "organisation"),
        ("Exchange", "organisation"),
        ("Link", "organisation"),
        ("Claim", "organisation"),
        ("Steward", "organisation"),
        ("NetworkMembership", "member"),
        ("NetworkMembership", "network"),
    ]
]
EMPTY = {"place_id": None, "address_public": False}  # of the other fields taken over: no text
TAKEN_OVER = (  # groups that belong together: all of one are taken over, or none
    ("transliterated",),
    ("legal_form",),
    ("register_scheme", "register_number"),
    ("place_id",),
    ("address", "address_public"),
    ("email",),
    ("phone",),
    ("website",),
    ("language", "description", "activities_here", "activities_there", "partners_abroad"),
)


@transaction.atomic
def merge_organisations(*, by: User | None, survivor: Organisation, absorbed: Organisation) -> Merge:
    """`absorbed` becomes part of `survivor`. Raises ValidationError with a sentence for two that cannot."""
    survivor, absorbed = _locked(survivor, absorbed)
    _require_mergeable(survivor, absorbed)
    moved: dict[str, Any] = {"rows": [], "removed": []}
    for reference in OWN:
        _move(reference, absorbed, survivor, moved, own=True)
    for reference in hooks.references:
        _move(reference, absorbed, survivor, moved, own=False)
    absorbed.merged_into = survivor
    absorbed.save(update_fields=["merged_into", "changed_at"])
    moved["filled"] = _take_over(survivor, absorbed)
    moved["names"] = _keep_name(survivor, absorbed)
    moved["terms"] = _add_terms(survivor, absorbed)
    index_names(survivor)
    merge = Merge.objects.create(
        public_id=new_public_id(), survivor=survivor, absorbed=absorbed, moved=moved, by=by
    )
    _told(survivor, absorbed, by, "organisation.merged")
    return merge


@transaction.atomic
def undo_merge(*, by: User | None, merge: Merge) -> Organisation:
    """Makes two of them again; gives back the absorbed one. What was changed since the merge stays as it is.

    Raises ValidationError where the survivor was itself merged since, or the name is taken by a new entry.
    """
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    survivor, absorbed = _locked(merge.survivor, merge.absorbed)
    _require_undoable(merge, survivor, absorbed)
    _give_back(survivor, merge.moved)
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into", "changed_at"])
    for model, field, keys in merge.moved["rows"]:
        rows = Reference(model, field).rows._default_manager
        rows.filter(pk__in=keys, **{field: survivor}).update(**{field: absorbed})
    for text in merge.moved["removed"]:
        _put_back(text)
    index_names(survivor)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _told(survivor, absorbed, by, "organisation.merge_undone")
    return absorbed


@transaction.atomic
def say_not_the_same(*, by: User | None, one: Organisation, other: Organisation) -> None:
    """The two look alike and are two: they are not proposed for a merge again."""
    first, second = sorted((one, other), key=lambda each: each.pk)
    _marked, new = NotTheSame.objects.get_or_create(first=first, second=second)
    if new:
        noted(first, by, "organisation.not_the_same", other=second.public_id)


# --- what must be true -------------------------------------------------------------------------------------


def _locked(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    found = Organisation.objects.select_for_update(of=("self",)).select_related("hub").order_by("pk")
    rows = {each.pk: each for each in found.filter(pk__in=[one.pk, other.pk])}
    return rows[one.pk], rows[other.pk]


def _require_mergeable(survivor: Organisation, absorbed: Organisation) -> None:
    if survivor.pk == absorbed.pk:
        raise ValidationError(gettext("Choose two different organisations."))
    if survivor.hub_id is None or survivor.hub_id != absorbed.hub_id:
        raise ValidationError(gettext("Only two entries of the same office can become one."))
    if survivor.merged_into_id or absorbed.merged_into_id:
        raise ValidationError(gettext("One of the two was merged already. Look at the list again."))


def _require_undoable(merge: Merge, survivor: Organisation, absorbed: Organisation) -> None:
    if merge.undone_at or absorbed.merged_into_id != survivor.pk:
        raise ValidationError(gettext("This merge was undone already."))
    if survivor.merged_into_id:
        raise ValidationError(gettext("The entry was merged once more since. Undo that merge first."))
    same = Organisation.objects.standing().filter(hub=absorbed.hub, folded=absorbed.folded)
    place = None if "place_id" in merge.moved["filled"] else survivor.place_id
    taken = same.filter(place=absorbed.place_id).exclude(pk=survivor.pk).exists()
    if taken or (survivor.folded == absorbed.folded and place == absorbed.place_id):
        raise ValidationError(
            gettext("“{name}” has been entered anew since. Merge that one first.").format(name=absorbed.name)
        )


# --- rows that name the organisation -----------------------------------------------------------------------


def _move(
    reference: Reference, absorbed: Organisation, survivor: Organisation, moved: dict[str, Any], *, own: bool
) -> None:
    done = []
    for row in reference.rows._default_manager.filter(**{reference.field: absorbed}):
        if _moved(row, reference.field, survivor):
            done.append(row.pk)
        elif not own:
            moved["removed"].append(serializers.serialize("json", [row]))
            reference.rows._default_manager.filter(pk=row.pk).delete()
    if done:
        moved["rows"].append([reference.model, reference.field, done])


def _moved(row: Model, field: str, to: Organisation) -> bool:
    """Whether the database let the row name `to` instead."""
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{field: to})
    except IntegrityError:
        return False
    return True


def _put_back(text: str) -> None:
    """A row that was taken out; not where what it belonged to has gone since."""
    for row in serializers.deserialize("json", text):
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            continue


# --- what the survivor takes over --------------------------------------------------------------------------


def _take_over(survivor: Organisation, absorbed: Organisation) -> dict[str, Any]:
    """{field: value now}: to be emptied by an undo, unless it was changed since."""
    filled = {name: getattr(absorbed, name) for name in _lacking(survivor, absorbed)}
    for name, value in filled.items():
        setattr(survivor, name, value)
    if filled:
        survivor.save(update_fields=[*filled, "changed_at"])
    return filled


def _lacking(survivor: Organisation, absorbed: Organisation) -> Iterator[str]:
    for group in TAKEN_OVER:
        if not any(getattr(survivor, name) for name in group):
            yield from (name for name in group if getattr(absorbed, name))


def _keep_name(survivor: Organisation, absorbed: Organisation) -> list[int]:
    names = {fold(name) for name in survivor.other_names.values_list("name", flat=True)}
    if absorbed.folded in {survivor.folded, *names}:
        return []
    name = OtherName(
        organisation=survivor, name=absorbed.name, language=absorbed.name_language, use=NameUse.OTHER
    )
    name.save()
    return [name.pk]


def _add_terms(survivor: Organisation, absorbed: Organisation) -> list[int]:
    there = set(survivor.terms.values_list("pk", flat=True))
    new = [pk for pk in absorbed.terms.values_list("pk", flat=True) if pk not in there]
    survivor.terms.add(*new)
    return new


def _give_back(survivor: Organisation, moved: dict[str, Any]) -> None:
    emptied = [name for name, value in moved["filled"].items() if getattr(survivor, name) == value]
    for name in emptied:
        setattr(survivor, name, EMPTY.get(name, ""))
    if emptied:
        survivor.save(update_fields=[*emptied, "changed_at"])
    OtherName.objects.filter(pk__in=moved["names"], organisation=survivor).delete()
    survivor.terms.remove(*moved["terms"])


def _told(survivor: Organisation, absorbed: Organisation, by: User | None, action: str) -> None:
    noted(survivor, by, action, other=absorbed.public_id)
    cards.refresh([absorbed.pk])
    for call in hooks.after_merge:
        call([survivor, absorbed])
