"""The steps of the story from the team on its way to the request that is closed."""

from __future__ import annotations

from collections.abc import Callable

from noaber.apps.demo.book import Made
from noaber.apps.demo.scene import Held, Move, Payload, Scene
from noaber.apps.exchange import services
from noaber.core.messages.model import DeploymentStatus, Location, ResponseType
from noaber.core.messages.states import DeploymentState, RequestState
from noaber.core.messages.transitions import StepKind
from noaber.reference.vocabulary import load_reasons

Do = Callable[[Scene, str], object]


def report(scene: Scene) -> Move | Held:
    return _on_deployment(scene, StepKind.REPORT, DeploymentState(scene.payload["deployment_status"]), _report)


def _on_deployment(scene: Scene, kind: StepKind, target: DeploymentState, do: Do) -> Move | Held:
    """The id of an offer stays that of its deployment. One that was never offered leaves its steps out."""
    if held := scene.missing():
        return held
    wanted = [(scene.book.find("offer", scene.payload["deployment"]), target, scene.payload)]
    return scene.sort(kind, wanted).move(lambda ready: _done(do(scene, ready[0][0])))


def _done(_: object) -> Made:
    return {}


def _report(scene: Scene, deployment_id: str) -> None:
    point = scene.payload.get("crossing_point")
    services.report_deployment(
        scene.acting,
        scene.request_id,
        deployment_id,
        status=DeploymentStatus(scene.payload["deployment_status"]),
        location=Location(point) if point else None,
        manner=scene.manner,
    )


def ask_extension(scene: Scene) -> Move | Held:
    return _on_deployment(scene, StepKind.ASK_EXTENSION, DeploymentState.OPERATIONAL, _ask_extension)


def _ask_extension(scene: Scene, deployment_id: str) -> None:
    until = scene.time(scene.payload["until"])
    services.ask_extension(scene.acting, scene.request_id, deployment_id, until=until, manner=scene.manner)


def answer_extension(scene: Scene) -> Move | Held:
    return _on_deployment(scene, StepKind.ANSWER_EXTENSION, DeploymentState.OPERATIONAL, _answer_extension)


def _answer_extension(scene: Scene, deployment_id: str) -> None:
    """What was asked for is what is granted, however late it was asked."""
    services.answer_extension(
        scene.acting,
        scene.request_id,
        deployment_id,
        response_type=ResponseType(scene.payload["response"]),
        manner=scene.manner,
    )


def ask_return(scene: Scene) -> Move | Held:
    return _on_deployment(scene, StepKind.ASK_RETURN, DeploymentState.OPERATIONAL, _ask_return)


def _ask_return(scene: Scene, deployment_id: str) -> None:
    services.ask_return(
        scene.acting, scene.request_id, deployment_id, reason=_reason(scene, scene.payload), manner=scene.manner
    )


def _reason(scene: Scene, given: Payload) -> str:
    """A coded reason in the words and the language of whoever gives it."""
    return load_reasons()[given["reason"]].names.in_language(scene.language)


def answer_return(scene: Scene) -> Move | Held:
    return _on_deployment(scene, StepKind.ANSWER_RETURN, DeploymentState.RELEASED, _answer_return)


def _answer_return(scene: Scene, deployment_id: str) -> None:
    services.answer_return(
        scene.acting,
        scene.request_id,
        deployment_id,
        response_type=ResponseType(scene.payload["response"]),
        manner=scene.manner,
    )


def release(scene: Scene) -> Move | Held:
    return _on_deployment(scene, StepKind.RELEASE, DeploymentState.RELEASED, _release)


def _release(scene: Scene, deployment_id: str) -> None:
    handover = scene.words(scene.payload, "handover")
    services.release(scene.acting, scene.request_id, deployment_id, handover=handover, manner=scene.manner)


def cancel(scene: Scene) -> Move | Held:
    return _on_request(scene, StepKind.CANCEL_REQUEST, RequestState.CANCELLED, _cancel)


def _cancel(scene: Scene) -> None:
    services.cancel_request(scene.acting, scene.request_id, reason=_reason(scene, scene.payload), manner=scene.manner)


def close(scene: Scene) -> Move | Held:
    return _on_request(
        scene,
        StepKind.CLOSE_REQUEST,
        RequestState.CLOSED,
        lambda scene: services.close_request(scene.acting, scene.request_id, manner=scene.manner),
    )


def _on_request(scene: Scene, kind: StepKind, target: RequestState, do: Callable[[Scene], object]) -> Move | Held:
    if held := scene.missing():
        return held
    return scene.sort(kind, [(scene.request_id, target, scene.payload)]).move(lambda _: _done(do(scene)))
