"""Officers who do whatever the pages offer them, as fast as they can, until they are told to stop."""

from __future__ import annotations

import http.client
import random
import re
import threading
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlencode

FORM = re.compile(r"<form[^>]*data-noaber-step=\"(?P<step>[a-z-]+)\".*?</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)"')
STATUS = re.compile(r'<option value="(?P<status>[A-Z_]+)"')
LINKS = re.compile(r'href="(?P<link>/(?:requests|deployments)/[0-9a-f][^"/]*/)"')
TYPED: dict[str, dict[str, str]] = {
    "acknowledge": {"answer_within_minutes": "20"},
    "answer-line": {
        "line-1-answer": "Accept",
        "line-1-team-other-quantity": "1",
        "line-1-team-other-name": "Pumps",
        "common-risk_checked": "on",
    },
    "requisition": {"order-0-quantity": "1", "common-commit_within_minutes": "20"},
    "reject-offer": {"reason_code": "too-late"},
    "commit": {
        "answer": "Accept",
        "quantity": "1",
        "kind_of_help": "pumping",
        "kind_of_unit": "module",
        "head_count": "8",
        "leader": "leader",
        "vehicles": "1-ABC-2",
    },
    "report": {"place": "Eijsden"},
    "ask-information": {"question": "Where to?", "answer_within_minutes": "30"},
    "answer-information": {"answer": "To the station."},
    "release": {"handover": "Complete."},
    "close-request": {"note": ""},
}
"""What is typed into the form of each step; other steps are left alone."""
PATIENCE_S = 300
"""After so long nothing will come any more."""
ALWAYS_THERE = frozenset({"ask-information", "reject-offer"})
"""Taken only where nothing else is offered, so that deployments get under way."""


@dataclass
class Log:
    """What the server has acknowledged, how often it answered, refused, or was gone."""

    acknowledged: list[str] = field(default_factory=list)
    steps: dict[str, int] = field(default_factory=dict)
    answers: int = 0
    refused: int = 0
    gone: int = 0
    errors: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def note_answer(self, status: int, what: str) -> None:
        with self.changed:
            self.answers += 1
            self.refused += status in (409, 422)
            if status >= 500:
                self.errors.append(f"{status} {what}")
            self.changed.notify_all()

    def note_acknowledged(self, step: str, message_id: str) -> None:
        with self.changed:
            self.acknowledged.append(message_id)
            self.steps[step] = self.steps.get(step, 0) + 1

    def note_gone(self) -> None:
        with self.changed:
            self.gone += 1

    def wait_for_answers(self, count: int) -> None:
        """Until the server has answered `count` times more."""
        with self.changed:
            enough = self.answers + count
            answered = self.changed.wait_for(lambda: self.answers >= enough, PATIENCE_S)
        assert answered, "the server does not answer, or the officers have gone"


class Officer(threading.Thread):
    """Someone at a page: reads it, does one of the things it offers, and goes on."""

    def __init__(self, session: str, port: int, log: Log, stop: threading.Event, drafts: deque[int]) -> None:
        super().__init__(daemon=True)
        self.cookies = {"sessionid": session}
        self.port = port
        self.log = log
        self.stop = stop
        self.drafts = drafts
        self.pages: list[str] = []
        self.random = random.Random(session)

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.act()
            except (OSError, http.client.HTTPException):
                self.log.note_gone()
                self.stop.wait(0.03)

    def act(self) -> None:
        if self.drafts and self.random.random() < 0.3:
            self.send(self.drafts.popleft())
            return
        page = self.random.choice(["/requests/", *self.pages])
        text = self.get(page)
        self.pages = list(dict.fromkeys([*self.pages, *LINKS.findall(text)]))[-5:]
        forms = [found for found in FORM.finditer(text) if found["step"] in TYPED]
        if steps := [found for found in forms if found["step"] not in ALWAYS_THERE] or forms:
            self.take(page, self.random.choice(steps))

    def send(self, draft: int) -> None:
        """Send it; whoever cannot tell whether it was sent tries again later, as people do."""
        try:
            self.get("/requests/")
            data = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), "once": f"draft-{draft}"}
            self.post("send-request", f"/drafts/{draft}/send/", data)
        except (OSError, http.client.HTTPException):
            self.drafts.append(draft)
            raise

    def take(self, page: str, form: re.Match[str]) -> None:
        step = form["step"]
        data = dict(HIDDEN.findall(form[0])) | TYPED[step]
        if step == "report" and (status := STATUS.search(form[0])):
            data["status"] = status["status"]
        self.post(step, page, data)

    def get(self, path: str) -> str:
        answer, body = self.ask("GET", path)
        self.log.note_answer(answer.status, path)
        return body if answer.status == 200 else ""

    def post(self, step: str, path: str, data: dict[str, str]) -> None:
        answer, _ = self.ask("POST", path, urlencode(data))
        place = answer.getheader("Location") or ""
        if answer.status == 302 and "#m-" in place:
            self.log.note_acknowledged(step, place.partition("#m-")[2])
        self.log.note_answer(answer.status, f"{step} {path}")

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer, text
