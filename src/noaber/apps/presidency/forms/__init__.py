"""The forms of presidencies and dossiers."""

from noaber.apps.presidency.forms.presidency import (
    PRIORITIES,
    DossierForm,
    NoteForm,
    PresidencyForm,
    ReasonForm,
    initial_presidency,
)

__all__ = ["PRIORITIES", "DossierForm", "NoteForm", "PresidencyForm", "ReasonForm", "initial_presidency"]
