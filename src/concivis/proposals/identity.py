"""Who somebody is, as far as a signature must know it: one person counts once for each proposal.

What is kept of an identity is a keyed hash together with the proposal (`person`): without the secret
(`settings.SIGNATURE_PEPPER`) nobody can try addresses against a stolen table, and nobody sees that two proposals were
signed by the same person.

**What is the same person.** The mail address, in the form its provider treats as one mailbox, whichever way it was
confirmed: by a letter, an account, or an identity service that has verified it. Where the hub takes nothing but an
identity service, its subject instead. **What cannot be known:** that two mailboxes are of one person; that several
persons share one.
"""

import hmac
import ipaddress
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

import idna
from django.conf import settings

from concivis.proposals.enums import Assurance


@dataclass(frozen=True)
class Provider:
    """How a provider reads the part before the @."""

    domain: str  # of all its domains that lead to the same mailbox
    tag: str = "+"  # what follows it is the user's own note
    ignored: str = ""  # characters that make no difference


GMAIL = Provider("gmail.com", ignored=".")
PROTON = Provider("proton.me", ignored=".-_")
ICLOUD = Provider("icloud.com")
YANDEX = Provider("yandex.com")
PROVIDERS = {
    "gmail.com": GMAIL,
    "googlemail.com": GMAIL,
    "proton.me": PROTON,
    "protonmail.com": PROTON,
    "pm.me": PROTON,
    "icloud.com": ICLOUD,
    "me.com": ICLOUD,
    "mac.com": ICLOUD,
    **dict.fromkeys(("yandex.com", "yandex.ru", "yandex.by", "yandex.kz", "ya.ru"), YANDEX),
    **{
        domain: Provider(domain)
        for domain in (
            *("outlook.com", "outlook.de", "outlook.fr", "outlook.it", "hotmail.com", "hotmail.de", "hotmail.fr"),
            *("hotmail.it", "live.com", "live.de", "live.fr", "live.it", "msn.com", "fastmail.com", "fastmail.fm"),
            *("posteo.de", "posteo.net", "mailbox.org", "zoho.com", "zohomail.eu"),
        )
    },
}  # fmt: skip
# where so many people have their mail that the domain says nothing
LARGE_PROVIDERS = frozenset(
    {
        *PROVIDERS,
        *("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "arcor.de", "aol.com"),
        *("yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.it", "yahoo.ro", "ymail.com", "libero.it", "virgilio.it"),
        *("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "inbox.lv", "mail.ru", "seznam.cz"),
    }
)  # fmt: skip


def canonical(address: str) -> str:
    """The mailbox that a mail address leads to, as far as its provider's rule is known.

    Raises `ValueError` for what is no address. “Ada.L+news@GoogleMail.com” → “adal@gmail.com”.
    """
    local, at, domain = unicodedata.normalize("NFKC", address.strip()).rpartition("@")
    if not (local and at and domain):
        raise ValueError("This is not a mail address.")
    local, domain = local.lower(), ascii_domain(domain)
    provider = PROVIDERS.get(domain)
    if provider is None:
        return f"{local}@{domain}"
    bare = local.split(provider.tag, 1)[0] or local
    if provider is YANDEX:
        bare = bare.replace("-", ".")
    else:
        bare = bare.translate({ord(character): None for character in provider.ignored}) or local
    return f"{bare}@{provider.domain}"


def ascii_domain(domain: str) -> str:
    """In lower case, as the wire has it. Raises `ValueError`."""
    try:
        return idna.encode(domain.rstrip(".").lower(), uts46=True).decode()
    except idna.IDNAError as error:
        raise ValueError("This is not a mail address.") from error


def domain_of(address: str) -> str:
    """For the lists of domains, as long as it can be kept."""
    return ascii_domain(address.rpartition("@")[2])[:100]


def by_mail(proposal: str, address: str) -> str:
    """`person` of a signature: of whoever reads this mailbox. `proposal`: its public id."""
    return _keyed("person", proposal, f"mail:{canonical(address)}")


def by_subject(proposal: str, server: str, subject: str) -> str:
    """`person` of a signature: of whom an identity service (OpenID Connect) calls `subject`."""
    return _keyed("person", proposal, f"openid:{server}:{subject}")


def network(proposal: str, address: str) -> str:
    """`network` of a signature: of the /24 (IPv6: /48) that an internet address is in; "" for what is none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    bits = 24 if parsed.version == 4 else 48
    return _keyed("network", proposal, str(ipaddress.ip_network((parsed, bits), strict=False)))[:16]


def assurance_of(acr: str) -> Assurance:
    """Of what an identity service says about how it knows a person: `settings.OIDC_ASSURANCE`, else low."""
    return Assurance(settings.OIDC_ASSURANCE.get(acr, Assurance.LOW))


def mark() -> str:
    """Of the secret itself: says whether signatures were hashed with the same one."""
    return _keyed("mark", "", "")[:16]


def _keyed(what: str, proposal: str, text: str) -> str:
    said = "\0".join(("concivis", what, proposal, text))
    return hmac.new(settings.SIGNATURE_PEPPER.encode(), said.encode(), sha256).hexdigest()
