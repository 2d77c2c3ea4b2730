"""Tiles of a map: which square of the world one is, and areas, lines and points in it as a Mapbox vector tile."""
