"""What keeps the code honest as a whole: templates in use, migrations and translations complete."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Origin, Template, engines
from django.template.utils import get_app_template_dirs

from strict_templates import ROOT, UnknownTemplateVariable

SOURCE = ROOT / "src" / "concivis"
OTHER_LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
VENDORED = ("d3", "topojson", "world")
FOUND_BY_NAME = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
}  # Django and allauth ask for these themselves


def templates() -> Iterator[tuple[str, Path]]:
    """Every template of ours with the name under which it is loaded."""
    for path in sorted(SOURCE.glob("*/templates/**/*.*")):
        yield (
            path.relative_to(
                next(folder for folder in path.parents if folder.name == "templates")
            ).as_posix(),
            path,
        )


@cache
def everything_that_may_name_a_template() -> str:
    files = [*SOURCE.rglob("*.py"), *(path for _, path in templates())]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if "tests" not in path.parts)


# --- templates ---------------------------------------------------------------------------------------------


def test_every_template_is_used():
    others = [
        Path(folder) for folder in get_app_template_dirs("templates") if SOURCE not in Path(folder).parents
    ]
    unused = [
        name
        for name, _ in templates()
        if name not in FOUND_BY_NAME
        and not any((folder / name).exists() for folder in others)
        and not re.search(rf"[\"']{re.escape(name)}[\"']", everything_that_may_name_a_template())
    ]
    assert unused == []


def test_every_loaded_tag_library_is_used():
    libraries = engines["django"].engine.template_libraries
    unused = []
    for name, path in templates():
        text = path.read_text(encoding="utf-8")
        for loaded in re.findall(r"{%\s*load\s+(.+?)\s*%}", text):
            wanted, _, source = loaded.partition(" from ")
            parts = wanted.split()
            for part in parts:
                names = [part] if source else [*libraries[part].tags, *libraries[part].filters]
                if not any(re.search(rf"({{%\s*|\|\s*){re.escape(word)}\b", text) for word in names):
                    unused.append(f"{name}: {part}")
    assert unused == []


def test_every_static_file_that_a_template_names_is_there():
    missing = [
        f"{name}: {file}"
        for name, path in templates()
        for file in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", path.read_text(encoding="utf-8"))
        if not finders.find(file) and (settings.FRONTEND.is_dir() or not is_fetched(file))
    ]
    assert missing == []


def is_fetched(file: str) -> bool:
    """Whether set-up fetches it with the front-end packages, which a run of single tests may do without."""
    return file.split("/")[0] in VENDORED


def test_a_variable_that_a_template_of_ours_does_not_get_is_an_error(settings):
    settings.DEBUG = not settings.DEBUG  # Django makes its template engine anew
    ours = Template("{{ nowhere }}", origin=Origin(str(SOURCE / "shell" / "templates" / "some.html")))
    with pytest.raises(UnknownTemplateVariable, match="nowhere"):
        ours.render(Context())


def test_templates_of_others_may_rely_on_the_leniency_of_django():
    theirs = Template("a{{ nowhere }}z", origin=Origin("/site-packages/allauth/templates/some.html"))
    assert theirs.render(Context()) == "az"


# --- database ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(databases="__all__")
def test_migrations_are_complete():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


# --- translations ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every translatable text of the code and templates, as Django's makemessages finds them."""
    if shutil.which("xgettext") is None:
        if os.environ.get("CONCIVIS_XGETTEXT_REQUIRED"):
            pytest.fail("xgettext is missing, though CONCIVIS_XGETTEXT_REQUIRED asks for it")
        pytest.skip("xgettext is missing (Debian's package gettext has it)")
    folder = tmp_path_factory.mktemp("texts")
    shutil.copytree(
        SOURCE, folder / "concivis", ignore=shutil.ignore_patterns("tests", "locale", "__pycache__")
    )
    (folder / "locale").mkdir()
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--locale=xx",
        "--keep-pot",
        "--ignore=frontend",
    ]
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    template = (folder / "locale" / "django.pot").read_text(encoding="utf-8")
    return read_po(
        StringIO(template.replace("nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=n != 1"))
    )


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_every_text_is_translated(language: str, texts: Catalog):
    path = SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"
    assert path.is_file(), f"{path} is missing"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    faults = [fault for text in texts if text.id for fault in faults_of(text, catalogue)]
    assert faults == []


def faults_of(text: Message, catalogue: Catalog) -> Iterator[str]:
    label = text.id if isinstance(text.id, str) else text.id[0]
    translated = catalogue.get(label, context=text.context)
    if translated is None:
        yield f"missing: {label!r}"
        return
    forms = forms_of(translated.string)
    if not all(forms):
        yield f"not translated: {label!r}"
    elif translated.fuzzy:
        yield f"fuzzy: {label!r}"
    elif not all(placeholders(form) <= placeholders(*forms_of(text.id)) for form in forms):
        yield f"unknown placeholder: {label!r}"
    elif placeholders(*forms) != placeholders(*forms_of(text.id)):
        yield f"missing placeholder: {label!r}"


def forms_of(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def placeholders(*texts: str) -> set[str]:
    return {found for text in texts for found in re.findall(r"%\(\w+\)[sd]|%[sd]|{\w*}", text)}
