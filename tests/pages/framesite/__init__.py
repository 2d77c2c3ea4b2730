"""A small site that uses every part of the frame: what the tests of the frame look at."""
