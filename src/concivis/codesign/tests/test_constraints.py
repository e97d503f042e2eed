"""What no action, import or shell can write into the tables."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils.timezone import now

from concivis.codesign.enums import ConnectorState, InsightState, ProcessState
from concivis.codesign.factories import (
    ConnectorFactory,
    InsightFactory,
    PhaseFactory,
    ProcessFactory,
    SessionFactory,
)
from concivis.codesign.models import Participant

pytestmark = pytest.mark.django_db


def test_a_process_in_preparation_is_not_public():
    with pytest.raises(IntegrityError):
        ProcessFactory(state=ProcessState.DRAFT, is_published=True)


def test_a_process_is_cancelled_with_a_reason():
    with pytest.raises(IntegrityError):
        ProcessFactory(state=ProcessState.CANCELLED, finished_at=now())


def test_a_phase_is_of_the_template_or_has_a_name_of_its_own():
    with pytest.raises(IntegrityError):
        PhaseFactory(code="listening", name="Listening")


def test_a_session_ends_after_it_begins():
    begins = now()
    with pytest.raises(IntegrityError):
        SessionFactory(starts_at=begins, ends_at=begins - timedelta(hours=1))


def test_a_name_is_kept_only_with_consent():
    with pytest.raises(IntegrityError):
        Participant.objects.create(
            session=SessionFactory(), name="Example", agreed_how="on paper", forget_on=now().date()
        )


def test_an_insight_is_set_aside_with_a_reason():
    with pytest.raises(IntegrityError):
        InsightFactory(state=InsightState.ASIDE)


def test_nothing_of_a_forgotten_connector_is_left():
    with pytest.raises(IntegrityError):
        ConnectorFactory(state=ConnectorState.ENDED, ended_at=now(), forgotten_at=now())
