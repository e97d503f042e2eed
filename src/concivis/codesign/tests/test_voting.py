"""Votes among recommendations: counted as the method says, and nothing twice."""

from itertools import permutations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from concivis.codesign import codes, sheets
from concivis.codesign import outcome_factories as make
from concivis.codesign.actions import voting as actions
from concivis.codesign.factories import ProcessFactory, SessionFactory
from concivis.codesign.forms.voting import options_of
from concivis.codesign.models import Ballot, BallotMark
from concivis.codesign.outcomes import Method, VoteState
from concivis.codesign.voting import counting
from concivis.codesign.voting.counting import by_dots, by_ranking

# a busy machine is no reason to fail
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTIONS = [1, 2, 3, 4]
RANKINGS = some.lists(
    some.permutations(OPTIONS).flatmap(
        lambda order: some.integers(1, len(order)).map(lambda length: tuple(order[:length]))
    ),
    max_size=12,
)


def order(placed) -> list[tuple[int, int]]:
    return [(each.option, each.place) for each in placed]


# --- dots ------------------------------------------------------------------------------------------------------


def test_most_dots_come_first_and_equal_ones_share_a_place():
    found = by_dots([1, 2, 3], [{1: 2, 2: 1}, {2: 1}, {3: 1}])
    assert order(found) == [(1, 1), (2, 1), (3, 3)]
    assert [each.tied for each in found] == [True, True, False]


@calm
@given(some.lists(some.dictionaries(some.sampled_from(OPTIONS), some.integers(1, 5)), max_size=10))
def test_no_dot_is_lost_or_counted_twice(ballots):
    told = sum(each.votes for each in by_dots(OPTIONS, ballots))
    assert told == sum(sum(ballot.values()) for ballot in ballots)


# --- ranking ---------------------------------------------------------------------------------------------------


def test_the_example_of_the_paper_comes_out_as_there():
    """Schulze 2011, example 1: twenty-one ballots over a, b, c, d; the winner is d."""
    a, b, c, d = OPTIONS
    ballots = (
        [(a, c, d, b)] * 8 + [(b, a, d, c)] * 2 + [(c, d, b, a)] * 4 + [(d, b, a, c)] * 4 + [(d, c, b, a)] * 3
    )
    assert by_ranking(OPTIONS, ballots)[0].option == d


def test_the_example_of_forty_five_voters_comes_out_as_published():
    """Five candidates, forty-five ballots: E > A > C > B > D (https://en.wikipedia.org/wiki/Schulze_method)."""
    rows = [
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    ]
    ballots = [tuple(ord(sign) for sign in row) for number, row in rows for _ in range(number)]
    found = by_ranking([ord(sign) for sign in "ABCDE"], ballots)
    assert "".join(chr(each.option) for each in found) == "EACBD"


@calm
@given(RANKINGS)
def test_who_wins_every_comparison_comes_first_alone(ballots):
    preferences = counting._preferences(OPTIONS, ballots)
    for one in OPTIONS:
        if all(preferences[one, other] > preferences[other, one] for other in OPTIONS if other != one):
            first = by_ranking(OPTIONS, ballots)[0]
            assert (first.option, first.place, first.tied) == (one, 1, False)


@calm
@given(RANKINGS)
def test_the_order_of_the_options_on_the_ballot_does_not_matter(ballots):
    usual = {each.option: each.place for each in by_ranking(OPTIONS, ballots)}
    turned = {each.option: each.place for each in by_ranking(OPTIONS[::-1], ballots)}
    assert usual == turned


@calm
@given(RANKINGS)
def test_the_order_of_the_ballots_does_not_matter(ballots):
    assert by_ranking(OPTIONS, ballots) == by_ranking(OPTIONS, ballots[::-1])


@calm
@given(RANKINGS)
def test_whoever_comes_before_another_has_the_smaller_place(ballots):
    strengths = counting._strongest_paths(OPTIONS, counting._preferences(OPTIONS, ballots))
    places = {each.option: each.place for each in by_ranking(OPTIONS, ballots)}
    for one, other in permutations(OPTIONS, 2):
        if strengths[one, other] > strengths[other, one]:
            assert places[one] < places[other]


@calm
@given(RANKINGS)
def test_turning_all_ballots_round_never_keeps_a_sole_winner(ballots):
    whole = [ballot for ballot in ballots if len(ballot) == len(OPTIONS)]
    first = by_ranking(OPTIONS, whole)[0]
    turned = by_ranking(OPTIONS, [ballot[::-1] for ballot in whole])[0]
    if not first.tied:
        assert turned.tied or turned.option != first.option


def test_without_ballots_all_share_the_first_place():
    assert {each.place for each in by_ranking(OPTIONS, [])} == {1}


# --- the vote --------------------------------------------------------------------------------------------------

database = pytest.mark.django_db


def a_vote(method=Method.DOTS, number=3, *, opened=True, **said):
    process = ProcessFactory()
    rows = [make.recommendation(process) for _ in range(number)]
    plain = {"dots": 3, "dots_each": 2} if method == Method.DOTS else {}
    vote = actions.make_vote(
        by=None,
        process=process,
        title="What matters most?",
        language="en",
        method=method,
        recommendations=rows,
        **{**plain, **said},
    )
    return actions.open_vote(by=None, vote=vote) if opened else vote


def marks(vote, *values):
    return dict(zip(vote.options.values_list("pk", flat=True), values, strict=False))


def vote_by(vote, *values, number=1):
    for code in actions.make_ballots(by=None, vote=vote, number=number):
        actions.cast(ballot=actions.find_ballot(code), marks=marks(vote, *values))


@database
def test_a_ballot_counts_once():
    vote = a_vote()
    (code,) = actions.make_ballots(by=None, vote=vote, number=1)
    ballot = actions.find_ballot(code)
    actions.cast(ballot=ballot, marks=marks(vote, 2, 1))
    with pytest.raises(ValidationError):
        actions.cast(ballot=ballot, marks=marks(vote, 0, 0, 2))
    assert BallotMark.objects.count() == 2


@database
def test_the_database_counts_no_recommendation_twice_on_a_ballot():
    vote = a_vote()
    vote_by(vote, 1)
    mark = BallotMark.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotMark.objects.create(ballot=mark.ballot, option=mark.option, dots=1)


@database
@pytest.mark.parametrize("values", [(3,), (2, 2), (0, 0), (-1, 2)])
def test_nobody_has_more_dots_than_there_are(values):
    vote = a_vote()
    with pytest.raises(ValidationError):
        vote_by(vote, *values)


@database
@pytest.mark.parametrize("values", [(1, 1), (2, 3), (1, 3)])
def test_each_place_of_a_ranking_is_given_once(values):
    vote = a_vote(Method.RANKING)
    with pytest.raises(ValidationError):
        vote_by(vote, *values)


@database
def test_a_vote_is_among_what_was_handed_over():
    process = ProcessFactory()
    said = {"by": None, "process": process, "title": "X", "language": "en", "method": Method.RANKING}
    with pytest.raises(ValidationError) as caught:
        actions.make_vote(**said, recommendations=[make.draft(process), make.draft(process)])
    assert set(caught.value.error_dict) == {"recommendations"}


@database
def test_no_result_is_told_while_it_is_open_nor_of_few():
    vote = a_vote()
    vote_by(vote, 2, 1, number=4)
    while_open = actions.result_of(vote).placed
    closed = actions.close_vote(by=None, vote=vote)
    assert (while_open, actions.result_of(closed).placed) == (None, None)


@database
def test_ballots_and_posters_are_added_up():
    vote = a_vote()
    vote_by(vote, 2, 1, number=5)
    session = SessionFactory(process=vote.process)
    for _ in range(2):  # entered again, it replaces
        actions.count_poster(by=None, vote=vote, session=session, dots=marks(vote, 0, 7, 1))
    closed = actions.close_vote(by=None, vote=vote)
    assert [each.votes for each in actions.result_of(closed).placed] == [12, 10, 1]


@database
def test_a_ranking_is_counted():
    vote = a_vote(Method.RANKING)
    vote_by(vote, 2, 1, number=5)
    closed = actions.close_vote(by=None, vote=vote)
    second, first, third = vote.options.values_list("pk", flat=True)
    assert [each.option for each in actions.result_of(closed).placed] == [first, second, third]


@database
def test_no_ballot_is_taken_after_the_end():
    vote = a_vote()
    (code,) = actions.make_ballots(by=None, vote=vote, number=1)
    actions.close_vote(by=None, vote=vote)
    with pytest.raises(ValidationError):
        actions.cast(ballot=actions.find_ballot(code), marks=marks(vote, 1))


@database
def test_only_hashes_of_codes_are_kept():
    vote = a_vote()
    (code,) = actions.make_ballots(by=None, vote=vote, number=1)
    assert codes.plain(code) not in str(Ballot.objects.values().get()).upper()


@database
def test_somebody_votes_on_the_web_without_a_cookie():
    vote = a_vote()
    (code,) = actions.make_ballots(by=None, vote=vote, number=1)
    strict = Client(enforce_csrf_checks=True)
    shown = strict.post("/en/codesign/ballot/", {"code": code})
    said = {f"o{option}": value for option, value in marks(vote, 2, 1).items()}
    sent = strict.post("/en/codesign/ballot/", {"code": code, "cast": "1", **said})
    again = strict.post("/en/codesign/ballot/", {"code": code, "cast": "1", **said})
    assert "You have 3 dots." in shown.content.decode()
    assert "it counts once" in sent.content.decode()
    assert (BallotMark.objects.count(), dict(again.cookies)) == (2, {})


@database
def test_the_page_of_a_vote_tells_the_result_and_how_it_was_counted(client):
    vote = a_vote(Method.RANKING)
    vote_by(vote, 2, 1, number=5)
    url = f"/en/codesign/{vote.process.public_id}/votes/{vote.public_id}/"
    before = client.get(url).content.decode()
    actions.close_vote(by=None, vote=vote)
    after = client.get(url).content.decode()
    assert "The result is shown when the vote is closed" in before
    assert ("the method of Schulze" in after, "5 ballots" in after) == (True, True)


@database
def test_a_vote_in_preparation_has_no_page(client):
    vote = a_vote(opened=False)
    assert vote.state == VoteState.DRAFT
    assert client.get(f"/en/codesign/{vote.process.public_id}/votes/{vote.public_id}/").status_code == 404


# --- paper -----------------------------------------------------------------------------------------------------


@database
def test_the_ballots_are_a_document_for_screen_readers_too():
    vote = a_vote()
    made = actions.make_ballots(by=None, vote=vote, number=3)
    document = sheets.ballots(vote, options_of(vote), made)
    assert (document[:5], b"/MarkInfo" in document or b"StructTreeRoot" in document) == (b"%PDF-", True)


@database
def test_the_sheet_of_a_process_is_a_document(client):
    process = ProcessFactory()
    response = client.get(f"/en/codesign/{process.public_id}/sheet.pdf")
    assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")


@database
def test_the_easy_page_says_in_a_short_sentence_what_the_city_answered(client):
    asked = make.recommendation(title="Open on Saturdays")
    make.answer(asked, "rejected")
    said = client.get(f"/en/codesign/{asked.process.public_id}/easy/").content.decode()
    assert ("Open on Saturdays" in said, "The city says: no." in said) == (True, True)
