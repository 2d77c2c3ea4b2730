"""The chapters of a report in the reader's language: one content for the page and for the PDF."""

from noaber.apps.reports.sections.whole import sections_of

__all__ = ["sections_of"]
