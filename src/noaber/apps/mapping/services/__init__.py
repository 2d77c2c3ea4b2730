"""The only writers of the mapping."""
