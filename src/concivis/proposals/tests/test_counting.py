"""The number: counted beside the signing, equal to the rows, and each threshold once."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from concivis.hubs.models import RecordLine
from concivis.proposals import counting, numbers
from concivis.proposals.actions import signing
from concivis.proposals.enums import Check, Event, State, Support, Threshold
from concivis.proposals.factories import AttemptFactory, ProposalFactory, RulesFactory, SignatureFactory
from concivis.proposals.models import Happening, Proposal, Signature, Tally
from concivis.shell import keys

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def just_started() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    counting._based.clear()
    counting._newest.clear()


def sign(proposal: Proposal, number: int = 1, **said: object) -> list[Signature]:
    return [SignatureFactory(proposal=proposal, **said) for _ in range(number)]


def tally_of(proposal: Proposal) -> Tally:
    return Tally.objects.get(proposal=proposal)


def with_threshold(number: int) -> Proposal:
    rules = RulesFactory()
    rules.steps.create(threshold=Threshold.ANSWER, number=number)
    return ProposalFactory(rules=rules, hub=rules.hub)


def test_signing_writes_no_number() -> None:
    proposal = ProposalFactory()
    counting.count_collecting()
    key = keys.new()
    AttemptFactory(proposal=proposal, key=key)
    signing.confirm(key=key)
    assert tally_of(proposal).legal == 0
    counting.count_collecting()
    assert tally_of(proposal).legal == 1


def test_what_came_long_ago_and_what_came_just_now_are_counted_together() -> None:
    proposal = ProposalFactory()
    sign(proposal, 3, signed_at=timezone.now() - LONG_AGO)
    counting.count_collecting()
    sign(proposal, 2)
    counting.count_collecting()
    assert (tally_of(proposal).legal, tally_of(proposal).base["legal"]) == (5, 3)


def test_support_from_others_is_counted_apart() -> None:
    proposal = ProposalFactory()
    sign(proposal, 2)
    sign(proposal, 3, support=Support.CONSULTATIVE)
    counting.count_collecting()
    tally = tally_of(proposal)
    assert (tally.legal, tally.consultative, tally.counts) == (2, 3, 2)


def test_valid_is_told_apart_from_what_awaits_the_register() -> None:
    proposal = ProposalFactory()
    sign(proposal, 3)
    sign(proposal, 2, check_state=Check.VALID)
    sign(proposal, 1, check_state=Check.INVALID)
    counting.count_collecting()
    tally = tally_of(proposal)
    assert (tally.legal, tally.valid, tally.invalid) == (5, 2, 1)


def test_districts_are_counted() -> None:
    proposal = ProposalFactory()
    sign(proposal, 2, area="north", signed_at=timezone.now() - LONG_AGO)
    sign(proposal, 1, area="north")
    sign(proposal, 1, area="south")
    sign(proposal, 5, area="south", support=Support.CONSULTATIVE)
    counting.count_collecting()
    assert tally_of(proposal).areas == {"north": 3, "south": 1}


def test_who_withdraws_is_no_longer_counted() -> None:
    proposal = ProposalFactory()
    first, _second = sign(proposal, 2, signed_at=timezone.now() - LONG_AGO)
    counting.count_collecting()
    signing.withdraw(signature=first)
    counting._based.clear()
    counting.count_collecting()
    assert tally_of(proposal).legal == 1


def test_a_clock_that_jumped_back_is_put_right_from_the_rows() -> None:
    proposal = ProposalFactory()
    counting.count_collecting()
    sign(proposal, 1, signed_at=timezone.now() - LONG_AGO)
    counting.reconcile()
    assert tally_of(proposal).legal == 1


def test_what_a_clock_took_that_runs_behind_is_counted_at_the_next_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "COSTS", 0)
    proposal, other = ProposalFactory(), ProposalFactory()
    sign(proposal, 2)
    sign(other)
    for _ in range(3):
        counting.count_collecting()
    sign(proposal, 1, signed_at=timezone.now() - LONG_AGO)
    counting.count_collecting()
    assert (tally_of(proposal).legal, tally_of(other).legal) == (3, 1)


def test_what_is_frozen_is_not_counted_again() -> None:
    proposal = ProposalFactory(state=State.CLOSED)
    Tally.objects.create(proposal=proposal, legal=9, frozen_at=timezone.now())
    sign(proposal)
    counting.reconcile()
    assert numbers.recount(proposal).legal == 9


def test_a_number_that_stays_says_since_when() -> None:
    proposal = ProposalFactory()
    counting.count_collecting()
    before = tally_of(proposal).counted_at
    assert counting.count_collecting() == 0
    assert tally_of(proposal).counted_at == before


def test_while_somebody_closed_it_the_count_does_not_write_over_that() -> None:
    proposal = ProposalFactory()
    counting.count_collecting()
    as_read = tally_of(proposal)
    sign(proposal)
    numbers.recount(proposal)
    assert not numbers.keep(as_read, {**numbers.NONE, "legal": 7})
    assert tally_of(proposal).legal == 1


def test_three_proposals_cost_as_many_questions_as_one(django_assert_num_queries: object) -> None:
    for _ in range(3):
        sign(ProposalFactory())
    counting.count_collecting()
    with django_assert_num_queries(4):  # type: ignore[operator]
        counting.count_collecting()


# --- thresholds --------------------------------------------------------------------------------------------


def test_a_threshold_is_reached_once_with_a_line_in_the_record() -> None:
    proposal = with_threshold(2)
    sign(proposal, 1)
    counting.count_collecting()
    assert not Happening.objects.filter(event=Event.REACHED).exists()
    sign(proposal, 2)
    for _ in range(2):
        counting.count_collecting()
        counting.reach_crossed([proposal.pk])
    reached = Happening.objects.get(event=Event.REACHED)
    assert (reached.threshold, reached.number) == (Threshold.ANSWER, 2)
    assert RecordLine.objects.filter(action="proposal.reached").count() == 1


def test_a_number_that_the_rows_do_not_bear_out_reaches_nothing() -> None:
    proposal = with_threshold(2)
    sign(proposal, 1)
    Tally.objects.create(proposal=proposal, legal=2)
    counting.reach_crossed([proposal.pk])
    assert not Happening.objects.filter(event=Event.REACHED).exists()


def test_support_from_others_reaches_no_threshold() -> None:
    proposal = with_threshold(2)
    sign(proposal, 5, support=Support.CONSULTATIVE)
    counting.count_collecting()
    assert not Happening.objects.filter(event=Event.REACHED).exists()


def test_what_was_reached_stays_reached_when_somebody_withdraws() -> None:
    proposal = with_threshold(1)
    (signature,) = sign(proposal)
    counting.count_collecting()
    signing.withdraw(signature=signature)
    counting._based.clear()
    counting.count_collecting()
    assert Happening.objects.filter(event=Event.REACHED).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_several_who_see_it_crossed_at_the_same_moment_say_so_once() -> None:
    proposal = with_threshold(2)
    sign(proposal, 2)
    at_once(8, lambda: counting.reach(proposal, Threshold.ANSWER))
    assert Happening.objects.filter(event=Event.REACHED).count() == 1
    assert RecordLine.objects.filter(action="proposal.reached").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_a_button_pressed_by_eight_hands_at_once_signs_once() -> None:
    proposal = ProposalFactory()
    pressed = [keys.new() for _ in range(2)]
    for key in pressed:
        AttemptFactory(proposal=proposal, email="ada@example.org", key=key)
    outcomes = at_once(8, lambda n: signing.confirm(key=pressed[n % 2])[0])
    assert Signature.objects.count() == 1
    assert set(outcomes) <= {signing.Outcome.SIGNED, signing.Outcome.STANDS}


def at_once(number: int, work: object) -> list[object]:
    """What `work` gave in each of so many threads that begin together."""
    begin, found = threading.Barrier(number), []

    def run(n: int) -> None:
        try:
            begin.wait()
            found.append(work(n) if work.__code__.co_argcount else work())  # type: ignore[attr-defined, operator]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
