"""Reads settings from the environment: `NAME`, or the content of the file that `NAME_FILE` names."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str = "") -> str:
    """The value of `name`; a secret may lie in a file that `name + "_FILE"` points to."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error}") from error
    return os.environ.get(name, default)


def env_bool(name: str, default: bool = False) -> bool:
    value = env(name).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def env_int(name: str, default: int) -> int:
    value = env(name)
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from error


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def mailboxes(pairs: list[str]) -> dict[str, dict[str, str]]:
    """Of `hamm=imaps://user@host/INBOX`: {hub's address: {url, password}}, the password from the environment, too."""
    found = {}
    for pair in pairs:
        slug, _, url = pair.partition("=")
        secret = f"CONCIVIS_MAILBOX_PASSWORD_{slug.upper().replace('-', '_')}"
        if not slug or urlsplit(url).scheme != "imaps" or not urlsplit(url).username:
            raise ImproperlyConfigured(
                f"CONCIVIS_MAILBOXES holds {pair!r}; write the hub's address and its mailbox as "
                "hamm=imaps://user@imap.city.example/INBOX (TLS only; “@” within the user as %40)."
            )
        if not env(secret):
            raise ImproperlyConfigured(
                f"The mailbox of {slug} needs a password: set {secret} or {secret}_FILE."
            )
        found[slug] = {"url": url, "password": env(secret)}
    return found


def origin(url: str) -> str:
    """https://id.city.example/realms/staff → https://id.city.example"""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def postgres(url: str) -> dict[str, object]:
    """Django's database settings from `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql:// (SQLite needs no DATABASE_URL)."
        )
    options: dict[str, object] = {"pool": {"min_size": 1, "max_size": 8}}
    host = parts.hostname or ""
    for pair in filter(None, parts.query.split("&")):
        key, _, value = pair.partition("=")
        if key == "host":
            host = unquote(value)
        else:
            options[key] = unquote(value)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }
