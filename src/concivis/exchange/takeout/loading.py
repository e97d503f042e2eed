"""Loads a take-out into an empty installation: whole or not at all."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import FileField, Max, Model
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.catalogue import actions as catalogue
from concivis.catalogue.models import Card
from concivis.exchange.takeout.contents import TAKEN, model_of
from concivis.exchange.takeout.lines import Line, Reader
from concivis.exchange.takeout.opening import Archive, BrokenArchive
from concivis.hubs import record
from concivis.hubs.models import Chain, Hub, RecordLine
from concivis.places.models import Country, Place, PlaceName, Region
from concivis.twinning.actions.partnerships import places_key
from concivis.twinning.models import Partnership, Side
from concivis.vocabulary.models import Term

# nothing refers to their numbers, and an installation without hubs may have some of its own: they get new ones
RENUMBERED = {"hubs.Chain", "hubs.RecordLine", "reach.DayCount", "newsletter.Subscription"}
RECORD = {"hubs.Chain", "hubs.RecordLine"}
SPOILT = (ValidationError, DatabaseError, KeyError, TypeError, ValueError, AttributeError, OverflowError)


def load(archive: Archive) -> Hub:
    """The hub as it was, with new accounts to come. Raises BrokenArchive; then nothing is changed."""
    _require_empty()
    kept: list[tuple[Storage, str]] = []
    try:
        with transaction.atomic():
            hub = _load(archive, kept)
    except BaseException as error:
        for storage, name in kept:
            storage.delete(name)
        if isinstance(error, SPOILT) and not isinstance(error, BrokenArchive):
            raise BrokenArchive(
                _("The archive does not fit together: %(why)s") % {"why": str(error)[:200]}
            ) from error
        raise
    return hub


def _require_empty() -> None:
    if hub := Hub.objects.first():
        raise BrokenArchive(
            _("This installation is not empty: %(hub)s is here. Load the archive into a new one.")
            % {"hub": hub.name}
        )
    if User.objects.exists():
        raise BrokenArchive(
            _("Somebody has an account here already. Load the archive before the first person signs up.")
        )
    for label in TAKEN:
        if label not in RENUMBERED and model_of(label)._base_manager.exists():
            raise BrokenArchive(
                _(
                    "This installation is not empty: the table %(table)s has rows. Load the archive into a new one."
                )
                % {"table": label}
            )


def _load(archive: Archive, kept: list[tuple[Storage, str]]) -> Hub:
    reader = Reader(_shared(archive))
    for label in TAKEN:
        if label not in RECORD:
            _fill(archive, label, reader, kept)
    _load_record(archive, reader)
    _renew_places_keys()
    _go_on_counting()
    connection.check_constraints()
    hub = Hub.objects.get()
    if broken := record.verify(hub):
        raise BrokenArchive(str(broken[0].reason))
    catalogue.rebuild()
    for line in archive.lines("catalogue.Card"):
        dates = {name: parse_datetime(line[name]) for name in ("published_at", "changed_at")}
        Card.objects.filter(kind=line["kind"], public_id=line["public_id"]).update(**dates)
    return hub


# --- what installations share ------------------------------------------------------------------------------------


def _shared(archive: Archive) -> dict[str, dict[Any, Any]]:
    keys: dict[str, dict[Any, Any]] = {}
    known = set(Country.objects.values_list("pk", flat=True))
    countries = list(archive.lines("places.Country"))
    Country.objects.bulk_create(Country(**line) for line in countries if line["code"] not in known)
    keys["places.Country"] = {line["code"]: line["code"] for line in countries}
    keys["places.Region"] = {line["id"]: _region(line) for line in archive.lines("places.Region")}
    keys["places.Place"] = {
        line["id"]: _place(line, keys["places.Region"]) for line in archive.lines("places.Place")
    }
    here = {(term.scheme_id, term.code): term.pk for term in Term.objects.all()}
    terms = list(archive.lines("vocabulary.Term"))
    if missing := [line["code"] for line in terms if (line["scheme"], line["code"]) not in here]:
        raise BrokenArchive(
            _("The archive uses words that are not known here (%(words)s). Load the vocabulary first.")
            % {"words": ", ".join(missing[:5])}
        )
    keys["vocabulary.Term"] = {line["id"]: here[line["scheme"], line["code"]] for line in terms}
    return keys


def _region(line: Line) -> int:
    region, _made = Region.objects.get_or_create(
        country_id=line["country_id"], code=line["code"], defaults={"name": line["name"]}
    )
    return region.pk


def _place(line: Line, regions: dict[Any, Any]) -> int:
    for name in ("public_id", "geonames_id", "wikidata_id"):
        if line[name] and (found := Place.objects.filter(**{name: line[name]}).first()):
            return found.pk
    names = line.pop("names")
    line = {**line, "region_id": regions.get(line["region_id"])}
    line.pop("id")
    place = Place(**line)
    place.save_base(raw=True, force_insert=True)
    for each in names:
        each.pop("id")
        PlaceName(**{**each, "place_id": place.pk}).save_base(raw=True, force_insert=True)
    return place.pk


# --- the rows ----------------------------------------------------------------------------------------------------


def _fill(archive: Archive, label: str, reader: Reader, kept: list[tuple[Storage, str]]) -> None:
    model = model_of(label)
    known = {field.attname for field in model._meta.concrete_fields}
    known |= {field.name for field in model._meta.many_to_many}
    stored = [field for field in model._meta.concrete_fields if isinstance(field, FileField)]
    for line in archive.lines(label):
        if unknown := set(line) - known:
            raise BrokenArchive(
                _("The archive was made by a newer version of Concivis (%(field)s). Update this one first.")
                % {"field": f"{label}.{min(unknown)}"}
            )
        row, related = reader.row(model, line)
        if label in RENUMBERED:
            row.pk = None
        for field in stored:
            _keep_file(archive, row, field, kept)
        row.save_base(raw=True, force_insert=True)
        for name, keys in related.items():
            getattr(row, name).set(keys)


def _keep_file(archive: Archive, row: Model, field: FileField, kept: list[tuple[Storage, str]]) -> None:
    """Under the name it had, or another where that is taken."""
    name = str(getattr(row, field.attname) or "")
    if not name or name not in archive.files:
        return
    with archive.file(name) as source:
        saved = field.storage.save(name, File(source, name))
    kept.append((field.storage, saved))
    setattr(row, field.attname, saved)


def _load_record(archive: Archive, reader: Reader) -> None:
    """Line by line, as it was written: the lock on the record lets nothing else through."""
    for line in archive.lines("hubs.Chain"):
        chain = Chain.objects.create(hub_id=line["hub_id"])
        length, head = 0, ""
        for said in archive.lines("hubs.RecordLine"):
            row, _related = reader.row(RecordLine, {**said, "id": None, "chain_id": chain.pk})
            row.save_base(raw=True, force_insert=True)
            length, head = said["number"], said["hash"]
            Chain.objects.filter(pk=chain.pk).update(length=length, head=head)
        if (length, head) != (line["length"], line["head"]):
            raise BrokenArchive(_("The record in the archive is not whole."))


def _renew_places_keys() -> None:
    """They are made of the places' numbers, which may be others here."""
    sides: dict[int, list[int]] = {}
    for partnership, place in Side.objects.values_list("partnership", "place"):
        sides.setdefault(partnership, []).append(place)
    for each in Partnership.objects.all():
        key = places_key(sides.get(each.pk, []))
        if key != each.places_key:
            Partnership.objects.filter(pk=each.pk).update(places_key=key)


def _go_on_counting() -> None:
    """New rows get new numbers; nobody gets the number of somebody whom the record names."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model_of(label) for label in TAKEN]):
            cursor.execute(statement)
        most = RecordLine.objects.aggregate(most=Max("actor"))["most"] or 0
        placeholder = User(pk=most + 1, email="nobody@invalid", is_active=False)
        placeholder.save_base(raw=True, force_insert=True)
        for statement in connection.ops.sequence_reset_sql(no_style(), [User]):
            cursor.execute(statement)
        placeholder.delete()
