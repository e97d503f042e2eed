from concivis.hubs.testing import let_tests_empty_the_record


def pytest_configure() -> None:
    let_tests_empty_the_record()
