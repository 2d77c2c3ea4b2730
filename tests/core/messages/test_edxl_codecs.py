"""Messages as EDXL: what is written can be read back, whole, and is valid by the standards' own schemas."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from message_strategies import MESSAGES, messages_of
from schemas import envelope_errors, rm_content, schema_errors

from noaber.core.messages.edxl_de import decode_envelope, encode_envelope
from noaber.core.messages.edxl_rm import decode_message, encode_message
from noaber.core.messages.model import Message, MessageType
from noaber.core.problems import InvalidInput

QUICK = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("message_type", MessageType)
def test_envelope_is_read_back_whole_and_valid(message_type: MessageType) -> None:
    @QUICK
    @given(messages_of(message_type))
    def law(message: Message) -> None:
        document = encode_envelope(message)
        assert decode_envelope(document) == message
        assert envelope_errors(document) == []

    law()


@QUICK
@given(MESSAGES.filter(lambda message: message.message_type is not MessageType.ACKNOWLEDGEMENT))
def test_content_is_read_back_whole_under_its_envelope(message: Message) -> None:
    document = encode_message(message)
    assert decode_message(document, message.envelope) == message
    assert schema_errors(etree.fromstring(document)) == []


@QUICK
@given(MESSAGES)
def test_the_same_message_gives_the_same_bytes(message: Message) -> None:
    document = encode_envelope(message)
    assert encode_envelope(decode_envelope(document)) == document


@given(messages_of(MessageType.ACKNOWLEDGEMENT))
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_an_acknowledgement_has_no_content(message: Message) -> None:
    assert rm_content(encode_envelope(message)) == []
    with pytest.raises(InvalidInput, match="no EDXL-RM form"):
        encode_message(message)
