"""How long a newsletter takes to reach its subscribers when its worker is killed twice, and whether each gets one.

    python bench/newsletter.py [50000]
    DATABASE_URL=postgresql://… python bench/newsletter.py …

Makes a database of its own (on PostgreSQL in the database named, which must be empty) with an office, twelve things
to tell and so many confirmed subscribers in five languages, a third of whom want some of it only. A mail server of our
own, a process that counts, takes the letters. The worker, a process that sends what is due and nothing else, is killed
(SIGKILL) at a third and at two thirds of the letters, and started again at once. What a killed worker had in hand is
due again two minutes later, so the end waits for that: both times are told. The yardstick sends as many bytes over one
connection to the same server, letters ready made, nothing written down.
"""

import asyncio
import json
import os
import re
import smtplib
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SUBSCRIBERS = 50_000
KILLED_AT = (1 / 3, 2 / 3)
YARDSTICK = 2_000  # letters
LANGUAGES = ("de", "it", "ro", "fr", "en")
COUNTRIES = ("GH", "MX", "TR", "PL")
SITE = "concivis.site.settings"


def main() -> None:
    match sys.argv[1:]:
        case ["--sink", ready]:
            asyncio.run(sink(Path(ready)))
        case ["--worker"]:
            worker()
        case numbers:
            measure(int(numbers[0]) if numbers else SUBSCRIBERS)


# --- the mail server ------------------------------------------------------------------------------------------


async def sink(ready: Path) -> None:
    """Takes every letter, and answers the verb XCOUNT by what it has. Writes its port into `ready`."""
    got: Counter[str] = Counter()  # letters by receiver
    numbers: set[bytes] = set()  # Message-IDs
    size = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal size

        def say(text: str) -> None:
            writer.write(f"{text}\r\n".encode())

        say("220 ready")
        receiver = ""
        try:
            while line := await reader.readline():
                verb = line[:6].upper()
                if verb.startswith(b"RCPT"):
                    receiver = line.split(b"<")[1].split(b">")[0].decode()
                if verb.startswith(b"DATA"):
                    say("354 go on")
                    text = await reader.readuntil(b"\r\n.\r\n")
                    got[receiver] += 1
                    size += len(text)
                    found = re.search(rb"^Message-ID: *(\S+)", text, re.I | re.M)
                    numbers.add(found[1] if found else b"")
                    say("250 taken")
                elif verb.startswith(b"QUIT"):
                    say("221 bye")
                    return
                elif verb == b"XCOUNT":
                    most = max(got.values(), default=0)
                    told = {"letters": got.total(), "receivers": len(got), "most": most}
                    say("250 " + json.dumps({**told, "numbers": len(numbers), "bytes": size}))
                else:
                    say("250 noted")
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # broken off before the full stop: nothing was delivered
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=2**20)
    ready.write_text(str(server.sockets[0].getsockname()[1]))
    async with server:
        await server.serve_forever()


class Sink:
    def __init__(self, folder: Path) -> None:
        ready = folder / "port"
        self.process = subprocess.Popen([sys.executable, __file__, "--sink", str(ready)])
        while not ready.exists() or not ready.read_text():
            time.sleep(0.05)
        self.port = int(ready.read_text())
        self.line = smtplib.SMTP("127.0.0.1", self.port)

    def counts(self) -> dict[str, int]:
        counted: dict[str, int] = json.loads(self.line.docmd("XCOUNT")[1])
        return counted

    def stop(self) -> None:
        self.line.close()
        self.process.kill()
        self.process.wait()


# --- the worker -----------------------------------------------------------------------------------------------


def worker() -> None:
    """Sends what is due until nobody waits any more."""
    set_up()
    from concivis.mailings import sending
    from concivis.mailings.models import Mailing

    while Mailing.objects.filter(state="sending").exists():
        if not sending.send_due():
            time.sleep(1)


def started() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, __file__, "--worker"])


def memory(process: subprocess.Popen[bytes]) -> float:
    """The most megabytes the process has held, where the system tells (Linux)."""
    status = Path(f"/proc/{process.pid}/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


# --- the measure ----------------------------------------------------------------------------------------------


def measure(subscribers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Sink(Path(folder))
        os.environ.update(
            CONCIVIS_DATA=folder,
            CONCIVIS_DEMO="1",
            CONCIVIS_DEMO_DATABASE="1",
            CONCIVIS_SMTP_HOST="127.0.0.1",
            CONCIVIS_SMTP_PORT=str(server.port),
            CONCIVIS_SMTP_STARTTLS="0",
        )
        try:
            set_up(fresh=True)
            opening = timed(lambda: open_newsletter(subscribers))
            report(subscribers, opening, killed_twice(server, subscribers), yardstick(server))
        finally:
            server.stop()


def set_up(*, fresh: bool = False) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = SITE
    sys.path.insert(0, str(ROOT / "src"))
    import django

    from concivis.setup.database import make_tables

    django.setup()
    if fresh:
        make_tables()


def open_newsletter(subscribers: int) -> None:
    """Composed and sent as an office does; only the rows of the subscribers are made in bulk."""
    from django.utils import timezone

    from concivis.accounts.models import User
    from concivis.hubs.models import Hub
    from concivis.newsletter.actions import issues
    from concivis.newsletter.interests import Interests
    from concivis.newsletter.models import Subscription
    from concivis.places.models import Country, Place

    for code in (*COUNTRIES, "DE"):
        Country.objects.get_or_create(code=code)
    place = Place.objects.create(
        public_id="bench", name="Bench", kind="town", origin="gazetteer", country_id="DE"
    )
    hub = Hub.objects.create(
        public_id="b", slug="bench", name="Bench", place=place, language="de", is_published=True
    )
    person = User.objects.create(email="office@example.org")
    for number in range(12):
        publish(hub, number)
    now = timezone.now()
    wishes = [Interests.of({}), Interests.of({}), Interests.of({"country": COUNTRIES[:1]})]
    Subscription.objects.bulk_create(
        (
            Subscription(
                public_id=f"s{number}",
                hub=hub,
                email=f"reader{number}@example.org",
                language=LANGUAGES[number % len(LANGUAGES)],
                rhythm="newsletter",
                interests=wishes[number % 3].stored(),
                interests_key=wishes[number % 3].key,
                confirmed_at=now,
            )
            for number in range(subscribers)
        ),
        batch_size=2000,
    )
    issue = issues.compose(by=person, hub=hub, since=now - timedelta(days=1), until=now + timedelta(days=1))
    issues.send(by=person, issue=issue, revision=1)


def publish(hub: Any, number: int) -> None:
    from concivis.catalogue import actions
    from concivis.catalogue.cards import CardDraft, Text

    words = "What was done there, by whom and with whom, and what comes next. " * 3
    texts = {language: Text(title=f"Thing {number} ({language})", summary=words) for language in LANGUAGES}
    actions.publish(
        CardDraft(
            kind="bench",
            public_id=f"c{number}",
            path=f"/things/{number}/",
            language="de",
            texts=texts,
            hub=hub.pk,
            countries=frozenset({COUNTRIES[number % len(COUNTRIES)]}),
        )
    )


def killed_twice(server: Sink, subscribers: int) -> dict[str, Any]:
    """Sends everything; kills at `KILLED_AT`. Times in seconds."""
    begun, most, kills = time.perf_counter(), 0.0, [share * subscribers for share in KILLED_AT]
    process, killed, nearly = started(), [], 0.0
    while process.poll() is None:
        time.sleep(0.2)
        most = max(most, memory(process))
        letters = server.counts()["letters"]
        if kills and letters >= kills[0]:
            process.kill()
            process.wait()
            killed.append(server.counts()["letters"])
            kills.pop(0)
            process = started()
        if not nearly and letters >= subscribers - 100 * len(KILLED_AT):
            nearly = time.perf_counter() - begun
    return {
        "all": time.perf_counter() - begun,
        "nearly": nearly,
        "memory": most,
        "killed": killed,
        **server.counts(),
    }


def yardstick(server: Sink) -> float:
    """Letters a second where nothing is written down and none is composed."""
    size = server.counts()["bytes"] // max(1, server.counts()["letters"])
    text = (b"x" * 70 + b"\r\n") * (size // 72)
    with smtplib.SMTP("127.0.0.1", server.port) as line:
        seconds = timed(
            lambda: [line.sendmail("a@example.org", ["b@example.org"], text) for _ in range(YARDSTICK)]
        )
    return YARDSTICK / seconds


def report(subscribers: int, opening: float, found: dict[str, Any], bare: float) -> None:
    from django.db import connection
    from rich.console import Console
    from rich.table import Table

    pace = (subscribers - 100 * len(KILLED_AT)) / found["nearly"]
    table = Table(
        title=f"Newsletter to {subscribers:,} subscribers, {connection.vendor}, worker killed twice"
    )
    table.add_column("what")
    table.add_column("", justify="right")
    for what, value in {
        "composed, frozen and addressed": f"{opening:.1f} s",
        "killed (SIGKILL) after letters": ", ".join(f"{each:,}" for each in found["killed"]),
        "all but what the killed workers had in hand": f"{found['nearly']:.1f} s",
        "all": f"{found['all']:.1f} s",
        "letters a second": f"{pace:.0f}",
        "bare sending of as many bytes, letters a second": f"{bare:.0f} (× {bare / pace:.1f})",
        "memory of a worker": f"{found['memory']:.0f} MB",
        "bytes of a letter": f"{found['bytes'] // max(1, found['letters']):,}",
        "letters delivered": f"{found['letters']:,}",
        "different receivers": f"{found['receivers']:,}",
        "most letters to one receiver": str(found["most"]),
        "different Message-IDs": f"{found['numbers']:,}",
    }.items():
        table.add_row(what, value)
    Console(width=100).print(table)
    exactly = found["letters"] == found["receivers"] == found["numbers"] == subscribers and found["most"] == 1
    print("Each got exactly one." if exactly else "NOT each got exactly one.")
    sys.exit(0 if exactly else 1)


def timed(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
