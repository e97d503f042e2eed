"""What counting visitors costs: microseconds a request in front of a bare WSGI "hello", and one hand-over.

CONCIVIS_DATA=var python bench/reach.py
"""

import datetime as dt
import os
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]
os.environ |= {"CONCIVIS_DEMO": "1", "DJANGO_SETTINGS_MODULE": "concivis.site.settings"}
REQUESTS = 100_000
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
VISITORS = 10_000


def hello(environ, start_response):  # noqa: ANN001, ANN201
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"hello"]


def main() -> None:
    import django

    django.setup()
    from concivis.reach.counter import Counter
    from concivis.reach.sketch import merged

    kept: list[float] = []
    counter = Counter(
        hello,
        key_of=lambda day: bytes(32),
        keep=lambda day, seen: kept.extend(len(visitors) for visitors in seen.values()),
        today=dt.date.today,
        behind_proxy=True,
        seconds=3600,
    )
    bare = cost(hello, "/en/hubs/hamm/", FIREFOX)
    print(f"{'one request':<34}{'CPU µs':>8}{'more than bare':>16}")
    for name, path, browser in [
        ("counted", "/en/hubs/hamm/", FIREFOX),
        ("a file, not counted", "/static/shell/shell.css", FIREFOX),
        ("a program, not counted", "/en/hubs/hamm/", "Googlebot/2.1"),
    ]:
        spent = cost(counter, path, browser)
        print(f"{name:<34}{spent * 1e6:>8.2f}{(spent - bare) * 1e6:>16.2f}")
    counter.hand_over()
    drawn = random.Random(1)
    seen = [drawn.getrandbits(64) for _ in range(VISITORS)]
    registers, _count = merged(None, seen[:1])
    began = time.process_time()
    registers, count = merged(registers, seen)
    spent = time.process_time() - began
    print(
        f"\n{VISITORS:,} visitors into a sketch of {len(registers):,} bytes: {spent * 1e3:.0f} ms; counted {count:,}"
    )


def cost(application, path: str, browser: str) -> float:  # noqa: ANN001
    """Seconds of CPU a request; every hundredth from another address."""
    environs = [
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "HTTP_USER_AGENT": browser,
            "HTTP_X_FORWARDED_FOR": f"192.0.2.{number}",
        }
        for number in range(100)
    ]

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        return None

    began = time.process_time()
    for number in range(REQUESTS):
        application(environs[number % 100], start_response)
    return (time.process_time() - began) / REQUESTS


if __name__ == "__main__":
    main()
