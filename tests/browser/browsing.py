"""A person in front of a browser: where they go, what they read, and all that goes wrong on the way."""

import email
import email.policy
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import ConsoleMessage, Page

from concivis.accounts.factories import PASSWORD

COORDINATOR, EDITOR = "coordinator@example.org", "editor@example.org"  # of Hamm
NEIGHBOUR = "neighbour@example.org"  # looks after another initiative of Hamm, which works with Toul, too
FAR_AWAY = "far-away@example.org"  # looks after an initiative of Hamm that was last confirmed over a year ago
BUSY = "busy@example.org"  # coordinator of an office with a full desk, and of nothing else
NOBODY, TRAVELLER = "nobody@example.org", "traveller@example.org"  # of no office
ENQUIRY, ASKERS_KEY = "asked00001", "k" * 43  # of Hamm; the key with which its asker follows it
LISTENING = "Ankommen in Hamm"  # a process of Hamm that everybody may see
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => element && element !== document.documentElement
    && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && !scrolls(element.parentElement);
  });
  return [document.documentElement.scrollWidth + " px: "
    + out.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(" | ")];
}"""
AXE = """async (options) => (await axe.run(document, options)).violations
  .filter((violation) => ["serious", "critical"].includes(violation.impact))
  .map((violation) => violation.id + ": " + violation.nodes.slice(0, 3)
    .map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join(" | "))"""


@dataclass(frozen=True)
class Site:
    """A running site: its address, and its data folder, where the letters lie that it sends."""

    address: str
    folder: Path

    def letter_to(self, person: str, *, about: str = "", within: int = 10) -> str:
        """The newest letter to somebody, waited for so many seconds. A file holds one or more, newest last."""
        for _ in range(within * 10):
            for text in self._letters():
                letter = email.message_from_string(text, policy=email.policy.default)
                plain = letter.get_body(("plain",)) if letter["to"] == person else None
                body = str(plain.get_content()) if plain else ""
                if plain and about in f"{letter['subject']} {body}":
                    return body
            time.sleep(0.1)
        raise AssertionError(f"no letter to {person}")

    def _letters(self) -> list[str]:
        files = sorted(
            (self.folder / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True
        )
        rule = "-" * 79
        return [
            letter.strip()
            for file in files
            for letter in reversed(file.read_text(encoding="utf-8").split(rule))
            if letter.strip()
        ]


def link_in(letter: str) -> str:
    found = re.search(r"https?://\S+", letter)
    assert found, letter
    return found.group().rstrip(".")


@dataclass
class Visitor:
    """One tab. `complaints`: errors and warnings of the console, refused resources, broken scripts."""

    page: Page
    site: Site
    language: str = "en"
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self._is_the_answer_itself(message):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _is_the_answer_itself(self, message: ConsoleMessage) -> bool:
        """Chromium reports a page that was answered with 404 as an error of that page."""
        return "Failed to load resource" in message.text and message.location.get("url") == self.page.url

    def say(self, msgid: str) -> str:
        """A text of the interface in the visitor's language."""
        with translation.override(self.language):
            return gettext(msgid)

    def go(self, path: str = "", *, status: int = 200) -> None:
        answer = self.page.goto(f"{self.site.address}/{self.language}/{path}")
        assert answer is not None
        assert answer.status == status, path
        if "/reauthenticate/" in self.page.url:  # before what could lock somebody out
            self.page.locator("main input[name=password]").fill(PASSWORD)
            self.page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
            self.page.wait_for_url(f"**/{path}")

    def follow(self, name: str, *, within: str = "body", exact: bool = True) -> None:
        self.page.locator(within).get_by_role("link", name=self.say(name), exact=exact).first.click()

    def press(self, name: str, *, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=self.say(name), exact=True).first.click()
        self.page.wait_for_load_state("networkidle")  # a form that comes back at its own address, too

    def write(self, name: str, text: str, *, within: str = "main") -> None:
        label = re.compile(f"^{re.escape(self.say(name))}")  # "required" may follow
        self.page.locator(within).get_by_label(label).first.fill(text)

    def choose_proposal(self) -> None:
        """The first place that a place field proposes, with the keys; without scripts it proposes nothing yet."""
        if self.page.locator("[data-place-field] [role=combobox]").count():
            self.page.locator("[data-place-list] [data-place]").first.wait_for()
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")

    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def text(self, within: str = "main") -> str:
        text = self.page.locator(within).inner_text()
        if not text.strip():  # between two pages
            self.page.wait_for_load_state("networkidle")
            text = self.page.locator(within).inner_text()
        return text

    def path(self) -> str:
        return self.page.url.removeprefix(self.site.address)

    def sign_in(self, person: str, password: str = PASSWORD) -> None:
        self.go("accounts/login/")
        self.page.locator("main input[name=login]").fill(person)
        self.page.locator("main input[name=password]").fill(password)
        self.page.locator("main form:has(input[name=password]) button[type=submit]").first.click()
        self.page.wait_for_url("**/hubs/mine/")

    # --- how the page is made ------------------------------------------------------------------------------

    def findings(self, axe: str, *, only: list[str] | None = None) -> list[str]:
        """What axe-core finds serious or critical; `only` names rules."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe)
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if only:
            options["runOnly"] = {"type": "rule", "values": only}
        return list(self.page.evaluate(AXE, options))

    def turn(self, scheme: Literal["light", "dark"]) -> None:
        """Light or dark, and wait until every colour has changed."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate("""async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const moves = () => document.getAnimations().some((one) => one.playState === "running");
          for (let n = 0; n < 3 || (n < 300 && moves()); n++) await frame();
        }""")

    def overflow(self) -> list[str]:
        """What sticks out of the window sideways."""
        return list(self.page.evaluate(OVERFLOW))

    def focused(self) -> dict[str, Any]:
        """The element that has the focus: its tag, its text, whether one sees that it has it, and where it is."""
        return dict(
            self.page.evaluate("""() => {
              const element = document.activeElement, style = getComputedStyle(element);
              const box = element.getBoundingClientRect();
              return {tag: element.localName, id: element.id, text: element.textContent.trim().slice(0, 60),
                name: element.getAttribute("name"), href: element.getAttribute("href"),
                seen: box.width > 1 && box.bottom > 0 && box.top < innerHeight,
                marked: style.outlineStyle !== "none" || style.boxShadow !== "none"};
            }""")
        )
