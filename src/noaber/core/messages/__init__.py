"""The messages that cross a border: their model, their rules, and their XML."""
