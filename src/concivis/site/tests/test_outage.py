"""A database that does not answer: what readers and programs are told."""

import socket
from pathlib import Path

import pytest
from django.db import ConnectionHandler, Error, OperationalError, ProgrammingError
from django.test import Client

from concivis.site import outage as outages
from concivis.site import public
from concivis.site.environment import postgres
from concivis.site.outage import Outage, outage


@pytest.fixture
def visitor() -> Client:
    client = Client(raise_request_exception=False)
    client.cookies.clear()
    return client


@pytest.fixture
def database_is_away(monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(public, "data_version", refuse)
    monkeypatch.setattr("concivis.hubs.record.data_version", refuse)


@pytest.fixture
def sqlite(tmp_path: Path):
    handler = ConnectionHandler(
        {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": tmp_path / "file.sqlite3",
                "OPTIONS": {"timeout": 0},
            }
        }
    )
    connection = handler["default"]
    yield connection
    connection.close()


def error_of(connection, *statements: str) -> Error:
    with pytest.raises(Error) as caught, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return caught.value


def test_the_page_says_so_in_plain_words_and_when_to_come_back(visitor, database_is_away):
    answer = visitor.get("/health")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "15", "no-store")
    assert "Our database does not answer just now." in answer.content.decode()
    assert '<a class="button" href="/health">Try again</a>' in answer.content.decode()


def test_the_page_speaks_the_readers_language(visitor, database_is_away):
    answer = visitor.get("/health", headers={"accept-language": "de"})
    assert '<html lang="de"' in answer.content.decode()


def test_no_page_of_an_outage_asks_the_database(visitor, database_is_away, django_assert_num_queries):
    # a test without the mark django_db fails at the first query
    assert visitor.get("/health").status_code == 503


@pytest.mark.django_db
def test_programs_get_a_problem(visitor, monkeypatch):
    def refuse(*_args, **_more):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", refuse)
    monkeypatch.setattr("django.db.models.query.QuerySet.count", refuse)
    answer = visitor.get("/api/v1/places")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Retry-After"] == "15"
    assert answer.json()["status"] == 503
    assert answer.json()["detail"].startswith("This page has to wait for a moment.")


def test_who_has_sent_something_is_told_to_send_it_again(rf):
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        answer = outages.server_error(rf.post("/en/anything/"))
    assert "may not have been saved. Go back and send it again" in answer.content.decode()
    assert "Try again</a>" not in answer.content.decode()


def test_an_outage_is_one_line_in_the_log_not_one_for_each_request(
    visitor, database_is_away, caplog, monkeypatch
):
    monkeypatch.setattr(outages, "_told_at", float("-inf"))
    for _ in range(5):
        visitor.get("/health")
    assert [record.getMessage() for record in caplog.records] == [
        "The database does not answer: connection refused"
    ]


def test_a_mistake_of_ours_stays_an_ordinary_error(visitor, monkeypatch):
    def fail():
        raise ProgrammingError("column does not exist")

    monkeypatch.setattr(public, "data_version", fail)
    assert visitor.get("/health").status_code == 500


@pytest.mark.django_db
def test_a_full_disk_is_told_apart(sqlite):
    full = error_of(
        sqlite,
        "CREATE TABLE signature (name)",
        "PRAGMA max_page_count=2",
        "INSERT INTO signature VALUES (zeroblob(100000))",
    )
    assert outage(full) is Outage.FULL


@pytest.mark.django_db
def test_a_table_that_another_writer_holds_is_told_apart(sqlite, tmp_path: Path):
    other = ConnectionHandler({"default": sqlite.settings_dict})["default"]
    with sqlite.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        assert outage(error_of(other, "BEGIN IMMEDIATE")) is Outage.BUSY
    other.close()


@pytest.mark.django_db
def test_a_file_that_is_gone_is_an_outage(tmp_path: Path):
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "none" / "file.sqlite3"}
    gone = ConnectionHandler({"default": settings})["default"]
    assert outage(error_of(gone, "SELECT 1")) is Outage.AWAY


@pytest.mark.django_db
def test_a_table_that_never_was_is_no_outage(sqlite):
    assert outage(error_of(sqlite, "SELECT * FROM nothing")) is None


@pytest.mark.django_db
def test_a_postgresql_that_does_not_listen_is_an_outage():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"postgresql://nobody:secret@127.0.0.1:{free.getsockname()[1]}/city"
        away = ConnectionHandler({"default": postgres(url)})["default"]
        assert outage(error_of(away, "SELECT 1")) is Outage.AWAY


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("53100", Outage.FULL),
        ("53300", Outage.AWAY),
        ("57P01", Outage.AWAY),
        ("57P03", Outage.AWAY),
        ("25006", Outage.AWAY),
        ("40001", Outage.BUSY),
        ("57014", None),
        ("42P01", None),
        ("23505", None),
    ],
)
def test_what_postgresql_reports_is_told_apart_by_its_code(state, told):
    class Reported(Exception):
        sqlstate = state

    error = OperationalError("reported")
    error.__cause__ = Reported()
    assert outage(error) is told
