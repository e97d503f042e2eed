from django.db import models
from django.utils.translation import gettext_lazy as _


class Support(models.TextChoices):
    """What a thing needs or offers: the words by which the need of one meets the offer of another."""

    VOLUNTEERS = "volunteers", _("Volunteers")
    TRANSLATION = "translation", _("Translation")
    ROOM = "room", _("Room")
    MONEY = "money", _("Money")
    CONTACTS = "contacts", _("Contacts")
    KNOWLEDGE = "knowledge", _("Knowledge")
    MATERIALS = "materials", _("Materials")
    PARTNERS = "partners", _("Partners")
