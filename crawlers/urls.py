"""One address for one article: what differs only in tracking, scheme or host variant is the same."""

from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import idna

_TRACKING = ("fbclid", "gclid", "yclid", "ysclid", "mc_cid", "mc_eid", "_openstat")
_SAFE = "/:@!$&'()*+,;=~-._%"


def canonical(url: str, base: str | None = None) -> str | None:
    """The key form of a URL, or None for one that is no http(s) address.

    Lower-case punycode host without `www.`, `m.` and `amp.`, https for http, no fragment, default port,
    tracking parameters or trailing slash. It identifies; it is not the address to fetch.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    host = ascii_host(host)
    for prefix in ("www.", "m.", "amp."):
        if host.count(".") >= 2 and host.startswith(prefix) and not is_address(host):
            host = host.removeprefix(prefix)
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(k)]
    path = quote(unquote(parts.path, errors="surrogateescape"), safe=_SAFE, errors="surrogateescape")
    return urlunsplit(("https", netloc, path.rstrip("/"), urlencode(pairs), ""))


def join(base: str, link: str) -> str | None:
    """The absolute address of a link as it is fetched and shown, or None for one that is not http(s)."""
    try:
        address = urljoin(base, link.strip())
    except ValueError:
        return None
    return address if is_web(address) else None


def is_web(url: str) -> bool:
    """Whether a link of the outside world may be shown or followed at all."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


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
    if host in ("", "localhost") or host.endswith((".localhost", ".local", ".internal")):
        return True
    return is_address(host) and not ip_address(host.strip("[]")).is_global


def _is_tracking(key: str) -> bool:
    return key in _TRACKING or key.startswith("utm_")
