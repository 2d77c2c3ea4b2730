"""What time it is on this node: the real time, or in an exercise the time that the exercise has reached.

An exercise that replays an evening of 2021 runs at the speed of the day but shows, sends and records its own time.
The offset is fixed when the node starts and is zero unless the node's status is Exercise or Test, so that nothing
Actual can carry another time than the real one.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime.datetime:
    """The node's time: aware, UTC."""
    offset: datetime.timedelta = settings.NOABER_CLOCK_OFFSET
    return timezone.now() + offset
