"""Finds the page of an address by a tree, not by holding a request against each of seven hundred patterns in turn."""

from collections.abc import Iterable
from importlib import import_module
from itertools import groupby
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

Pattern = URLPattern | URLResolver


class Room(URLResolver):
    """A list of addresses under a name of its own. `tree` is asked for pages, the list for everything else: to bring
    names down from the branches of a tree costs the first page of each language a quarter of a second.
    """

    def __init__(self, beginning: str, patterns: list[Pattern], app_name: str, namespace: str) -> None:
        names: dict[str, Any] = {"app_name": app_name, "namespace": namespace}
        super().__init__(RoutePattern(beginning), patterns, **names)
        self.tree = URLResolver(self.pattern, tree(patterns), **names)

    def resolve(self, path: str) -> ResolverMatch:
        return self.tree.resolve(path)


def room(urls: str) -> Room:
    """Everything that the module lists, under the name of its application."""
    module = import_module(urls)
    return Room("", module.urlpatterns, module.app_name, module.app_name)


def tree(patterns: Iterable[Pattern]) -> list[Pattern]:
    """The same addresses in the same order: neighbours that begin alike share what they begin with."""
    found: list[Pattern] = []
    for beginning, group in groupby(patterns, _beginning):
        alike = list(group)
        if beginning and len(alike) > 1:
            rest = [_without(beginning, pattern) for pattern in alike if isinstance(pattern, URLPattern)]
            found.append(path(beginning, include(tree(rest))))
        else:
            found += alike
    return found


def _beginning(pattern: Pattern) -> str:
    """“hubs/” of “hubs/<slug:slug>/feed”; empty where there is none that could be shared."""
    if not isinstance(pattern, URLPattern) or not isinstance(pattern.pattern, RoutePattern):
        return ""
    first, slash, _ = str(pattern.pattern).partition("/")
    return first + slash if slash and "<path:" not in first else ""


def _without(beginning: str, pattern: URLPattern) -> URLPattern:
    rest = RoutePattern(str(pattern.pattern).removeprefix(beginning), pattern.name, is_endpoint=True)
    return URLPattern(rest, pattern.callback, pattern.default_args, pattern.name)
