"""Every change of an account that allauth does not make itself."""

from django.core.exceptions import ValidationError
from django.db import transaction

from concivis.accounts import hooks
from concivis.accounts.models import User
from concivis.accounts.people import Person


def update_profile(*, by: User, name: str, language: str) -> User:
    """`language`: a language of the interface, or "" for whichever the pages are read in."""
    by.name, by.language = name.strip(), language
    by.full_clean(exclude=["password"])
    by.save(update_fields=["name", "language"])
    return by


def obstacles_to_leaving(user: User) -> list[str]:
    """Sentences that stand against deleting the account; none: it can be deleted."""
    return [sentence for find in hooks.obstacles_to_leaving for sentence in find(user)]


@transaction.atomic
def delete_account(*, by: User) -> None:
    """Deletes the person with everything that names them; what they did stays under their number.

    Raises `ValidationError` where something stands against it (`obstacles_to_leaving`).
    """
    User.objects.select_for_update().get(pk=by.pk)
    obstacles = obstacles_to_leaving(by)
    if obstacles:
        raise ValidationError(obstacles)
    person = Person.of_user(by)
    for leave in hooks.before_leaving:
        leave(person)
    by.delete()
