"""Votes among recommendations: prepared, opened, cast once by each ballot, counted when closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign import codes
from concivis.codesign.models import (
    Ballot,
    BallotMark,
    PosterCount,
    Process,
    Recommendation,
    Session,
    Vote,
    VoteOption,
)
from concivis.codesign.models.voting import MOST_DOTS
from concivis.codesign.outcomes import Method, VoteState
from concivis.codesign.voting import counting
from concivis.codesign.voting.counting import Placed
from concivis.hubs import record
from concivis.shell.content import require_language
from concivis.shell.ids import new_public_id

PURPOSE = "ballot"
MOST_OPTIONS, MOST_BALLOTS = 30, 2000
FEW = 5  # of fewer ballots no result is told: it would tell how single people voted


@dataclass(frozen=True)
class Result:
    """`placed`: None as long as there is nothing that may be told."""

    ballots: int
    poster_dots: int
    placed: list[Placed[int]] | None


@transaction.atomic
def make_vote(
    *,
    by: User | None,
    process: Process,
    title: str,
    language: str,
    method: Method,
    recommendations: Sequence[Recommendation],
    dots: int = 0,
    dots_each: int = 0,
) -> Vote:
    """In preparation. `dots`, `dots_each`: for the method of dots. Raises ValidationError by field."""
    wrong: dict[str, str] = {}
    if not title.strip():
        wrong["title"] = gettext("Write the question.")
    if not 2 <= len(recommendations) <= MOST_OPTIONS:
        wrong["recommendations"] = gettext("Choose two recommendations at least, and thirty at most.")
    if any(each.process_id != process.pk or not each.is_public for each in recommendations):
        wrong["recommendations"] = gettext("Only what was handed over can be voted on.")
    if method == Method.DOTS and not 1 <= dots_each <= dots <= MOST_DOTS:
        wrong["dots"] = gettext("Between one and twenty dots, and no more of them on one recommendation.")
    if wrong:
        raise ValidationError(wrong)
    plain = method == Method.RANKING
    vote = Vote.objects.create(
        public_id=new_public_id(),
        process=process,
        title=title.strip()[:200],
        language=require_language(language),
        method=method,
        dots=0 if plain else dots,
        dots_each=0 if plain else dots_each,
    )
    VoteOption.objects.bulk_create(
        VoteOption(vote=vote, recommendation=each, position=at)
        for at, each in enumerate(recommendations, start=1)
    )
    _note(vote, by, "vote.made")
    return vote


@transaction.atomic
def open_vote(*, by: User | None, vote: Vote) -> Vote:
    opened = _locked(vote, VoteState.DRAFT, gettext("This vote was opened already."))
    opened.state, opened.opened_at = VoteState.OPEN, timezone.now()
    opened.save()
    _note(opened, by, "vote.opened")
    return opened


@transaction.atomic
def close_vote(*, by: User | None, vote: Vote) -> Vote:
    """For good: the result is public from now on, and no ballot is taken any more."""
    closed = _locked(vote, VoteState.OPEN, gettext("This vote is not open."))
    closed.state, closed.closed_at = VoteState.CLOSED, timezone.now()
    closed.save()
    _note(closed, by, "vote.closed")
    return closed


@transaction.atomic
def remove_vote(*, by: User | None, vote: Vote) -> None:
    """Only one that was never opened."""
    gone = _locked(vote, VoteState.DRAFT, gettext("A vote that was opened stays: it can be closed."))
    _note(gone, by, "vote.removed")
    gone.delete()


@transaction.atomic
def make_ballots(*, by: User | None, vote: Vote, number: int) -> list[str]:
    """New codes, each good for one ballot; they are shown once. Raises ValidationError by field."""
    open_one = Vote.objects.select_for_update(of=("self",)).select_related("process__hub").get(pk=vote.pk)
    if open_one.state == VoteState.CLOSED:
        raise ValidationError(gettext("This vote is closed."))
    if not 1 <= number <= MOST_BALLOTS or open_one.ballots.count() + number > MOST_BALLOTS:
        raise ValidationError({"number": gettext("A vote has two thousand ballots at most.")})
    made = [codes.new(codes.BALLOT) for _ in range(number)]
    Ballot.objects.bulk_create(Ballot(vote=open_one, code_hash=codes.hashed(code, PURPOSE)) for code in made)
    _note(open_one, by, "vote.ballots_made", number=number)
    return made


def find_ballot(code: str) -> Ballot | None:
    """One query by the code's hash."""
    if len(codes.plain(code)) != codes.BALLOT:
        return None
    rows = Ballot.objects.select_related("vote__process__hub")
    return rows.filter(code_hash=codes.hashed(code, PURPOSE)).first()


@transaction.atomic
def cast(*, ballot: Ballot, marks: Mapping[int, int], by: User | None = None) -> None:
    """`marks`: {option's key: dots, or its place from one}. `by`: who typed in what somebody wrote on paper.

    A ballot is cast once, however often it is sent. Raises ValidationError.
    """
    vote = Vote.objects.select_for_update(of=("self",)).get(pk=ballot.vote_id)
    if vote.state != VoteState.OPEN:
        raise ValidationError(gettext("This vote is not open."))
    _check(vote, marks)
    ours = Ballot.objects.filter(pk=ballot.pk, cast_at=None)
    if not ours.update(cast_at=timezone.now(), entered_by=by):
        raise ValidationError(gettext("With this code somebody has voted already. Each code counts once."))
    dots = vote.method == Method.DOTS
    BallotMark.objects.bulk_create(
        BallotMark(
            ballot=ballot, option_id=option, dots=value if dots else None, place=None if dots else value
        )
        for option, value in marks.items()
        if value
    )


@transaction.atomic
def count_poster(*, by: User | None, vote: Vote, session: Session, dots: Mapping[int, int]) -> None:
    """The dots on the poster of a session, by option; entered again, it replaces what was entered for that session.

    Raises ValidationError.
    """
    open_one = _locked(vote, VoteState.OPEN, gettext("This vote is not open."))
    known = set(open_one.options.values_list("pk", flat=True))
    if open_one.method != Method.DOTS or session.process_id != open_one.process_id or set(dots) - known:
        raise ValidationError(gettext("Only dots of a session of this process can be entered here."))
    if any(not 0 <= number <= 10_000 for number in dots.values()):
        raise ValidationError(gettext("Between zero and ten thousand dots."))
    for option, number in dots.items():
        PosterCount.objects.update_or_create(
            session=session,
            option_id=option,
            defaults={"vote": open_one, "dots": number, "entered_by": by},
        )
    _note(open_one, by, "vote.poster_counted", session=session.public_id)


def result_of(vote: Vote) -> Result:
    """Of a closed vote, unless so few voted that it would tell how. Five queries."""
    options = list(vote.options.values_list("pk", flat=True))
    cast_ones = vote.ballots.filter(cast_at__isnull=False).count()
    posters = list(vote.poster_counts.values_list("option", "dots"))
    on_posters = sum(number for _option, number in posters)
    told = vote.state == VoteState.CLOSED and (cast_ones >= FEW or on_posters >= FEW * max(vote.dots, 1))
    if not told:
        return Result(cast_ones, on_posters, None)
    marks = BallotMark.objects.filter(ballot__vote=vote).order_by("ballot", "place")
    if vote.method == Method.DOTS:
        ballots = [{option: dots} for option, dots in marks.values_list("option", "dots") if dots]
        ballots += [{option: number} for option, number in posters]
        return Result(cast_ones, on_posters, counting.by_dots(options, ballots))
    ranked: dict[int, list[int]] = {}
    for ballot, option in marks.values_list("ballot", "option"):
        ranked.setdefault(ballot, []).append(option)
    return Result(cast_ones, on_posters, counting.by_ranking(options, ranked.values()))


def _check(vote: Vote, marks: Mapping[int, int]) -> None:
    known = set(vote.options.values_list("pk", flat=True))
    given = {option: value for option, value in marks.items() if value}
    if set(given) - known or not given or any(value < 0 for value in given.values()):
        raise ValidationError(gettext("Mark at least one of the recommendations."))
    if vote.method == Method.RANKING:
        if sorted(given.values()) != list(range(1, len(given) + 1)):
            raise ValidationError(gettext("Give each place once: 1 for the best, then 2, and so on."))
        return
    if max(given.values()) > vote.dots_each or sum(given.values()) > vote.dots:
        words = gettext("You have %(dots)s dots, and at most %(each)s of them for one recommendation.")
        raise ValidationError(words % {"dots": vote.dots, "each": vote.dots_each})


def _locked(vote: Vote, state: VoteState, objection: str) -> Vote:
    found = Vote.objects.select_for_update(of=("self",)).select_related("process__hub").get(pk=vote.pk)
    if found.state != state:
        raise ValidationError(objection)
    return found


def _note(vote: Vote, by: User | None, action: str, **details: object) -> None:
    """How many and when, never who voted or how: casting a ballot writes nothing here."""
    process = vote.process
    record.write(
        hub=process.hub, by=by, action=action, kind="vote", object_id=vote.public_id, details=details
    )
