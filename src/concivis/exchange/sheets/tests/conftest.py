from pathlib import Path

import pytest

from concivis.exchange.tests.atlas import draw
from concivis.hubs.factories import HubFactory
from concivis.vocabulary.actions import load_vocabulary


@pytest.fixture(autouse=True)
def files_below_a_folder_of_the_test(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def atlas(db):
    """A dozen real places, by name."""
    return draw()


@pytest.fixture
def words(db):
    """The vocabulary as it is shipped."""
    load_vocabulary()


@pytest.fixture
def hub(atlas):
    return HubFactory(slug="hamm", name="Hamm", place=atlas["Hamm"], language="de", is_published=True)
