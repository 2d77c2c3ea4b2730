"""Several processes on one database, racing for the same steps: `setup`, `race`, `result` (see `test_processes.py`).

Each prints one JSON value. The data directory and the database come from the environment.
"""

from __future__ import annotations

import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from exchange_world import World, make_acting  # noqa: E402
from noaber.apps.accounts.models import Organisation  # noqa: E402
from noaber.apps.exchange import services  # noqa: E402
from noaber.apps.exchange.journal.verify import verify_journals  # noqa: E402
from noaber.apps.exchange.models import JournalEntry, Request, RequestLine  # noqa: E402
from noaber.apps.exchange.rebuild import rebuild_projections  # noqa: E402
from noaber.apps.exchange.services import LineAnswer, Team  # noqa: E402
from noaber.core.messages.model import ResponseType  # noqa: E402
from noaber.core.problems import InvalidInput, NotAllowed  # noqa: E402
from registry_builders import make_capacity  # noqa: E402


def setup(count: str) -> list[str]:
    """So many requests from Brussels to The Hague."""
    call_command("migrate", verbosity=0)
    world = World.make()
    make_capacity(world.nl, "BOATS", capabilities=("HCP",), quantity=1)
    return [world.send() for _ in range(int(count))]


def race(racer: str, start_at: str) -> int:
    """Acknowledge every request, all racers from the same moment; how many this one got through."""
    hague = make_acting(Organisation.objects.get(code="NL-NCC"), username=f"racer-{racer}")
    ids = list(Request.objects.order_by("sent_at").values_list("pk", flat=True))
    time.sleep(max(0.0, float(start_at) - time.time()))
    done = 0
    for request_id in ids:
        try:
            services.acknowledge(hague, request_id)
            done += 1
        except NotAllowed:
            continue
    return done


def promise(racer: str, start_at: str) -> int:
    """Offer the one boat team for every request, all racers from the same moment; how many offers were sent."""
    hague = make_acting(Organisation.objects.get(code="NL-NCC"), username=f"racer-{racer}")
    ids = list(Request.objects.order_by("sent_at").values_list("pk", flat=True))
    time.sleep(max(0.0, float(start_at) - time.time()))
    boats = Team(quantity=1, team_id="BOATS", name="Boten", owner="NL-NCC")
    sent = 0
    for request_id in ids:
        line = RequestLine.objects.get(request=request_id)
        answer = LineAnswer(line_id=line.pk, response_type=ResponseType.ACCEPT, teams=(boats,), risk_checked=True)
        try:
            services.respond_to_request(hague, request_id, [answer])
            sent += 1
        except InvalidInput as error:
            if [problem.code for problem in error.problems] != ["promise.promised-elsewhere"]:
                raise
        except NotAllowed as error:
            if error.problem.code != "flow.same-offer":
                raise
    return sent


def result() -> dict[str, object]:
    acknowledged = JournalEntry.objects.filter(message_type="Acknowledgement")
    verified = verify_journals()
    return {
        "sent": acknowledged.filter(kind="sent").count(),
        "received": acknowledged.filter(kind="received").count(),
        "broken": verified.broken.what if verified.broken else None,
        "changed": rebuild_projections().changed,
    }


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    commands = {"setup": setup, "race": race, "promise": promise, "result": result}
    sys.stdout.write(json.dumps(commands[command](*arguments)) + "\n")
