"""A PostgreSQL cluster under Patroni on loopback: three nodes, one of them primary, one its synchronous replica.

Debian 12: `apt-get install patroni etcd-server postgresql` (Patroni 3, etcd 3.4, PostgreSQL 15). All files lie in
the folder that is given; nothing of the system is touched.
"""

import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import string
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NAMES = ("one", "two", "three")
PACKAGES = "apt-get install patroni etcd-server postgresql"


@dataclass
class Node:
    name: str
    port: int
    api_port: int
    process: subprocess.Popen[bytes] | None = None


def missing() -> str:
    """Which program is not on this machine, or nothing."""
    needed = {"patroni": shutil.which("patroni"), "etcd": shutil.which("etcd"), "PostgreSQL": binaries()}
    return ", ".join(name for name, found in needed.items() if not found)


def binaries() -> str | None:
    """Debian's folder of the newest server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda each: int(each.parts[-3]))
    return str(found[-1].parent) if found else None


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password = secrets.token_urlsafe(16)
        self.nodes = [Node(name, free_port(), free_port()) for name in NAMES]
        self.etcd_port = free_port()
        self._etcd: subprocess.Popen[bytes] | None = None
        self._identity = somebody_else()

    @property
    def url(self) -> str:
        """What the web nodes get as DATABASE_URL: every node, of which the one that may be written to is used."""
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://postgres:{self.password}@{hosts}/postgres?target_session_attrs=read-write"

    def start(self) -> None:
        """Returns once a primary has its synchronous replica."""
        give_away(self.folder, self._identity)
        peer = f"http://127.0.0.1:{free_port()}"
        client = f"http://127.0.0.1:{self.etcd_port}"
        self._etcd = self._run(
            "etcd", "etcd", "--data-dir", str(self.folder / "etcd.data"),
            "--listen-client-urls", client, "--advertise-client-urls", client, "--listen-peer-urls", peer,
            "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}",
        )  # fmt: skip
        until(lambda: self._etcd_answers(), 20, "etcd")
        self.start_node(self.nodes[0])
        until(lambda: self.primary() is not None, 60, "a primary")
        for node in self.nodes[1:]:
            self.start_node(node)
        until(self.is_whole, 90, "the replicas")

    def start_node(self, node: Node) -> None:
        config = self.folder / f"{node.name}.yml"
        template = string.Template((HERE / "patroni.yml").read_text())
        config.write_text(
            template.substitute(
                name=node.name,
                host="127.0.0.1",
                port=node.port,
                api_port=node.api_port,
                etcd=f"127.0.0.1:{self.etcd_port}",
                data=self.folder / f"{node.name}.data",
                binaries=binaries(),
                password=self.password,
                network="127.0.0.1/32",
            )
        )
        give_away(self.folder, self._identity)
        node.process = self._run(node.name, "patroni", str(config))

    def kill_node(self, node: Node) -> None:
        """As if the machine lost its power: Patroni and every process of PostgreSQL at once."""
        if node.process is None:
            return
        for process in [node.process.pid, *descendants(node.process.pid), *self._postgres_of(node)]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        node.process.wait(30)
        node.process = None

    def kill_postgres(self, node: Node) -> None:
        """Only PostgreSQL; Patroni sees it."""
        for process in self._postgres_of(node):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def stop(self) -> None:
        for node in self.nodes:
            if node.process is not None:
                node.process.send_signal(signal.SIGTERM)
        for node in self.nodes:
            if node.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    node.process.wait(30)
                self.kill_node(node)
        if self._etcd is not None:
            self._etcd.terminate()
            self._etcd.wait(20)

    # --- its state ---------------------------------------------------------------------------------------------

    def members(self) -> list[dict[str, Any]]:
        """As Patroni has it, asked of any node that answers."""
        for node in self.nodes:
            with suppress(OSError, ValueError), asked(node.api_port, "/cluster") as answer:
                return list(json.load(answer)["members"])
        return []

    def primary(self) -> Node | None:
        """The node that may be written to."""
        for node in self.nodes:
            with suppress(OSError), asked(node.api_port, "/primary"):
                return node
        return None

    def is_whole(self) -> bool:
        """Whether every node runs and one replica is synchronous."""
        members = self.members()
        running = [each for each in members if each.get("state") in {"running", "streaming"}]
        roles = [each["role"] for each in running]
        return len(running) == len(self.nodes) and "sync_standby" in roles and "leader" in roles

    def _etcd_answers(self) -> bool:
        with suppress(OSError), asked(self.etcd_port, "/health"):
            return True
        return False

    def _run(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, env=plain_environment(), **self._identity,
            )  # fmt: skip

    def _postgres_of(self, node: Node) -> list[int]:
        """PostgreSQL's own processes: Patroni starts the server apart from itself, so its file of the pid is asked."""
        with suppress(OSError, IndexError, ValueError):
            text = (self.folder / f"{node.name}.data" / "postmaster.pid").read_text()
            postmaster = int(text.splitlines()[0])
            if b"postgres" in Path(f"/proc/{postmaster}/cmdline").read_bytes():
                return [postmaster, *descendants(postmaster)]
        return []


def asked(port: int, path: str) -> Any:
    """The answer of a program on loopback. Raises OSError where there is none, or a refusal."""
    return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2)


def until(true: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
        time.sleep(0.2)


def descendants(process: int) -> list[int]:
    found = []
    with suppress(OSError):
        for tasks in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, tasks.read_text().split()):
                found += [child, *descendants(child)]
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def somebody_else() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root lends it to nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_away(folder: Path, identity: dict[str, Any]) -> None:
    if identity:
        for path in [folder, *folder.iterdir()]:
            os.chown(path, identity["user"], identity["group"])


def plain_environment() -> dict[str, str]:
    """Without our virtual environment, whose Python Debian's Patroni must not use."""
    kept = {key: os.environ[key] for key in ("LANG", "LC_ALL", "HOME", "TMPDIR") if key in os.environ}
    return {**kept, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp"}


if __name__ == "__main__":
    sys.exit("This is a part of rehearse.py; start that.")
