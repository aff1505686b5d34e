"""One address for one article: what differs only in tracking, scheme or host variant is the same."""

import re
import socket
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import idna

from crawlers import text

_TRACKING = ("fbclid", "gclid", "yclid", "ysclid", "mc_cid", "mc_eid", "_openstat")
_SAFE = "/:@!$&'()*+,;=~-._%"
# What an escaped path may lose. Not an escaped per cent sign, and nothing behind a lone one: they would
# become new escapes, and the key of a key another key.
_ESCAPES = re.compile(r"(?:(?<!%)(?<!%[0-9A-Fa-f])%(?!25)[0-9A-Fa-f]{2})+")


@lru_cache(maxsize=4096)  # of each entry it is asked when its listing is read and when it is stored
def canonical(url: str, base: str | None = None) -> str | None:
    """The key form of a URL, or None for one that is no http(s) address.

    Lower-case punycode host without `www.`, `m.` and `amp.`, https for http, no fragment, default port,
    tracking parameters or trailing slash. It identifies; it is not the address to fetch.
    """
    url = text.whole(url.strip())
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    host = ascii_host(host)
    for prefix in ("www.", "m.", "amp."):
        if host.count(".") >= 2 and host.startswith(prefix) and not is_address(host):
            host = host.removeprefix(prefix)
    netloc = f"[{host}]" if ":" in host else host
    if port not in (None, 80, 443):
        netloc += f":{port}"
    # surrogateescape: two words in windows-1251 are two addresses, not two runs of replacement characters
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    query = urlencode([pair for pair in pairs if not _is_tracking(pair[0])], errors="surrogateescape")
    path = _ESCAPES.sub(lambda run: unquote(run[0], errors="surrogateescape"), parts.path)
    path = quote(path, safe=_SAFE, errors="surrogateescape")
    return urlunsplit(("https", netloc, path.rstrip("/"), query, ""))


def join(base: str, link: str) -> str | None:
    """The absolute address of a link as it is fetched and shown, or None for one that is not http(s)."""
    try:
        address = urljoin(base, text.whole(link.strip()))
    except ValueError:
        return None
    return address if is_web(address) else None


def is_web(url: str) -> bool:
    """Whether a link of the outside world may be shown or followed at all."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # raises for a port that is none
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def host_of(url: str) -> str:
    """The host (and port, unless customary) of a URL without `www.`: outlets are told apart by it."""
    return urlsplit(canonical(url) or "").netloc


def ascii_host(host: str) -> str:
    """Punycode of an internationalised host; a host that IDNA refuses stays as it is, in lower case."""
    host = host.lower().rstrip(".")
    try:
        return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host


def is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_private(host: str) -> bool:
    """Whether a host is this machine or an address that the public internet does not route."""
    host = ascii_host(host)
    if host in ("", "localhost") or host.endswith((".localhost", ".local", ".internal")):
        return True
    address = _address(host)
    return address is not None and not address.is_global


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is, in any spelling that the resolver understands: 127.1, 0x7f000001."""
    if is_address(host):
        return ip_address(host.strip("[]"))
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def _is_tracking(key: str) -> bool:
    return key in _TRACKING or key.startswith("utm_")
