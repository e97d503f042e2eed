import pytest
from django.core.exceptions import ImproperlyConfigured

from concivis.site.environment import mailboxes

BOX = "hamm=imaps://office%40hamm.example@imap.example/INBOX"


def test_a_mailbox_has_its_password_from_the_environment_or_a_file(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("swordfish\n")
    monkeypatch.setenv("CONCIVIS_MAILBOX_PASSWORD_BAD_EXAMPLE_FILE", str(secret))
    found = mailboxes(["bad-example=imaps://a@imap.example/"])
    assert found == {"bad-example": {"url": "imaps://a@imap.example/", "password": "swordfish"}}


@pytest.mark.parametrize(
    "pair", ["hamm", "=imaps://a@b", "hamm=imap://a@b/", "hamm=https://a@b/", "hamm=imaps://b/"]
)
def test_what_is_no_mailbox_over_tls_is_refused_with_an_example(pair, monkeypatch):
    monkeypatch.setenv("CONCIVIS_MAILBOX_PASSWORD_HAMM", "p")
    with pytest.raises(ImproperlyConfigured, match="imaps://"):
        mailboxes([pair])


def test_a_mailbox_without_a_password_is_refused():
    with pytest.raises(ImproperlyConfigured, match="CONCIVIS_MAILBOX_PASSWORD_HAMM"):
        mailboxes([BOX])
