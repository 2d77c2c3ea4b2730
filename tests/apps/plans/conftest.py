"""What happens at the same moment is tested where threads wait for each other."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("NOABER_DATABASE_URL") else ["test_plans_at_once.py"]
