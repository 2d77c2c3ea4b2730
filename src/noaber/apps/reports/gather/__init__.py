"""Everything that a report says, gathered as one organisation sees it: reads only."""

from noaber.apps.reports.gather.whole import Asked, gather

__all__ = ["Asked", "gather"]
