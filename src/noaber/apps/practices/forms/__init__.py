"""The forms of practices and lessons."""
