"""The pages of practices and lessons."""
