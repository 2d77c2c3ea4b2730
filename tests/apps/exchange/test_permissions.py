"""Which role may take which step: a table, asked of the pure rules and of the services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from exchange_world import World, make_acting
from noaber.apps.accounts.acting import Acting
from noaber.apps.accounts.enums import Permission, Role
from noaber.apps.exchange import services
from noaber.apps.exchange.actions import SPECS
from noaber.apps.exchange.permissions import (
    MESSAGE_PERMISSIONS,
    STEP_PERMISSIONS,
    check_speaks_for,
    may_take,
)
from noaber.core.messages.model import Channel, DeploymentStatus, Envelope, MessageType, StatusKind, Tlp
from noaber.core.messages.transitions import StepKind
from noaber.core.problems import NotAllowed

ASKING = {
    StepKind.SEND_REQUEST,
    StepKind.CANCEL_REQUEST,
    StepKind.UPDATE_REQUEST,
    StepKind.CLOSE_REQUEST,
    StepKind.REJECT_OFFER,
    StepKind.REQUISITION,
    StepKind.ALERT,
    StepKind.ASK_EXTENSION,
    StepKind.ANSWER_RETURN,
    StepKind.RELEASE,
    StepKind.ASK_QUOTE,
}
ANSWERING = {
    StepKind.ACKNOWLEDGE,
    StepKind.ANSWER_LINE,
    StepKind.REVISE_OFFER,
    StepKind.WITHDRAW_OFFER,
    StepKind.OFFER_UNSOLICITED,
    StepKind.COMMIT,
    StepKind.ANSWER_EXTENSION,
    StepKind.ASK_RETURN,
    StepKind.RECALL,
    StepKind.ANSWER_QUOTE,
    StepKind.ASK_INFORMATION,
    StepKind.ANSWER_INFORMATION,
    StepKind.WITHDRAW_MISTAKE,
}
REPORTING = {StepKind.REPORT, StepKind.NOTE, StepKind.GIVE_PAPERS, StepKind.ASK_STATUS}
SIGNING = {StepKind.AUTHORISE_REQUEST}

MAY: dict[Role, set[StepKind]] = {
    Role.DUTY_OFFICER: ASKING | ANSWERING | REPORTING,
    Role.DIRECTOR: ASKING | ANSWERING | SIGNING,
    Role.PLANNER: set(),
    Role.POLICY_OFFICER: set(),
    Role.ADMINISTRATOR: set(),
    Role.OBSERVER: set(),
}


def test_every_step_and_message_has_its_permission() -> None:
    assert set(STEP_PERMISSIONS) == set(StepKind)
    assert set(MESSAGE_PERMISSIONS) == set(MessageType)
    assert set(SPECS) <= set(StepKind)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("step", list(StepKind))
def test_which_role_may_take_which_step(role: Role, step: StepKind) -> None:
    assert may_take({role}, step) is (step in MAY[role])


def _envelope(**changes: object) -> Envelope:
    fields: dict[str, object] = {
        "sender": "BE-NCCN",
        "recipients": ("BE-NCCN",),
        "status": StatusKind.TEST,
        "tlp": Tlp.GREEN,
        "language": "fr",
        "actor": "duty officer",
    }
    return Envelope(**{**fields, **changes})  # type: ignore[arg-type]


SAID = {"channel": Channel.PHONE, "said_at": datetime(2021, 7, 14, tzinfo=UTC), "said_by": "J."}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"sender": "NL-NCC"}, "exchange.other-sender"),
        ({"on_behalf_of": "NL-NCC"}, "exchange.behalf-unsaid"),
        ({"on_behalf_of": "NL-NCC", **SAID, "said_by": ""}, "exchange.behalf-unsaid"),
        ({"on_behalf_of": "NL-NCC", **SAID, "said_at": None}, "exchange.behalf-unsaid"),
        ({"on_behalf_of": "NL-NCC", **SAID}, ""),
        ({"on_behalf_of": "BE-NCCN"}, ""),
        (SAID, ""),
    ],
)
def test_who_speaks_for_whom(changes: dict[str, object], code: str) -> None:
    if not code:
        check_speaks_for("BE-NCCN", _envelope(**changes))
        return
    with pytest.raises(NotAllowed) as raised:
        check_speaks_for("BE-NCCN", _envelope(**changes))
    assert raised.value.problem.code == code


def _sign(world: World, acting: Acting) -> None:
    services.authorise_draft(acting, world.draft())


def _record(world: World, acting: Acting) -> None:
    services.record_sign_off(acting, world.draft(), director="M.", at=datetime(2021, 7, 14, tzinfo=UTC))


def _ask(world: World, acting: Acting) -> None:
    services.cancel_request(acting, world.send(), reason="Fini")


def _answer(world: World, acting: Acting) -> None:
    services.ask_information(acting, world.send(), "Où ?")


def _report(world: World, acting: Acting) -> None:
    request_id = world.send()
    deployment_id = world.deploy(request_id)
    at_border = (DeploymentStatus.MOBILISING, DeploymentStatus.EN_ROUTE)
    world.report(request_id, deployment_id, *at_border)
    services.report_deployment(acting, request_id, deployment_id, status=DeploymentStatus.ARRIVED)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("act", "permission"),
    [
        (_sign, Permission.SIGN_OFF),
        (_record, Permission.SEND_REQUEST),
        (_ask, Permission.SEND_REQUEST),
        (_answer, Permission.ANSWER_REQUEST),
        (_report, Permission.REPORT_DEPLOYMENT),
    ],
)
def test_the_services_hold_every_role_to_it(
    role: Role, act: Callable[[World, Acting], None], permission: Permission
) -> None:
    world = World.make()
    acting = make_acting(world.be, role)
    if acting.may(permission):
        act(world, acting)
        return
    with pytest.raises(NotAllowed) as raised:
        act(world, acting)
    assert raised.value.problem.code == f"accounts.role.{permission}"
