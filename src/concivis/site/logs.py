"""What the logs must not hold: the keys of mailed links, which stand in the addresses of their pages."""

import logging
import re

# where a key follows, one room a line
BEFORE_KEYS = (
    r"sides|reminders/off",  # the other side of a partnership, “no more letters”
    r"hubs/invitations",
    r"organisations/(?:claims|keys)",
    r"initiatives/(?:confirm|mine|new/kept)",
    r"introductions/(?:mine|yours)",
    r"newsletter/(?:confirm|yours|leave)",
    r"enquiries/(?:confirm|yours)",
    r"your-data",
    r"meetings/(?:answer|task)",
    r"proposals/(?:confirm|mine|new/kept|first|sponsor|signature|handed-over|following|leave)",
    r"codesign/(?:connector|participant|box|reader)",
    r"password/reset/key|confirm-email",
)
KEYED = re.compile(rf"/({'|'.join(BEFORE_KEYS)})/[^/\s?#'\"]{{8,}}")


def without_keys(text: str) -> str:
    return KEYED.sub(r"/\1/(key)", text)


class KeylessFormatter(logging.Formatter):
    """Blanks the keys in the finished line, so that those in tracebacks are blanked too."""

    def format(self, record: logging.LogRecord) -> str:
        return without_keys(super().format(record))
