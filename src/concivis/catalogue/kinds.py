"""What the rooms call their cards: each room gives the words of its kind, so that lists across rooms can speak them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`one` and `many` begin with a capital: "Partnership", "Partnerships". The rest: value on the card → word.

    `quiet_states` are those that a list does not spell out, as nothing need be known about them ("active").
    """

    one: Words
    many: Words
    states: Mapping[str, Words] = field(default_factory=dict)
    formats: Mapping[str, Words] = field(default_factory=dict)
    quiet_states: frozenset[str] = frozenset()


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Called in a room's `AppConfig.ready`, beside `sources.register`."""
    _kinds[name] = kind


def registered() -> Mapping[str, Kind]:
    """In the order in which the rooms stand in the settings."""
    return dict(_kinds)


def kind(name: str) -> Kind:
    """The words of a kind; its bare name where no room gave any."""
    return _kinds.get(name) or Kind(one=name, many=name)
