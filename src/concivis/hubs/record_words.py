"""The record's lines in words. Each room registers the words of its own actions when the site starts."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.hubs.models import Hub, RecordLine
from concivis.hubs.roles import ROLES

Words = Promise | Callable[[Mapping[str, Any]], str]
WORDS: dict[str, Words] = {}


def register(action: str, words: Words) -> None:
    """`words` continue a sentence that begins with a person: "created the hub".

    They may hold keys of the details in braces ("imported {count} partnerships"), or be a function of them.
    """
    WORDS[action] = words


def words_of(action: str, details: Mapping[str, Any]) -> str:
    """What was done, in the active language; the action's own name where no room registered words."""
    words = WORDS.get(action)
    if words is None:
        return action
    if callable(words):
        return words(details)
    return str(words).format_map(defaultdict(lambda: "…", details))


def sentence(line: RecordLine) -> str:
    return words_of(line.action, line.details)


def known_actions() -> list[tuple[str, str]]:
    """(action, words without details) of all registered actions, by their words: for a filter."""
    return sorted(((action, words_of(action, {})) for action in WORDS), key=lambda pair: pair[1])


# --- the words of this room --------------------------------------------------------------------------------


def _role(details: Mapping[str, Any], key: str) -> str:
    role = ROLES.get(str(details.get(key, "")))
    return str(role.label) if role else "…"


def _with_role(text: Promise, *keys: str) -> Callable[[Mapping[str, Any]], str]:
    def words(details: Mapping[str, Any]) -> str:
        return str(text).format(**{key: _role(details, key) for key in keys})

    return words


def _changed(details: Mapping[str, Any]) -> str:
    labels = [str(Hub._meta.get_field(name).verbose_name) for name in details.get("fields", [])]  # type: ignore[union-attr]
    if not labels:
        return _("changed the settings")
    return _("changed the settings: {fields}").format(fields=get_text_list(labels, _("and")))


def register_own() -> None:
    register("hub.created", gettext_lazy("created the hub"))
    register("hub.changed", _changed)
    register("hub.published", gettext_lazy("made the hub public"))
    register("hub.unpublished", gettext_lazy("made the hub private"))
    register("member.joined", _with_role(gettext_lazy("joined as {role}"), "role"))
    register("member.left", _with_role(gettext_lazy("left, having been {role}"), "role"))
    register("member.removed", _with_role(gettext_lazy("removed a member, who was {role}"), "role"))
    register(
        "member.role_changed", _with_role(gettext_lazy("changed a member from {from} to {to}"), "from", "to")
    )
    register("invitation.sent", _with_role(gettext_lazy("invited somebody as {role}"), "role"))
    register("invitation.resent", _with_role(gettext_lazy("sent an invitation as {role} again"), "role"))
    register("invitation.withdrawn", _with_role(gettext_lazy("withdrew an invitation as {role}"), "role"))
    register("invitation.accepted", _with_role(gettext_lazy("accepted an invitation as {role}"), "role"))
    register("place.entered", gettext_lazy("entered a place by hand"))
    register("token.issued", gettext_lazy("issued the token “{name}”"))
    register("token.revoked", gettext_lazy("revoked the token “{name}”"))
    register("webhook.created", gettext_lazy("created a webhook to {to}"))
    register("webhook.changed", gettext_lazy("changed of what the webhook to {to} is told"))
    register("webhook.secret_renewed", gettext_lazy("gave the webhook to {to} a new secret"))
    register("webhook.switched_off", gettext_lazy("switched the webhook to {to} off"))
    register("webhook.switched_on", gettext_lazy("switched the webhook to {to} on"))
    register("webhook.deleted", gettext_lazy("deleted the webhook to {to}"))
    register("matters.assigned", gettext_lazy("said who is to see to {count} matters"))
    register("matters.put_off", gettext_lazy("put {count} matters off until {until}"))
    register("matters.done", gettext_lazy("was done with {count} matters that needed attention"))
    register("matters.brought_back", gettext_lazy("brought {count} matters back to attention"))
