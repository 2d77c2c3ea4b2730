"""Which tests of the exchange run on which database."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("NOABER_DATABASE_URL") else ["test_at_once.py"]
