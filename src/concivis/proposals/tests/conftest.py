"""What who proposes or supports something finds there."""

import pytest
from django.core.cache import cache

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.proposals import factories


@pytest.fixture
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def hub() -> Hub:
    """With rules, so that one can propose."""
    made = HubFactory(slug="hamm", name="Hamm")
    factories.RulesFactory(hub=made)
    return made


@pytest.fixture
def commits(django_capture_on_commit_callbacks: object) -> object:
    return lambda: django_capture_on_commit_callbacks(execute=True)  # type: ignore[operator]
