"""Boundaries of municipalities and regions that an operator brings: GeoJSON in, areas with codes and names out."""
