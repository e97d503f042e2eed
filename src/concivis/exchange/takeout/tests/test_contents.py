"""That no table of any room is forgotten."""

import pytest
from django.apps import apps
from django.utils import timezone

from concivis.exchange.takeout.contents import LEFT, RENEWED, SHARED, TAKEN, Of, label_of, model_of, parent_of
from concivis.exchange.takeout.lines import Reader, Writer
from concivis.proposals.factories import ProposalFactory
from concivis.proposals.models import Signature
from concivis.shell import keys


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


def test_no_key_is_taken():
    secret = [
        f"{label}.{field.name}"
        for label in TAKEN
        for field in model_of(label)._meta.concrete_fields
        if field.name in {"key_hash", "secret_salt", "secret"}
        and label != "newsletter.Subscription"
        and RENEWED.get(label) != field.name
    ]
    assert secret == []


@pytest.mark.django_db
def test_a_signature_comes_along_and_its_mailed_key_opens_nothing_there():
    proposal = ProposalFactory()
    signature = Signature.objects.create(
        proposal=proposal,
        person="p" * 64,
        key_hash=keys.hashed("mailed"),
        support="legal",
        means="mail",
        assurance="low",
        begun_at=timezone.now(),
    )
    line = Writer({"proposals.Proposal": {proposal.pk}}).line(signature)
    assert "key_hash" not in line
    loaded, _many = Reader({}).row(Signature, line)
    assert loaded.person == signature.person
    assert len(loaded.key_hash) == 64
    assert loaded.key_hash != signature.key_hash
