"""Who reaches which place, and how soon."""
