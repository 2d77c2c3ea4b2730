"""A commitment does not wait for the papers: what is missing is told, until it is there or no border lies ahead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import CERTIFICATE, CONSUMER, SUPPLIER, Exchange
from noaber.core.messages import factories
from noaber.core.messages.model import BorderCertificate, DeploymentStatus, Location
from noaber.core.messages.papers import Paper, merge_certificates, missing_papers, papers_due
from noaber.core.messages.steps import check_step, possible_steps
from noaber.core.messages.thread import WaitCode
from noaber.core.messages.transitions import StepKind
from noaber.core.problems import NotAllowed

D = DeploymentStatus
PLATES = BorderCertificate(vehicles=("NL 12-ABC-3",), leader="")


def committed(certificate: BorderCertificate | None = None) -> Exchange:
    return Exchange().answer().order().commit(certificate=certificate)


def waits(exchange: Exchange) -> list[str]:
    return [wait.code for wait in exchange.thread.waits if wait.party == SUPPLIER]


def test_a_commitment_goes_out_with_what_is_known() -> None:
    exchange = committed(replace(CERTIFICATE, vehicles=(), leader=""))
    (deployment,) = exchange.thread.deployments
    assert papers_due(exchange.thread, deployment) == (Paper.LEADER, Paper.VEHICLES)
    assert WaitCode.GIVE_PAPERS in waits(exchange)
    assert not any(entry.shortcomings for entry in exchange.thread.history)


def test_papers_that_follow_keep_what_was_said_before() -> None:
    exchange = committed(replace(CERTIFICATE, vehicles=()))
    exchange.report(None, certificate=PLATES)
    (deployment,) = exchange.thread.deployments
    assert deployment.certificate == replace(CERTIFICATE, vehicles=("NL 12-ABC-3",))
    assert WaitCode.GIVE_PAPERS not in waits(exchange)


def test_they_wait_until_the_border_is_passed_and_not_where_none_lies() -> None:
    exchange = committed().report(D.MOBILISING, D.EN_ROUTE)
    assert WaitCode.GIVE_PAPERS in waits(exchange)
    assert WaitCode.GIVE_PAPERS not in waits(exchange.report(D.AT_BORDER))


def test_the_crossing_is_said_once() -> None:
    at_border = committed().report(D.MOBILISING, D.EN_ROUTE).report(D.AT_BORDER, location=Location("Eijsden, A2"))
    assert at_border.thread.deployments[0].certificate.crossing_point == "Eijsden, A2"
    known = committed(replace(CERTIFICATE, crossing_point="Vaals")).report(D.MOBILISING, D.EN_ROUTE)
    known.report(D.AT_BORDER, location=Location("near Vaals"))
    assert known.thread.deployments[0].certificate.crossing_point == "Vaals"


def test_papers_are_the_suppliers_and_for_a_border() -> None:
    exchange = committed()
    assert StepKind.GIVE_PAPERS in {step.kind for step in possible_steps(exchange.thread, SUPPLIER)}
    message = exchange.draft(factories.report, CONSUMER, deployment_id="offer", status=None, certificate=CERTIFICATE)
    with pytest.raises(NotAllowed):
        check_step(exchange.thread, message)


def test_nothing_is_missing_of_a_whole_certificate_and_everything_of_none() -> None:
    assert missing_papers(CERTIFICATE) == ()
    assert missing_papers(None) == missing_papers(BorderCertificate(crossing_point="Vaals")) == tuple(Paper)


TEXTS = st.sampled_from(["", "a", "b"])
CERTIFICATES = st.builds(
    BorderCertificate,
    kind_of_help=TEXTS,
    leader=TEXTS,
    head_count=st.sampled_from([None, 3, 22]),
    vehicles=st.sampled_from([(), ("NL 1",), ("NL 1", "NL 2")]),
)


@given(CERTIFICATES, CERTIFICATES)
def test_more_papers_never_leave_more_missing(before: BorderCertificate, news: BorderCertificate) -> None:
    merged = merge_certificates(before, news)
    assert set(missing_papers(merged)) == set(missing_papers(before)) & set(missing_papers(news))
    assert merge_certificates(merged, news) == merged
