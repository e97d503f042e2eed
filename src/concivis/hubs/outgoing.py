"""The only way out: one POST to an address that somebody wrote into a form, which must not lead inside.

The host's name is resolved once, every address it has must be one of the public internet, and the connection goes to
an address that was checked (a name server may answer otherwise a moment later). No redirection is followed, no
proxy of the environment is used, and of the answer only the status is read.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

import concivis

TIMEOUT = 10  # seconds for each step
DEADLINE = 20  # seconds for everything, or a receiver that drips could keep us for hours
HTTPS_PORT = 443
THIS_MACHINE = {"localhost", "127.0.0.1"}  # allowed in a demo that nobody else reaches, and in tests
PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")


class NotSent(Exception):
    """Why nothing was sent or answered: a short sentence in English, for the list of deliveries."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer, also of a redirection. Raises `NotSent` where nobody answers, or we must not ask."""
    if why_not(url):
        raise NotSent("The address is not allowed.")
    parts = urlsplit(url)
    connection = _connection(parts)
    watch = threading.Timer(DEADLINE, connection.break_off)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", _path(parts), body, {**headers, "User-Agent": _agent()})
        return connection.getresponse().status
    except TimeoutError as error:
        raise NotSent("No answer in time.") from error
    except ssl.SSLError as error:
        raise NotSent(f"The encrypted connection failed: {error.reason or type(error).__name__}.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise NotSent(f"The connection failed: {reason}.") from error
    finally:
        watch.cancel()
        connection.close()


def why_not(url: str) -> str:
    """Why nothing is ever sent to `url`, in a sentence; "" if it may be. Looks at the address only, not at its name."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _("This is not an address.")
    if not host or any(letter.isspace() or not letter.isprintable() for letter in url):
        return _("This is not an address.")
    if parts.username is not None or parts.password is not None:
        return _("Leave the name and password out of the address: messages are signed instead.")
    if parts.scheme == "http" and is_this_machine(parts):
        return ""
    if parts.scheme != "https":
        return _("The address must begin with https://")
    if port not in (None, HTTPS_PORT):
        return _("The address must use the usual port of https, 443.")
    literal = _literal(host)
    if host == "localhost" or (literal and not is_public(literal)):
        return _("This address lies inside a network, not in the public internet.")
    return ""


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def is_this_machine(parts: SplitResult) -> bool:
    return bool(settings.WEBHOOKS_TO_THIS_MACHINE) and parts.hostname in THIS_MACHINE


def is_public(address: str) -> bool:
    """Whether `address` (an IP address as text) is one of the public internet, and holds no other inside it."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast
    return ip in PUBLIC_IPV6 and ip.is_global and ip.sixtofour is None and ip.teredo is None


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of `host`. Tests put a name server of their own in its place."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _checked_addresses(parts: SplitResult, port: int) -> list[str]:
    try:
        addresses = list(dict.fromkeys(resolve(_spelt_for_machines(parts.hostname or ""), port)))
    except (OSError, UnicodeError) as error:
        raise NotSent("The name of the address was not found.") from error
    if not addresses:
        raise NotSent("The name of the address was not found.")
    if not is_this_machine(parts) and not all(map(is_public, addresses)):
        raise NotSent("The name leads inside a network, not to the public internet.")
    return addresses


class _Pinned(http.client.HTTPConnection):
    """Connects to addresses that were checked, whatever its host's name leads to by now."""

    def __init__(self, host: str, port: int, addresses: list[str], context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.default_port = HTTPS_PORT if context else http.client.HTTP_PORT  # left out of the header Host
        self.addresses, self.context = addresses, context

    def connect(self) -> None:
        self.sock = self._reach()
        if self.context:  # in two steps, so that `break_off` can end the handshake, too
            secure = self.context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock = secure
            secure.do_handshake()

    def _reach(self) -> socket.socket:
        refused = OSError("no address")
        for address in self.addresses[:3]:
            try:
                return socket.create_connection((address, self.port), TIMEOUT)
            except OSError as error:
                refused = error
        raise refused

    def break_off(self) -> None:
        """Called from another thread: whoever reads or writes here now gets an error."""
        if isinstance(self.sock, socket.socket):
            try:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


def _connection(parts: SplitResult) -> _Pinned:
    secure = parts.scheme == "https"
    port = parts.port or (HTTPS_PORT if secure else http.client.HTTP_PORT)
    addresses = _checked_addresses(parts, port)
    context = secure_context() if secure else None
    return _Pinned(_spelt_for_machines(parts.hostname or ""), port, addresses, context)


def secure_context() -> ssl.SSLContext:
    """Certificates of the authorities this machine trusts, for the name in the address."""
    return ssl.create_default_context()


def _spelt_for_machines(host: str) -> str:
    """münster.example → xn--mnster-3ya.example"""
    return host if _literal(host) else host.encode("idna").decode()


def _literal(host: str) -> str:
    """`host` if it is an IP address, else ""."""
    try:
        return str(ipaddress.ip_address(host.split("%")[0]))
    except ValueError:
        return ""


def _path(parts: SplitResult) -> str:
    return iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _agent() -> str:
    return f"Concivis/{concivis.__version__} ({settings.BASE_URL})"
