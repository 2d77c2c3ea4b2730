"""What the pages of the mapping show, made of what was computed."""
