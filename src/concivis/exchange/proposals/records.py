"""What the readers of other platforms' proposals yield, and what they share."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from django.utils.translation import gettext as _
from lxml.etree import ParserError

from concivis.proposals.actions.historical import HistoricalFacts

RECORDS_LIMIT = 20_000  # in one file
TITLE, SUMMARY, BODY, NOTE = 150, 600, 20_000, 20_000  # characters
BLOCKS = {"p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "ul", "ol"}
MOST_SIGNATURES = 2**31 - 1


@dataclass(frozen=True)
class ProposalRecord:
    """One proposal of a file. `notes`: sentences about what could not be used."""

    line: int
    facts: HistoricalFacts
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BrokenRecord:
    """One that cannot be taken over; `reasons` say why, in sentences."""

    line: int
    reasons: tuple[str, ...]
    external_id: str = ""
    title: str = ""


Read = ProposalRecord | BrokenRecord


@dataclass
class Reading:
    """One record being read: collects what to say of it, and whether it can be used at all."""

    line: int
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def moment(self, name: str, value: Any) -> dt.datetime | None:
        """A date or a date with time, in UTC where no zone is said."""
        if value in (None, ""):
            return None
        try:
            found = dt.datetime.fromisoformat(str(value).strip().replace(" UTC", "+00:00"))
        except ValueError:
            words = _("“%(name)s” is no date that could be read: “%(text)s”. It was left out.")
            self.notes.append(words % {"name": name, "text": str(value)[:40]})
            return None
        return found if found.tzinfo else found.replace(tzinfo=dt.UTC)

    def number(self, name: str, value: Any) -> int | None:
        """A number of signatures."""
        if value in (None, ""):
            return None
        if not re.fullmatch(r"\d{1,10}", str(value).strip()) or int(value) > MOST_SIGNATURES:
            words = _("“%(name)s” is no number that could be read: “%(text)s”. It was left out.")
            self.notes.append(words % {"name": name, "text": str(value)[:40]})
            return None
        return int(value)

    def text(self, name: str, value: Any, most: int) -> str:
        """Shortened where it is too long, and said so."""
        text = str(value or "").replace("\0", "").strip()
        if len(text) > most:
            words = _("“%(name)s” was shortened to %(most)s characters.")
            self.notes.append(words % {"name": name, "most": most})
            text = text[: most - 1].rstrip() + "…"
        return text


def plain(html: str) -> str:
    """The words of HTML, a line for each block. What is no HTML stays as it is."""
    if "<" not in html:
        return html.strip()
    try:
        tree = lxml.html.fromstring(f"<div>{html}</div>")
    except (ParserError, ValueError):
        return ""
    for hidden in tree.xpath("//script|//style"):
        hidden.drop_tree()
    for node in tree.iter():
        if node.tag in BLOCKS:
            node.tail = "\n" + (node.tail or "")
            if node.tag == "p":
                node.tail = "\n" + node.tail
    lines = [" ".join(line.split()) for line in tree.text_content().splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def platform(address: str) -> str:
    """The platform of an address: "https://petitions.example/x/1" → "https://petitions.example"; "" for none."""
    parts = urlsplit(address.strip())
    return (
        f"{parts.scheme}://{parts.netloc.lower()}"
        if parts.scheme in {"http", "https"} and parts.netloc
        else ""
    )


def mapping(value: Any) -> Mapping[str, Any]:
    """What should be an object of JSON; empty where it is something else."""
    return value if isinstance(value, Mapping) else {}
