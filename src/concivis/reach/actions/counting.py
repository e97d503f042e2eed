"""Today's salt, the handing over of what processes saw, and the end of the day.

Nobody acts here, so the record says nothing of it.
"""

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from concivis.hubs.models import Hub
from concivis.reach import hooks
from concivis.reach.enums import PageKind
from concivis.reach.models import DayCount, DaySalt
from concivis.reach.sketch import merged
from concivis.reach.visits import Owner, Page

Key = tuple[int | None, PageKind]  # (hub, kind) of a row of `DayCount`
GRACE = dt.timedelta(minutes=15)  # in which processes hand over what they saw before midnight


def key_of(day: dt.date) -> bytes:
    """By which today's visitors are told apart: the day's salt, made if it is not there, with the site's secret.

    Both are needed, so that a database alone, or a backup of it, opens nothing. The salts of other days go.
    """
    with transaction.atomic():
        salt, _made = DaySalt.objects.get_or_create(day=day, defaults={"value": secrets.token_bytes(32)})
        _destroy_salts(day)
    return blake2b(settings.SECRET_KEY.encode(), key=bytes(salt.value), digest_size=32).digest()


def keep(day: dt.date, seen: Mapping[Page, Iterable[int]]) -> None:
    """Adds identifiers to the sketches of the day. Whatever comes in again changes nothing.

    A day that is closed takes no more. Five queries and one for each row.
    """
    if day < _first_open_day():
        return
    visitors = _by_row(seen)
    with transaction.atomic():
        DayCount.objects.bulk_create(
            (
                DayCount(day=day, hub_id=hub, kind=kind, registers=b"")
                for hub, kind in _missing(day, visitors)
            ),
            ignore_conflicts=True,
        )
        rows = DayCount.objects.select_for_update().filter(day=day, registers__isnull=False).order_by("pk")
        for row in rows:
            if new := visitors.get((row.hub_id, PageKind(row.kind))):
                row.registers, row.visitors = merged(bytes(row.registers or b"") or None, new)
                row.save(update_fields=["registers", "visitors"])


def close_days() -> None:
    """Of days that are over, the numbers stay and nothing else: salts are overwritten and deleted, sketches emptied."""
    with transaction.atomic():
        _destroy_salts(timezone.localdate())
        DayCount.objects.filter(day__lt=_first_open_day(), registers__isnull=False).update(registers=None)


def _first_open_day() -> dt.date:
    return timezone.localdate(timezone.now() - GRACE)


def _destroy_salts(today: dt.date) -> None:
    """Overwritten first: what is deleted may lie in the file for a while. A clock that goes ahead destroys nothing."""
    past = DaySalt.objects.filter(day__lt=today)
    if past.update(value=bytes(32)):
        past.delete()


def _missing(day: dt.date, wanted: Iterable[Key]) -> list[Key]:
    there = set(DayCount.objects.filter(day=day).values_list("hub", "kind"))
    return [(hub, kind) for hub, kind in wanted if (hub, kind.value) not in there]


def _by_row(seen: Mapping[Page, Iterable[int]]) -> dict[Key, set[int]]:
    """What each row gets: of its hub and of the installation, by kind and together. Embeds only by their kind."""
    hubs = _hubs_of({page.owner for page in seen})
    rows: dict[Key, set[int]] = defaultdict(set)
    for page, visitors in seen.items():
        hub = hubs.get(page.owner)
        if page.owner.kind == "hub" and hub is None:
            continue  # no such city, or a private one
        for whose in {hub, None}:
            rows[whose, page.kind] |= set(visitors)
            if page.kind != PageKind.EMBED:
                rows[whose, PageKind.ALL] |= set(visitors)
    return rows


def _hubs_of(owners: set[Owner]) -> dict[Owner, int]:
    slugs = [owner.name for owner in owners if owner.kind == "hub"]
    hubs = Hub.objects.filter(is_published=True, slug__in=slugs).values_list("slug", "pk")
    found = {Owner("hub", slug): pk for slug, pk in hubs}
    things = {owner for owner in owners if owner.kind not in ("", "hub")}
    for ask in hooks.owners if things else ():
        found.update(ask(things))
    return found
