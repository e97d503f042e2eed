"""Views of the office's table that a member keeps under a name: theirs alone, so the record does not tell of them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import Hub, Membership
from concivis.twinning.models import SavedFilter

MOST = 20  # of one member in one office
LONGEST = 500  # characters of a query string


@transaction.atomic
def keep_view(*, by: User, hub: Hub, name: str, query: str) -> SavedFilter:
    """Keeps the view that `query` (without question mark) names. Raises ValidationError by field."""
    Membership.objects.select_for_update().get(
        hub=hub, user=by
    )  # so that two clicks are not both the twentieth
    kept = SavedFilter.objects.filter(hub=hub, user=by)
    if kept.count() >= MOST:
        raise ValidationError(
            gettext("You keep %(count)s views already. Delete one that you no longer need.") % {"count": MOST}
        )
    if len(query) > LONGEST:
        raise ValidationError(gettext("This view has too many filters to be kept."))
    return _named(SavedFilter(hub=hub, user=by, query=query), name)


@transaction.atomic
def rename_view(*, view: SavedFilter, name: str) -> SavedFilter:
    """Raises ValidationError by field for a name that is taken."""
    return _named(view, name)


def forget_view(*, view: SavedFilter) -> None:
    view.delete()


def _named(view: SavedFilter, name: str) -> SavedFilter:
    view.name = " ".join(name.split())
    if not view.name:
        raise ValidationError({"name": gettext("Give the view a name.")})
    same = SavedFilter.objects.filter(hub=view.hub_id, user=view.user_id, name__iexact=view.name)
    if same.exclude(pk=view.pk).exists():
        raise ValidationError({"name": gettext("You keep a view of this name already. Choose another name.")})
    view.save()
    return view
