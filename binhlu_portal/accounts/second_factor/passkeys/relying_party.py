"""Relying party: as whom the portal stands before passkeys, and which of them it takes (WebAuthn level 3).

Nobody is asked about the maker of a key: "none" is what is wanted to be attested, so no list of makers is needed.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from fido2.server import Fido2Server
from fido2.webauthn import (
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
)

LASTS = timedelta(minutes=5)
"""How long a browser may take to answer a challenge."""

ALGORITHMS = (-7, -8, -257)
"""Signatures that are taken, as COSE numbers them: ES256, EdDSA, RS256."""

THIS_MACHINE = "localhost"
"""The one name for which browsers want no HTTPS; they take no number for a name, so 127.0.0.1 is none."""


@dataclass(frozen=True)
class RelyingParty:
    """The portal under one of its names: passkeys are bound to `host`, answers come from pages of `origin`."""

    host: str
    origin: str

    def server(self) -> Fido2Server:
        """Return what makes challenges and judges answers."""
        entity = PublicKeyCredentialRpEntity(id=self.host, name=settings.PORTAL_NAME)
        server = Fido2Server(entity, attestation="none", verify_origin=self.origin.__eq__)
        server.timeout = int(LASTS.total_seconds() * 1000)
        server.allowed_algorithms = [
            PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=algorithm)
            for algorithm in ALGORITHMS
        ]
        return server


def relying_party(request: HttpRequest) -> RelyingParty | None:
    """Return as whom the portal stands at the address of `request`; None where browsers refuse passkeys.

    The name is one of `PORTAL_HOSTS`, for Django answers under no other.
    """
    address = request.get_host().lower()
    host, _ = split_domain_port(address)
    if host != THIS_MACHINE and (not request.is_secure() or _is_number(host)):
        return None
    return RelyingParty(host, f"{request.scheme}://{address}")


def _is_number(host):
    try:
        return bool(ip_address(host.strip("[]")))
    except ValueError:
        return False
