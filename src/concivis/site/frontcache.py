"""Keeps the pages that anonymous visitors see in the worker's memory, in front of Django.

A page is kept for one data version: whatever writes the record raises the version, and with it every kept page is past.
A worker asks the database for the version at most every `FRONT_CACHE_VERSION_SECONDS`, so a page is at most that
much older than the data. Numbers that no line of the record announces, such as signatures in their thousands, carry a
`Cache-Control: max-age` that is kept here, too. While the database is away, pages are served as they stood.
"""

import gzip
import hashlib
import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST_PAGE = 4 * 1024 * 1024
STALE_SECONDS = 600  # how long a page may stand in for one that the database cannot give
RENEWAL_SECONDS = 5  # within which who makes a page anew has done so, or another tries
LARGEST_QUERY = 500  # longer ones are not worth the memory
# anywhere: Django forgives spaces around a name
OWN_COOKIES = re.compile("sessionid|csrftoken|messages|django_language")
COMPRESSIBLE = re.compile(
    r"^(text/|application/(json|ld\+json|atom\+xml|problem\+json|javascript)|image/svg)"
)
SMALLEST_COMPRESSED = 600
MAX_AGE = re.compile(r"\bmax-age=(\d+)")

Headers = list[tuple[str, str]]
Key = tuple[str, ...]


@dataclass
class Page:
    """`plain_headers` and `compressed_headers` say all of the two forms, so that nothing is put together per answer."""

    headers: Headers  # what both say
    plain: bytes
    plain_headers: Headers
    compressed: bytes | None
    compressed_headers: Headers
    etag: str
    version: int
    fresh_until: float  # by the monotonic clock; without an end unless the page says `max-age`
    asked_at: float  # when it was last known to be current, by the same clock
    renewed_until: float = 0.0  # until then somebody is making it anew

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.compressed or b"") + 1000


class FrontCache:
    """WSGI middleware. `version()` gives the data version, `build` names the software's; `megabytes` bounds memory."""

    def __init__(
        self,
        application: "WSGIApplication",
        *,
        version: Callable[[], int],
        build: str,
        megabytes: int,
        version_seconds: float,
    ) -> None:
        self.application = application
        self.build = build
        self.capacity = megabytes * 1024 * 1024
        self._ask_version = version
        self._version_seconds = version_seconds
        self._version: int | None = None
        self._asked_at = float("-inf")
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._vary: dict[Key, tuple[str, ...]] = {}
        self._size = 0
        self._lock = threading.Lock()
        self._asking = threading.Lock()  # held by whoever asks for the version; nobody waits for it

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not self.capacity or not _is_anonymous_read(environ):
            return self.application(environ, start_response)
        version = self._current_version()
        if version is None:
            return self.application(environ, start_response)
        address = _address(environ)
        page = self._kept(address, environ)
        now = time.monotonic()
        if page is not None and page.version == version and self._may_be_shown(page, now):
            page.asked_at = now
            return _answer(page, environ, start_response)
        return self._ask_django(version, page, address, environ, start_response)

    def _may_be_shown(self, page: Page, now: float) -> bool:
        """A page past its `max-age` is made anew by who asks first; the others get the old one until that is done."""
        if now < page.fresh_until:
            return True
        with self._lock:
            if now < page.renewed_until:
                return True
            page.renewed_until = now + RENEWAL_SECONDS
        return False

    def _current_version(self) -> int | None:
        """While the database is away, what was known last: one request asks in vain, the others go on."""
        now = time.monotonic()
        if now - self._asked_at >= self._version_seconds and self._asking.acquire(blocking=False):
            try:
                self._version = self._ask_version()
            except Exception:  # keep serving what we have; Django reports the rest
                return self._version
            finally:
                self._asked_at = time.monotonic()
                self._asking.release()
        return self._version

    def _kept(self, address: Key, environ: "WSGIEnvironment") -> Page | None:
        """The page of this address, whatever version it is of."""
        with self._lock:
            vary = self._vary.get(address)
            if vary is None:
                return None
            key = _variant(address, vary, environ)
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def _ask_django(
        self,
        version: int,
        before: Page | None,
        address: Key,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        """`before`: the page as it stood, which is shown once more where there is no other."""
        heard: list[Any] = []

        def hear(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            heard[:] = [status, headers, exc_info]
            return lambda data: None

        body = self.application(environ, hear)
        status, headers, exc_info = heard
        if status.startswith("503") and before and time.monotonic() - before.asked_at <= STALE_SECONDS:
            _close(body)
            return _answer(before, environ, start_response)
        if not _is_keepable(status, headers):
            start_response(status, headers, exc_info)
            return body
        content = b"".join(body)
        _close(body)
        vary = _varies(headers)
        key = _variant(address, vary, environ)
        page = self._page(version, key, headers, content)
        self._keep(version, address, vary, key, page)
        return _answer(page, environ, start_response)

    def _page(self, version: int, key: Key, headers: Headers, content: bytes) -> Page:
        names = {name.lower(): value for name, value in headers}
        limited = (
            content if _max_age(names) < math.inf else b""
        )  # it changes while the data version stands still
        digest = hashlib.blake2s("\0".join(key).encode() + limited, digest_size=6).hexdigest()
        etag = names.get("etag") or f'W/"{self.build}-{version}-{digest}"'
        kept = [(name, value) for name, value in headers if name.lower() not in {"etag", "content-length"}]
        if "cache-control" not in names:
            kept.append(("Cache-Control", "no-cache"))  # kept by browsers, asked for again with the ETag
        worth = len(content) >= SMALLEST_COMPRESSED and COMPRESSIBLE.match(names.get("content-type", ""))
        compressed = gzip.compress(content, 6, mtime=0) if worth and "content-encoding" not in names else None
        if compressed is not None:
            kept = _with_vary(kept, "Accept-Encoding")
        now = time.monotonic()
        kept.append(("ETag", etag))
        return Page(
            headers=kept,
            plain=content,
            plain_headers=[*kept, ("Content-Length", str(len(content)))],
            compressed=compressed,
            compressed_headers=[
                *kept,
                ("Content-Encoding", "gzip"),
                ("Content-Length", str(len(compressed or b""))),
            ],
            etag=etag,
            version=version,
            fresh_until=now + _max_age(names),
            asked_at=now,
        )

    def _keep(self, version: int, address: Key, vary: tuple[str, ...], key: Key, page: Page) -> None:
        with self._lock:
            if version != self._version or page.size > self.capacity // 4:
                return  # the data moved on while the page was made
            self._vary[address] = vary
            replaced = self._pages.pop(key, None)
            self._pages[key] = page
            self._size += _weight(key, page) - (_weight(key, replaced) if replaced else 0)
            while self._size > self.capacity:
                oldest, dropped = self._pages.popitem(last=False)
                self._size -= _weight(oldest, dropped)
                self._vary.pop(oldest[: len(address)], None)


def _close(body: Iterable[bytes]) -> None:
    if hasattr(body, "close"):
        body.close()


def _is_anonymous_read(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and "HTTP_AUTHORIZATION" not in environ
        and len(environ.get("QUERY_STRING", "")) <= LARGEST_QUERY
        and not OWN_COOKIES.search(environ.get("HTTP_COOKIE", ""))
    )


def _is_keepable(status: str, headers: Headers) -> bool:
    names = {name.lower(): value.lower() for name, value in headers}
    return (
        status.startswith("200")
        and "set-cookie" not in names
        and not re.search(r"private|no-store", names.get("cache-control", ""))
        and "*" not in names.get("vary", "")
        and int(names.get("content-length") or LARGEST_PAGE + 1) <= LARGEST_PAGE
    )


def _max_age(names: dict[str, str]) -> float:
    """Seconds for which a page may be kept: what shows numbers that no line of the record announces says how long."""
    found = MAX_AGE.search(names.get("cache-control", ""))
    return int(found[1]) if found else math.inf


def _address(environ: "WSGIEnvironment") -> Key:
    said = environ.get
    scheme = said("HTTP_X_FORWARDED_PROTO") or said("wsgi.url_scheme", "")
    return (
        environ["REQUEST_METHOD"],
        scheme,
        said("HTTP_HOST", ""),
        said("PATH_INFO", ""),
        said("QUERY_STRING", ""),
    )


def _varies(headers: Headers) -> tuple[str, ...]:
    """The names of the request's headers, as WSGI writes them, on which the page depends beside those we look at."""
    return tuple(
        "HTTP_" + name.strip().upper().replace("-", "_")
        for key, value in headers
        if key.lower() == "vary"
        for name in value.split(",")
        if name.strip().lower() not in {"cookie", "accept-encoding"}
    )


def _weight(key: Key, page: Page) -> int:
    return page.size + sum(map(len, key))


def _variant(address: Key, vary: tuple[str, ...], environ: "WSGIEnvironment") -> Key:
    return (*address, *[environ.get(name, "") for name in vary])


def _with_vary(headers: Headers, name: str) -> Headers:
    values = [value for key, value in headers if key.lower() == "vary"]
    others = [(key, value) for key, value in headers if key.lower() != "vary"]
    return [*others, ("Vary", ", ".join([*values, name]))]


def _answer(page: Page, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and _weak(page.etag) in {_weak(tag) for tag in asked.split(",")}:
        start_response("304 Not Modified", [*_without(page.headers, "content-type")])
        return []
    if page.compressed is not None and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body, headers = page.compressed, page.compressed_headers
    else:
        body, headers = page.plain, page.plain_headers
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _weak(etag: str) -> str:
    return etag.strip().removeprefix("W/")


def _without(headers: Headers, name: str) -> Headers:
    return [(key, value) for key, value in headers if key.lower() != name]
