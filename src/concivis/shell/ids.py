"""The names of rows in addresses: opaque, so that nobody can count or guess them."""

import secrets


def new_public_id() -> str:
    """Ten hexadecimal digits."""
    return secrets.token_hex(5)
