"""The papers for the border: what of them is still missing, and what a later message adds.

A commitment does not wait for them: plates, leader and head count follow, due before the teams leave. Help inside
one country crosses no border and needs none.
"""

from __future__ import annotations

from dataclasses import fields, replace
from enum import StrEnum

from noaber.core.messages.model import BorderCertificate
from noaber.core.messages.states import DeploymentState
from noaber.core.messages.thread import Deployment, Thread


class Paper(StrEnum):
    """What the NL-DE text of 1988 and the FR-LU text of 2015 name, by its field of the certificate."""

    KIND_OF_HELP = "kind_of_help"
    KIND_OF_UNIT = "kind_of_unit"
    HEAD_COUNT = "head_count"
    LEADER = "leader"
    VEHICLES = "vehicles"


_BEFORE_THE_BORDER = frozenset({DeploymentState.COMMITTED, DeploymentState.MOBILISING, DeploymentState.EN_ROUTE})


def missing_papers(certificate: BorderCertificate | None) -> tuple[Paper, ...]:
    """What the certificate does not say yet."""
    known = certificate or BorderCertificate()
    return tuple(paper for paper in Paper if not getattr(known, paper.value))


def papers_due(thread: Thread, deployment: Deployment) -> tuple[Paper, ...]:
    """What the supplier still owes before these teams cross the border; empty once they have, or where none lies."""
    if not thread.agreement or deployment.state not in _BEFORE_THE_BORDER:
        return ()
    return missing_papers(deployment.certificate)


def merge_certificates(before: BorderCertificate | None, news: BorderCertificate | None) -> BorderCertificate | None:
    """What was said before, with what is new in its place: who adds the plates keeps the leader."""
    if before is None or news is None:
        return news or before
    said = {item.name: getattr(news, item.name) for item in fields(news) if getattr(news, item.name)}
    return replace(before, **said)


def with_crossing_point(certificate: BorderCertificate | None, crossing_point: str) -> BorderCertificate | None:
    """The certificate with the crossing point that a report names, where it says none itself."""
    if not crossing_point or (certificate and certificate.crossing_point):
        return certificate
    return replace(certificate or BorderCertificate(), crossing_point=crossing_point)
