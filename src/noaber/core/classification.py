"""Markings of classified information, which must never come in here: Dutch, Belgian, Luxembourg, German, EU, NATO.

A marking that means nothing else is found wherever it stands. A single word ("geheim", "secret") is one only in
capitals and on a line of its own: people write those words in sentences too.
"""

from __future__ import annotations

import re
from typing import Final

_LONE: Final = (
    r"ZEER GEHEIM|GEHEIM|VERTROUWELIJK|BEPERKT|TR[EÈ]S SECRET|SECRET|CONFIDENTIEL|RESTREINT|STRENG GEHEIM|CONFIDENTIEEL"
    r"|TOP SECRET|CONFIDENTIAL|RESTRICTED"
)
_ANYWHERE: Final = re.compile(
    r"""\b(?:
      stg\.?\s+(?:zeer\s+geheim|geheim|confidentieel)
    | dep\.?\s*vertrouwelijk | departementaal\s+vertrouwelijk
    | (?:zeer\s+geheim|geheim|vertrouwelijk|beperkt)\s*\(?\s*wet\s+(?:van\s+)?11[./-]12[./-]1998
    | (?:tr[eè]s\s+secret|secret|confidentiel|restreint)\s*\(?\s*loi\s+(?:du\s+)?11[./-]12[./-]1998
    | (?:tr[eè]s\s+secret|secret|confidentiel|restreint)\s+lux
    | vs\s*[-–]\s*(?:vertraulich|nur\s+f[uü]r\s+den\s+dienstgebrauch|nfd)
    | (?:tr[eè]s\s+secret|secret|confidentiel|restreint)\s+ue
    | eu\s+(?:top\s+secret|secret|confidential|restricted)
    | (?:ts|s|c|r)-ue/eu-(?:ts|s|c|r)
    | cosmic\s+(?:top\s+secret|tr[eè]s\s+secret)
    | nato\s+(?:secret|confidential|restricted)
    | otan\s+(?:secret|confidentiel|diffusion\s+restreinte)
    | (?:secret|confidentiel|diffusion\s+restreinte)\s+otan
    | geheim\s*[-–]\s*amtlich\s+geheimgehalten
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ON_A_LINE: Final = re.compile(
    rf"^[\W_]*((?:{_LONE})(?:\s*/\s*(?:{_LONE}))*)[\W_]*$",
    re.MULTILINE,
)


def find_marking(text: str) -> str | None:
    """The first marking in a text or a file name, as it stands there; None where there is none."""
    spaced = text.replace("_", " ")
    found = _ANYWHERE.search(spaced)
    if found is not None:
        return " ".join(found.group().split())
    alone = _ON_A_LINE.search(spaced)
    return alone.group(1) if alone else None
