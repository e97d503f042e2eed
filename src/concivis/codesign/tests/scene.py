"""What the tests of pages share: an office with a bit of everything, and a connector with a key."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from concivis.codesign.actions import InsightFacts, expenses, insights, messages, participants, training
from concivis.codesign.actions.connectors import say_about_oneself
from concivis.codesign.enums import Need
from concivis.codesign.factories import ConnectorFactory, PhaseFactory, ProcessFactory, SessionFactory
from concivis.codesign.models import Connector, ConnectorKey, Process
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.shell import keys

BEGAN, ENDED = datetime(2026, 3, 1, 17, tzinfo=UTC), datetime(2026, 3, 1, 19, tzinfo=UTC)


def key_of(connector: Connector) -> str:
    """A key that opens the connector's pages."""
    key = keys.new()
    ConnectorKey.objects.update_or_create(
        connector=connector, defaults={"key_hash": keys.hashed(key), "made_at": BEGAN}
    )
    return key


def heard(process: Process, connector: Connector | None = None, **said: Any) -> Any:
    facts = InsightFacts(
        text=said.pop("text", "No letter comes in Tamil."), language="en", process=process, **said
    )
    return insights.record_insight(by=None, hub=process.hub, facts=facts, connector=connector)


def scene() -> SimpleNamespace:
    hub = HubFactory(slug="city", timezone="Europe/Berlin")
    person = MembershipFactory(hub=hub, role="coordinator").user
    process = ProcessFactory(hub=hub, summary="What is missing?", public_id="pr1")
    PhaseFactory(process=process, position=0, code="listening", name="")
    connector = ConnectorFactory(hub=hub, name="Lina", public_id="co1")
    say_about_oneself(
        connector=connector,
        name="Lina",
        name_public=False,
        communities={"Tamil families": False},
        languages={"ta": True},
    )
    held = SessionFactory(process=process, starts_at=BEGAN, ends_at=ENDED, title="Tea", public_id="se1")
    held.connectors.add(connector)
    note = insights.write_note(by=person, session=held, text="Many came late.", language="en")
    insight = heard(process, connector, session=held, need=Need.INFORMATION)
    part = training.add_part(by=person, hub=hub, title="Listening", language="en")
    training.note_done(by=person, connector=connector, part=part, done_on=date(2026, 2, 1))
    expense = expenses.enter_expense(
        connector=connector, date=date(2026, 2, 1), what="Ticket", amount=Decimal("3.20")
    )
    messages.write_to_office(connector=connector, text="When is the answer?")
    participant = participants.note_participant(
        by=person, session=held, name="", email="p@example.org", language="en", agreed_how="on paper"
    )
    return SimpleNamespace(
        hub=hub, person=person, process=process, connector=connector, session=held, note=note,
        insight=insight, part=part, expense=expense, participant=participant,
    )  # fmt: skip
