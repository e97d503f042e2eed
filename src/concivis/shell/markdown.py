"""What people write with a little structure (paragraphs, lists, emphasis, links), as HTML in which nothing can harm."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "h5", "h6", "hr"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}
TOP_HEADING = 3  # a text stands within a page, below its title and the section's

_reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False})


def to_html(text: str) -> SafeString:
    """CommonMark without HTML and pictures; headings begin at the third level, links lead out without our address."""
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) - 1 + TOP_HEADING)}"
    drawn = _reader.renderer.render(tokens, _reader.options, {})
    safe = nh3.clean(
        drawn, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener noreferrer"
    )
    return mark_safe(safe)  # noqa: S308 - nh3 has taken out what is not in the lists above


def to_text(text: str) -> str:
    """The same in one line without marks: for summaries and cards."""
    return " ".join(unescape(nh3.clean(to_html(text).replace("<", " <"), tags=set())).split())


# --- for documents that are no HTML ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """Words that look the same. `url`: of a link that leads somewhere harmless."""

    text: str
    strong: bool = False
    emphasis: bool = False
    url: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or an item of a list; `depth`: of the heading, or of the list within lists, from 1."""

    kind: str  # paragraph, heading, item
    runs: Sequence[Run] = field(default_factory=tuple)
    depth: int = 1


def blocks(text: str) -> list[Block]:
    """The same text as plain values, with nothing in it that is markup."""
    found: list[Block] = []
    kind, depth, lists = "paragraph", 1, 0
    for token in _reader.parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists -= 1
        elif token.type == "heading_open":
            kind, depth = "heading", int(token.tag[1])
        elif token.type == "paragraph_open":
            kind, depth = ("item", lists) if lists else ("paragraph", 1)
        elif token.type == "inline":
            found.append(Block(kind, _runs(token.children or []), depth))
        elif token.type in ("fence", "code_block"):
            found.append(Block("paragraph", (Run(token.content.strip()),)))
    return found


def _runs(tokens: Sequence[Token]) -> tuple[Run, ...]:
    runs: list[Run] = []
    strong = emphasis = 0
    url = ""
    for token in tokens:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type == "link_open":
            url = _harmless(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            url = ""
        said = "\n" if token.type in ("softbreak", "hardbreak") else token.content
        if said:
            runs.append(Run(said, bool(strong), bool(emphasis), url))
    return tuple(runs)


def _harmless(url: str) -> str:
    return url if urlsplit(url).scheme in SCHEMES else ""
