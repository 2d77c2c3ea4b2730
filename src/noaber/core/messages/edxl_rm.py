"""EDXL-RM 1.0 as bytes: the codec of a message without its envelope.

Status, TLP, sender and the like have no element in RM and are never guessed: whoever reads a bare RM document
says them. With its EDXL-DE envelope around it (`edxl_de.py`) a message is complete.
"""

from __future__ import annotations

from lxml import etree

from noaber.core.messages.edxl_rm_tables import rm_schema
from noaber.core.messages.message_types import STANDARD_TYPES
from noaber.core.messages.model import Envelope, Message, MessageType
from noaber.core.messages.rm_reader import read_message
from noaber.core.messages.rm_writer import build_message
from noaber.core.messages.rules import check_message
from noaber.core.messages.vocabulary import RM_MSG
from noaber.core.messages.xml import line_of, parse_xml, serialise_xml
from noaber.core.problems import InvalidInput, Problem

_ROOTS = frozenset(f"{{{RM_MSG}}}{message_type.value}" for message_type in STANDARD_TYPES)


def encode_message(message: Message) -> bytes:
    """The message as an EDXL-RM 1.0 document, valid by the schema of its type.

    Raises
    ------
    InvalidInput
        Where the message breaks a rule, or is an acknowledgement, which has no RM content.
    """
    check_message(message)
    if message.message_type is MessageType.ACKNOWLEDGEMENT:
        raise InvalidInput([Problem("message.no-content", "/message_type")], source=message.message_id)
    return serialise_xml(build_message(message))


def decode_message(data: bytes, envelope: Envelope) -> Message:
    """The message that an EDXL-RM 1.0 document holds.

    Parameters
    ----------
    data
        The document, of any of the sixteen types.
    envelope
        Who sent it to whom, in which status and under which label: RM does not say.

    Raises
    ------
    InvalidInput
        Where it is no such document, or says what the model cannot hold.
    """
    return read_root(parse_xml(data), envelope)


def read_root(root: etree._Element, envelope: Envelope) -> Message:
    """The message of an RM element, checked by its schema and the rules; raises as `decode_message`."""
    if root.tag not in _ROOTS:
        params = {"expected": "an EDXL-RM 1.0 message", "found": root.tag}
        raise InvalidInput([Problem("xml.root", f"line {line_of(root)}", params)])
    findings = rm_schema().validate(root).findings
    if findings:
        raise InvalidInput(finding.problem for finding in findings)
    message = read_message(root, envelope)
    check_message(message)
    return message
