import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import load_backend

from concivis.accounts.factories import UserFactory
from concivis.hubs import append_only, record
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Chain, Hub, RecordIsAppendOnly, RecordLine

pytestmark = pytest.mark.django_db
OTHER_COLUMNS = "chain_id, at, action, kind, object_id, details, previous, hash"


def written(hub: Hub | None, count: int = 1, **details: object) -> list[RecordLine]:
    with transaction.atomic():
        return [
            record.write(hub=hub, by=None, action="test.done", kind="test", object_id=str(n), details=details)
            for n in range(1, count + 1)
        ]


def forge(statement: str, *values: object) -> None:
    """What only someone with full power over the database can do."""
    with append_only.unlocked(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_line_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        record.write(hub=None, by=None, action="a", kind="b", object_id="c")
    assert record.data_version() == 0


def test_the_hash_is_what_the_docstring_says():
    hub = HubFactory(public_id="h1")
    user = UserFactory()
    line = record.write(
        hub=hub,
        by=user,
        action="hub.created",
        kind="hub",
        object_id="h1",
        details={"place": "Neuchâtel", "count": 2, "fields": ["b", "a"], "from": None},
    )
    at = line.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    text = (
        f'["concivis-record-1","h1",1,"{at}",{user.pk},"hub.created","hub","h1",'
        '{"count":2,"fields":["b","a"],"from":null,"place":"Neuchâtel"},""]'
    )
    assert line.hash == sha256(text.encode()).hexdigest()


def test_a_time_is_written_in_utc_with_microseconds():
    assert record.utc_text(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000000Z"


def test_each_line_holds_the_hash_of_the_one_before():
    first, second, third = written(HubFactory(), 3)
    assert [first.previous, second.previous, third.previous] == ["", first.hash, second.hash]
    assert [line.number for line in (first, second, third)] == [1, 2, 3]


def test_every_hub_has_its_own_chain_and_the_installation_one():
    one, other = HubFactory(), HubFactory()
    written(one, 2)
    written(other, 3)
    written(None, 1)
    assert sorted(Chain.objects.values_list("length", flat=True)) == [1, 2, 3]
    assert record.data_version() == 6


def test_the_data_version_is_zero_in_the_beginning_and_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert record.data_version() == 0


def test_a_mail_address_in_the_details_is_blanked_out():
    (line,) = written(HubFactory(), note="ask jan.kowalski@example.org soon", who=["a@b.de"])
    assert line.details == {"note": "ask (mail address) soon", "who": ["(mail address)"]}


@pytest.mark.parametrize("value", [0.5, object(), b"bytes", {1, 2}])
def test_details_that_databases_keep_differently_are_refused(value):
    with pytest.raises(TypeError, match="record's details cannot hold"):
        written(HubFactory(), value=value)


def test_an_untouched_record_is_unbroken():
    hub = HubFactory()
    written(hub, 5, place="Πάτρα", of={"b": 1, "a": [True, None]})
    written(None, 2)
    assert record.verify() == []
    assert record.verify(hub) == []
    assert record.verify(None) == []


# --- the lock ----------------------------------------------------------------------------------------------


@contextmanager
def refused():
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        yield


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hubs_recordline SET action = 'x'",
        "UPDATE hubs_recordline SET hash = hash",
        "DELETE FROM hubs_recordline",
        "UPDATE hubs_chain SET length = length - 1",
        "UPDATE hubs_chain SET length = length + 2",
        "UPDATE hubs_chain SET head = 'forged'",
        "UPDATE hubs_chain SET hub_id = NULL, length = length + 1",
        "DELETE FROM hubs_chain",
        "INSERT INTO hubs_chain (length, head) VALUES (7, '')",
        f"INSERT INTO hubs_recordline (number, {OTHER_COLUMNS}) SELECT 7, {OTHER_COLUMNS} "
        "FROM hubs_recordline",
    ],
)
def test_the_database_refuses(statement):
    written(HubFactory())
    with refused(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert record.verify() == []


def test_sqlite_does_not_let_a_line_be_replaced():
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    written(HubFactory())
    with refused(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO hubs_recordline (id, number, {OTHER_COLUMNS}) "
            f"SELECT id, number + 1, {OTHER_COLUMNS} FROM hubs_recordline"
        )


def test_postgresql_does_not_let_the_record_be_truncated():
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    written(HubFactory())
    with refused(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else its own pending checks stop TRUNCATE first
        cursor.execute("TRUNCATE hubs_recordline")


def test_the_model_refuses_before_the_database_does():
    (line,) = written(HubFactory())
    for attempt in (
        line.save,
        line.delete,
        RecordLine.objects.all().delete,
        lambda: RecordLine.objects.update(action="x"),
        lambda: RecordLine.objects.bulk_update([line], ["action"]),
    ):
        with pytest.raises(RecordIsAppendOnly):
            attempt()


# --- the forger who takes the lock off ---------------------------------------------------------------------


def broken_in(hub: Hub) -> tuple[int, str]:
    (broken,) = record.verify(hub)
    assert broken.chain == hub.slug
    return broken.number, broken.reason


def test_a_changed_line_is_named():
    hub = HubFactory()
    written(hub, 4)
    forge("UPDATE hubs_recordline SET action = 'nothing.happened' WHERE number IN (2, 3)")
    assert broken_in(hub) == (
        2,
        "Line 2 is not what was written: its content does not fit its hash.",
    )


def test_a_changed_time_actor_or_detail_is_named():
    for column, value in [("at", datetime(2020, 1, 1, tzinfo=UTC)), ("actor", 7), ("details", '{"a": 1}')]:
        hub = HubFactory()
        written(hub, 2)
        forge(
            f"UPDATE hubs_recordline SET {column} = %s WHERE number = 1 AND chain_id = %s",
            value,
            hub.chain.pk,
        )
        assert broken_in(hub)[0] == 1


def test_a_missing_line_is_named():
    hub = HubFactory()
    written(hub, 4)
    forge("DELETE FROM hubs_recordline WHERE number IN (2, 3)")
    assert broken_in(hub) == (2, "Line 2 is missing: the next one there is line 4.")


def test_exchanged_lines_are_named():
    hub = HubFactory()
    written(hub, 4)
    forge("UPDATE hubs_recordline SET number = 9 WHERE number = 2")
    forge("UPDATE hubs_recordline SET number = 2 WHERE number = 3")
    forge("UPDATE hubs_recordline SET number = 3 WHERE number = 9")
    assert broken_in(hub)[0] == 2


def test_a_cut_off_tail_is_named():
    hub = HubFactory()
    written(hub, 4)
    forge("DELETE FROM hubs_recordline WHERE number > 2")
    assert broken_in(hub) == (3, "Line 3 is missing: the record must have 4 lines.")


def test_a_rewritten_line_with_a_forged_hash_is_named():
    hub = HubFactory()
    line = written(hub, 4)[1]
    line.action = "nothing.happened"
    forge(
        "UPDATE hubs_recordline SET action = %s, hash = %s WHERE number = 2",
        line.action,
        record.line_hash(line, hub.public_id),
    )
    assert broken_in(hub) == (2, "Line 2 was exchanged and its hash forged: line 3 does not follow from it.")


def test_a_rewritten_last_line_with_a_forged_hash_is_named():
    hub = HubFactory()
    line = written(hub, 2)[1]
    line.object_id = "other"
    forge(
        "UPDATE hubs_recordline SET object_id = 'other', hash = %s WHERE number = 2",
        record.line_hash(line, hub.public_id),
    )
    assert broken_in(hub)[0] == 2


def test_a_line_slipped_in_at_the_end_is_named():
    hub = HubFactory()
    written(hub, 2)
    forge(
        f"INSERT INTO hubs_recordline (number, {OTHER_COLUMNS}) "
        f"SELECT 3, {OTHER_COLUMNS} FROM hubs_recordline WHERE number = 2"
    )
    assert broken_in(hub) == (3, "Line 3 is not counted: the record must end with line 2.")


def test_a_record_cut_off_with_its_head_is_found_by_a_head_noted_elsewhere():
    hub = HubFactory()
    second = written(hub, 3)[1]
    noted = list(record.heads())
    forge("DELETE FROM hubs_recordline WHERE number = 3")
    forge("UPDATE hubs_chain SET length = 2, head = %s", second.hash)
    assert record.verify(hub) == []
    assert list(record.heads()) != noted


def test_a_record_lost_as_a_whole_is_named():
    hub = HubFactory()
    assert broken_in(hub) == (1, "The whole record of this hub is missing.")


# --- the command -------------------------------------------------------------------------------------------


def test_the_command_names_the_first_broken_line_of_each_chain_and_fails(capsys):
    one, other = HubFactory(slug="hamm"), HubFactory(slug="halle")
    written(one, 3)
    written(other, 3)
    forge("UPDATE hubs_recordline SET kind = 'x' WHERE number = 2 AND chain_id = %s", one.chain.pk)
    with pytest.raises(SystemExit) as exit:
        call_command("record_verify")
    assert exit.value.code == 1
    assert capsys.readouterr().err == (
        "hamm: Line 2 is not what was written: its content does not fit its hash.\n"
    )
    call_command("record_verify", hub="halle")
    assert capsys.readouterr().out == "The record is unbroken.\n"


def test_the_command_prints_the_heads_to_note_elsewhere(capsys):
    line = written(HubFactory(slug="hamm"), 2)[1]
    call_command("record_verify", heads=True)
    assert f"hamm 2 {line.hash}" in capsys.readouterr().out


# --- many at once ------------------------------------------------------------------------------------------

WRITERS, LINES_EACH = 8, 5


def connection_maker(folder):
    """Runs functions on connections of their own; on a copy in a file where SQLite's tests live in memory."""
    settings = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        settings["NAME"] = str(folder / "copy.sqlite3")
        copy = sqlite3.connect(settings["NAME"])
        connection.connection.backup(copy)
        copy.close()
    backend = load_backend(settings["ENGINE"])

    def run(function):
        connections["default"] = backend.DatabaseWrapper(settings, "default")
        try:
            function()
        finally:
            connections["default"].close()

    return run


def at_once(run, *functions):
    threads = [Thread(target=run, args=[function]) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_eight_writers_at_once_leave_an_unbroken_chain(transactional_db, tmp_path):
    hub = HubFactory()
    run = connection_maker(tmp_path)
    errors, seen = [], []

    def write_lines():
        try:
            for _ in range(LINES_EACH):
                written(hub)
        except Exception as error:
            errors.append(error)

    def look():
        chain = Chain.objects.get(hub=hub)
        seen.extend([chain.length, RecordLine.objects.filter(chain=chain).count(), record.verify(hub)])

    at_once(run, *[write_lines] * WRITERS)
    at_once(run, look)
    assert errors == []
    assert seen == [WRITERS * LINES_EACH, WRITERS * LINES_EACH, []]
