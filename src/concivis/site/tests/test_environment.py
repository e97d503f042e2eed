import pytest
from django.core.exceptions import ImproperlyConfigured

from concivis.site.environment import postgres


def test_one_server():
    found = postgres("postgresql://ada:p%40ss@db.example:5433/city?sslmode=require")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "city")
    assert (found["USER"], found["PASSWORD"]) == ("ada", "p@ss")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_several_servers_of_which_one_may_be_written_to():
    found = postgres("postgresql://ada:secret@one:5432,two:5433,[::1]/city?target_session_attrs=read-write")
    assert (found["HOST"], found["PORT"]) == ("one,two,::1", "5432,5433,")
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"


def test_a_socket_needs_no_port():
    found = postgres("postgresql:///city?host=%2Frun%2Fpostgresql")
    assert (found["HOST"], found["PORT"]) == ("/run/postgresql", "")


def test_a_server_that_falls_silent_is_given_up_after_seconds_unless_told_otherwise():
    assert postgres("postgresql://one/city")["OPTIONS"]["connect_timeout"] == "3"
    assert postgres("postgresql://one/city?connect_timeout=9")["OPTIONS"]["connect_timeout"] == "9"


@pytest.mark.parametrize("url", ["mysql://one/city", "postgresql://one:port/city"])
def test_what_is_no_address_of_a_postgresql_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        postgres(url)
