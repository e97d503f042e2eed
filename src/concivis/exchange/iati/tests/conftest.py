"""IATI's own schemas, rules, code lists and examples, where this machine has them."""

from pathlib import Path

import pytest


@pytest.fixture
def published(shared_data: Path) -> Path:
    """The folder of what IATI publishes: `schemas`, `rules`, `codelists`, `examples`."""
    folder = shared_data / "iati"
    if not folder.is_dir():
        pytest.skip("the schemas and examples of IATI are not on this machine")
    return folder


@pytest.fixture
def example(published: Path):
    """The bytes of an example by its name."""
    return lambda name: (published / "examples" / name).read_bytes()
