"""The API as its own description promises it, against real rows."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import booleans
from ninja import Schema
from schemathesis import GenerationMode
from schemathesis.checks import ignored_auth
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api_scene import offices, scene
from concivis.hubs import tokens
from concivis.hubs.factories import HubFactory
from concivis.hubs.scopes import Scope
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.site.api import api
from concivis.twinning import actions, factories
from concivis.twinning.enums import MilestoneKind

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.slow]
API = "/api/v1"


@pytest.fixture(autouse=True)
def requests_keep_the_connection_of_the_test() -> Iterator[None]:
    """As with Django's own client: here the end of a request must not close what the test's rows live in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def rows(db):
    """Three partnerships of four places, and their figures."""
    germany, japan = CountryFactory(code="DE"), CountryFactory(code="JP")
    hamm, halle = PlaceFactory(name="Hamm", country=germany), PlaceFactory(name="Halle", country=germany)
    chiba = PlaceFactory(name="千葉", country=japan, latitude=None, longitude=None, population=None)
    factories.partnership(hamm, halle, signed="1921")
    factories.partnership(hamm, chiba, signed="1963-05", summary="Tee", language="de")
    contact = factories.milestone(MilestoneKind.FIRST_CONTACT, "2001-02-03", place=halle.pk)
    factories.partnership(halle, chiba, milestones=[contact])
    actions.refresh_figures()
    return hamm, halle, chiba


@cache
def description() -> dict[str, Any]:
    return api.get_openapi_schema()


def operations(*, of_an_office: bool) -> dict[str, list[str]]:
    """{"partnerships": ["GET /partnerships/{public_id}", …]}: those that ask, or do not ask, for a token."""
    found: dict[str, list[str]] = {}
    for path, methods in description()["paths"].items():
        short = path.removeprefix(API)
        what = short.removeprefix("/hub").split("/")[1] if short != "/hub" else "hub"
        for method, operation in methods.items():
            if bool(operation.get("security")) == of_an_office:
                found.setdefault(what, []).append(f"{method.upper()} {short}")
    return found


FOR_EVERYBODY, FOR_PROGRAMS = operations(of_an_office=False), operations(of_an_office=True)
EXAMPLES = int(
    os.environ.get("CONCIVIS_API_EXAMPLES") or 10
)  # of valid requests, and of wrong ones; more in a night
# a program's request of the right shape may break a rule of the field; and its token is always sent
RULES_BEYOND_SHAPE = [ignored_auth, positive_data_acceptance, negative_data_rejection]
NAMES = {  # what a parameter in a path is called in `api_scene.scene`
    "public_id": "id", "milestone": "date", "version": "version", "position": "walked", "year": "review",
    "objective": "proposed", "step": "hub_step", "place": "candidate",
}  # fmt: skip


@pytest.mark.parametrize("what", FOR_EVERYBODY)
def test_every_answer_keeps_what_the_description_promises(rows, what, subtests):
    """schemathesis makes requests from the description and checks status, type, headers and shape of the answers."""
    for label in FOR_EVERYBODY[what]:
        for mode in GenerationMode:
            with subtests.test(label, mode=mode.value), undone():
                keeps_its_promise(label, mode)


# schemathesis closes no answer, as a server does at its end
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("what", FOR_PROGRAMS)
def test_every_answer_to_a_program_keeps_it_too(what, subtests, settings, tmp_path):
    """With a partnership that has everything, which half of the requests are about."""
    settings.MEDIA_ROOT = settings.DATA = tmp_path
    around = offices()
    there = {**scene(around), "version": 3}
    hub, person = around["keeper"]
    _, key = tokens.issue_token(by=person, hub=hub, name="website", scopes=list(Scope), expires_on=None)
    for label in FOR_PROGRAMS[what]:
        for mode in GenerationMode:
            with subtests.test(label, mode=mode.value), undone():
                keeps_its_promise(label, mode, {"Authorization": f"Bearer {key}"}, there)


@contextmanager
def undone() -> Iterator[None]:
    """The rows afterwards are those from before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def keeps_its_promise(
    label: str,
    mode: GenerationMode,
    headers: dict[str, str] | None = None,
    there: dict[str, Any] | None = None,
) -> None:
    operation = described()[label]

    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=booleans())
    def holds(case, real):
        if there and real:
            found = {name: there.get(NAMES.get(name, name)) for name in case.path_parameters}
            case.path_parameters.update({name: value for name, value in found.items() if value})
        case.call_and_validate(headers=headers, excluded_checks=RULES_BEYOND_SHAPE if headers else [])

    try:
        holds()
    except Unsatisfiable:
        assert mode == GenerationMode.NEGATIVE  # an operation without parameters cannot be called wrongly


@cache
def described():
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", get_wsgi_application())
    operations = [result.ok() for result in schema.get_all_operations()]
    return {operation.label.replace(API, ""): operation for operation in operations}


def test_no_two_shapes_have_the_same_name():
    """The description knows shapes by their names alone: of two the later would stand for both."""
    described = description()["components"]["schemas"]
    names = Counter(each.__name__ for each in set(shapes_below(Schema)))
    assert [name for name in names if name in described and names[name] > 1] == []


def shapes_below(shape):
    for each in shape.__subclasses__():
        if each.__module__.startswith("concivis"):
            yield each
        yield from shapes_below(each)


def test_a_list_is_paged_and_knows_its_neighbours(client, rows):
    first = client.get(f"{API}/partnerships", {"page_size": 2}).json()
    assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
    second = client.get(first["next"].split("8000")[1]).json()
    assert (len(second["results"]), second["next"]) == (1, None)


def test_a_partnership_tells_its_dates_as_exactly_as_they_are_known(client, rows):
    found = client.get(f"{API}/partnerships", {"q": "chi"}).json()["results"]
    assert found == []
    row = client.get(f"{API}/partnerships", {"q": "千"}).json()["results"][-1]
    detail = client.get(f"{API}/partnerships/{row['id']}").json()
    assert detail["since"] in {"1963-05", None}
    assert {place["name"] for place in detail["places"]} >= {"千葉"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("partnerships/none", 404),
        ("partnerships?kind=marriage", 422),
        ("partnerships?page=x", 422),
        ("places/x", 404),
    ],
)
def test_an_error_is_a_problem_in_plain_words(client, rows, address, status):
    response = client.get(f"{API}/{address}")
    assert response.status_code == response.json()["status"] == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]


def test_what_a_private_hub_keeps_is_not_in_the_api(client, rows):
    hub = HubFactory(is_published=False)
    tie = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    assert client.get(f"{API}/partnerships/{tie.public_id}").status_code == 404
    assert client.get(f"{API}/partnerships").json()["count"] == 3


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_costs_the_same_queries_whatever_its_size(client, rows, size, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get(f"{API}/partnerships", {"page_size": size})
