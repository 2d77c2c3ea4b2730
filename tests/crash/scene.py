"""A process that knows the product and forks: each fork serves the site until it is killed, or checks the data.

Starting a server takes seconds, nearly all of them spent on imports; forked from here it takes a fraction of one, so
that many kills fit into a test. What a fork runs is what `noaber serve` runs once it is ready. Reads a line of JSON
on standard input for each thing to do, and answers with a line.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")

import django

from noaber.cli import site

django.setup()
site.collect_static()

import uvicorn  # noqa: F401, E402 - imported before the forks
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connections  # noqa: E402
from django.template.loader import get_template  # noqa: E402
from django.template.utils import get_app_template_dirs  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

import noaber.config.asgi  # noqa: E402 - reads what has been collected
import noaber.config.urls  # noqa: F401, E402
from exchange_world import World, make_acting  # noqa: E402
from noaber.apps.accounts.acting import Acting  # noqa: E402
from noaber.apps.accounts.models import Organisation  # noqa: E402
from noaber.apps.exchange import services  # noqa: E402
from noaber.apps.exchange.journal.verify import verify_journals  # noqa: E402
from noaber.apps.exchange.models import JournalEntry, Payload  # noqa: E402
from noaber.apps.exchange.rebuild import rebuild_projections  # noqa: E402
from noaber.reference.gazetteer import load_gazetteer  # noqa: E402

DRAFTS = 24
SOURCE = Path(site.__file__).parents[1]


def warm_up() -> None:
    """Make once what each server would make for its first answers: places, addresses, texts and templates."""
    load_gazetteer()
    reverse("account_login")
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Yes")
    for folder in map(Path, get_app_template_dirs("templates")):
        if SOURCE in folder.parents:
            for template in folder.rglob("*.html"):
                get_template(str(template.relative_to(folder)))


def prepare() -> dict[str, Any]:
    """Two sides, two officers each, and drafts that are signed and wait to be sent."""
    site.migrate()
    site.prepare_database()
    be, nl, lu, fr = (Organisation.objects.get(code=code) for code in ("BE-NCCN", "NL-NCC", "LU-HCPN", "FR-ZONE-NORD"))
    Organisation.objects.filter(pk__in=[be.pk, nl.pk]).update(connected=True)
    world = World(be, nl, lu, fr)
    drafts = [world.draft() for _ in range(DRAFTS)]
    for draft in drafts:
        services.authorise_draft(world.director, draft)
    return {
        "asking": [_session(world.brussels), _session(make_acting(world.be))],
        "helping": [_session(world.hague), _session(make_acting(world.nl))],
        "drafts": [draft.pk for draft in drafts],
    }


def _session(acting: Acting) -> str:
    """A session in which that person is signed in; its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(acting.person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = acting.person.get_session_auth_hash()
    session.create()
    key: str = session.session_key
    return key


def check(ids: list[str]) -> dict[str, Any]:
    """What is lost of the messages `ids`, what is there by half, what is broken, and what a rebuild would change."""
    entries = JournalEntry.objects.values_list("message_id", flat=True)
    kept = [set(entries.filter(kind="sent")), set(entries.filter(kind="received"))]
    kept.append(set(Payload.objects.values_list("message_id", flat=True)))
    verified = verify_journals()
    return {
        "lost": sorted(set(ids) - set.union(*kept)),
        "half": sorted(set.union(*kept) - set.intersection(*kept)),
        "broken": repr(verified.broken) if verified.broken else None,
        "changed": rebuild_projections(keep=False).changed,
    }


def serve(port: int) -> None:
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    site.serve("127.0.0.1", port)


def fork(work: Callable[[], Any]) -> int:
    """Run `work` in a child, which ends with it; what goes wrong there is told on standard error."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def answer(found: object) -> None:
    os.write(1, (json.dumps(found) + "\n").encode())


def do(order: dict[str, Any]) -> None:
    """Do one thing; its answer is a line on standard output."""
    match order["do"]:
        case "prepare":
            wait_for(fork(lambda: answer(prepare())))
        case "check":
            wait_for(fork(lambda: answer(check(order["ids"]))))
        case "serve":
            answer(fork(lambda: serve(order["port"])))
        case "bury":
            os.waitpid(order["pid"], 0)
            answer(None)


def wait_for(child: int) -> None:
    """Wait for a child that answers; where it failed there is no answer, and no use in going on."""
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit("A child failed.")


def main() -> None:
    warm_up()
    for line in sys.stdin:
        do(json.loads(line))
        assert connections["default"].connection is None, "a child must never inherit a connection"


if __name__ == "__main__":
    main()
