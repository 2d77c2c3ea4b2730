"""A signed message as a file or on the wire: its EDXL-DE envelope with the sender's signature as one more keyword.

The signature is over the message's canonical bytes, which the envelope gives back exactly. A reader that knows
nothing of it passes over a keyword of a list that it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from noaber.core.messages.edxl_de import decode_envelope, encode_envelope
from noaber.core.messages.model import Message
from noaber.core.messages.vocabulary import DE_1_0
from noaber.core.messages.xml import parse_xml, serialise_xml, text_of

SIGNATURE: Final = "urn:noaber:signature:ed25519"
"""Value list of the keyword: the key's id, then the signature, both hexadecimal."""
_DE: Final = f"{{{DE_1_0}}}"


@dataclass(frozen=True)
class WireMessage:
    """What came in: a message, and by which key it claims to be signed (empty where by none)."""

    message: Message
    key_id: str
    signature: str


def encode_signed(message: Message, *, key_id: str, signature: str) -> bytes:
    """The message in its envelope, with its signature."""
    root = parse_xml(encode_envelope(message))
    keyword = etree.Element(f"{_DE}keyword")
    for name, text in (("valueListUrn", SIGNATURE), ("value", key_id), ("value", signature)):
        etree.SubElement(keyword, _DE + name).text = text
    list(root.iterchildren(f"{_DE}keyword"))[-1].addnext(keyword)
    return serialise_xml(root)


def decode_signed(data: bytes) -> WireMessage:
    """The message and its claimed signature.

    Raises
    ------
    InvalidInput
        Where it is no envelope around a message.
    """
    message = decode_envelope(data)
    for keyword in parse_xml(data).iterchildren(f"{_DE}keyword"):
        if keyword.findtext(f"{_DE}valueListUrn") == SIGNATURE:
            values = [text_of(value) for value in keyword.iterchildren(f"{_DE}value")]
            if len(values) == 2:
                return WireMessage(message, *values)
    return WireMessage(message, "", "")
