"""What the logs must not hold: the keys of mailed links, which stand in the addresses of their pages."""

import logging
import re

# an invitation, the link to the other side of a partnership, a claim of an organisation and the link to its entry, “no
# more letters”, the links of who registers or looks after an initiative, a new password, a mail address to be confirmed
KEYED = re.compile(
    r"/(sides|organisations/(?:claims|keys)|hubs/invitations|reminders/off|initiatives/(?:confirm|mine|new/kept)"
    r"|password/reset/key|confirm-email)"
    r"/[^/\s?#'\"]{8,}"
)


def without_keys(text: str) -> str:
    return KEYED.sub(r"/\1/(key)", text)


class KeylessFormatter(logging.Formatter):
    """Blanks the keys in the finished line, so that those in tracebacks are blanked too."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))
