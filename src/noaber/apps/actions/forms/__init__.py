"""The forms of recommendations and actions."""
