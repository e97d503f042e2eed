"""The real server, as `concivis serve` runs it, on loopback with the settings of production and a folder of its own."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "bench.example"
COUNT = re.compile(rb'"userInteractionCount": ?(\d+)')  # for search engines, on each proposal's page
TOKEN = "b" * 32  # against forged requests: the same in the cookie and in the form
SERVE = "import sys; from concivis.serving import serve; serve('127.0.0.1', int(sys.argv[1]))"
PREPARE = """
import os, pathlib, django
from concivis.setup import database, frontend, installation, static, translations
data = pathlib.Path(os.environ["CONCIVIS_DATA"])
installation.settle(data, demo=False)
frontend.install(data)
translations.compile_all()
django.setup()
database.make_tables()
static.collect(data)
"""
REVERSE = """
import sys, django
from django.urls import reverse
django.setup()
print(reverse(sys.argv[1], args=sys.argv[2:]))
"""


class Stack:
    """One web node. `shared`: a node whose secret this one has, too (two nodes on one database)."""

    serve = SERVE

    def __init__(
        self,
        folder: Path,
        database_url: str = "",
        *,
        environment: dict[str, str] | None = None,
        shared: "Stack | None" = None,
    ) -> None:
        self.folder, self.database_url = folder, database_url
        self.port = free_port()
        self.secret = shared.secret if shared else secrets.token_urlsafe(40)
        self.environment = {
            **_without_settings(os.environ),
            "CONCIVIS_DATA": str(folder),
            "CONCIVIS_SECRET_KEY": self.secret,
            "CONCIVIS_BASE_URL": f"https://{HOST}",
            "CONCIVIS_HOSTS": f"{HOST},localhost,127.0.0.1",
            "CONCIVIS_BEHIND_PROXY": "1",
            "DJANGO_SETTINGS_MODULE": "concivis.site.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "bench"), str(ROOT / "tests")]),
            **({"DATABASE_URL": database_url} if database_url else {}),
            **(environment or {}),
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder / "server.log"
        self._page = ""

    def prepare(self) -> None:
        """Tables and static files, without the gazetteer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        packages = next((each for each in _frontends() if each.is_dir()), None)
        if packages and not (self.folder / "frontend").exists():
            (self.folder / "frontend").symlink_to(packages)
        self.python(PREPARE)

    def python(self, code: str, *arguments: str) -> str:
        """Runs code with this node's settings; gives what it prints."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Returns once it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", self.serve, str(self.port)],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError(self.log.read_text())
            try:
                self.ask("/health")
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("The server did not answer within a minute.")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def request(self, path: str, *, method: str = "GET", body: bytes = b"", headers: str = "") -> bytes:
        """The bytes of a request, as the proxy in front would pass it on."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n{headers}"
        if method == "POST":
            head += f"Origin: https://{HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            head += f"Content-Length: {len(body)}\r\n"
        return f"{head}\r\n".encode() + body

    def ask(
        self, path: str, *, method: str = "GET", body: bytes = b"", headers: str = "", patience: float = 30
    ) -> tuple[int, bytes, bytes]:
        """Status, head and body of one request on a connection of its own."""
        request = self.request(path, method=method, body=body, headers=headers + "Connection: close\r\n")
        return self.send(request, patience)

    def send(self, request: bytes, patience: float = 30) -> tuple[int, bytes, bytes]:
        """Any request that closes its connection."""
        with socket.create_connection(("127.0.0.1", self.port), patience) as connection:
            connection.settimeout(patience)
            connection.sendall(request)
            data = b""
            while more := connection.recv(262_144):
                data += more
        head, _, content = data.partition(b"\r\n\r\n")
        if not head:
            raise ConnectionError("closed without an answer")
        return int(head.split(b" ", 2)[1]), head, content

    # --- signing -----------------------------------------------------------------------------------------------

    def presses(self) -> Callable[[str], bytes]:
        """Gives the request that presses the button behind a mailed key."""
        path = self._path("proposals:signature", "KEY")
        headers = f"Cookie: csrftoken={TOKEN}\r\n"
        body = f"csrfmiddlewaretoken={TOKEN}".encode()
        request = self.request(path, method="POST", body=body, headers=headers)
        return lambda key: request.replace(b"KEY", key.encode(), 1)

    def page(self) -> str:
        """The address of the first proposal."""
        return self._path("proposals:proposal", "bench0")

    def public_count(self) -> int:
        """The signatures that the page of the first proposal tells everybody; -1 while it tells none."""
        if not self._page:
            self._page = self.page()
        status, _, body = self.ask(self._page)
        found = COUNT.search(body) if status == 200 else None
        return int(found[1]) if found else -1

    def settled(self, journal: Path) -> tuple[dict[str, int], int, float]:
        """Call it when the load ends: what `load.check` finds, the public count, and after how many seconds that was
        all (twenty at least are waited for it).
        """
        began = time.monotonic()
        found: list[dict[str, int]] = []
        code = "import sys; from load.check import main; main(sys.argv[1])"
        checking = threading.Thread(target=lambda: found.append(json.loads(self.python(code, str(journal)))))
        checking.start()
        seen = {self.public_count(): 0.0}  # when each number was first on the page
        while checking.is_alive() or (
            seen.keys().isdisjoint([found[0]["rows"]]) and time.monotonic() - began < 20
        ):
            time.sleep(0.2)
            seen.setdefault(self.public_count(), time.monotonic() - began)
        checking.join()
        rows = found[0]["rows"]
        return found[0], rows if rows in seen else max(seen), seen.get(rows, time.monotonic() - began)

    def _path(self, name: str, *arguments: str) -> str:
        return self.python(REVERSE, name, *arguments).strip()

    # --- its processes -----------------------------------------------------------------------------------------

    def workers(self) -> list[int]:
        """Process ids of those that serve pages."""
        return [each for each in self._children() if b"concivis\0jobs" not in _command(each)]

    def jobs(self) -> list[int]:
        return [each for each in self._children() if b"concivis\0jobs" in _command(each)]

    def _children(self) -> list[int]:
        if self.process is None:
            return []
        # each thread has its own children: those of the jobs are started by another one
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(each) for task in tasks for each in task.read_text().split() if _command(int(each))]

    def kill(self, process: int) -> None:
        """SIGKILL for one of its own processes."""
        if process in self._children():
            os.kill(process, signal.SIGKILL)

    def cpu_seconds(self) -> float:
        """Of all its processes that live, for pages and for jobs."""
        return sum(_cpu(each) for each in self._children())


def is_signed(status: int, body: bytes) -> bool:
    """Whether the answer to a press acknowledges the signature: thanks; or, to who has signed with another key, the
    page on which that can be withdrawn.
    """
    return status == 302 or (status == 200 and b"/withdraw/" in body)


@contextmanager
def running(stack: Stack) -> Iterator[Stack]:
    stack.start()
    try:
        yield stack
    finally:
        stack.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _frontends() -> list[Path]:
    """Front-end packages that are on this machine already."""
    data = Path(os.environ.get("CONCIVIS_DATA") or ROOT / "var")
    return [data / "frontend", ROOT / "var" / "frontend", ROOT / "var" / "tests" / "frontend"]


def _without_settings(environment: "os._Environ[str]") -> dict[str, str]:
    unwanted = ("CONCIVIS_", "DJANGO_", "DATABASE_URL", "PYTEST_")
    return {key: value for key, value in environment.items() if not key.startswith(unwanted)}


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _cpu(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
