"""The Ed25519 keys of the organisations served here: public halves in the database, private ones in files.

A private key is a PEM file of mode 0600 under `settings.KEYS`, in a folder of its organisation, named by the key.
Where several application servers share one database they share that folder too. A key that is rotated out keeps
its public half, so that what it signed still verifies.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction

from noaber.apps.accounts.models import Organisation
from noaber.apps.exchange.models import SigningKey
from noaber.core.problems import InvalidInput, NotAllowed, Problem
from noaber.web import clock


@dataclass(frozen=True)
class Signer:
    """Signs for one organisation, with its current key."""

    key_id: str
    private_key: Ed25519PrivateKey

    def sign(self, text: bytes) -> str:
        """The signature, hexadecimal."""
        return self.private_key.sign(text).hex()


def get_signer(organisation: Organisation) -> Signer:
    """The organisation's signer; its first key is made on first use.

    Raises
    ------
    NotAllowed
        Where the key is known and its private file is not in this node's folder.
    """
    key = SigningKey.objects.filter(organisation=organisation, valid_until=None).first()
    if key is None:
        key = make_key(organisation)
    path = private_path(organisation.code, key.key_id)
    try:
        return Signer(key.key_id, _load(path, path.stat().st_mtime_ns))
    except OSError as error:
        raise NotAllowed("journal.key-missing", organisation=organisation.code, file=str(path)) from error


def make_key(organisation: Organisation) -> SigningKey:
    """A new current key; the one before it, if any, ends now. The file is safe on disk before the row is written."""
    now = clock.now()
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key_id = key_id_of(public)
    _write(private_path(organisation.code, key_id), private)
    with transaction.atomic():
        SigningKey.objects.filter(organisation=organisation, valid_until=None).update(valid_until=now)
        return SigningKey.objects.create(
            organisation=organisation, key_id=key_id, public_key=public.hex(), valid_from=now
        )


def trust_key(organisation: Organisation, public_key: str) -> SigningKey:
    """Accept what `public_key` (hexadecimal) signs as the organisation's: the key of one that another node serves.

    Raises
    ------
    InvalidInput
        Where it is no such key.
    NotAllowed
        Where the organisation is served here: its keys are made here.
    """
    if organisation.connected:
        raise NotAllowed("journal.own-key", organisation=organisation.code)
    try:
        public = bytes.fromhex(public_key)
        Ed25519PublicKey.from_public_bytes(public)
    except ValueError as error:
        raise InvalidInput([Problem("journal.bad-key", params={"key": public_key})]) from error
    now = clock.now()
    with transaction.atomic():
        known = SigningKey.objects.filter(organisation=organisation, key_id=key_id_of(public)).first()
        if known is not None:
            return known
        SigningKey.objects.filter(organisation=organisation, valid_until=None).update(valid_until=now)
        return SigningKey.objects.create(
            organisation=organisation, key_id=key_id_of(public), public_key=public.hex(), valid_from=now
        )


def key_id_of(public_key: bytes) -> str:
    """The name of a key: the first half of its SHA-256, hexadecimal."""
    return hashlib.sha256(public_key).hexdigest()[:32]


def private_path(code: str, key_id: str) -> Path:
    return Path(settings.KEYS) / code / f"{key_id}.pem"


def holds(public_key: str, text: bytes, signature: str) -> bool:
    """Whether the signature (hexadecimal) over `text` was made with the key (hexadecimal)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def was_retired(key: SigningKey, at: datetime.datetime) -> bool:
    """Whether another key had taken the place of this one by then."""
    return key.valid_until is not None and at > key.valid_until


@lru_cache(maxsize=256)
def _load(path: Path, modified_ns: int) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise OSError(f"{path} holds no Ed25519 key")
    return key


def _write(path: Path, key: Ed25519PrivateKey) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
