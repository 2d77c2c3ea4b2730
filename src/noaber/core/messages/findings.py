"""What was found in an XML document: a problem, with the line and the element that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from noaber.core.messages.xml import line_of, local_name
from noaber.core.problems import Problem, Severity


@dataclass(frozen=True)
class Finding:
    """A problem at a place. `element` is the element's name without namespace, empty where there is none."""

    line: int
    element: str
    problem: Problem

    @property
    def is_error(self) -> bool:
        return self.problem.severity is Severity.ERROR


def find(element: etree._Element, code: str, severity: Severity = Severity.ERROR, /, **params: object) -> Finding:
    """A finding about `element`."""
    line, name = line_of(element), local_name(element)
    return Finding(line, name, Problem(code, f"line {line}, {name}", params, severity))


def warn(element: etree._Element, code: str, /, **params: object) -> Finding:
    """A finding that does not make the document invalid."""
    return find(element, code, Severity.WARNING, **params)
