"""Which class knows the entries of a kind."""

from collections.abc import Mapping

from concivis.exchange.sheets.entries import Entries
from concivis.exchange.sheets.enums import SheetKind
from concivis.exchange.sheets.fields import Field
from concivis.exchange.sheets.initiatives import Initiatives
from concivis.exchange.sheets.organisations import Organisations
from concivis.hubs.models import Hub

KINDS: Mapping[str, type[Entries]] = {
    SheetKind.INITIATIVES.value: Initiatives,
    SheetKind.ORGANISATIONS.value: Organisations,
}


def entries(kind: str, hub: Hub) -> Entries:
    return KINDS[kind](hub)


def fields_of(kind: str) -> tuple[Field, ...]:
    return KINDS[kind].fields
