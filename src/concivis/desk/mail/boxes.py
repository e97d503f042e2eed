"""The mails of an uploaded file: one (.eml), or many (.mbox)."""

import re
from collections.abc import Iterator

MOST_MAILS = 500  # of one file
BEGINNING = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]*\r?\n")
QUOTED = re.compile(rb"(?m)^>(>*From )")


def mails_in(content: bytes) -> Iterator[bytes]:
    """Each mail's bytes; all of the file where it is no mbox. At most `MOST_MAILS` and one more."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not content.startswith(b"From "):
        yield content
        return
    beginnings = list(BEGINNING.finditer(content))[: MOST_MAILS + 1]
    ends = [*(each.start() for each in beginnings[1:]), len(content)]
    for each, end in zip(beginnings, ends, strict=True):
        yield QUOTED.sub(rb"\1", content[each.end() : end])
