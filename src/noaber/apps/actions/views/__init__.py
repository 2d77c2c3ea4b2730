"""The pages of recommendations and actions."""
