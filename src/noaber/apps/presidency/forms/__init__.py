"""The forms of presidencies and dossiers."""

from noaber.apps.presidency.forms.presidency import DossierForm, NoteForm, PresidencyForm, ReasonForm

__all__ = ["DossierForm", "NoteForm", "PresidencyForm", "ReasonForm"]
