"""What rooms above add to reach, each when the site starts."""

from collections.abc import Callable, Collection, Mapping

from concivis.reach.visits import Owner

# each: of these things (kind and public id of their cards), the primary keys of the hubs that they belong to; one query
owners: list[Callable[[Collection[Owner]], Mapping[Owner, int]]] = []
