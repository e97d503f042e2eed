import pytest
from django.test import Client

from concivis.initiatives.factories import initiative
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.reports.actions import reports, stories
from concivis.reports.factories import report
from concivis.reports.tests.scene import at, office
from concivis.twinning.factories import activity, partnership

pytestmark = pytest.mark.django_db(databases="__all__")


def test_smoke(client: Client) -> None:
    hub, person = office(slug="hamm")
    toul = PlaceFactory(name="Toul", latitude=48.68, longitude=5.89)
    tie = partnership(hub.place, toul, hub=hub, signed="1987")
    activity(tie, "2025-05-03")
    with at("2025-03-01 12:00"):
        made = initiative(
            "Water for Tamale", hub=hub, countries=[CountryFactory(code="GH").pk], started="2025"
        )
    draft = report(2025, hub=hub)
    stories.add(by=person, report=draft, kind="initiative", object_id=made.public_id, sentence="We are glad.")
    client.force_login(person)
    for page in (
        "",
        "new/",
        "rules/",
        "2025/",
        "2025/days/",
        "2025/words/",
        "2025/words/?language=de",
        "2025/sections/",
        "2025/stories/",
        "2025/preview/",
        "2025/preview.pdf",
        "2025/preview.xlsx",
        "2025/preview.csv",
        "2025/preview.json",
        "2025/numbers/",
        "2025/numbers/fix/",
        "2025/numbers/release/",
        "2025/publish/",
        "2025/withdraw/",
        "2025/delete/",
        f"2025/stories/{draft.stories.get().pk}/",
    ):
        response = client.get(f"/en/office/hamm/reports/{page}")
        assert response.status_code == 200, page
    reports.fix_numbers(by=person, report=draft)
    assert client.get("/en/office/hamm/reports/2025/numbers/?again").status_code == 200
    reports.publish(by=person, report=draft)
    client.logout()
    for page in ("", "2025/", "2025.pdf", "2025.xlsx", "2025.csv", "2025.json"):
        response = client.get(f"/en/hubs/hamm/reports/{page}")
        assert response.status_code == 200, page
        assert not response.cookies
