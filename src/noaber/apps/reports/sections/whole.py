"""All chapters, in their order."""

from __future__ import annotations

from noaber.apps.reports.facts import Content
from noaber.apps.reports.parts import Section
from noaber.apps.reports.sections import minutes, overview, people, texts
from noaber.apps.reports.sections.method import method


def sections_of(content: Content) -> tuple[Section, ...]:
    """The report in the reader's language."""
    return (
        overview.overview(content),
        texts.matrix(content),
        minutes.minutes(content),
        texts.gaps(content),
        texts.unknowns(content),
        people.advice(content),
        people.campaigns(content),
        people.capacities(content),
        people.contacts(content),
        texts.sources(content),
        method(content),
    )
