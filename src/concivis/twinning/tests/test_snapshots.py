import datetime as dt

import pytest
from django.utils import timezone
from django_tasks import default_task_backend

from concivis.hubs.factories import HubFactory
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.twinning import actions, factories, figures, queries
from concivis.twinning.models import FigureSnapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_jobs_of_before():
    default_task_backend.clear()


def jobs() -> int:
    return len(default_task_backend.results)


def test_the_figures_are_those_of_the_public_network():
    a, b, c = PlaceFactory(), PlaceFactory(), PlaceFactory()
    factories.partnership(a, b), factories.partnership(b, c)
    factories.partnership(a, c, state="drafted")
    stored = actions.refresh_figures()
    assert (stored.figures["figures"]["n"], stored.figures["figures"]["m"]) == (3, 2)
    assert stored.figures["pictures"]["degree_distribution"] == [[1, 2], [2, 1]]
    assert queries.snapshot(figures.WORLD) == stored


def test_figures_of_the_present_data_are_not_computed_again():
    factories.partnership()
    first = actions.refresh_figures()
    assert actions.refresh_figures().computed_at == first.computed_at
    factories.partnership()
    assert actions.refresh_figures().computed_at > first.computed_at


def test_there_are_no_figures_before_the_first_were_computed():
    factories.partnership()
    assert queries.snapshot(figures.WORLD) is None


def test_a_burst_of_changes_asks_for_one_job(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.partnership(), factories.partnership(), factories.partnership()
    assert jobs() == 1


def test_after_the_job_the_next_change_asks_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.partnership()
    actions.refresh_figures()
    with django_capture_on_commit_callbacks(execute=True):
        factories.partnership()
    assert jobs() == 2


def test_a_job_that_was_lost_with_its_worker_is_asked_for_again(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.partnership()
        FigureSnapshot.objects.update(wanted_at=timezone.now() - dt.timedelta(hours=2))
        factories.partnership()
    assert jobs() == 2


def test_a_country_and_a_hub_have_networks_of_their_own():
    germany = CountryFactory(code="DE")
    hub = HubFactory(slug="hamm", is_published=True, place=PlaceFactory(country=germany))
    factories.partnership(hub.place, PlaceFactory(country=CountryFactory(code="FR")), hub=hub)
    italy = CountryFactory(code="IT")
    factories.partnership(PlaceFactory(country=italy), PlaceFactory(country=italy))
    assert len(figures.in_scope("world").edges) == 2
    assert len(figures.in_scope("country:DE").edges) == 1
    assert len(figures.in_scope("hub:hamm").edges) == 1


@pytest.mark.parametrize("scope", ["", "hub:none", "country:DEU", "moon"])
def test_a_scope_that_does_not_exist_is_refused_with_a_sentence(scope):
    with pytest.raises(ValueError, match="There are no figures of"):
        figures.in_scope(scope)
