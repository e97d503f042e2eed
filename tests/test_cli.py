"""The command `concivis` and its set-up, as the operator meets them."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from concivis.setup import database, frontend, installation, static, translations
from concivis.setup.steps import Refusal, fingerprint, read_stamp, write_stamp

ROOT = Path(__file__).resolve().parent.parent
OWN_SETTINGS = {"CONCIVIS_SECRET_KEY": "x" * 50, "CONCIVIS_BASE_URL": "https://twins.example"}
CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Twin town"
msgstr "Partnerstadt"
"""


def concivis(data: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and last words of a command in an installation without settings."""
    unwanted = ("CONCIVIS_", "DJANGO_", "DATABASE_URL", "PYTEST_")
    bare = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    ours = {**bare, "CONCIVIS_DATA": str(data), "PYTHONPATH": str(ROOT / "src"), **environment}
    command = [sys.executable, "-m", "concivis", *arguments]
    done = subprocess.run(
        command, cwd=data, env=ours, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_a_port_in_use_is_told_with_the_way_out(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = concivis(tmp_path, "demo", "--port", str(port))
    assert code == 1
    assert said.startswith(f"Port {port} of 127.0.0.1 cannot be used")
    assert said.endswith("choose another port with --port.")


def test_production_does_not_start_without_a_secret(tmp_path: Path):
    code, said = concivis(tmp_path, "serve", "--port", "0")
    assert (code, said.startswith("CONCIVIS_SECRET_KEY is not set.")) == (1, True)


def test_production_does_not_start_with_the_secret_of_the_demo(tmp_path: Path):
    secret = {"CONCIVIS_SECRET_KEY": "demo-secret-not-for-production"}
    code, said = concivis(tmp_path, "serve", "--port", "0", **secret)
    assert (code, "production needs one of its own" in said) == (1, True)


def test_a_demo_for_others_does_not_start_with_the_secret_everybody_knows(tmp_path: Path):
    public = {"CONCIVIS_DEMO": "1", "CONCIVIS_HOSTS": "demo.example"}
    code, said = concivis(tmp_path, "serve", "--port", "0", **public)
    assert (code, "needs a secret of its own" in said) == (1, True)


def test_the_demo_does_not_run_on_a_database_that_does_not_say_it_is_one(tmp_path: Path):
    code, said = concivis(tmp_path, "demo", "--port", "0", DATABASE_URL="postgresql://127.0.0.1:9/city")
    assert (code, said.startswith("The demo does not run on a database named by DATABASE_URL.")) == (1, True)


def test_a_database_that_does_not_answer_is_told_so(tmp_path: Path):
    write_stamp(tmp_path / "frontend" / "installed.stamp", frontend._stamp_text(dev=False))
    code, said = concivis(tmp_path, "setup", DATABASE_URL="postgresql://127.0.0.1:9/city", **OWN_SETTINGS)
    assert (code, "The database does not answer:" in said) == (1, True)


def test_the_demo_does_not_run_on_an_installation_of_somebodys_own(tmp_path: Path):
    installation.settle(tmp_path, demo=False)
    code, said = concivis(tmp_path, "demo", "--port", "0")
    assert (code, said) == (
        1,
        f"{tmp_path} holds an installation of your own, which the demo would spoil. "
        "Name another folder with CONCIVIS_DATA.",
    )


def test_a_database_that_does_not_say_it_is_a_demo_is_somebodys_own(tmp_path: Path):
    (tmp_path / "concivis.sqlite3").touch()
    with pytest.raises(Refusal, match="holds an installation of your own"):
        installation.settle(tmp_path, demo=True)


def test_an_installation_does_not_run_on_the_demo(tmp_path: Path):
    installation.settle(tmp_path, demo=True)
    code, said = concivis(tmp_path, "serve", "--port", "0", **OWN_SETTINGS)
    assert (code, "holds the demo, whose accounts are known to everybody." in said) == (1, True)


def test_commands_in_the_folder_of_a_demo_need_no_settings(tmp_path: Path):
    installation.settle(tmp_path, demo=True)
    assert concivis(tmp_path, "manage", "migrate", "accounts", "--plan")[0] == 0


def test_commands_elsewhere_do(tmp_path: Path):
    code, said = concivis(tmp_path, "manage", "migrate", "accounts", "--plan")
    assert (code, said.startswith("CONCIVIS_SECRET_KEY is not set.")) == (1, True)


def test_a_step_is_done_again_when_one_of_its_files_changes(tmp_path: Path):
    file = tmp_path / "data.json"
    file.write_text("{}")
    before = fingerprint([file])
    file.write_text('{"a": 1}')
    assert fingerprint([file]) != before


def test_a_new_data_directory_needs_every_step(tmp_path: Path):
    current = (
        frontend.is_current(tmp_path),
        database.is_current(tmp_path, demo=True),
        static.is_current(tmp_path),
    )
    assert current == (False, False, False)


def test_a_database_that_was_put_in_place_of_ours_is_looked_at_again(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name in ("concivis.sqlite3", "jobs.sqlite3"):
        (tmp_path / name).touch()
    write_stamp(tmp_path / "database.stamp", database._stamp_text(tmp_path, demo=True))
    assert database.is_current(tmp_path, demo=True)
    (tmp_path / "backup").touch()
    (tmp_path / "backup").replace(tmp_path / "concivis.sqlite3")
    assert not database.is_current(tmp_path, demo=True)


def test_a_database_server_is_always_asked(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1/city")
    assert not database.is_current(tmp_path, demo=False)


def test_packages_of_the_tests_serve_the_demo_but_not_the_other_way_round(tmp_path: Path):
    stamp = tmp_path / "frontend" / "installed.stamp"
    write_stamp(stamp, frontend._stamp_text(dev=True))
    assert (frontend.is_current(tmp_path), frontend.is_current(tmp_path, dev=True)) == (True, True)
    write_stamp(stamp, frontend._stamp_text(dev=False))
    assert (frontend.is_current(tmp_path), frontend.is_current(tmp_path, dev=True)) == (True, False)


def test_npm_comes_from_the_wheel_where_the_machine_has_no_node(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    command, environment = frontend._npm()
    said = subprocess.run(
        [*command, "--version"], env=environment, capture_output=True, text=True, check=True
    )
    assert int(said.stdout.split(".")[0]) >= 10


def test_npm_comes_from_the_wheel_where_node_is_too_old(monkeypatch):
    monkeypatch.setattr(frontend, "_major", lambda node: 18)
    command, _ = frontend._npm()
    assert [Path(part).name for part in command] == ["node", "npm-cli.js"]


def test_a_catalogue_is_compiled_when_it_is_newer_than_what_was_compiled(tmp_path: Path):
    source = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    write_stamp(source, CATALOGUE)
    assert not translations.are_current(tmp_path)
    translations.compile_all(tmp_path)
    assert translations.are_current(tmp_path)
    assert "Partnerstadt" in source.with_suffix(".mo").read_bytes().decode("latin-1")


def test_a_broken_catalogue_is_named_with_its_line(tmp_path: Path):
    source = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    write_stamp(source, CATALOGUE + 'msgid "Open"\nmsgstring "Offen"\n')
    with pytest.raises(Refusal, match=r"django\.po, line 8: Unknown or misformatted keyword\."):
        translations.compile_all(tmp_path)
    assert not source.with_suffix(".mo").exists()


def test_a_stamp_that_was_never_made_is_empty(tmp_path: Path):
    assert read_stamp(tmp_path / "never.stamp") == ""
