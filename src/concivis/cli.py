"""The command `concivis`: `demo`, `serve`, `setup`, `jobs`, `manage …`. `python -m concivis` is the same."""

import argparse
import errno
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from concivis import __version__, serving, setup
from concivis.setup.steps import Refusal, console


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command. A failure the operator can mend ends with one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concivis.site.settings")
    os.environ["CONCIVIS_DATA"] = str(Path(os.environ.get("CONCIVIS_DATA") or "var").resolve())
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _run(arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        console.print(sentence, style="bold red", markup=False, soft_wrap=True)
        sys.exit(1)


def _run(arguments: list[str]) -> None:
    if arguments[:1] == ["manage"]:  # Django reads its own arguments
        _manage(arguments[1:])
    else:
        options = _parser().parse_args(arguments)
        options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="concivis", description="The coordination office for a city's relations."
    )
    parser.add_argument("--version", action="version", version=f"Concivis {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    demo = commands.add_parser("demo", help="open Concivis with its example cities, on this machine only")
    serve = commands.add_parser("serve", help="run Concivis for the public (docs/operator.md says how)")
    for command, run in ((demo, _demo), (serve, _serve)):
        command.add_argument("--port", type=int, default=8000)
        command.set_defaults(run=run)
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    prepare = commands.add_parser("setup", help="bring the data directory up to date, then stop")
    prepare.set_defaults(run=_setup)
    jobs = commands.add_parser("jobs", help="run background jobs only (demo and serve run them too)")
    jobs.add_argument("--announce", default="", help=argparse.SUPPRESS)
    jobs.set_defaults(run=lambda options: serving.work(announce=options.announce))
    commands.add_parser("manage", help="Django's management commands", add_help=False)
    return parser


def _demo(options: argparse.Namespace) -> None:
    os.environ["CONCIVIS_DEMO"] = "1"
    os.environ.setdefault("CONCIVIS_BASE_URL", f"http://localhost:{options.port}")
    _serve_all("127.0.0.1", options.port, demo=True)


def _serve(options: argparse.Namespace) -> None:
    _serve_all(options.host, options.port, demo=_is_demo())


def _serve_all(host: str, port: int, *, demo: bool) -> None:
    serving.refuse_taken_port(host, port)
    _check_settings()
    setup.installation.settle(_data(), demo=demo)
    if not setup.is_current(_data(), demo=demo):
        # in a process of its own, so that the server starts small
        done = subprocess.run([sys.executable, "-m", "concivis", "setup"])
        if done.returncode:
            sys.exit(done.returncode)
    serving.serve(host, port)


def _setup(options: argparse.Namespace) -> None:
    import django

    setup.installation.settle(_data(), demo=_is_demo())
    setup.frontend.install(_data())  # before Django reads where the static files lie
    django.setup()
    setup.prepare(_data(), demo=_is_demo())


def _manage(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line

    own_secret = "CONCIVIS_SECRET_KEY" in os.environ or "CONCIVIS_SECRET_KEY_FILE" in os.environ
    if not own_secret and setup.installation.kind(_data()) == setup.installation.DEMO:
        os.environ.setdefault(
            "CONCIVIS_DEMO", "1"
        )  # in the folder of a demo its commands go without settings
    _check_settings()
    execute_from_command_line(["concivis manage", *arguments])


def _data() -> Path:
    return Path(os.environ["CONCIVIS_DATA"])


def _is_demo() -> bool:
    return os.environ.get("CONCIVIS_DEMO", "").lower() in {"1", "true", "yes", "on"}


def _check_settings() -> None:
    """Reads the settings once here, where a refusal can be told plainly, instead of in every worker."""
    from django.conf import settings

    _ = settings.INSTALLED_APPS


def _sentence(error: Exception) -> str | None:
    """What to tell the operator; None for an error of ours, whose traceback we want to see."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db import OperationalError

    if getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error):
        return f"The disk is full. Concivis keeps its data in {_data()}; make room there, then start again."
    if isinstance(error, Refusal | ImproperlyConfigured | CommandError):
        return str(error)
    if isinstance(error, OperationalError):
        return f"The database does not answer: {str(error).strip().splitlines()[-1]}"
    if isinstance(error, OSError):
        return f"This did not work: {error}."
    return None
