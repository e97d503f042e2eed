"""How far a mailing is."""

from dataclasses import dataclass

from django.db.models import Count

from concivis.mailings.enums import LetterState
from concivis.mailings.models import Mailing
from concivis.mailings.sending import NO_RECEIPT


@dataclass(frozen=True)
class Progress:
    """Letters of a mailing by what became of them. `without_receipt` are among those handed over."""

    due: int
    handed_over: int
    not_wanted: int
    refused: int
    without_receipt: int

    @property
    def total(self) -> int:
        return self.due + self.handed_over + self.not_wanted + self.refused

    @property
    def percent(self) -> int:
        """Of 100, rounded down: 100 only when nothing is due."""
        return 100 if not self.due else 100 * (self.total - self.due) // self.total


def progress(mailing: Mailing) -> Progress:
    """Two queries."""
    counted = dict(mailing.letters.order_by().values_list("state").annotate(Count("pk")))
    unanswered = mailing.letters.filter(state=LetterState.HANDED_OVER, answer=NO_RECEIPT).count()
    return Progress(
        due=counted.get(LetterState.DUE, 0),
        handed_over=counted.get(LetterState.HANDED_OVER, 0),
        not_wanted=counted.get(LetterState.NOT_WANTED, 0),
        refused=counted.get(LetterState.REFUSED, 0),
        without_receipt=unanswered,
    )
