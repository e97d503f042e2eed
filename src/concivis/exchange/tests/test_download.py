"""The live service, played by a server of our own on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from concivis.exchange import reading
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.records import LinkRow
from concivis.exchange.wikidata import download as downloading
from concivis.exchange.wikidata import query
from concivis.exchange.wikidata.download import download


def answer(*pairs: tuple[str, str]) -> bytes:
    names = ["a", "aLabel", "aCountry", "b", "bLabel", "bCountry"]
    item = "http://www.wikidata.org/entity/Q{}"
    rows = [
        {
            "a": item.format(abs(hash(a)) % 10**6 + 1), "aLabel": a, "aCountry": "DE",
            "b": item.format(abs(hash(b)) % 10**6 + 1), "bLabel": b, "bCountry": "GB",
        }
        for a, b in pairs
    ]  # fmt: skip
    bindings = [{name: {"type": "literal", "value": text} for name, text in row.items()} for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode()


class Service:
    """Gives the planned answers one after the other: bytes, or (status, headers)."""

    def __init__(self) -> None:
        self.plan: list = []
        self.requests: list = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                service.requests.append((dict(self.headers), parse_qs(body)["query"][0]))
                step = service.plan.pop(0) if service.plan else answer()
                status, headers, content = (200, {}, step) if isinstance(step, bytes) else (*step, b"")
                if status == 0:  # hang up
                    self.connection.close()
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql"
        self.waits: list[float] = []

    def get(self, country: str = "DE", **options):
        return download(country, service=self.url, sleep=self.waits.append, **options)


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr(downloading, "PAGE", 2)
    monkeypatch.setattr(query, "PAGE", 2)
    service = Service()
    thread = threading.Thread(target=service.server.serve_forever, args=(0.02,))
    thread.start()
    yield service
    service.server.shutdown()
    thread.join()
    service.server.server_close()


def names(path):
    return [
        (row.a.name, row.b.name)
        for row in reading.read(path, reading.guess(path)[0].at)
        if isinstance(row, LinkRow)
    ]


FULL = answer(("Hamm", "Bradford"), ("Hamm", "Santa Monica"))
REST = answer(("Halle", "Karlsruhe"))
ALL = [("Hamm", "Bradford"), ("Hamm", "Santa Monica"), ("Halle", "Karlsruhe")]


def test_pages_are_asked_for_until_one_is_not_full(service):
    service.plan = [FULL, REST]
    assert names(service.get()) == ALL
    assert ["OFFSET 0" in service.requests[0][1], "OFFSET 2" in service.requests[1][1]] == [True, True]
    assert len(service.requests) == 2


def test_the_program_says_who_it_is(service):
    service.plan = [REST]
    service.get()
    headers = service.requests[0][0]
    assert headers["User-Agent"].startswith("Concivis/")
    assert headers["Accept"] == "application/sparql-results+json"


def test_too_many_requests_waits_as_long_as_the_service_asks(service):
    service.plan = [(429, {"Retry-After": "17"}), REST]
    assert names(service.get()) == [("Halle", "Karlsruhe")]
    assert service.waits == [17.0]


@pytest.mark.parametrize("fault", [(500, {}), (503, {}), (0, {}), FULL[:-20], b"<html>", b"{}"])
def test_a_fault_that_may_pass_is_tried_again(service, fault):
    service.plan = [fault, REST]
    assert names(service.get()) == [("Halle", "Karlsruhe")]
    assert [2 <= wait <= 3 for wait in service.waits] == [True]


def test_the_pauses_grow_and_the_tries_end_with_a_sentence(service):
    service.plan = [(500, {})] * 10
    with pytest.raises(
        UnreadableFile, match=r"did not answer after 6 tries \(500 .*Go on later with --resume"
    ):
        service.get()
    assert len(service.requests) == 6
    assert service.waits == sorted(service.waits)


def test_a_query_that_is_refused_is_not_repeated(service):
    service.plan = [(400, {})]
    with pytest.raises(UnreadableFile, match="Wikidata refused the query: 400"):
        service.get()
    assert len(service.requests) == 1


def test_a_service_that_asks_for_an_hour_is_left_alone(service):
    service.plan = [(429, {"Retry-After": "3600"})]
    with pytest.raises(UnreadableFile, match="asks to wait 3600 seconds"):
        service.get()
    assert service.waits == []


def test_a_download_goes_on_where_it_was_interrupted(service):
    service.plan = [FULL, (400, {})]
    with pytest.raises(UnreadableFile):
        service.get()
    service.plan = [REST]
    assert names(service.get(resume=True)) == ALL
    assert "OFFSET 2" in service.requests[-1][1]


def test_a_page_half_written_by_a_killed_process_is_fetched_again(service, files_below_a_folder_of_the_test):
    service.plan = [FULL, REST]
    service.get()
    (files_below_a_folder_of_the_test / "wikidata-DE" / "00001.json").write_text('{"head": {"va')
    service.plan = [REST]
    assert names(service.get(resume=True)) == ALL
    assert len(service.requests) == 3


def test_a_service_that_does_not_answer_in_time_is_asked_again(service, monkeypatch):
    real, calls = downloading.urlopen, []

    def slow_once(request, timeout):
        calls.append(timeout)
        if len(calls) == 1:
            raise TimeoutError("timed out")
        return real(request, timeout=timeout)

    monkeypatch.setattr(downloading, "urlopen", slow_once)
    service.plan = [REST]
    assert names(service.get()) == [("Halle", "Karlsruhe")]
    assert calls == [90.0, 90.0]


def test_a_statement_with_two_populations_is_one_row(service):
    service.plan = [answer(("Hamm", "Bradford"), ("Hamm", "Bradford")), answer()]
    assert names(service.get()) == [("Hamm", "Bradford")]


def test_a_country_that_is_no_code_never_reaches_the_query():
    with pytest.raises(ValueError, match="not an ISO 3166-1 code"):
        query.twinning_query('"} ', 0)
