from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from concivis.mailings import sending
from concivis.newsletter import watching
from concivis.newsletter.actions import watches
from concivis.newsletter.enums import Rhythm
from concivis.newsletter.factories import SubscriptionFactory
from concivis.newsletter.finding import found_by
from concivis.newsletter.models import Subscription
from concivis.newsletter.tests.scene import office, publish
from concivis.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_kept_of_other_tests() -> None:
    watching._between.cache_clear()
    found_by.cache_clear()


def watch(hub: object, *, days: int, **more: object) -> Subscription:
    told = timezone.now() - timedelta(days=days)
    return SubscriptionFactory(hub=hub, told_until=told, **{"rhythm": Rhythm.DAILY, **more})


def test_what_is_new_is_told_once() -> None:
    hub, _person = office()
    watch(hub, days=1)
    assert watches.tell_due() == 1
    assert sending.send_due() == 1
    assert "2 things are new" in mail.outbox[0].subject
    assert watches.tell_due() == 0
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert watches.tell_due() == 1
        assert sending.send_due() == 0  # nothing has happened since


def test_a_weekly_watch_waits_a_week() -> None:
    hub, _person = office()
    watch(hub, days=6, rhythm=Rhythm.WEEKLY)
    assert watches.tell_due() == 0


def test_a_watch_tells_what_was_asked_for() -> None:
    office()
    watch(None, days=1, wanted={"country": ["MX"]})
    watches.tell_due()
    sending.send_due()
    assert "Mazatlán" in str(mail.outbox[0].body)
    assert "Tamale" not in str(mail.outbox[0].body)


def test_a_watch_of_words_tells_what_the_search_finds() -> None:
    office()
    watch(None, days=1, wanted={"q": ["schools"]})
    watches.tell_due()
    sending.send_due()
    assert "Tamale" in str(mail.outbox[0].body)
    assert "Mazatlán" not in str(mail.outbox[0].body)


def test_a_watch_of_an_office_tells_nothing_of_others() -> None:
    office(slug="hamm")
    other, _person = office(slug="halle")
    publish(other, "third1", "GH", "A third thing")
    watch(None, days=1, wanted={"hub": ["halle"], "country": ["GH"]})
    watches.tell_due()
    sending.send_due()
    assert "A third thing" in str(mail.outbox[0].body)
    assert str(mail.outbox[0].body).count("Tamale") <= 1


def test_a_watch_of_a_place_tells_what_is_done_there() -> None:
    hub, _person = office()
    town = PlaceFactory(name="Tema")
    publish(hub, "third1", "GH", "A harbour", places=frozenset({town.pk}))
    watch(None, days=1, wanted={"place": [town.public_id]})
    watches.tell_due()
    sending.send_due()
    assert "A harbour" in str(mail.outbox[0].body)
    assert "Tamale" not in str(mail.outbox[0].body)


def test_words_and_a_country_narrow_each_other() -> None:
    office()
    watch(None, days=1, wanted={"q": ["school"], "country": ["MX"]})
    watches.tell_due()
    assert sending.send_due() == 0


def test_two_watches_of_an_address_make_one_letter() -> None:
    hub, _person = office()
    for country in ("MX", "GH"):
        watch(hub, days=1, email="a@example.org", wanted={"country": [country]})
    assert watches.tell_due() == 2
    assert sending.send_due() == 1
    assert "Tamale" in str(mail.outbox[0].body)
    assert "Mazatlán" in str(mail.outbox[0].body)


def test_a_long_list_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SHOWN", 1)
    hub, _person = office()
    publish(hub, "third1", "GH", "A third thing")
    watch(hub, days=1)
    watches.tell_due()
    sending.send_due()
    assert "And 2 more." in str(mail.outbox[0].body)
