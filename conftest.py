"""What every test gets: strict templates, the real data sets and a browser where this machine has them.

The database is SQLite in memory, or the PostgreSQL server that DATABASE_URL names.
"""

import os
import shutil
from pathlib import Path

import pytest

from concivis.hubs.testing import let_tests_empty_the_record
from strict_templates import RefuseUnknown

ROOT = Path(__file__).resolve().parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure() -> None:
    let_tests_empty_the_record()


@pytest.fixture(scope="session", autouse=True)
def unknown_template_variables_are_errors() -> None:
    """In the settings and not in the engine, which Django makes anew when a test changes a setting."""
    from django.conf import settings
    from django.template import engines

    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = RefuseUnknown("%s")
    engines["django"].engine.string_if_invalid = RefuseUnknown("%s")


@pytest.fixture(scope="session", autouse=True)
def folder_of_static_files() -> None:
    """whitenoise warns, and warnings are errors here, where the folder is absent."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets: CONCIVIS_SHARED_DATA, else `shared/data` beside the project's folder."""
    folder = Path(os.environ.get("CONCIVIS_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the real data sets are not on this machine (CONCIVIS_SHARED_DATA may name their folder)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of a Chromium on this machine. Without one: skips, or fails if one is REQUIRED."""
    candidates = [os.environ.get("CONCIVIS_CHROMIUM"), *map(shutil.which, BROWSERS)]
    found = next(filter(None, candidates), None)
    if found is None and os.environ.get("CONCIVIS_BROWSER_REQUIRED"):
        pytest.fail("no Chromium on this machine, though CONCIVIS_BROWSER_REQUIRED asks for one")
    if found is None:
        pytest.skip("no Chromium on this machine (CONCIVIS_CHROMIUM may name its program)")
    return found


@pytest.fixture(autouse=True)
def nothing_is_remembered_from_another_test() -> None:
    """What is kept by data version would be found again by a test whose record is as long."""
    from django.core.cache import caches

    from concivis.twinning import figures

    caches["memory"].clear()
    figures._kept.update(version=None, network=None)


@pytest.fixture(autouse=True)
def _no_language_is_left_from_another_test() -> None:
    """A page in Romanian leaves Romanian active in its thread, and `reverse` would give Romanian addresses."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _browser_tests_need_a_browser(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("browser"):
        request.getfixturevalue("chromium")
