"""Rules to begin with. None is a country's law: a city takes the one nearest to its own and changes it.

The numbers of signatures are shares of the people who live there, in steps that people remember; the city looks up what
its own statute says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.proposals.actions.rules import RulesFacts
from concivis.proposals.enums import Asked, Assurance, Eligible, Means, Threshold

SMALLEST = 20  # signatures: below, one family decides


@dataclass(frozen=True)
class Start:
    code: str
    label: str | Promise
    text: str | Promise
    facts: Callable[[int | None], RulesFacts]  # of the number of people who live there, if it is known


def _light(people: int | None) -> RulesFacts:
    return RulesFacts(
        min_age=16,
        eligible=(Eligible.RESIDENTS,),
        asked=(Asked.NAME, Asked.POSTCODE),
        means=(Means.MAIL, Means.ACCOUNT, Means.PASSKEY),
        steps={Threshold.ANSWER: share(people, 0.002, 50)},
        answer_days=60,
    )


def _council(people: int | None) -> RulesFacts:
    return RulesFacts(
        min_age=16,
        eligible=(Eligible.RESIDENTS,),
        sponsors=5,
        asked=(Asked.NAME, Asked.BIRTH_YEAR, Asked.POSTCODE),
        means=(Means.MAIL, Means.ACCOUNT, Means.PASSKEY, Means.OPENID),
        needs_check=True,
        steps={
            Threshold.ANSWER: share(people, 0.002, 100),
            Threshold.HEARING: share(people, 0.005, 250),
            Threshold.DEBATE: share(people, 0.01, 500),
        },
        answer_days=60,
    )


def _formal(people: int | None) -> RulesFacts:
    return RulesFacts(
        min_age=18,
        eligible=(Eligible.VOTERS,),
        sponsors=10,
        asked=(Asked.NAME, Asked.BIRTH_YEAR, Asked.ADDRESS),
        means=(Means.OPENID,),
        assurance=Assurance.SUBSTANTIAL,
        needs_check=True,
        steps={
            Threshold.DEBATE: share(people, 0.01, 500),
            Threshold.VOTE: share(people, 0.05, 2_500),
        },
        answer_days=90,
    )


STARTS: dict[str, Start] = {
    start.code: start
    for start in (
        Start(
            "light",
            _("A suggestion"),
            _("Whoever lives here signs with a mail address; from a small number on, the administration answers."),
            _light,
        ),
        Start(
            "council",
            _("A citizens’ motion"),
            _("First supporters, several steps up to a debate in the council, names checked afterwards."),
            _council,
        ),
        Start(
            "formal",
            _("A formal initiative"),
            _("Only who may vote signs, with an identity of substantial assurance; the council must decide."),
            _formal,
        ),
    )
}  # fmt: skip


def share(people: int | None, part: float, otherwise: int) -> int:
    """A part of the people, as a number with one figure and zeros (or a half between); `otherwise` where they are not
    counted."""
    if not people:
        return otherwise
    wanted = max(SMALLEST, people * part)
    step = 10 ** (len(str(int(wanted))) - 1)
    half: Any = step / 2
    return max(SMALLEST, round(round(wanted / half) * half))
