"""Pages of the map and of closures."""
