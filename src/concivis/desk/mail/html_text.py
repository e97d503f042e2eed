"""The text of an HTML mail, without anything that could run, load or hide."""

from html.parser import HTMLParser

UNSEEN = {"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"}
BLOCKS = {
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "pre",
    "section", "article", "header", "footer",
}  # fmt: skip
MOST_SIGNS = 2_000_000  # of the source; a longer one is cut


def text_of(html: str) -> str:
    """Paragraphs as lines, entities as signs, a link's address behind its words where they differ."""
    reader = _Reader()
    reader.feed(html[:MOST_SIGNS])
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    text, blank = [], True
    for line in lines:
        if line or not blank:
            text.append(line)
        blank = not line
    return "\n".join(text).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen: list[str] = []  # elements that are open and not shown
        self._link = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        elif tag in BLOCKS:
            self.pieces.append("\n")
        elif tag == "a":
            self._link, self._words = dict(attributes).get("href") or "", []

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif tag in BLOCKS:
            self.pieces.append("\n")
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data.replace("\n", " "))
            self._words.append(data)

    def _end_link(self) -> None:
        """So that nobody takes an address for another: the reader sees where it leads."""
        link, words = self._link.strip(), "".join(self._words).strip()
        if link.startswith(("http://", "https://")) and link.rstrip("/") != words.rstrip("/"):
            self.pieces.append(f" ({link[:500]})")
        self._link = ""
