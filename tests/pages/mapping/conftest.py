"""The clients of the registry's pages: the mapping shows the same records."""

from pages.registry.conftest import client_for, exercise, july_2021, july_2021_once

__all__ = ["client_for", "exercise", "july_2021", "july_2021_once"]
