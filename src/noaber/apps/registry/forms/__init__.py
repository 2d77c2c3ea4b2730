"""Forms of the registry: they read what was typed, and hand values to queries and services."""
