"""The forms of exchanges."""
