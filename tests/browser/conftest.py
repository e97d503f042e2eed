"""A real site (granian, SQLite, the worker for jobs) and a real Chromium that visits it.

The site runs in a process of its own: the journeys know of it what a person knows, its pages and its letters.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from browser.browsing import COORDINATOR, Site, Visitor
from tables import environment_of, lay_tables

HERE = Path(__file__).resolve().parent
MAKE_WORLD = "import django; django.setup(); from browser.world import make; make()"
CALL = "import sys, django; django.setup(); from browser import world; world.{function}(*sys.argv[1:])"
SERVE = "import sys; from concivis.serving import serve; serve('127.0.0.1', int(sys.argv[1]))"
USUAL_PHONE = {"width": 360, "height": 740}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which the test command installs."""
    from django.conf import settings

    script = settings.FRONTEND / "axe-core" / "axe.min.js"
    if not script.is_file():
        _missing("axe-core is not installed; `python3 run.py test` installs it")
    return script.read_text(encoding="utf-8")


def _missing(reason: str) -> None:
    if os.environ.get("CONCIVIS_BROWSER_REQUIRED"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def world(axe: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a site with content; made once for all workers of a run."""
    from django.conf import settings

    shared = os.environ.get("PYTEST_XDIST_WORKER") is not None
    base = tmp_path_factory.getbasetemp().parent if shared else tmp_path_factory.getbasetemp()
    folder = base / "world"
    with (base / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            (folder / "frontend").symlink_to(settings.FRONTEND.parent)
            lay_tables(folder)
            made = subprocess.run(
                [sys.executable, "-c", MAKE_WORLD],
                env=environment(folder, 80),
                capture_output=True,
                text=True,
            )
            assert made.returncode == 0, made.stderr
            (folder / "complete").touch()
    return folder


@pytest.fixture(scope="session")
def site(chromium: str, world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server for this worker, on a copy of the world: its visitors may change what they like."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(world, folder, symlinks=True, dirs_exist_ok=True)
    port = _free_port()
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)], env=environment(folder, port), stdout=log, stderr=log
    )
    try:
        _wait(server, port, folder / "server.log")
        yield Site(f"http://localhost:{port}", folder)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        log.close()


@pytest.fixture(scope="session")
def in_the_site(site: Site) -> Callable[..., None]:
    """Calls a function of `browser.world` with texts, as the site's own processes would: for what takes weeks there."""
    port = int(site.address.rpartition(":")[2])

    def call(function: str, *texts: str) -> None:
        done = subprocess.run(
            [sys.executable, "-c", CALL.format(function=function), *texts],
            env=environment(site.folder, port),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    return call


def environment(folder: Path, port: int) -> dict[str, str]:
    ours = environment_of(folder)
    return {
        **ours,
        "CONCIVIS_BASE_URL": f"http://localhost:{port}",
        "CONCIVIS_WORKERS": "1",
        "PYTHONPATH": os.pathsep.join([ours["PYTHONPATH"], str(HERE.parent)]),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, log.read_text(errors="replace")
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail(f"the site did not start: {log.read_text(errors='replace')}")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """For one module only: Django takes a thread in which Playwright runs for an asynchronous one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def keys_of_the_coordinator(browser: Browser, site: Site) -> dict[str, object]:
    """The cookies of a coordinator who has signed in."""
    context = browser.new_context()
    visitor = Visitor(context.new_page(), site)
    visitor.sign_in(COORDINATOR)
    state = context.storage_state()
    context.close()
    return dict(state)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def stranger(context: BrowserContext, site: Site) -> Visitor:
    return Visitor(context.new_page(), site)


@pytest.fixture
def coordinator(
    browser: Browser, site: Site, keys_of_the_coordinator: dict[str, object]
) -> Iterator[Visitor]:
    context = browser.new_context(storage_state=keys_of_the_coordinator)
    context.set_default_timeout(10_000)
    yield Visitor(context.new_page(), site)
    context.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browsers of several people; patient, as journeys are walked beside other tests."""
    contexts: list[BrowserContext] = []

    def open_one(**options: object) -> BrowserContext:
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def on_a_phone(opened: Callable[..., BrowserContext], site: Site) -> Callable[..., Visitor]:
    """Opens phones of people who read German; `scripts=False`: of people whose browser runs none."""

    def open_one(*, scripts: bool = True) -> Visitor:
        return Visitor(
            opened(viewport=USUAL_PHONE, java_script_enabled=scripts).new_page(), site, language="de"
        )

    return open_one


@pytest.fixture
def signed_in(opened: Callable[..., BrowserContext], site: Site) -> Callable[[str], Visitor]:
    """Somebody of an office at a desk of their own."""

    def enter(person: str) -> Visitor:
        visitor = Visitor(opened().new_page(), site)
        visitor.sign_in(person)
        return visitor

    return enter
