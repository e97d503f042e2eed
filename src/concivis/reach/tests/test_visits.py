import pytest

from concivis.reach.enums import PageKind
from concivis.reach.visits import Owner, Page, counts, identifier, page_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
KEY = bytes(32)


def environ(**said):
    return {"REQUEST_METHOD": "GET", "REMOTE_ADDR": "192.0.2.1", "HTTP_USER_AGENT": FIREFOX, **said}


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/en/", Page(Owner(), PageKind.HOME)),
        ("/de/hubs/hamm/", Page(Owner("hub", "hamm"), PageKind.HOME)),
        ("/de/hubs/hamm/initiatives/", Page(Owner("hub", "hamm"), PageKind.INITIATIVES)),
        ("/de/hubs/hamm/countries/MX/", Page(Owner("hub", "hamm"), PageKind.COUNTRIES)),
        ("/de/embed/hamm/initiatives/", Page(Owner("hub", "hamm"), PageKind.EMBED)),
        ("/it/initiatives/i0123456789/", Page(Owner("initiative", "i0123456789"), PageKind.INITIATIVES)),
        ("/it/initiatives/", Page(Owner(), PageKind.INITIATIVES)),
        (
            "/it/organisations/o0123456789/",
            Page(Owner("organisation", "o0123456789"), PageKind.ORGANISATIONS),
        ),
    ],
)
def test_a_public_page_counts_for_whom_it_belongs_to(path, page):
    assert page_of(path) == page


@pytest.mark.parametrize(
    "path",
    [
        "/en/office/hamm/today/",
        "/en/accounts/login/",
        "/en/initiatives/mine/SecretKeySecretKey/",
        "/en/initiatives/confirm/SecretKeySecretKey/",
        "/en/sides/SecretKeySecretKey/",
        "/en/hubs/invitations/SecretKey/",
        "/en/newsletter/yours/SecretKey/",
        "/en/initiatives.csv",
        "/static/shell/shell.css",
        "/api/v1/cards",
        "/en/" + "a/" * 200,
        "",
        "//",
        "/en/../../etc/passwd/",
    ],
)
def test_offices_mailed_links_and_files_are_not_counted(path):
    assert page_of(path) is None


def test_the_key_of_a_form_that_was_kept_is_not_looked_at():
    assert page_of("/en/hubs/hamm/initiatives/new/kept/SecretKey/") == Page(
        Owner("hub", "hamm"), PageKind.INITIATIVES
    )


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_DNT": "1"},
        {"HTTP_SEC_GPC": "1"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_USER_AGENT": "python-requests/2.32"},
        {"HTTP_COOKIE": "a=b; sessionid=abc"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
    ],
)
def test_who_does_not_want_to_be_counted_or_is_no_reader_is_not(said):
    assert (counts(environ()), counts(environ(**said))) == (True, False)


def who(key=KEY, behind_proxy=False, **said) -> int:
    return identifier(environ(**said), key, behind_proxy=behind_proxy)


def test_on_another_day_the_same_visitor_is_another_number():
    assert (who() == who(), who() == who(key=b"\1" * 32)) == (True, False)


def test_two_browsers_behind_one_connection_are_two():
    assert who() != who(HTTP_USER_AGENT="Mozilla/5.0 (iPhone)")


def test_of_a_long_address_the_half_that_stays_counts():
    assert who(REMOTE_ADDR="2001:db8:1:2:aaaa::1") == who(REMOTE_ADDR="2001:db8:1:2:bbbb::2")
    assert who(REMOTE_ADDR="2001:db8:1:2::1") != who(REMOTE_ADDR="2001:db8:1:3::1")


def test_only_what_the_proxy_saw_itself_is_believed():
    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7", "behind_proxy": True}
    assert who(**forged) == who(HTTP_X_FORWARDED_FOR="198.51.100.7", behind_proxy=True)
    assert who(HTTP_X_FORWARDED_FOR="203.0.113.9") == who()


@pytest.mark.parametrize("address", ["", ":::", "unix:", "\udce4"])
def test_a_strange_address_is_no_reason_to_fail(address):
    assert isinstance(who(REMOTE_ADDR=address), int)
