"""Ceremonies: a browser is asked to make a passkey, or to prove that it has one, and its answer is judged.

A challenge lies in the session, is good for five minutes and for one answer. What is no answer to it is told apart in
two ways only: come too late (`Stale`), or refused (`Refused`); which check failed, nobody is told.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
)

from binhlu_portal.accounts.models import Passkey, User

from .relying_party import ALGORITHMS, LASTS, relying_party

LONGEST_ANSWER = 8_000
"""Letters of an answer; the longest of common keys take 2,000."""

BY_ITSELF = "required"
"""The key makes sure who holds it, by a finger, a face or a number: whoever finds it opens nothing."""

KEPT_BY_KEY = "discouraged"
"""Nothing is asked to remain in the key: who signs in has typed the name of the account before."""

MAKING, PROVING = "passkey_to_make", "passkey_to_prove"
"""Where a session keeps the challenge of each ceremony."""


class Stale(Exception):
    """The challenge was answered before, or is too old."""


class Refused(Exception):
    """What came is no answer of a passkey that is meant."""


@dataclass(frozen=True)
class NewPasskey:
    """What is kept of a passkey that a browser has made."""

    host: str
    handle: str
    credential_id: str
    public_key: str
    sign_count: int


@dataclass(frozen=True)
class PasskeyAnswer:
    """A proof whose signature is right: by which passkey, what it counts, and the digest of the challenge."""

    passkey: Passkey
    sign_count: int
    challenge: str


class PasskeyQuestion:
    """What the browser of a request is asked of the passkeys of `user`; false where it has none to be asked for."""

    def __init__(self, request: HttpRequest, user: User, now: datetime) -> None:
        self.session, self.user, self.now = request.session, user, now
        self.party = relying_party(request) if user.second_factor_at else None

    def __bool__(self):
        return bool(self.passkeys)

    @cached_property
    def passkeys(self) -> list[Passkey]:
        """Passkeys of the user that hold at this address."""
        return list(self.user.passkeys.filter(host=self.party.host)) if self.party else []

    def options(self) -> str:
        """Ask anew: return as JSON what `navigator.credentials.get` is told."""
        asked, state = self.party.server().authenticate_begin(descriptors(self.passkeys), user_verification=BY_ITSELF)
        self.session[PROVING] = [state["challenge"], self.now.isoformat()]
        return json.dumps(dict(asked.public_key))

    def judge(self, text: str) -> PasskeyAnswer:
        """Return what the JSON `text` of a browser proves. Raises Stale or Refused."""
        challenge, *_ = take(self.session, PROVING, self.now)
        answer = parse(AuthenticationResponse, text)
        by_id = {each.credential_id: each for each in self.passkeys}
        passkey = by_id.get(websafe_encode(answer.raw_id))
        if passkey is None or answer.response.client_data.cross_origin:
            raise Refused
        if answer.response.user_handle not in (None, b"", websafe_decode(passkey.handle)):
            raise Refused
        try:
            self.party.server().authenticate_complete(state_of(challenge), [credential_of(passkey)], answer)
        except Exception as error:  # whatever a library says of foreign bytes, it is no answer
            raise Refused from error
        return PasskeyAnswer(passkey, answer.response.authenticator_data.counter, sha256(challenge.encode()).hex())


class PasskeyOrder:
    """What the browser of a request is asked to make: a passkey for `user`; false where browsers refuse to."""

    def __init__(self, request: HttpRequest, user: User, now: datetime) -> None:
        self.session, self.user, self.now = request.session, user, now
        self.party = relying_party(request)

    def __bool__(self):
        return self.party is not None

    def options(self) -> str:
        """Order anew: return as JSON what `navigator.credentials.create` is told.

        Keys know the account by a random handle, the same for all of them.
        """
        known = list(self.user.passkeys.filter(host=self.party.host))
        handle = known[0].handle if known else websafe_encode(secrets.token_bytes(64))
        entity = PublicKeyCredentialUserEntity(
            id=websafe_decode(handle), name=self.user.username, display_name=self.user.full_name
        )
        asked, state = self.party.server().register_begin(
            entity, descriptors(known), user_verification=BY_ITSELF, resident_key_requirement=KEPT_BY_KEY
        )
        self.session[MAKING] = [state["challenge"], self.now.isoformat(), handle]
        return json.dumps(dict(asked.public_key))

    def judge(self, text: str) -> NewPasskey:
        """Return the passkey that the JSON `text` of a browser tells of. Raises Stale or Refused."""
        challenge, _, handle = take(self.session, MAKING, self.now)
        answer = parse(RegistrationResponse, text)
        try:
            made = self.party.server().register_complete(state_of(challenge), answer)
            credential = made.credential_data
            taken = credential.public_key[3] in ALGORITHMS and credential.credential_id == answer.raw_id
        except Exception as error:  # as above
            raise Refused from error
        if not taken or answer.response.client_data.cross_origin:
            raise Refused
        key = websafe_encode(cbor.encode(dict(credential.public_key)))
        return NewPasskey(self.party.host, handle, websafe_encode(credential.credential_id), key, made.counter)


def take(session: SessionBase, ceremony: str, now: datetime) -> list[str]:
    """Take the challenge of a ceremony out of the session. Raises Stale where there is none that still holds."""
    kept = session.pop(ceremony, None)
    if kept is None or now - datetime.fromisoformat(kept[1]) > LASTS:
        raise Stale
    return kept


def parse(kind, text: str):
    """Return the answer of a `kind` that the JSON `text` holds. Raises Refused.

    All that scripts send is text: the library would make as many bytes of a number as it says.
    """
    try:
        sent = json.loads(text)
        parts = {"id": sent["id"], "rawId": sent["rawId"], "type": sent["type"]}
        if not all(isinstance(each, str) for each in (*parts.values(), *sent["response"].values())):
            raise Refused
        return kind.from_dict(parts | {"response": sent["response"]})
    except Exception as error:  # whatever a library says of foreign bytes, it is no answer
        raise Refused from error


def state_of(challenge: str) -> dict[str, str]:
    """Return a challenge as the library keeps it."""
    return {"challenge": challenge, "user_verification": BY_ITSELF}


def descriptors(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    """Return passkeys as a browser is told of them."""
    public_key = PublicKeyCredentialType.PUBLIC_KEY
    return [PublicKeyCredentialDescriptor(type=public_key, id=websafe_decode(each.credential_id)) for each in passkeys]


def credential_of(passkey: Passkey) -> AttestedCredentialData:
    """Return a passkey as the library verifies by it; of its maker nothing is known."""
    key = CoseKey.parse(cbor.decode(websafe_decode(passkey.public_key)))
    return AttestedCredentialData.create(bytes(16), websafe_decode(passkey.credential_id), key)
