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
from noaber.apps.exchange.models import JournalEntry, Request  # noqa: E402
from noaber.apps.exchange.rebuild import rebuild_projections  # noqa: E402
from noaber.core.problems import NotAllowed  # noqa: E402


def setup(count: str) -> list[str]:
    """So many requests from Brussels to The Hague."""
    call_command("migrate", verbosity=0)
    world = World.make()
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
    sys.stdout.write(json.dumps({"setup": setup, "race": race, "result": result}[command](*arguments)) + "\n")
