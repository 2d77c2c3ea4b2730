"""The content of a handover dossier, derived from what exists: nobody types it."""

from noaber.apps.presidency.gather.whole import Asked, gather

__all__ = ["Asked", "gather"]
