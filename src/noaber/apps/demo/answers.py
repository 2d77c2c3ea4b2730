"""The steps of the story between a request and the team that is committed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from noaber.apps.demo.book import Made
from noaber.apps.demo.scene import Held, Move, Payload, Scene, Sorted
from noaber.apps.exchange import services
from noaber.apps.exchange.services import LineAnswer, Team
from noaber.apps.registry.models import Capacity
from noaber.core.messages.model import BorderCertificate, ResponseType
from noaber.core.messages.states import OfferState, RequestState
from noaber.core.messages.thread import Line
from noaber.core.messages.transitions import StepKind
from noaber.core.promises import FindingCode
from noaber.web import clock

_OUTCOMES: Mapping[str, OfferState] = {
    ResponseType.ACCEPT: OfferState.OFFERED,
    ResponseType.PROVISIONAL: OfferState.PROVISIONAL,
    ResponseType.DECLINE: OfferState.DECLINED,
}
Ready = list[tuple[str, Payload]]


def acknowledge(scene: Scene) -> Move | Held:
    if held := scene.missing():
        return held
    wanted = [(scene.request_id, RequestState.ACKNOWLEDGED, scene.payload)]
    return scene.sort(StepKind.ACKNOWLEDGE, wanted).move(lambda _: _acknowledge(scene))


def _acknowledge(scene: Scene) -> Made:
    minutes = (scene.time(scene.payload["answer_due_at"]) - clock.now()).total_seconds() / 60
    services.acknowledge(scene.acting, scene.request_id, answer_within_minutes=minutes, manner=scene.manner)
    return {}


def answer(scene: Scene) -> Move | Held:
    """Answer every line that nobody answered yet; an answer that stands there takes the place of the story's."""
    if held := scene.missing():
        return held
    found = {"offer": dict(_offers_found(scene))}
    sorted_ = scene.sort(StepKind.ANSWER_LINE, list(_open_answers(scene)))
    fitting = list(_fit(scene, sorted_.ready))
    move = Sorted(fitting, sorted_.why).move(lambda ready: _respond(scene, ready))
    return move if isinstance(move, Held) else Move(move.do, found)


def _open_answers(scene: Scene) -> Iterator[tuple[str | None, OfferState, Payload]]:
    for item in scene.payload["answers"]:
        line = _line(scene, item)
        if line is not None and not line.is_answered:
            yield line.element_id, _OUTCOMES[item["response"]], item


def _line(scene: Scene, item: Payload) -> Line | None:
    element_id = scene.book.find("line", item["line"])
    return scene.thread.find_line(element_id) if element_id else None


def _offers_found(scene: Scene) -> Iterator[tuple[str, str]]:
    """The story's offers by those that stand on the same lines, in order."""
    taken = set(scene.book.ids("offer"))
    for item in scene.payload["answers"]:
        line = _line(scene, item)
        offers = scene.thread.offers if line and line.is_answered else ()
        offer = next((o for o in offers if line and o.line_id == line.element_id and o.id not in taken), None)
        if offer is not None:
            taken.add(offer.id)
            yield item["offer"], offer.id


def _fit(scene: Scene, ready: Ready) -> Iterator[tuple[str, Payload]]:
    """No more teams than a line asks for: somebody may have asked for fewer than the story does."""
    left = {line.element_id: line.quantity for line in scene.thread.request.lines} if scene.thread.request else {}
    for line_id, item in ready:
        quantity = min(item.get("quantity", 0), left[line_id])
        if item["response"] == ResponseType.DECLINE or quantity:
            left[line_id] -= quantity
            yield line_id, {**item, "quantity": quantity}


def revise(scene: Scene) -> Move | Held:
    """Make a provisional offer firm, or decline it."""
    if held := scene.missing():
        return held
    wanted = [
        (scene.book.find("offer", item["replaces"]), _OUTCOMES[item["response"]], item)
        for item in scene.payload["answers"]
    ]
    move = scene.sort(StepKind.REVISE_OFFER, wanted).move(lambda ready: _revise(scene, ready))
    found = {item["offer"]: offer_id for offer_id, _, item in wanted if offer_id}
    return move if isinstance(move, Held) else Move(move.do, {"offer": found})


def _revise(scene: Scene, ready: Ready) -> Made:
    """An offer that becomes firm keeps its id, and its quantity."""
    answers = []
    for offer_id, item in ready:
        offer = scene.thread.find_offer(offer_id)
        if offer is not None:
            answers.append(_line_answer(scene, offer.line_id, {**item, "quantity": offer.quantity}, offer_id))
    services.respond_to_request(scene.acting, scene.request_id, answers, manner=scene.manner)
    return {}


def _respond(scene: Scene, ready: Ready) -> Made:
    answers = [_line_answer(scene, line_id, item) for line_id, item in ready]
    appended = services.respond_to_request(scene.acting, scene.request_id, answers, manner=scene.manner)
    lines = appended.message.resources
    return {"offer": {item["offer"]: line.element_id for (_, item), line in zip(ready, lines, strict=True)}}


def _line_answer(scene: Scene, line_id: str, item: Payload, offer_id: str = "") -> LineAnswer:
    is_offer = item["response"] != ResponseType.DECLINE
    return LineAnswer(
        line_id=line_id,
        response_type=ResponseType(item["response"]),
        teams=(_team(scene, line_id, item),) if is_offer else (),
        reason_code=item.get("reason", ""),
        reason=scene.words(item, "text"),
        valid_until=scene.find_time(item, "until") if is_offer else None,
        risk_checked=item["risk_checked"],
        offer_id=offer_id,
    )


def _team(scene: Scene, line_id: str, item: Payload) -> Team:
    """The teams of the story; where it runs late they are sent all the same."""
    capacity = Capacity.objects.select_related("owner").get(code=item["capacity"])
    line, arrival = scene.thread.find_line(line_id), scene.find_time(item, "estimated_arrival")
    is_late = bool(line and line.needed_at and arrival and arrival > line.needed_at)
    return Team(
        quantity=item["quantity"],
        team_id=capacity.code,
        name=capacity.name,
        owner=capacity.owner.code,
        base=capacity.base,
        estimated_arrival_at=arrival,
        knowing=(FindingCode.LATE.value,) if is_late else (),
    )


def requisition(scene: Scene) -> Move | Held:
    if held := scene.missing():
        return held
    return _on_offers(scene, StepKind.REQUISITION, OfferState.ACCEPTED).move(lambda ready: _order(scene, ready))


def _on_offers(scene: Scene, kind: StepKind, target: OfferState) -> Sorted:
    wanted = [(scene.book.find("offer", item["offer"]), target, item) for item in scene.payload["offers"]]
    return scene.sort(kind, wanted)


def _order(scene: Scene, ready: Ready) -> Made:
    orders = []
    for offer_id, item in ready:
        offer = scene.thread.find_offer(offer_id)
        if offer is not None:
            orders.append((offer_id, min(item["quantity"], offer.quantity)))
    taken = [offer_id for offer_id, _quantity in orders]
    services.requisition(scene.acting, scene.request_id, orders, late_taken=taken, manner=scene.manner)
    return {}


def commit(scene: Scene) -> Move | Held:
    if held := scene.missing():
        return held
    return _on_offers(scene, StepKind.COMMIT, OfferState.COMMITTED).move(lambda ready: _commit(scene, ready))


def _commit(scene: Scene, ready: Ready) -> Made:
    for offer_id, item in ready:
        services.commit(
            scene.acting,
            scene.request_id,
            offer_id,
            certificate=_certificate(item["certificate"]),
            until=scene.find_time(item, "until"),
            manner=scene.manner,
        )
    return {}


def _certificate(given: Payload) -> BorderCertificate:
    return BorderCertificate(**{**given, "vehicles": tuple(given["vehicles"])})
