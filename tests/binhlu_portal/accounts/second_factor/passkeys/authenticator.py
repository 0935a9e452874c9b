"""A passkey in software: what a browser and the key within it answer to a challenge, and what a thief would."""

import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN, HOST = "http://localhost", "localhost"
KINDS = {
    -7: lambda: ec.generate_private_key(ec.SECP256R1()),
    -8: ed25519.Ed25519PrivateKey.generate,
    -257: lambda: rsa.generate_private_key(65537, 2048),
    -35: lambda: ec.generate_private_key(ec.SECP384R1()),
}


class Authenticator:
    """A key of one account at one host; `count` goes on by `step` with each use, where it counts at all."""

    def __init__(self, algorithm=-7, step=1):
        self.algorithm, self.step, self.count = algorithm, step, 0
        self.private = KINDS[algorithm]()
        self.id = secrets.token_bytes(32)
        self.handle = None

    def make(self, options, *, origin=ORIGIN, host=HOST, flags=PRESENT | VERIFIED, **client):
        """Answer `navigator.credentials.create`."""
        asked = json.loads(options)
        self.handle = asked["user"]["id"]
        key = CoseKey.for_alg(self.algorithm).from_cryptography_key(self.private.public_key())
        credential = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(dict(key))
        data = self.data(host, flags | ATTESTED) + credential
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = client_data("webauthn.create", asked["challenge"], origin, client)
        return self.answer({"clientDataJSON": said, "attestationObject": attested})

    def prove(self, options, *, origin=ORIGIN, host=HOST, flags=PRESENT | VERIFIED, handle=None, **client):
        """Answer `navigator.credentials.get`."""
        asked = json.loads(options)
        self.count += self.step
        data = self.data(host, flags)
        said = client_data("webauthn.get", asked["challenge"], origin, client)
        parts = {"clientDataJSON": said, "authenticatorData": data}
        parts["signature"] = self.sign(data + hashlib.sha256(said).digest())
        parts["userHandle"] = websafe_decode(handle or self.handle)
        return self.answer(parts)

    def data(self, host, flags):
        """Return what the key itself states."""
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def sign(self, message):
        """Return the signature of a message."""
        if self.algorithm == -8:
            return self.private.sign(message)
        if self.algorithm == -257:
            return self.private.sign(message, padding.PKCS1v15(), SHA256())
        return self.private.sign(message, ec.ECDSA(SHA256()))

    def answer(self, parts):
        """Return an answer as JSON, as the script of the portal sends it."""
        name = websafe_encode(self.id)
        response = {part: websafe_encode(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def client_data(kind, challenge, origin, client):
    """Return what the browser states, with what a test lets it say otherwise."""
    said = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}
    return json.dumps(said | client).encode()
