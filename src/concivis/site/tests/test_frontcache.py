import gzip
import threading
import time

import pytest

from concivis.site import frontcache
from concivis.site.frontcache import FrontCache


class Site:
    """A WSGI application that counts how often it was asked, and answers what it is told."""

    def __init__(self, body=b"page", **headers):
        self.asked = 0
        self.body = body
        self.headers = {"Content-Type": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
        self.status = "200 OK"

    def __call__(self, environ, start_response):
        self.asked += 1
        start_response(self.status, [*self.headers.items(), ("Content-Length", str(len(self.body)))])
        return [self.body]


class Version:
    now = 7

    def __call__(self):
        if self.now is None:
            raise ConnectionError
        return self.now


@pytest.fixture
def version():
    return Version()


def cached(site, version, megabytes=1):
    return FrontCache(site, version=version, build="1", megabytes=megabytes, version_seconds=0)


def get(application, path="/en/", method="GET", **headers):
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer.update(status=int(status.split()[0]), headers={k.lower(): v for k, v in headers})

    environ = {"REQUEST_METHOD": method, "PATH_INFO": path.split("?")[0], "HTTP_HOST": "localhost"}
    environ["QUERY_STRING"] = path.partition("?")[2]
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    answer["body"] = b"".join(application(environ, start_response))
    return answer


def test_an_anonymous_page_is_made_once(version):
    site = Site()
    application = cached(site, version)
    assert get(application) == get(application)
    assert site.asked == 1


def test_a_change_of_the_data_makes_every_page_anew(version):
    site = Site()
    application = cached(site, version)
    before = get(application)["headers"]["etag"]
    version.now = 8
    assert get(application)["headers"]["etag"] != before
    assert site.asked == 2


def test_a_browser_that_has_the_page_is_told_so_without_its_body(version):
    application = cached(Site(), version)
    etag = get(application)["headers"]["etag"]
    again = get(application, if_none_match=etag)
    assert (again["status"], again["body"]) == (304, b"")
    version.now = 8
    assert get(application, if_none_match=etag)["status"] == 200


@pytest.mark.parametrize(
    "cookie",
    [
        "sessionid=x",
        "a=b; csrftoken=y",
        "messages=z",
        "django_language=de",
        "sessionid =x",  # Django reads this as a session, too, and what it shows a person must not be kept
        "a=b;\xc2\xa0sessionid=x",
    ],
)
def test_whoever_has_a_cookie_of_ours_gets_a_page_of_their_own(version, cookie):
    site = Site()
    application = cached(site, version)
    get(application, cookie=cookie), get(application, cookie=cookie)
    assert site.asked == 2


def test_whoever_brings_a_token_gets_an_answer_of_their_own(version):
    site = Site()
    application = cached(site, version)
    get(application, "/api/v1/hub")
    for _ in range(2):
        get(application, "/api/v1/hub", authorization="Bearer ccv_x")
    get(application, "/api/v1/hub")
    assert site.asked == 3


def test_a_strangers_cookie_does_not_matter(version):
    site = Site()
    application = cached(site, version)
    get(application, cookie="theirs=1"), get(application)
    assert site.asked == 1


@pytest.mark.parametrize(
    "headers",
    [{"Set_Cookie": "a=b"}, {"Cache_Control": "private"}, {"Cache_Control": "no-store"}, {"Vary": "*"}],
)
def test_what_is_private_is_not_kept(version, headers):
    site = Site(**headers)
    application = cached(site, version)
    get(application), get(application)
    assert site.asked == 2


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "500 Internal Server Error"])
def test_only_success_is_kept(version, status):
    site = Site()
    site.status = status
    application = cached(site, version)
    get(application), get(application)
    assert site.asked == 2


def test_a_post_goes_through(version):
    site = Site()
    application = cached(site, version)
    get(application, method="POST"), get(application, method="POST")
    assert site.asked == 2


def test_query_host_and_varied_headers_tell_pages_apart(version):
    site = Site(Vary="Accept-Language, Cookie")
    application = cached(site, version)
    for headers in [{}, {"accept_language": "de"}, {"host": "other"}]:
        get(application, **headers), get(application, **headers)
    get(application, "/en/?page=2"), get(application, "/en/?page=2")
    assert site.asked == 4


def test_pages_are_compressed_for_those_who_can_read_it(version):
    site = Site(b"a" * 5000)
    application = cached(site, version)
    answer = get(application, accept_encoding="br, gzip")
    assert gzip.decompress(answer["body"]) == b"a" * 5000
    assert answer["headers"]["content-encoding"] == "gzip"
    assert get(application)["body"] == b"a" * 5000
    assert site.asked == 1


def test_memory_is_bounded_and_the_oldest_page_goes_first(version):
    site = Site(b"a" * 200_000, Content_Type="image/png")
    application = cached(site, version)
    for number in range(6):
        get(application, f"/{number}")
    get(application, "/5"), get(application, "/0")
    assert site.asked == 7
    assert application._size <= application.capacity


def test_addresses_and_headers_count_as_memory_and_go_with_their_pages(version):
    """Whoever asks for ever other addresses fills no memory beyond the bound."""
    site = Site(Vary="Accept-Language")
    application = cached(site, version)
    for number in range(3000):
        get(application, f"/?{number}", accept_language="x" * 2000)
    assert len(application._pages) <= 1024 * 1024 // 3000
    assert len(application._vary) <= len(application._pages)


def test_two_variants_of_an_address_are_not_taken_for_each_other(version):
    application = cached(Site(Vary="HX-Request"), version)
    whole = get(application)["headers"]["etag"]
    assert get(application, hx_request="true", if_none_match=whole)["status"] == 200
    assert get(application, if_none_match=whole)["status"] == 304


def test_kept_pages_outlive_a_database_that_is_away(version):
    site = Site()
    application = cached(site, version)
    get(application)
    version.now = None
    assert get(application)["status"] == 200
    assert site.asked == 1


def test_head_has_no_body(version):
    answer = get(cached(Site(b"page"), version), method="HEAD")
    assert (answer["body"], answer["headers"]["content-length"]) == (b"", "4")


def test_without_memory_there_is_no_cache(version):
    site = Site()
    application = cached(site, version, megabytes=0)
    get(application), get(application)
    assert site.asked == 2


def test_a_page_as_it_stood_is_shown_when_the_database_cannot_give_a_newer_one(version):
    site = Site(body=b"as it stood")
    application = cached(site, version)
    get(application)
    version.now = 8
    site.status, site.body = "503 Service Unavailable", b"away"
    answer = get(application)
    assert (answer["status"], answer["body"]) == (200, b"as it stood")


def test_a_page_nobody_has_asked_for_lately_does_not_come_back(version, monkeypatch):
    site = Site()
    application = cached(site, version)
    get(application)
    version.now = 8
    site.status = "503 Service Unavailable"
    later = time.monotonic() + frontcache.STALE_SECONDS + 1
    monkeypatch.setattr(frontcache.time, "monotonic", lambda: later)
    assert get(application)["status"] == 503


def test_an_address_that_was_never_shown_says_that_the_database_is_away(version):
    site = Site()
    site.status = "503 Service Unavailable"
    assert get(cached(site, version))["status"] == 503


def test_nobody_waits_for_a_database_that_somebody_is_asking_already():
    begun, answered = threading.Event(), threading.Event()

    def slow():
        begun.set()
        answered.wait(5)
        return 7

    application = cached(Site(), slow)
    asking = threading.Thread(target=get, args=[application])
    asking.start()
    begun.wait(5)
    assert get(application)["body"] == b"page"
    answered.set()
    asking.join(5)


def test_a_page_that_says_how_long_it_holds_is_made_anew_then(version, monkeypatch):
    site = Site(Cache_Control="max-age=5", body=b"41 signatures")
    application = cached(site, version)
    before = get(application)["headers"]["etag"]
    now = time.monotonic()
    monkeypatch.setattr(frontcache.time, "monotonic", lambda: now + 4)
    assert get(application)["headers"]["etag"] == before
    site.body = b"42 signatures"
    monkeypatch.setattr(frontcache.time, "monotonic", lambda: now + 6)
    after = get(application)
    assert (after["body"], after["headers"]["etag"] != before) == (b"42 signatures", True)


def test_numbers_that_did_not_change_keep_their_etag(version, monkeypatch):
    site = Site(Cache_Control="max-age=5")
    application = cached(site, version)
    before = get(application)["headers"]["etag"]
    now = time.monotonic()
    monkeypatch.setattr(frontcache.time, "monotonic", lambda: now + 6)
    assert get(application)["headers"]["etag"] == before
    assert site.asked == 2


def test_while_one_makes_a_page_anew_the_others_get_the_old_one(version, monkeypatch):
    site = Site(Cache_Control="max-age=5", body=b"41 signatures")
    seen = []

    def answer(environ, start_response):
        if site.asked == 1:  # it is made anew: somebody else comes meanwhile
            site.asked += 1
            seen.append(get(application)["body"])
            site.body = b"42 signatures"
        return site(environ, start_response)

    application = cached(answer, version)
    get(application)
    now = time.monotonic()
    monkeypatch.setattr(frontcache.time, "monotonic", lambda: now + 6)
    assert (get(application)["body"], seen) == (b"42 signatures", [b"41 signatures"])
