import datetime as dt
from dataclasses import dataclass

import pytest

from concivis.shell.dates import PartialDate
from concivis.twinning import chronology

TODAY = dt.date(2026, 11, 22)
A, B = 1, 2


@dataclass(frozen=True)
class Event:
    kind: str
    when: PartialDate
    side_id: int | None


def event(kind: str, when: str, side: int | None = None) -> Event:
    return Event(kind, PartialDate.parse(when), side)


def refused(changed: Event, *others: Event, state: str = "drafted") -> str:
    return chronology.objection(changed, others, state=state, today=TODAY)


def state(*events: Event) -> str | None:
    return chronology.state_after(events, [A, B])


# --- what cannot be ----------------------------------------------------------------------------------------


def test_nothing_is_noted_that_lies_in_the_future():
    assert "is in the future" in refused(event("signed", "2026-11-23"))
    assert "is in the future" in refused(event("ratified", "2027"))


def test_today_and_this_year_are_not_the_future():
    assert refused(event("signed", "2026-11-22")) == ""
    assert refused(event("signed", "2026")) == ""


def test_a_side_does_not_sign_before_its_council_has_voted():
    assert "votes before it signs: the vote noted for this side is of May 1963" in refused(
        event("signed", "1963-04-30", A), event("ratified", "1963-05", A)
    )


def test_the_vote_of_all_sides_counts_for_each():
    assert "votes before it signs" in refused(event("signed", "1962", A), event("ratified", "1963"))


def test_one_side_may_sign_before_the_other_has_voted():
    assert (
        refused(event("signed", "2019", A), event("ratified", "2018", A), event("ratified", "2023", B)) == ""
    )


def test_dates_that_are_not_known_exactly_enough_do_not_contradict_each_other():
    assert refused(event("signed", "1963", A), event("ratified", "1963-05-03", A)) == ""


def test_a_vote_noted_second_is_held_to_the_same_order():
    assert "later than the signature of 1963" in refused(
        event("ratified", "1964", A), event("signed", "1963", A)
    )


def test_a_vote_after_the_signature_belongs_to_a_renewal():
    signed, renewed = event("signed", "1963", A), event("renewed", "2003", A)
    assert refused(event("ratified", "2003", A), signed, renewed) == ""
    assert refused(event("ratified", "2003", A), signed, event("ratified", "1963", A)) == ""


def test_it_is_not_countersigned_before_it_was_signed():
    assert "countersigned before it was signed, on 2019" in refused(
        event("countersigned", "2018", B), event("signed", "2019", A)
    )
    assert "was countersigned before this date" in refused(
        event("signed", "2019", A), event("countersigned", "2018", B)
    )
    assert refused(event("countersigned", "2023", B), event("signed", "2019", A)) == ""


@pytest.mark.parametrize("kind", ["renewed", "suspended"])
def test_nothing_that_follows_a_signature_comes_before_the_first(kind):
    assert "earlier than the first signature, of 1963" in refused(
        event(kind, "1962"), event("signed", "1963")
    )
    assert "before this signature" in refused(event("signed", "1963"), event(kind, "1962"))
    assert refused(event(kind, "2003"), event("signed", "1963")) == ""
    assert refused(event(kind, "2003")) == ""


def test_only_what_was_suspended_is_resumed():
    assert "Only what was suspended" in refused(event("resumed", "2024"), state="active")
    assert refused(event("resumed", "2024"), event("suspended", "2022")) == ""
    assert "Only what was suspended" in refused(event("resumed", "2021"), event("suspended", "2022"))


def test_what_was_resumed_is_not_resumed_again():
    assert "Only what was suspended" in refused(
        event("resumed", "2025"), event("suspended", "2022"), event("resumed", "2024")
    )


def test_a_list_may_know_a_suspension_without_its_date():
    assert refused(event("resumed", "2024"), state="suspended") == ""


def test_one_side_cannot_resume_what_the_other_suspended():
    assert "Only what was suspended" in refused(event("resumed", "2024", B), event("suspended", "2022", A))


def test_what_has_ended_is_not_suspended_any_more():
    assert "It ended on 2020" in refused(event("suspended", "2022"), event("ended", "2020"))
    assert refused(event("suspended", "2022"), event("ended", "2010"), event("renewed", "2015")) == ""


def test_a_suspension_stays_while_a_resumption_rests_on_it():
    suspended, resumed = event("suspended", "2022"), event("resumed", "2024")
    assert "Delete the resumption first" in chronology.objection_to_removal(suspended, [resumed])
    assert chronology.objection_to_removal(resumed, [suspended]) == ""


# --- the state that follows --------------------------------------------------------------------------------


def test_the_state_goes_from_the_vote_to_the_last_signature():
    assert state() is None
    assert state(event("ratified", "2018", A)) == "ratified"
    assert state(event("ratified", "2018", A), event("signed", "2019", A)) == "signed"
    assert state(event("signed", "2019", A), event("countersigned", "2023", B)) == "active"
    assert state(event("signed", "2019")) == "active"


def test_a_suspended_partnership_is_not_ended_and_resumes():
    signed, suspended = event("signed", "1990"), event("suspended", "2022-03")
    assert state(signed, suspended) == "suspended"
    assert state(signed, suspended, event("resumed", "2022")) == "active"


def test_it_is_in_force_again_when_no_side_suspends_it_any_more():
    both = [event("suspended", "2022", A), event("suspended", "2022-05", B)]
    assert state(*both, event("resumed", "2024", A)) == "suspended"
    assert state(*both, event("resumed", "2024", A), event("resumed", "2025", B)) == "active"


def test_either_side_ends_it_for_both():
    assert state(event("signed", "1990"), event("ended", "2024", B)) == "ended"


def test_a_renewal_after_the_end_begins_it_anew():
    assert state(event("signed", "1963"), event("ended", "1980"), event("renewed", "2003")) == "active"


def test_what_a_list_says_is_in_force_is_not_lowered_by_a_date_that_tells_less():
    assert (
        chronology.next_state("active", None, chronology.PartnershipState("ratified"), "ratified") == "active"
    )


def test_a_signature_taken_back_takes_the_state_with_it():
    states = chronology.PartnershipState
    assert chronology.next_state("active", states.ACTIVE, states.SIGNED, "signed") == "signed"
    assert chronology.next_state("signed", states.SIGNED, None, "signed") == "drafted"
    assert chronology.next_state("suspended", states.SUSPENDED, None, "suspended") == "active"
