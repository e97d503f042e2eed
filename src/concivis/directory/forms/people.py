"""People and what they are in an organisation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from concivis.directory.actions.facts import (
    PersonFacts,
    RoleFacts,
)
from concivis.directory.actions.people import person_public
from concivis.directory.enums import PersonField
from concivis.directory.forms.fields import day, ticks
from concivis.directory.models import Person, Role
from concivis.hubs.models import Hub, today_in

PERSON_FIELDS = ("name", "is_pseudonym", "email", "phone", "address", "messenger")


class RoleForm(forms.Form):
    """A person and what they are in one organisation."""

    function = forms.CharField(label=_("Role"), max_length=160, help_text=_("Chair, contact for schools, …"))
    name = forms.CharField(label=_("Name"), max_length=120)
    is_pseudonym = forms.BooleanField(
        label=_("This is a pseudonym"),
        required=False,
        help_text=_("For people at risk. Then write the other name nowhere: it is not needed."),
    )
    email = forms.EmailField(label=_("Mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    messenger = forms.CharField(label=_("Messenger"), required=False, max_length=80, help_text=_("Signal: …"))
    since = day(_("There since"))
    left_on = day(_("There until"), help_text=_("Leave it empty while the person is there."))
    public = ticks(
        _("The person agreed that everybody sees"),
        PersonField.choices,
        help_text=_(
            "Each only if the person said so of just that one. Take a tick away where it is taken back."
        ),
    )
    agreed_on = day(_("Agreed on"))
    agreed_how = forms.CharField(
        label=_("Agreed how?"), required=False, max_length=200, help_text=_("By mail; on paper at a meeting.")
    )

    def __init__(self, *args: Any, hub: Hub, role: Role | None = None, **kwargs: Any) -> None:
        if role is not None:
            kwargs["initial"] = self.initial_of(role)
        super().__init__(*args, **kwargs)
        self.hub = hub

    def clean_agreed_on(self) -> object:
        agreed = self.cleaned_data["agreed_on"]
        if agreed and agreed > today_in(self.hub):
            raise ValidationError(_("This day is in the future."))
        return agreed

    def person(self) -> PersonFacts:
        said = self.cleaned_data
        plain = {name: said[name] for name in PERSON_FIELDS}
        return PersonFacts(
            **plain,
            public=frozenset(map(PersonField, said["public"])),
            agreed_on=said["agreed_on"],
            agreed_how=said["agreed_how"],
        )

    def role(self) -> RoleFacts:
        said = self.cleaned_data
        return RoleFacts(function=said["function"], since=said["since"], left_on=said["left_on"])

    @staticmethod
    def initial_of(role: Role) -> dict[str, Any]:
        person: Person = role.person
        plain = {name: getattr(person, name) for name in PERSON_FIELDS}
        return {
            **plain,
            "function": role.function,
            "since": role.since,
            "left_on": role.left_on,
            "public": sorted(person_public(person)),
        }
