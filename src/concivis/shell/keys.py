"""Keys that open something without an account: the links in letters, the tokens of programs.

Whoever holds the key may; so only its hash is kept, and a stolen database opens nothing. Look a key up by its hash
(`filter(key_hash=keys.hashed(key))`); where a row is at hand already, ask `opens`. An address that holds a key belongs
in the list of `site.logs`.
"""

import secrets
from hashlib import sha256

BYTES = 32  # far beyond guessing
LONGEST = 200  # characters; what is longer is no key of ours


def new(prefix: str = "") -> str:
    """A key for an address or a header, never given out before."""
    return prefix + secrets.token_urlsafe(BYTES)


def hashed(key: str) -> str:
    """What is kept of it: 64 characters. Keys are random, so no salt and no slow hash are needed."""
    return sha256(key[: LONGEST + 1].encode()).hexdigest()


def opens(key: str, key_hash: str) -> bool:
    """Whether this is the key of which the hash was kept; takes the same time whatever the answer."""
    return bool(key_hash) and secrets.compare_digest(hashed(key), key_hash)
