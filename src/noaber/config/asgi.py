"""The ASGI application that the server runs."""

from __future__ import annotations

import os
from threading import Thread

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
application = get_asgi_application()


def _prepare() -> None:
    """Read the places and regions of the maps while the server starts: the first who asks for one does not wait."""
    # the apps are loaded by now
    from noaber.apps.mapping.neighbours import prepare as prepare_regions
    from noaber.apps.roads.presenters.reach_map import prepare as prepare_map

    prepare_map()
    prepare_regions()


Thread(target=_prepare, name="prepare-map", daemon=True).start()
