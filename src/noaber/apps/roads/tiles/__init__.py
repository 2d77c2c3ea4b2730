"""The vector tiles of the maps."""
