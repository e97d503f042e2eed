"""The real server with a database that waits for the disk, made once; each test brings its own keys to press."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from faults.scene import Scene

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.faults)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def sqlite_scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with Scene(tmp_path_factory.mktemp("sqlite")).running() as scene:
        yield scene


@pytest.fixture(scope="session")
def postgres_scene() -> Iterator[Scene]:
    """In a folder of its own: the server is lent to nobody, and pytest closes its folders to others at every run."""
    with tempfile.TemporaryDirectory(prefix="concivis-faults-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with Scene(folder, postgres.DURABLE).running() as scene:
            yield scene


@pytest.fixture(params=["sqlite", "postgres"])
def scene(request: pytest.FixtureRequest) -> Scene:
    """On both databases."""
    found: Scene = request.getfixturevalue(f"{request.param}_scene")
    return found
