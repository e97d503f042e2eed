import logging
import logging.config
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client

from concivis.site.logs import without_keys

KEY = "o4Zk-9wq_Kx7T2mHh0cPq1"


@pytest.fixture
def written(monkeypatch):
    """What the site's own handler writes during the test."""
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    made = logging.config.DictConfigurator(settings.LOGGING)
    handler.setFormatter(made.configure_formatter(dict(settings.LOGGING["formatters"]["line"])))
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    return lines


@pytest.mark.parametrize(
    "address",
    [
        f"/en/sides/{KEY}/",
        f"/de/sides/{KEY}/agree/objective/1/",
        f"/en/hubs/invitations/{KEY}/",
        f"/en/reminders/off/{KEY}:1tAbCd:x-y_z/",
        f"/en/accounts/password/reset/key/1-{KEY}/",
        f"/en/accounts/confirm-email/{KEY}/",
    ],
)
def test_the_key_of_a_mailed_link_is_blanked(address):
    said = without_keys(f"Not Found: {address}")
    assert KEY not in said
    assert "/(key)/" in said


@pytest.mark.parametrize(
    "address", ["/en/hubs/invitations/7/accept/", "/en/partnerships/?q=/sides/", "/en/hubs/hamm/"]
)
def test_other_addresses_stay_as_they_are(address):
    assert without_keys(address) == address


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/en/sides/{KEY}/", f"/en/hubs/invitations/{KEY}/"])
def test_neither_a_refused_form_nor_an_unknown_key_writes_the_key_into_the_log(written, address):
    Client(enforce_csrf_checks=True).post(address)
    Client().get(address)
    assert "Forbidden" in written.getvalue()
    assert "Not Found" in written.getvalue()
    assert KEY not in written.getvalue()


def test_a_key_in_a_traceback_is_blanked(written):
    try:
        raise ValueError(f"no page at /en/sides/{KEY}/")
    except ValueError:
        logging.getLogger("concivis").exception("It broke")
    assert "ValueError: no page at /en/sides/(key)/" in written.getvalue()
