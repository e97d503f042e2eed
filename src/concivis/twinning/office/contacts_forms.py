"""The form of a person on one side of a partnership."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.shell.conflicts import Watched
from concivis.twinning import people
from concivis.twinning.actions.contacts import ContactFacts, began_at
from concivis.twinning.enums import ContactRole
from concivis.twinning.models import Contact, Partnership, Side


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class ContactForm(Watched):
    side = forms.ChoiceField(label=_("Of which side?"))
    role = forms.ChoiceField(label=_("Role"), choices=ContactRole.choices)
    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.CharField(
        label=_("Function"), required=False, max_length=160, help_text=_("As it stands on a letter.")
    )
    email = forms.EmailField(label=_("Mail address"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        help_text=_("With the country in front: +49 2381 170."),
    )
    in_team = forms.BooleanField(label=_("Belongs to the team of this partnership"), required=False)
    successor = forms.ModelChoiceField(
        label=_("Who would take over?"),
        required=False,
        queryset=Contact.objects.none(),
        empty_label=_("nobody yet"),
        help_text=_("A partnership outlives the people who carry it only if somebody is ready to follow."),
    )
    since = _day(label=_("There since"))
    left_on = _day(label=_("There until"), help_text=_("Leave it empty while the person is there."))
    name_public = forms.BooleanField(
        label=_("The person agreed that everybody sees the name and the function"), required=False
    )
    email_public = forms.BooleanField(
        label=_("The person agreed that everybody sees the mail address"), required=False
    )
    phone_public = forms.BooleanField(
        label=_("The person agreed that everybody sees the telephone"), required=False
    )
    consent_on = _day(label=_("Agreed on"))
    consent_how = forms.CharField(
        label=_("Agreed how?"), required=False, max_length=200, help_text=_("By mail; on paper at a meeting.")
    )

    def __init__(
        self, *args: Any, partnership: Partnership, contact: Contact | None = None, **kwargs: Any
    ) -> None:
        initial = {**(self.initial_of(contact) if contact else {}), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.sides: dict[str, Side] = {str(side.pk): side for side in partnership.sides.all()}
        of_sides = [(key, side.place.name) for key, side in self.sides.items()]
        self.fields["side"].choices = of_sides  # type: ignore[attr-defined]
        others = people.who_could_follow(partnership, contact)
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]

    def side_said(self) -> Side:
        return self.sides[self.cleaned_data["side"]]

    def facts(self) -> ContactFacts:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("side", "began")}
        return ContactFacts(**{**said, "role": ContactRole(said["role"])})

    @staticmethod
    def initial_of(contact: Contact) -> dict[str, Any]:
        values = {name: getattr(contact, name) for name in ContactFacts.__dataclass_fields__}
        return {
            **values,
            "side": str(contact.side_id),
            "successor": contact.successor_id,
            "began": began_at(contact),
        }
