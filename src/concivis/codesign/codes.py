"""Codes that people read, write down and type: receipts of the box, ballots.

Sixty bits (forty for ballots) in Crockford's base 32, which has no letters that are taken for numbers. What is kept is
their hash with the installation's secret: who steals the database cannot try all codes.
"""

import re
import secrets

from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # https://www.crockford.com/base32.html
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
NOT_OF_A_CODE = re.compile(r"[^0-9A-Z]")
LONGEST = 60  # characters, with what people put between
RECEIPT, BALLOT = 12, 8  # characters


def new(length: int) -> str:
    """ "7K2M-Q9XA-04TZ": never given out before."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(signs[at : at + 4] for at in range(0, length, 4))


def hashed(code: str, purpose: str) -> str:
    """What is kept, whatever the case, spaces and hyphens, and where O was typed for 0."""
    return salted_hmac(f"concivis.codesign.{purpose}", plain(code), algorithm="sha256").hexdigest()


def plain(code: str) -> str:
    return NOT_OF_A_CODE.sub("", code[:LONGEST].upper()).translate(MISREAD)
