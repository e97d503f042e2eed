"""The tree of addresses says what the rooms' lists say."""

from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver, include, path, resolve, reverse
from django.urls.resolvers import get_resolver

from concivis.site.addresses import tree

ROOMS = ("portal", "places", "hubs", "twinning", "initiatives", "directory", "introductions", "desk", "newsletter",
         "proposals", "codesign", "reports", "reach", "exchange", "demo")  # fmt: skip


def nothing(request, **given):
    """Stands in a list; nobody asks for it."""


def flat(patterns, before=""):
    """(route, name, view) of each, in the order in which they are tried."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from flat(each.url_patterns, route)
        else:
            yield route, each.name, each.callback


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_lost_or_moved(room):
    listed = import_module(f"concivis.{room}.urls").urlpatterns
    assert list(flat(tree(listed))) == list(flat(listed))


def test_neighbours_that_begin_alike_are_tried_together():
    listed = [path(route, nothing) for route in ("a/", "a/<int:n>/x/", "a/<int:n>/y/", "b/", "a/z/")]
    found = tree(listed)
    assert [str(each.pattern) for each in found] == ["a/", "b/", "a/z/"]
    assert [str(each.pattern) for each in found[0].url_patterns] == ["", "<int:n>/"]


def test_what_takes_slashes_is_never_split():
    listed = [path("<path:rest>/x", nothing), path("<path:rest>/y", nothing)]
    assert tree(listed) == listed


def test_a_list_of_another_application_stays_as_it_is():
    inner = path("a/", include([path("b/", nothing)]))
    assert tree([inner, path("a/c/", nothing)])[0] is inner


def test_no_page_is_held_against_more_than_a_quarter_of_the_patterns():
    """Django tries them in turn, at two microseconds each, for every page that is not kept."""
    deepest = [
        reverse("proposals:signature", args=["k" * 32]),
        reverse("codesign:process", args=["pr1"]),
        reverse("exchange:imports", args=["hamm"]),
    ]
    assert {address: tried(address) for address in deepest if tried(address) > 190} == {}


def tried(address):
    """How many patterns are looked at until the address is found."""
    found = resolve(address).func
    number = 0

    def look(patterns, rest):
        nonlocal number
        for each in patterns:
            number += 1
            match = each.pattern.match(rest)
            if match is None:
                continue
            if isinstance(each, URLPattern):
                if each.callback is found:
                    return True
            elif look(getattr(each, "tree", each).url_patterns, match[0]):
                return True
        return False

    assert look(get_resolver().url_patterns, address.lstrip("/"))
    return number
