from functools import cache
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from concivis.accounts.models import User

PASSWORD = "a long walk by the river"  # noqa: S105 - of people in tests


@cache
def hashed_password() -> str:
    """Hashed once: doing it slowly is the hasher's purpose."""
    return make_password(PASSWORD)


class UserFactory(DjangoModelFactory[User]):
    """A person who signed up and confirmed the mail address. The password is `PASSWORD`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.LazyFunction(hashed_password)

    @factory.post_generation
    def confirmed(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
