"""Who is the same person, and what is kept of them."""

import pytest
from django.test import override_settings

from concivis.proposals import checks, identity
from concivis.proposals.enums import Assurance


@pytest.mark.parametrize(
    ("written", "mailbox"),
    [
        (" Ada.L@Example.ORG ", "ada.l@example.org"),
        ("a.d.a+news@googlemail.com", "ada@gmail.com"),
        ("ada+x@outlook.com", "ada@outlook.com"),
        ("a.da@outlook.com", "a.da@outlook.com"),
        ("a_d-a@protonmail.com", "ada@proton.me"),
        ("ada-l@yandex.ru", "ada.l@yandex.com"),
        ("ada@me.com", "ada@icloud.com"),
        ("ada+x@example.org", "ada+x@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("ａｄａ@example.org", "ada@example.org"),
        ("+x@gmail.com", "+x@gmail.com"),
        ("...@gmail.com", "...@gmail.com"),
    ],
)
def test_a_mailbox_has_one_name(written: str, mailbox: str) -> None:
    assert identity.canonical(written) == mailbox


@pytest.mark.parametrize(
    "written", ["", "ada", "@example.org", "ada@", "ada@exa mple.org", f"ada@{'x' * 70}.org"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"not a mail address"):
        identity.canonical(written)


def test_the_same_person_is_another_hash_for_another_proposal() -> None:
    assert identity.by_mail("p1", "ada@example.org") != identity.by_mail("p2", "ada@example.org")


def test_without_the_secret_nobody_can_try_addresses() -> None:
    ours = identity.by_mail("p1", "ada@example.org")
    with override_settings(SIGNATURE_PEPPER="another"):
        assert identity.by_mail("p1", "ada@example.org") != ours


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.254", True),
        ("192.0.2.1", "192.0.3.1", False),
        ("::ffff:192.0.2.1", "192.0.2.9", True),
        ("2001:db8:1::1", "2001:db8:1:ffff::2", True),
        ("2001:db8:1::1", "2001:db8:2::1", False),
    ],
)
def test_a_network_is_told_by_its_first_part(one: str, other: str, same: bool) -> None:
    assert (identity.network("p1", one) == identity.network("p1", other)) is same


def test_no_address_is_no_network() -> None:
    assert identity.network("p1", "unix:") == ""


def test_an_unknown_level_is_low() -> None:
    assert identity.assurance_of("urn:whatever") is Assurance.LOW


def test_an_operator_is_warned_while_the_secret_is_not_apart() -> None:
    with override_settings(SIGNATURE_PEPPER_IS_OWN=False, DEBUG=False, DEMO=False):
        assert [found.id for found in checks.the_pepper_is_apart(None)] == ["proposals.W001"]
    with override_settings(SIGNATURE_PEPPER_IS_OWN=True, DEBUG=False, DEMO=False):
        assert checks.the_pepper_is_apart(None) == []
