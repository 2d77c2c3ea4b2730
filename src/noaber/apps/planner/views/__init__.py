"""The pages of the desk, of incidents and of plans."""
