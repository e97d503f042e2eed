"""The mailed keys with which an asker confirms an address or follows an enquiry, without an account."""

from django.conf import settings
from django.urls import reverse

from concivis.desk.enums import Purpose
from concivis.desk.models import AskerKey, Enquiry
from concivis.shell import keys

PAGES = {Purpose.CONFIRM: "desk:ask_confirm", Purpose.FOLLOW: "desk:own"}


def new_key(enquiry: Enquiry, purpose: Purpose = Purpose.FOLLOW) -> str:
    """Inside the caller's transaction; earlier ones stay good until nothing of the asker is kept any more."""
    key = keys.new()
    AskerKey.objects.create(enquiry=enquiry, purpose=purpose, key_hash=keys.hashed(key))
    return key


def find_key(key: str, purpose: Purpose) -> AskerKey | None:
    """With its enquiry and hub. One query, by the key's hash."""
    if len(key) > keys.LONGEST:
        return None
    found = AskerKey.objects.select_related("enquiry__hub__place__country", "enquiry__assignee")
    return found.filter(key_hash=keys.hashed(key), purpose=purpose).first()


def link(key: str, purpose: Purpose = Purpose.FOLLOW) -> str:
    """The address for a letter, in the active language."""
    return settings.BASE_URL + reverse(PAGES[purpose], args=[key])
