from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from concivis.accounts.factories import UserFactory
from concivis.hubs import record, tokens
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import ApiToken, RecordLine
from concivis.hubs.scopes import Scope

pytestmark = pytest.mark.django_db


def issue(hub=None, **details) -> tuple[ApiToken, str]:
    asked = {
        "by": None,
        "hub": hub or HubFactory(),
        "name": "council website",
        "scopes": ["finder:read"],
        "expires_on": None,
        **details,
    }
    return tokens.issue_token(**asked)


def refused(**details) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        issue(**details)
    return error.value.message_dict


def test_the_key_is_told_once_and_only_its_hash_is_kept():
    token, key = issue()
    assert key.startswith("ccv_")
    assert len(key) == len("ccv_") + 43  # 32 bytes in base64
    assert key not in str(ApiToken.objects.values().get(pk=token.pk))
    assert tokens.find(key) == token


def test_issuing_and_revoking_is_recorded_without_the_key():
    user, hub = UserFactory(), HubFactory()
    token, key = issue(hub, by=user, expires_on=date(2199, 1, 31))
    tokens.revoke_token(by=user, token=token)
    lines = RecordLine.objects.filter(chain__hub=hub, actor=user.pk)
    assert [(line.action, line.details) for line in lines] == [
        ("token.issued", {"name": "council website", "scopes": ["finder:read"], "until": "2199-01-31"}),
        ("token.revoked", {"name": "council website"}),
    ]
    assert not any(key[4:] in str(line.details) for line in lines)
    assert record.verify(hub) == []


def test_a_token_is_revoked_once():
    token, _key = issue()
    first = tokens.revoke_token(by=None, token=token)
    second = tokens.revoke_token(by=None, token=token)
    assert second.revoked_at == first.revoked_at
    assert RecordLine.objects.filter(action="token.revoked").count() == 1


def test_scopes_are_kept_once_each_and_in_order():
    token, _key = issue(scopes=["journey:read", "partnerships:read", "journey:read"])
    assert token.scopes == ["partnerships:read", "journey:read"]


def test_every_scope_says_what_it_is_for():
    assert all(str(scope.description) for scope in Scope)


def test_a_token_without_name_or_scope_or_with_a_day_past_is_refused():
    assert refused(name="  ") == {"name": ["Say what the token is for, such as “council website”."]}
    assert refused(name="x" * 81) == {"name": ["Say it in at most 80 characters."]}
    assert refused(scopes=[]) == {"scopes": ["Choose at least one thing that the program may do."]}
    assert refused(scopes=["all"]) == {"scopes": ["There is no such scope: all."]}
    assert refused(expires_on=date(2020, 1, 1)) == {"expires_on": ["This day is past already."]}


def test_the_database_refuses_a_token_without_a_name():
    token, _key = issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(name="")


def test_a_token_is_good_until_the_end_of_its_last_day_where_the_hub_is(time_machine):
    hub = HubFactory(timezone="Pacific/Auckland")
    time_machine.move_to("2026-06-30T11:00:00Z", tick=False)  # 23 o'clock there
    token, _key = issue(hub, expires_on=date(2026, 6, 30))
    assert token.is_valid
    time_machine.shift(timedelta(hours=1))
    assert token.has_expired


def test_a_hub_has_so_many_tokens_in_force_and_no_more(monkeypatch):
    monkeypatch.setattr(tokens, "TOKENS_OF_A_HUB", 2)
    hub = HubFactory()
    first, _key = issue(hub)
    issue(hub)
    issue()  # of another hub
    with pytest.raises(ValidationError, match="This office has 2 tokens in force already"):
        issue(hub)
    tokens.revoke_token(by=None, token=first)
    issue(hub)


def test_expired_tokens_make_room_for_new_ones(monkeypatch, time_machine):
    monkeypatch.setattr(tokens, "TOKENS_OF_A_HUB", 1)
    time_machine.move_to("2026-06-30T12:00:00Z", tick=False)
    hub = HubFactory()
    issue(hub, expires_on=date(2026, 7, 1))
    time_machine.shift(timedelta(days=2))
    issue(hub)


def test_the_day_of_use_is_written_once_a_day(time_machine, django_assert_num_queries):
    time_machine.move_to("2026-06-30T12:00:00Z", tick=False)
    token, key = issue()
    tokens.note_use(token)
    again = tokens.find(key)
    assert again.last_used_on == date(2026, 6, 30)
    with django_assert_num_queries(0):
        tokens.note_use(again)


def test_unknown_keys_are_not_looked_up_unless_they_look_like_ours(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tokens.find("Bearer") is None
    assert tokens.find("ccv_unknown") is None
