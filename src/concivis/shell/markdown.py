"""What people write with a little structure (paragraphs, lists, emphasis, links), as HTML in which nothing can harm."""

from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

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
