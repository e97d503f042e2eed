"""Where messages may go: out, and never in."""

import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from concivis.hubs import outgoing
from concivis.hubs.outgoing import NotSent, post, why_not

INSIDE = "This address lies inside a network, not in the public internet."


class Receiver(BaseHTTPRequestHandler):
    """A receiver on this machine that notes what it gets, and answers what it is told."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answer)
        if self.server.answer == 302:
            self.send_header("Location", f"{self.server.address}/elsewhere")
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    do_GET = do_POST

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver():
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.answer = [], 200
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def names(monkeypatch):
    """A name server of our own: {name: its addresses}."""
    known = {}
    monkeypatch.setattr(outgoing, "resolve", lambda host, port: known[host])
    return known


@pytest.fixture
def dialled(monkeypatch):
    """The addresses that were connected to; each refuses."""
    found = []

    def refuse(address, timeout):
        found.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", refuse)
    return found


# --- the address as it is written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://city.example/hook",
        "https://city.example:443/hook?key=1",
        "https://93.184.215.14/hook",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
        "https://münster.example/",
    ],
)
def test_addresses_of_the_public_internet_are_welcome(url):
    assert why_not(url) == ""


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://city.example/hook", "The address must begin with https://"),
        ("ftp://city.example/", "The address must begin with https://"),
        ("file:///etc/passwd", "This is not an address."),
        ("city.example/hook", "This is not an address."),
        ("https://", "This is not an address."),
        ("https://city.example:99999/", "This is not an address."),
        ("https://city.example/a b", "This is not an address."),
        ("https://city.example/\r\nX: y", "This is not an address."),
        ("https://[::1", "This is not an address."),
        ("https://city.example:8443/", "The address must use the usual port of https, 443."),
        (
            "https://anna:secret@city.example/",
            "Leave the name and password out of the address: messages are signed instead.",
        ),
        ("https://localhost/", INSIDE),
        ("https://127.0.0.1/", INSIDE),
        ("https://10.1.2.3/", INSIDE),
        ("https://169.254.169.254/latest/meta-data/", INSIDE),
        ("https://[::1]/", INSIDE),
    ],
)
def test_other_addresses_are_refused_with_the_reason(url, reason):
    assert why_not(url) == reason


def test_this_machine_is_allowed_only_where_the_settings_say_so(settings):
    assert why_not("http://localhost:8001/hook") == ""
    settings.WEBHOOKS_TO_THIS_MACHINE = False
    assert why_not("http://localhost:8001/hook") == "The address must begin with https://"


# --- the address to which its name leads -------------------------------------------------------------------

PRIVATE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(names, dialled, address):
    names["city.example"] = [address]
    with pytest.raises(NotSent, match=r"The name leads inside a network, not to the public internet\."):
        post("https://city.example/", b"{}", {})
    assert dialled == []


def test_one_address_inside_among_several_is_enough_to_refuse(names, dialled):
    names["city.example"] = ["93.184.215.14", "10.0.0.1"]
    with pytest.raises(NotSent, match="leads inside"):
        post("https://city.example/", b"{}", {})
    assert dialled == []


def test_the_connection_goes_to_the_address_that_was_checked(names, dialled):
    names["city.example"] = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
    with pytest.raises(NotSent, match=r"The connection failed: Connection refused\."):
        post("https://city.example/", b"{}", {})
    assert dialled == [("93.184.215.14", 443), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 443)]


def test_the_name_is_asked_for_once(monkeypatch, dialled):
    asked = []
    monkeypatch.setattr(outgoing, "resolve", lambda *args: asked.append(args) or ["93.184.215.14"])
    with pytest.raises(NotSent):
        post("https://city.example/", b"{}", {})
    assert asked == [("city.example", 443)]


def test_a_name_nobody_knows_is_said_to_be_unknown(monkeypatch):
    def unknown(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(outgoing, "resolve", unknown)
    with pytest.raises(NotSent, match=r"The name of the address was not found\."):
        post("https://city.example/", b"{}", {})


def test_numbers_that_only_look_unlike_this_machine_are_resolved_and_refused():
    for host in ("2130706433", "0x7f000001", "127.1"):
        with pytest.raises(NotSent, match=r"leads inside|was not found"):
            post(f"https://{host}/", b"{}", {})


# --- what is sent, and what is taken from the answer -------------------------------------------------------


def test_a_message_arrives_with_its_headers(receiver):
    status = post(f"{receiver.address}/hook?a=ü", b'{"a":1}', {"X-Test": "1"})
    [(path, headers, body)] = receiver.got
    assert (status, path, body) == (200, "/hook?a=%C3%BC", b'{"a":1}')
    assert headers["X-Test"] == "1"
    assert headers["Host"] == receiver.address.removeprefix("http://")
    assert headers["User-Agent"].startswith("Concivis/")


def test_a_redirection_is_not_followed(receiver):
    receiver.answer = 302
    assert post(f"{receiver.address}/hook", b"{}", {}) == 302
    assert [path for path, _headers, _body in receiver.got] == ["/hook"]


def test_proxies_of_the_environment_are_not_used(receiver, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert post(receiver.address, b"{}", {}) == 200


def test_a_machine_that_does_not_speak_tls_is_not_talked_to(receiver, names, monkeypatch):
    names["city.example"] = ["93.184.215.14"]
    dial = socket.create_connection
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda address, timeout: dial(("127.0.0.1", receiver.server_port), timeout),
    )
    with pytest.raises(NotSent, match=r"The encrypted connection failed|The connection failed"):
        post("https://city.example/", b"{}", {})
    assert receiver.got == []


def test_certificates_are_checked():
    context = outgoing.secure_context()
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.fixture
def dripping():
    """A receiver that sends its answer letter by letter, for ever."""
    listening = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip():
        connection, _address = listening.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 ")
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    stop.set()
    thread.join()
    listening.close()


def test_who_drips_an_answer_does_not_keep_us(dripping, monkeypatch):
    monkeypatch.setattr(outgoing, "DEADLINE", 0.3)
    started = time.monotonic()
    with pytest.raises(NotSent):
        post(dripping, b"{}", {})
    assert time.monotonic() - started < 5


def test_who_never_answers_is_given_up(monkeypatch):
    monkeypatch.setattr(outgoing, "TIMEOUT", 0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        pytest.raises(NotSent, match=r"No answer in time\."),
    ):
        post(f"http://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {})
