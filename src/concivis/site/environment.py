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


def assurances(pairs: list[str]) -> dict[str, str]:
    """Of `urn:city:2=substantial`: what an identity service says → the level in Regulation (EU) 910/2014."""
    found = {}
    for pair in pairs:
        said, _, level = pair.rpartition("=")
        if not said or level not in {"low", "substantial", "high"}:
            raise ImproperlyConfigured(
                f"CONCIVIS_OIDC_ASSURANCE holds {pair!r}; write what the service says and the level, as in "
                "urn:city:2=substantial (low, substantial or high)."
            )
        found[said] = level
    return found


def origin(url: str) -> str:
    """https://id.city.example/realms/staff → https://id.city.example"""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# where a server falls silent, a request shall fail soon enough that the next server can take it
CONNECTION = {
    "connect_timeout": "3",  # seconds for each host
    "tcp_user_timeout": "10000",  # milliseconds until what was sent must have arrived
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
}


def postgres(url: str) -> dict[str, object]:
    """Django's database settings from `postgresql://user:password@host:port/name?option=value`.

    Several hosts stand with commas between them (`@one:5432,two:5432/`), as libpq has it; with
    `target_session_attrs=read-write` the one that may be written to is found. Each thread keeps its connection: no
    pool, as there are four threads to a worker, and a lost connection is made again at once.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql:// (SQLite needs no DATABASE_URL)."
        )
    options: dict[str, object] = {**CONNECTION}
    hosts, ports = _hosts(parts.netloc.rpartition("@")[2])
    for pair in filter(None, parts.query.split("&")):
        key, _, value = pair.partition("=")
        if key == "host":
            hosts = unquote(value)
        else:
            options[key] = unquote(value)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": hosts,
        "PORT": ports,
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _hosts(text: str) -> tuple[str, str]:
    """`one:5432,[::1]:5433` → (`one,::1`, `5432,5433`)"""
    found = [urlsplit(f"//{each}") for each in text.split(",")]
    try:
        ports = [str(each.port or "") for each in found]
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL: {error}.") from error
    return ",".join(each.hostname or "" for each in found), ",".join(ports) if any(ports) else ""
