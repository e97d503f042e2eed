"""That no table of any room is forgotten."""

import pytest
from django.apps import apps

from concivis.exchange.takeout.contents import LEFT, SHARED, TAKEN, Of, label_of, model_of, parent_of


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("concivis.")]


def test_every_table_is_taken_shared_or_left_with_a_reason():
    known = {*TAKEN, *SHARED, *LEFT}
    forgotten = {label_of(model) for model in own_models()} - known
    assert not forgotten, f"Say in exchange/takeout/contents.py what becomes of them: {sorted(forgotten)}"


def test_nothing_is_named_twice_or_is_not_there():
    named = [*TAKEN, *SHARED, *LEFT]
    assert len(named) == len(set(named))
    assert set(named) <= {label_of(model) for model in own_models()}


@pytest.mark.parametrize("label", [label for label, rule in TAKEN.items() if isinstance(rule, Of)])
def test_what_is_taken_hangs_from_what_is_taken(label):
    assert parent_of(label) in TAKEN


def test_no_table_of_keys_is_taken():
    secret = [
        f"{label}.{field.name}"
        for label in TAKEN
        for field in model_of(label)._meta.concrete_fields
        if field.name in {"key_hash", "secret_salt", "secret"} and label != "newsletter.Subscription"
    ]
    assert secret == []
