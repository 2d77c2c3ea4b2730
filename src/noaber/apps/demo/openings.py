"""The steps of the story that open and close: incidents, and requests until they are sent."""

from __future__ import annotations

from datetime import datetime

from noaber.apps.accounts.enums import Status, TlpLabel
from noaber.apps.accounts.models import Organisation, Person, SharingGroup
from noaber.apps.demo.book import Made
from noaber.apps.demo.scene import Held, Move, Payload, Scene
from noaber.apps.exchange import services
from noaber.apps.exchange.draft_lines import DraftLine
from noaber.apps.exchange.models import Request, RequestDraft
from noaber.apps.exchange.threads import load_thread
from noaber.apps.planner.enums import Severity
from noaber.apps.planner.models import Incident
from noaber.apps.planner.services.incidents import IncidentData, NeedData, close_incident, open_incident
from noaber.core.deadlines import within
from noaber.core.messages.model import Channel
from noaber.core.problems import Problem
from noaber.reference.demo.scenario import load_scenario
from noaber.reference.demo.story import load_story
from noaber.web import clock


def open_case(scene: Scene) -> Move:
    return Move(lambda: _open(scene))


def _open(scene: Scene) -> Made:
    given = scene.payload
    data = IncidentData(
        title=given["title"],
        hazard=given["hazard"],
        severity=Severity(given["severity"]),
        place=given["place"],
        territory=given["territory"],
        lon=given["lon"],
        lat=given["lat"],
        affected_radius_km=given.get("affected_radius_km"),
        reception_point=given["reception_point"],
        tlp=TlpLabel(given["tlp"]),
        groups=list(SharingGroup.objects.filter(code__in=given["groups"])),
    )
    needs = [_need(item, clock.now()) for item in given["needs"]]
    status = Status(load_scenario().status)
    incident = open_incident(scene.acting, data, needs, status=status, language=given["language"])
    codes = incident.needs.values_list("code", flat=True)
    names = [f"{scene.step.case}/{item['need']}" for item in given["needs"]]
    return {"case": {scene.step.case: str(incident.pk)}, "need": dict(zip(names, codes, strict=True))}


def _need(item: Payload, stated_at: datetime) -> NeedData:
    return NeedData(
        capability=item["capability"],
        quantity=item["quantity"],
        needed_by=within(item["within"], stated_at=stated_at),
        priority=item["priority"],
    )


def close_case(scene: Scene) -> Move:
    incident = _incident(scene)
    if incident.closed_at is not None:
        return Move()
    return Move(lambda: _close(scene, incident))


def _close(scene: Scene, incident: Incident) -> Made:
    close_incident(scene.acting, incident)
    return {}


def _incident(scene: Scene) -> Incident:
    return Incident.objects.get(pk=scene.book.get("case", scene.step.case))


def authorise(scene: Scene) -> Move:
    """Write the request and have it signed by phone; one that somebody sent to the same centre stands for it."""
    name = scene.payload["request"]
    sent = (
        Request.objects.filter(
            consumer=scene.acting.organisation, supplier__code=scene.payload["to"], case_id=_incident(scene).number
        )
        .exclude(pk__in=list(scene.book.ids("request")))
        .order_by("sent_at")
        .first()
    )
    if sent is not None:
        return Move(found={"request": {name: sent.pk}, "line": _lines_found(scene, sent.pk)})
    return Move(lambda: _authorise(scene))


def _lines_found(scene: Scene, request_id: str) -> dict[str, str]:
    """The story's lines by those of a request that somebody wrote: each by its capability, in order."""
    request = load_thread(request_id).request
    there = list(request.lines) if request else []
    found: dict[str, str] = {}
    for item in scene.payload["lines"]:
        line = next((line for line in there if line.capability == item["capability"]), None)
        if line is not None:
            there.remove(line)
            found[item["line"]] = line.element_id
    return found


def _authorise(scene: Scene) -> Made:
    draft = services.create_draft(scene.acting, _draft_data(scene))
    director = Person.objects.get(username=scene.payload["signed_by"])
    services.record_sign_off(
        scene.acting,
        draft,
        director=f"director, {director.display_name}",
        at=clock.now(),
        channel=Channel(scene.payload["channel"]),
    )
    return {"draft": {scene.payload["request"]: str(draft.pk)}}


def _draft_data(scene: Scene) -> services.DraftData:
    given, incident = scene.payload, _incident(scene)
    description = given.get("description", {"text": "", "language": incident.language})
    point = given["lines"][0]["reception_point"]
    return services.DraftData(
        supplier=Organisation.objects.get(code=given["to"]),
        status=incident.status,
        case_id=incident.number,
        incident_text=incident.title,
        incident_language=incident.language,
        territory=incident.territory,
        lines=tuple(_draft_line(scene, item, point) for item in given["lines"]),
        language=description["language"],
        hazard=incident.hazard,
        agreement=given["agreement"],
        reception_point=point,
        lon=incident.lon,
        lat=incident.lat,
        tlp=incident.tlp,
        note=description["text"],
    )


def _draft_line(scene: Scene, item: Payload, point: str) -> DraftLine:
    """A line that reports elsewhere than the request as a whole says so in what it requires.

    It is needed when its need is.
    """
    code = scene.book.get("need", f"{scene.step.case}/{item['need']}")
    return DraftLine(
        capability=item["capability"],
        quantity=item["quantity"],
        needed_by=_incident(scene).needs.get(code=code).needed_by,
        priority=item["priority"],
        need_id=code,
        requirements=item["reception_point"] if item["reception_point"] != point else "",
    )


def send(scene: Scene) -> Move | Held:
    name = scene.payload["request"]
    if scene.book.find("request", name):
        return Move()
    key = scene.book.find("draft", name)
    if key is None:
        return Held(Problem("demo.no-draft", params={"request": name}).message)
    draft = RequestDraft.objects.get(pk=key)
    if draft.message_id:
        return Move(found={"request": {name: draft.message_id}, "line": _lines_sent(scene, draft.message_id)})
    return Move(lambda: _send(scene, draft))


def _send(scene: Scene, draft: RequestDraft) -> Made:
    sent = services.send_request(scene.acting, draft, manner=scene.manner)
    lines = _lines_sent(scene, sent.thread_id)
    return {"request": {scene.payload["request"]: sent.thread_id}, "line": lines}


def _lines_sent(scene: Scene, request_id: str) -> dict[str, str]:
    """The lines of a request that the story wrote, in its order."""
    request = load_thread(request_id).request
    written = next(
        step
        for step in load_story()
        if step.step == "authorise-request" and step.payload["request"] == scene.payload["request"]
    )
    names = [item["line"] for item in written.payload["lines"]]
    return dict(zip(names, (line.element_id for line in request.lines), strict=False)) if request else {}
