from pathlib import Path

import pytest

from concivis.exchange.tests.atlas import draw


@pytest.fixture(autouse=True)
def files_below_a_folder_of_the_test(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "imports"


@pytest.fixture
def atlas(db):
    """A dozen real places, by name."""
    return draw()
