"""What other rooms say beside a form about a proposal, of what stands in it so far."""

from django.http import HttpRequest

from concivis.proposals import hooks
from concivis.proposals.forms.writing import TextForm
from concivis.proposals.hooks import Written
from concivis.proposals.models import Proposal


def is_there() -> bool:
    """Whether any room says something."""
    return bool(hooks.beside_form)


def pieces(request: HttpRequest, form: TextForm, proposal: Proposal | None = None) -> list[str]:
    """Safe HTML, one piece of each room that has something to say. Nobody is told of mistakes while still writing."""
    form.is_valid()
    said = form.cleaned_data
    written = Written(
        hub=form.hub,
        title=str(said.get("title") or ""),
        summary=str(said.get("summary") or ""),
        body=str(said.get("body") or ""),
        language=str(said.get("language") or ""),
        place=said.get("place"),
        proposal=proposal,
    )
    return [piece for say in hooks.beside_form if (piece := say(request, written))]
