"""What benches and the tests of faults are made of."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from load.fill import add_attempts, add_signatures, key_of, make_proposals
from load.generator import Load, Shot, parsed

from concivis.proposals.actions import signing
from concivis.proposals.models import Attempt, Signature


def test_an_answer_is_whole_when_its_length_says_so():
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 4\r\n\r\n"
    assert parsed(head + b"abc") is None
    assert parsed(head + b"abcd") == (302, b"abcd", True)


def test_an_answer_may_end_the_connection():
    head = b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
    assert parsed(head) == (503, b"", False)


@pytest.fixture
def server() -> Iterator[int]:
    """Refuses every third request once."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            seen.append(self.path)
            status = 503 if self.path.endswith("0") and seen.count(self.path) == 1 else 200
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running.server_address[1]
        running.shutdown()
        thread.join()


def test_what_is_refused_is_sent_again_until_it_is_acknowledged(server, tmp_path):
    shots = (Shot(str(n), f"GET /{n} HTTP/1.1\r\nHost: here\r\n\r\n".encode()) for n in range(20))
    journal = tmp_path / "journal"
    load = Load([server], shots, 4, 5, lambda status, _: status == 200, repeats=0.3, journal=journal, grace=5)
    report = load.drive()
    assert sorted(report.acknowledged, key=int) == [str(n) for n in range(20)]
    assert sorted(journal.read_text().split()) == sorted(report.acknowledged)
    assert (report.errors["answer 503"], report.unanswered) == (2, 0)
    assert report.repeats > 0


@pytest.mark.django_db
@pytest.mark.parametrize("spread", [1, 2])
def test_the_keys_that_are_pressed_under_load_sign_once_for_each_person(spread):
    proposals = make_proposals(2)
    add_attempts(proposals[:spread], 0, 42)
    add_signatures(proposals, 10)
    for number in range(42):
        signing.confirm(key=key_of(number))
    assert Signature.objects.filter(name__startswith="Bench").count() == 39  # three are of somebody before
    assert Signature.objects.filter(name="").count() == 10
    assert Attempt.objects.count() == 3
