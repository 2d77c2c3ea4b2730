"""The neighbours of the registry's tests."""

from registry_world import neighbours

__all__ = ["neighbours"]
