"""A city that publishes its development cooperation."""

import datetime as dt
from decimal import Decimal
from typing import Any

from concivis.directory.enums import OrganisationKind
from concivis.directory.factories import organisation
from concivis.directory.models import Organisation
from concivis.exchange.iati import actions
from concivis.exchange.iati.actions import IatiFacts
from concivis.exchange.iati.records import Paid
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.initiatives.actions import Budget, Contact, Development, Involved, translate
from concivis.initiatives.enums import OrganisationRole
from concivis.initiatives.factories import initiative
from concivis.initiatives.models import Initiative
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.vocabulary.models import Term

OWN = "DE-CR-HRB1"


def publishing(**kwargs: Any) -> Hub:
    hub = HubFactory(slug="hamm", name="Hamm", language="de", **kwargs)
    actions.set_publisher(by=None, hub=hub, identifier=OWN, organisation_type="11")
    return hub


def carrier(hub: Hub) -> Organisation:
    return organisation(
        "Förderverein Wasser",
        hub=hub,
        kind=OrganisationKind.ASSOCIATION,
        register_scheme="DE-CR",
        register_number="VR 77",
    )


def wells(hub: Hub, **said: Any) -> Initiative:
    """A complete activity, told in German and English, in two countries."""
    ghana, togo = CountryFactory(code="GH"), CountryFactory(code="TG")
    town = PlaceFactory(country=ghana, name="Tamale", geonames_id=2294877, latitude=9.4, longitude=-0.84)
    facts = {
        "language": "de",
        "summary": "Wir bauen Brunnen & Zisternen.",
        "story": "Seit 2019 bohren wir.\n\nJedes Jahr einen.",
        "started": "2019",
        "countries": (ghana.pk, togo.pk),
        "places": (town,),
        "terms": tuple(Term.objects.filter(code__in=["water-and-sanitation", "sdg-06"])),
        "involved": (
            Involved(organisation=carrier(hub), role=OrganisationRole.LEAD),
            Involved(name="Wasserkomitee Tamale", role=OrganisationRole.PARTNER),
            Involved(name="Stadtwerke", role=OrganisationRole.SUPPORTER),
        ),
        "contact": Contact(
            name="Example Person",
            email="person@example.org",
            phone="123",
            public=frozenset({"name"}),
            consent_on=dt.date(2026, 1, 2),
            consent_how="by mail",
        ),
        "development": Development(
            dac_code="14030",
            budget=(
                Budget(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), amount=Decimal(5000)),
            ),
        ),
        **said,
    }
    made = initiative("Brunnen für Tamale", hub=hub, **facts)
    translate(by=None, initiative=made, language="en", title="Wells for Tamale", summary="We build wells.")
    shares = {"GH": Decimal("62.5"), "TG": Decimal("37.5")} if "countries" not in said else {}
    paid = (
        Paid(on=dt.date(2026, 3, 1), amount=Decimal("1200.50"), currency="EUR", receiver="Wasserkomitee"),
    )
    actions.write_facts(by=None, initiative=made, facts=IatiFacts(shares=shares, paid=paid))
    made.refresh_from_db()
    return made
