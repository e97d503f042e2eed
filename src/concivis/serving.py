"""Runs the web server (granian, several workers) and beside it one process for the background jobs."""

import gc
import http.client
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from concivis.setup.steps import Refusal, console

THREADS = 8  # per worker: while some wait for the disk, others have Python's global lock (bench/signatures.py, slow)
JOBS_AGAIN = 3  # seconds until the background jobs are started again if their process was killed
WORDS_AFTER = 20  # seconds
PATIENCE = 20  # seconds a job may take to finish when we are told to stop


def refuse_taken_port(host: str, port: int) -> None:
    """Raises Refusal if we could not listen there."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise Refusal(
            f"Port {port} of {host} cannot be used ({getattr(error, 'strerror', None) or error}). "
            "Stop the program that listens there, or choose another port with --port."
        ) from error


def threads() -> int:
    """Requests that one process for pages answers at the same time."""
    return int(os.environ.get("CONCIVIS_THREADS") or THREADS)


def serve(host: str, port: int) -> None:
    """Serves until Ctrl-C or SIGTERM, then lets requests and the running job finish."""
    jobs = Jobs(f"http://{host}:{port}/")  # loads on another core while we do
    try:
        _serve_pages(host, port)
    finally:
        jobs.stop()


def _serve_pages(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    _preload()
    server = Granian(
        "concivis.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=int(os.environ.get("CONCIVIS_WORKERS") or min(os.cpu_count() or 1, 4)),
        blocking_threads=threads(),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,  # one that is killed comes back; one that cannot start ends the server
    )
    # granian warns of more threads than twice the cores; ours wait for the disk most of the time
    logging.getLogger("_granian").addFilter(lambda line: "Python threads" not in line.getMessage())
    server.serve()


def work(*, announce: str) -> None:
    """Runs background jobs for good, and what is due at times; first says where the site is, once `announce` (its
    address) answers.
    """
    _end_with_parent(os.getppid())
    if announce and _answers(announce):
        _say_where(announce)

    import django
    from django.core.management import call_command
    from django.db import OperationalError, close_old_connections

    django.setup()
    from concivis.hubs import scheduled

    threading.Thread(target=scheduled.run_for_good, args=[threading.Event()], daemon=True).start()
    scheduled.run_steadily(threading.Event())
    while True:  # a database that is restarted must not end the jobs
        try:
            call_command("db_worker", verbosity=0, reload=False)
        except OperationalError as error:
            console.print(f"Background jobs wait for the database: {error}", markup=False)
            close_old_connections()
            time.sleep(5)


def _preload() -> None:
    """Loads the application once, before the workers fork: they start sooner and share its memory."""
    if multiprocessing.get_start_method() == "fork":
        gc.disable()  # what is loaded now stays: looking for garbage among it takes a tenth of the start
        from django.urls import get_resolver

        import concivis.site.wsgi  # noqa: F401

        _ = get_resolver().url_patterns  # imports every view
        gc.freeze()  # the collector would touch, and so copy, the shared pages
        gc.enable()
        os.register_at_fork(after_in_child=_begin_worker)


def _begin_worker() -> None:
    """In each worker: ends with the parent; the radar's words are read when the first pages have been answered."""
    from concivis.catalogue import radar

    _end_with_parent(os.getppid())
    reading = threading.Timer(WORDS_AFTER, radar.warm_up)
    reading.daemon = True
    reading.start()


class Jobs:
    """The process of the background jobs. If it is killed, another takes its place."""

    def __init__(self, address: str) -> None:
        self._stopping = threading.Event()
        self._process = _start_jobs(address)
        threading.Thread(target=self._look_after, daemon=True).start()

    def stop(self) -> None:
        self._stopping.set()
        _stop(self._process)

    def _look_after(self) -> None:
        while not self._stopping.wait(JOBS_AGAIN):
            if self._process.poll() is not None and not self._stopping.is_set():
                console.print("The background jobs ended; they are started again.", markup=False)
                self._process = _start_jobs("")


def _start_jobs(address: str) -> subprocess.Popen[bytes]:
    # in its own session: Ctrl-C reaches us alone, and we stop it in order
    command = [sys.executable, "-m", "concivis", "jobs", "--announce", address]
    return subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_with_parent(parent: int) -> None:
    """Stops this process when the one that started it is gone, even if that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _answers(address: str) -> bool:
    """Waits up to a minute for any answer at all; the first request also warms the home page."""
    parts = urlsplit(address)
    host = "127.0.0.1" if parts.hostname in {"0.0.0.0", "::"} else parts.hostname or ""  # noqa: S104
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection(host, parts.port, timeout=60)
            connection.request("GET", "/", headers={"Host": f"localhost:{parts.port}"})
            return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
        except OSError:
            time.sleep(0.1)
    return False


def _say_where(address: str) -> None:
    from django.conf import settings

    shown: Any = settings.BASE_URL or address
    console.print(f"\n[bold green]Concivis is open at {shown}/[/bold green]   (Ctrl-C stops it)\n")
