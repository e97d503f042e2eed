"""What other rooms say beside a form about an initiative, of what stands in it so far."""

from django.http import HttpRequest

from concivis.catalogue.enums import Support
from concivis.initiatives import hooks
from concivis.initiatives.forms.entry import EntryForm
from concivis.initiatives.hooks import Written
from concivis.initiatives.models import Initiative


def is_there() -> bool:
    """Whether any room says something."""
    return bool(hooks.beside_form)


def pieces(request: HttpRequest, form: EntryForm, initiative: Initiative | None = None) -> list[str]:
    """Safe HTML, one piece of each room that has something to say."""
    told = written(form, initiative)
    return [piece for say in hooks.beside_form if (piece := say(request, told))]


def written(form: EntryForm, initiative: Initiative | None = None) -> Written:
    """What the bound form holds, where it is understood: nobody is told of mistakes while still writing."""
    form.is_valid()
    cleaned = form.cleaned_data
    texts = {
        name: str(cleaned.get(name) or "")
        for name in ("title", "summary", "story", "language", "organisation")
    }
    return Written(
        hub=form.hub,
        **texts,
        countries=cleaned.get("countries") or (),
        places=form.places(),
        terms=form.terms(),
        needs=tuple(map(Support, cleaned.get("needs") or ())),
        offers=tuple(map(Support, cleaned.get("offers") or ())),
        initiative=initiative,
    )
