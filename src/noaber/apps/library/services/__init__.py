"""The only writers of the library."""
