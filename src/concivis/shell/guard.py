"""Forms that strangers send: what keeps programs out without asking people to prove anything, and without others.

    class WriteForm(GuardedForm, forms.Form): …
    refusal = guard.too_many(request, "enquiry", most=5)

A field that people do not see, a signed stamp of when the page was drawn, the number of forms from one address, and
what the text looks like. None of it is kept beyond an hour; addresses are counted under a hash that changes daily.
"""

import re
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

AT_LEAST = 3  # seconds from drawing the page to sending it; nobody reads and writes faster
AT_MOST = 60 * 60 * 24 * 7
AN_HOUR = 60 * 60
A_DAY = 24 * AN_HOUR
MOST_LINKS = 3
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
MARKUP = re.compile(r"<\s*a\s|\[url|\[link|href\s*=", re.IGNORECASE)
signer = TimestampSigner(salt="concivis.shell.guard")

ROBOT = _(
    "This looks as if a program had sent it. If you are a person, please wait a moment and send it again."
)


class GuardedForm(forms.Form):
    """Adds `nickname`, which stays empty, and `drawn`, which says when. `texts`: the fields that are looked at."""

    texts: tuple[str, ...] = ()

    nickname = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    drawn = forms.CharField(required=False, widget=forms.HiddenInput, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("drawn", signer.sign("form"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("nickname") or not _drawn_by_us(str(cleaned.get("drawn") or "")):
            raise ValidationError(ROBOT, code="robot")
        for name in self.texts:
            if objection := looks_like_spam(str(cleaned.get(name) or "")):
                self.add_error(name, objection)
        return cleaned


def looks_like_spam(text: str) -> str:
    """A sentence for the person who wrote it, or ""."""
    if MARKUP.search(text):
        return gettext("Please write without HTML or forum markup.")
    if len(LINK.findall(text)) > MOST_LINKS:
        return gettext("There are many links in this text. Please leave at most three.")
    return ""


def too_many(request: HttpRequest, what: str, *, most: int, of: str = "") -> bool:
    """Counts one more `what` from the sender's address; whether it is more than `most` within an hour.

    `of`: which one, where the same again costs nothing: it is counted once."""
    key = f"guard:{what}:{_sender(request)}"
    cache.add(key, 0, AN_HOUR)
    if of and cache.get(f"{key}:{of}"):
        return False
    if _counted(key) > most:
        return True
    if of:
        cache.set(f"{key}:{of}", 1, AN_HOUR)
    return False


def written_enough(what: str, address: str, *, most: int) -> bool:
    """Counts one more letter about `what` to a mail address; whether it is more than `most` within a day: so nobody can
    have a stranger's mailbox filled. Of the address a keyed hash is kept."""
    hashed = salted_hmac(f"guard letters {what}", address.strip().lower(), algorithm="sha256").hexdigest()
    key = f"guard:letters:{what}:{hashed[:32]}"
    cache.add(key, 0, A_DAY)
    return _counted(key) > most


def _counted(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # thrown out of the cache since it was put there
        return 0


def _sender(request: HttpRequest) -> str:
    """Not the address: a hash that nobody can compare with tomorrow's."""
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        address = ""
    return salted_hmac(f"guard {timezone.now():%Y-%m-%d}", address, algorithm="sha256").hexdigest()[:32]


def _drawn_by_us(stamp: str) -> bool:
    try:
        signer.unsign(stamp, max_age=AT_MOST)
    except BadSignature:
        return False
    try:
        signer.unsign(stamp, max_age=AT_LEAST)
    except SignatureExpired:
        return True
    return False
