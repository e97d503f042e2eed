"""What a page costs: requests a second, CPU a request and memory, beside a bare WSGI "hello" on the same server.

    CONCIVIS_DATA=var python bench/web.py        (a data directory with a loaded demo, best with an import)

Each row is one granian worker on loopback, asked by one client that keeps its connection and has eight requests
under way (HTTP pipelining), so that the client weighs little. Requests a second depend on what else the machine does;
CPU a request is the worker's own time. "of hello" is the share of the bare server's rate in the same run.
The second table is one process without a server or a front cache: CPU per uncached page.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]
os.environ.setdefault("CONCIVIS_DATA", str(ROOT / "var"))
os.environ |= {
    "CONCIVIS_DEMO": "1",
    "CONCIVIS_HOSTS": "localhost,127.0.0.1,testserver",
    "DJANGO_SETTINGS_MODULE": "concivis.site.settings",
    "PYTHONPATH": os.pathsep.join(sys.path[:2]),
}
SECONDS = 3.0
ROUNDS = 3
DEPTH = 8
CACHED = ["/en/hubs/hamm/", "/en/partnerships/", "/en/map/", "/en/"]
UNCACHED = ["/en/partnerships/", "/en/partnerships/?country=DE", "/en/hubs/hamm/", "/en/"]


def hello(environ, start_response):  # noqa: ANN001, ANN201
    body = b"hello"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def main() -> None:
    served = measure_served()
    bare = served["hello"]["rate"]
    print(f"{'one worker':<26}{'req/s':>9}{'of hello':>10}{'CPU µs/req':>12}{'KiB':>8}{'MiB':>7}")
    for name, row in served.items():
        print(
            f"{name:<26}{row['rate']:>9.0f}{row['rate'] / bare:>10.0%}{row['cpu'] * 1e6:>12.0f}"
            f"{row['size'] / 1024:>8.1f}{row['memory']:>7.0f}"
        )
    print(f"\n{'in process, uncached':<36}{'CPU ms':>8}{'best':>8}{'queries':>9}")
    for path, median, best, queries in measure_uncached():
        print(f"{path:<36}{median * 1e3:>8.2f}{best * 1e3:>8.2f}{queries:>9}")


def measure_served() -> dict[str, dict[str, float]]:
    """Rounds alternate between hello and the site, so that a change of the machine's speed touches both."""
    rows: dict[str, list[dict[str, float]]] = {}
    with server("web:hello") as bare, server("concivis.site.wsgi:application") as site:
        for _ in range(ROUNDS):
            rows.setdefault("hello", []).append(ask(*bare, "/"))
            for path in CACHED:
                rows.setdefault(path, []).append(ask(*site, path))
    return {
        name: {key: statistics.median(r[key] for r in found) for key in found[0]}
        for name, found in rows.items()
    }


@contextmanager
def server(target: str) -> Iterator[tuple[int, int]]:
    """A granian with one worker; gives its port and the worker's process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(
        [*command, "--log-level", "error", "--blocking-threads", "1", target], cwd=ROOT, env=os.environ.copy()
    )
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, worker_of(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def worker_of(parent: int) -> int:
    """The child that serves: the one that has used most CPU."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return max(map(int, children), key=cpu_seconds)


def ask(port: int, worker: int, path: str) -> dict[str, float]:
    request = (
        f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode() * DEPTH
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request[: len(request) // DEPTH])
        size = len(read_answer(connection))
        count, start, cpu = 0, time.perf_counter(), cpu_seconds(worker)
        while time.perf_counter() - start < SECONDS:
            connection.sendall(request)
            read_exactly(connection, size * DEPTH)
            count += DEPTH
        elapsed = time.perf_counter() - start
    return {
        "rate": count / elapsed,
        "cpu": (cpu_seconds(worker) - cpu) / count,
        "size": size,
        "memory": resident(worker),
    }


def read_answer(connection: socket.socket) -> bytes:
    """One whole answer: head, then as many bytes as it announces."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"The server answered {head.splitlines()[0].decode()}; is the demo loaded?")
    length = next(
        int(line.split(b":")[1]) for line in head.splitlines() if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def read_exactly(connection: socket.socket, size: int) -> None:
    while size > 0:
        size -= len(connection.recv(min(size, 1 << 20)))


def measure_uncached() -> Iterator[tuple[str, float, float, int]]:
    """CPU of one GET through all of Django, without server or front cache: median and best of two hundred."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    for path in UNCACHED:
        for _ in range(20):
            client.get(path)
        with CaptureQueriesContext(connection) as captured:
            if client.get(path).status_code != 200:
                raise SystemExit(f"{path} does not answer; is the demo loaded?")
        queries = len(captured)  # now: the next request empties the log
        times = []
        for _ in range(200):
            start = time.process_time()
            client.get(path)
            times.append(time.process_time() - start)
        yield path, statistics.median(times), min(times), queries


def cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
