"""The only writers of presidencies and dossiers."""

from noaber.apps.presidency.services.dossiers import (
    begin_dossier,
    change_dossier,
    keep_note,
    make_ready,
    sign,
    take_back,
)
from noaber.apps.presidency.services.presidencies import change_presidency, put_down_presidency

__all__ = [
    "begin_dossier",
    "change_dossier",
    "change_presidency",
    "keep_note",
    "make_ready",
    "put_down_presidency",
    "sign",
    "take_back",
]
