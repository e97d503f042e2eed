"""What is handed out: pins without addresses, the licence, and a wheel that installs and runs by itself."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

import concivis

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FRONTEND = ROOT / "src" / "concivis" / "frontend"
PINS = ["main.txt", "dev.txt", "setup.txt"]
ADDRESSES = re.compile(
    r"(?<![\w-])--(extra-)?index-url|--find-links|https?://(registry|files)\.|https?://(?!127\.)[^\s/\"]+/simple\b"
)
MACHINE_PATHS = re.compile(r"(?<![\w./:-])/(home|root|work|Users|tmp/\w)(/|\b)[\w.-]+|[A-Z]:\\Users")


def tracked_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout, so no file is tracked")
    for name in filter(None, listed.stdout.split("\0")):
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content[:8000] and Path(name) != Path(__file__).relative_to(ROOT):
            yield name, content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("pattern", [ADDRESSES, MACHINE_PATHS], ids=["package index", "path of a machine"])
def test_no_tracked_file_names_a(pattern: re.Pattern[str]):
    assert [(name, found.group()) for name, text in tracked_texts() if (found := pattern.search(text))] == []


def pinned(name: str) -> dict[str, str]:
    """Package → version, with its marker if it has one."""
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    return dict(
        line.rstrip("\\ ").split("==", 1) for line in lines if "==" in line and not line.startswith(" ")
    )


@pytest.mark.parametrize("name", PINS)
def test_every_requirement_is_pinned_with_a_hash(name: str):
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements" / name).read_text(encoding="utf-8").strip())
    assert [
        block for block in blocks if not re.match(r"[\w.\[\],-]+==\S+.*\\\n\s+--hash=sha256:", block)
    ] == []


def test_the_developers_pins_contain_those_of_the_demo():
    assert pinned("main.txt").items() <= pinned("dev.txt").items()


def test_every_dependency_is_pinned():
    names = {re.split(r"[\[<>=~!]", wanted)[0] for wanted in PROJECT["dependencies"]}
    assert names <= pinned("main.txt").keys()


def test_the_lock_file_of_the_front_end_holds_hashes_and_no_addresses():
    packages = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_the_lock_file_of_the_front_end_fits_its_manifest():
    wanted = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]
    assert (locked["dependencies"], locked["devDependencies"]) == (
        wanted["dependencies"],
        wanted["devDependencies"],
    )


def test_the_licence_is_the_eupl():
    assert PROJECT["license"] == "EUPL-1.2"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")


def test_the_changelog_knows_this_version():
    assert f"## {concivis.__version__} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# --- the wheel ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment that has the wheel and its pinned dependencies, no more."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = [sys.executable, "-m", "uv", "--quiet"]
    python = folder / "venv" / "bin" / "python"
    run = {"cwd": ROOT, "check": True, "env": {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}}
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], **run)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*uv, "venv", "--python", sys.executable, folder / "venv"], **run)
    pins = ["--require-hashes", "-r", ROOT / "requirements" / "main.txt"]
    subprocess.run([*uv, "pip", "install", "--python", python, *pins], **run)
    subprocess.run([*uv, "pip", "install", "--python", python, "--no-deps", wheel], **run)
    subprocess.run([*uv, "pip", "check", "--python", python], **run)
    return python.parent


@pytest.fixture(scope="module")
def demo(
    installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    with (folder / "said.txt").open("wb") as said:
        process = start_demo(installed, folder, port, said)
        try:
            wait_for_home(process, port, folder / "said.txt", seconds=300)
            yield process, port
        finally:
            process.kill()
            process.wait()


def start_demo(installed: Path, folder: Path, port: int, said) -> subprocess.Popen[bytes]:
    unwanted = ("CONCIVIS_", "DJANGO_", "PYTHONPATH", "DATABASE_URL", "PYTEST_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    command = [installed / "concivis", "demo", "--port", str(port)]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said)


def wait_for_home(process: subprocess.Popen[bytes], port: int, said: Path, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            if get(port, "/en/")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the demo did not open: {said.read_text(errors='replace')[-3000:]}")


def get(port: int, path: str) -> tuple[int, str]:
    """Status and body of a page of the demo."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
@pytest.mark.packaging
def test_the_wheel_carries_compiled_translations_and_no_tests(installed: Path):
    (package,) = installed.parent.glob("lib/python3*/site-packages/concivis")
    assert sorted(path.suffix for path in package.glob("locale/de/LC_MESSAGES/*")) == [".mo"]
    assert [path for path in package.rglob("test*.py") if "tests" in path.parts] == []


@pytest.mark.slow
@pytest.mark.packaging
def test_the_demo_of_the_wheel_shows_its_home_page_and_its_style(demo: tuple[subprocess.Popen[bytes], int]):
    _, port = demo
    _, page = get(port, "/de/")
    sheet = re.search(r'href="(/static/shell/[\w.-]+\.css)"', page)
    assert ('<html lang="de"' in page, get(port, sheet.group(1))[0]) == (True, 200)


@pytest.mark.slow
@pytest.mark.packaging
def test_the_demo_ends_cleanly_when_told_to(demo: tuple[subprocess.Popen[bytes], int]):
    process, port = demo
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    with pytest.raises(ConnectionRefusedError):
        get(port, "/en/")
