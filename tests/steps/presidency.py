"""The steps of presidencies and their handover."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from noaber.apps.accounts.acting import Acting
from noaber.apps.presidency import services
from noaber.apps.presidency.models import HandoverDossier
from noaber.apps.presidency.queries import latest_version
from noaber.apps.presidency.values import DossierData, PresidencyData
from noaber.core.presidency.dossier import Section
from presidency_builders import NOW, ON, make_dossier, make_handover, make_presidency
from steps import Step
from steps.actions import of_brussels


def both() -> tuple[Acting, Any]:
    handover = make_handover()
    return handover.brussels, (handover.giver, handover.receiver)


def giver() -> tuple[Acting, Any]:
    handover = make_handover()
    return handover.brussels, handover.giver


def dossier(make: Callable[[Acting, HandoverDossier], Any] | None = None) -> Callable[[], tuple[Acting, Any]]:
    def made() -> tuple[Acting, Any]:
        handover = make_handover()
        record = make_dossier(handover)
        if make:
            make(handover.brussels, record)
        return handover.brussels, record

    return made


def to_sign() -> tuple[Acting, Any]:
    handover = make_handover()
    record = make_dossier(handover)
    services.make_ready(handover.brussels, record)
    return handover.giving_director, record


def sign(acting: Acting, record: HandoverDossier) -> object:
    version = latest_version(record)
    return services.sign(acting, record, seen=version.digest if version else "")


STEPS = {
    "put_down_presidency": Step(of_brussels, lambda acting, _centre: make_presidency(acting, acting, 2024)),
    "change_presidency": Step(
        giver,
        lambda acting, record: services.change_presidency(
            acting, record, PresidencyData(record.organisation, 2024, source="The minutes")
        ),
    ),
    "begin_dossier": Step(both, lambda acting, two: services.begin_dossier(acting, *two, DossierData(ON)), at=NOW),
    "change_dossier": Step(
        dossier(), lambda acting, record: services.change_dossier(acting, record, DossierData(ON)), at=NOW
    ),
    "keep_note": Step(
        dossier(),
        lambda acting, record: services.keep_note(acting, record, Section.DONE, "All of it.", language="en"),
        at=NOW,
    ),
    "make_ready": Step(dossier(), services.make_ready, at=NOW),
    "take_back": Step(
        dossier(services.make_ready),
        lambda acting, record: services.take_back(acting, record, reason="A line is missing."),
        at=NOW,
    ),
    "sign": Step(to_sign, sign, at=NOW),
}
NO_STEPS: dict[str, str] = {}
