"""Reads the words of a PDF as a screen reader would get them: enough for what Typst writes."""

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.S)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def words_of(pdf: bytes) -> str:
    """All text in the order it is drawn, spaces evened out, words that were parted at the end of a line whole."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = fonts_of(objects)
    pages = [
        stream for body in objects.values() if b" BDC" in (stream := stream_of(body)) or b"BDC\n" in stream
    ]
    text = " ".join("".join(drawn(page, fonts) for page in pages).split())
    return re.sub(" ?\u00ad ?", "", text)


def stream_of(body: bytes) -> bytes:
    head, mark, rest = body.partition(b"stream\n")
    if not mark or b"/Subtype" in head:
        return b""
    data = rest.rpartition(b"\nendstream")[0]
    return zlib.decompress(data) if b"FlateDecode" in head else data


def fonts_of(objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    """{the font's name on the page: {glyph: text}}."""
    found = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", body):
            to_unicode = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])
            if to_unicode:
                found[name] = letters_of(stream_of(objects[int(to_unicode[1])]))
    return found


def letters_of(cmap: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap)
    }


def drawn(page: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    found: list[str] = []
    letters: dict[int, str] = {}
    before = b""
    for token in tokens(page):
        if token.startswith(b"(") and not before.startswith(b"/"):  # not what a mark says: /ActualText, /Alt
            raw = unescaped(token[1:-1])
            glyphs = [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw), 2)]
            found.append("".join(letters.get(glyph, "") for glyph in glyphs))
        elif token[1:] in fonts:
            letters = fonts[token[1:]]
        elif token == b"ET":
            found.append(" ")
        before = token
    return "".join(found)


def tokens(page: bytes) -> Iterator[bytes]:
    """Words, and strings with their brackets; brackets in a string may stand in pairs."""
    at = 0
    while match := re.compile(rb"[(]|[^\s()\[\]/]+|/[^\s()\[\]/]*").search(page, at):
        at = match.end()
        if match[0] != b"(":
            yield match[0]
            continue
        depth = 1
        while depth:
            step = re.compile(rb"\\.|[()]", re.S).search(page, at)
            depth += {b"(": 1, b")": -1}.get(step[0], 0)
            at = step.end()
        yield page[match.start() : at]


def unescaped(text: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        said = match[1]
        return bytes([int(said, 8)]) if said.isdigit() else ESCAPES.get(said, said)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, text, flags=re.S)
