"""Organisations as lists show and export them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from concivis.catalogue.enums import Support
from concivis.directory.enums import Direction, OrganisationKind
from concivis.directory.models import Organisation
from concivis.places.countries import country_name
from concivis.shell.exports import Column
from concivis.shell.templatetags.shell import absolute_url

AT_ONCE = 1000


def complete(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """With all that a list or an export reads: six queries, however many there are."""
    return found.select_related("place", "hub").prefetch_related(
        "ties__place", "terms", "spoken", "exchanges", "other_names"
    )


def streamed(found: QuerySet[Organisation]) -> Iterator[Organisation]:
    """All of them, some thousand at a time."""
    return complete(found).iterator(AT_ONCE)


def where(organisation: Organisation) -> str:
    return organisation.place.name if organisation.place else ""


def tied_to(organisation: Organisation) -> str:
    """“Tamale, Ghana; Togo”: the towns and countries of its ties, each once."""
    said = []
    for tie in organisation.ties.all():
        country = country_name(tie.country_id)
        said.append(f"{tie.place.name}, {country}" if tie.place else country)
    return "; ".join(dict.fromkeys(said))


def kind_label(organisation: Organisation) -> str:
    return str(OrganisationKind(organisation.kind).label)


def supports(organisation: Organisation, direction: Direction) -> list[Support]:
    return [Support(each.support) for each in organisation.exchanges.all() if each.direction == direction]


def tie_of_export(tie: Any) -> str:
    """“origin GH gn2294877 40 families”"""
    parts = [tie.kind, tie.country_id, tie.place.public_id if tie.place else ""]
    return " ".join(filter(None, [*parts, f"{tie.number} {tie.unit}" if tie.number else ""]))


COLUMNS: list[Column[Organisation]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("url", _("page"), lambda row: absolute_url(row.get_absolute_url())),
    Column("name", _("name"), lambda row: row.name),
    Column("name_latin", _("name in Latin letters"), lambda row: row.transliterated),
    Column("other_names", _("other names"), lambda row: [each.name for each in row.other_names.all()]),
    Column("kind", _("kind"), lambda row: row.kind),
    Column("diaspora", _("diaspora organisation"), lambda row: row.is_diaspora),
    Column("legal_form", _("legal form"), lambda row: row.legal_form),
    Column(
        "register", _("register and number"), lambda row: f"{row.register_scheme} {row.register_number}".strip()
    ),
    Column("town", _("town"), where),
    Column("town_id", _("identifier of the town"), lambda row: row.place.public_id if row.place else ""),
    Column(
        "countries", _("countries of its ties, ISO 3166-1"),
        lambda row: list(dict.fromkeys(tie.country_id for tie in row.ties.all())),
    ),
    Column("ties", _("ties"), lambda row: [tie_of_export(tie) for tie in row.ties.all()]),
    Column("themes", _("themes and target groups"), lambda row: [term.code for term in row.terms.all()]),
    Column("languages", _("languages, BCP 47"), lambda row: [each.language for each in row.spoken.all()]),
    Column("needs", _("needs"), lambda row: [each.value for each in supports(row, Direction.NEED)]),
    Column("offers", _("offers"), lambda row: [each.value for each in supports(row, Direction.OFFER)]),
    Column("website", _("website"), lambda row: row.website),
    Column("description", _("about"), lambda row: row.description),
    Column("description_language", _("language of the text, BCP 47"), lambda row: row.language),
    Column("confirmed", _("last confirmed"), lambda row: row.last_confirmed),
    Column("example", _("an example of the demonstration"), lambda row: row.is_example),
    Column("changed", _("last changed"), lambda row: row.changed_at),
]  # fmt: skip

OFFICE_COLUMNS: list[Column[Organisation]] = [
    *COLUMNS,
    Column("email", _("mail address of the organisation"), lambda row: row.email),
    Column("phone", _("telephone of the organisation"), lambda row: row.phone),
    Column("address", _("address"), lambda row: row.address),
    Column("public", _("public"), lambda row: row.is_published),
]
